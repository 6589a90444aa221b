//! The names of the rules that say what is done, what is not, and what is owed (METHOD §2.2, §3.2, §8).

use std::str::FromStr;

use super::text::Text;
use crate::text;

/// Declares the rules with the id people meet.
macro_rules! rules {
    ($($(#[$doc:meta])* $variant:ident = $id:literal;)+) => {
        /// A rule.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum RuleId { $($(#[$doc])* $variant,)+ }

        impl RuleId {
            /// Every rule, in the order of the documentation.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)+];

            /// The id in output, settings and documentation.
            pub fn id(self) -> &'static str {
                match self { $(Self::$variant => $id,)+ }
            }
        }
    };
}

rules! {
    /// Who asked not to be contacted is left alone.
    OptOut = "opt-out";
    /// Recovery goes before everything else.
    R1 = "R1";
    /// The clocks of a failure.
    R2 = "R2";
    /// By a named person, by voice.
    R3 = "R3";
    /// An explanation or a status update.
    R4 = "R4";
    /// Make whole first, then a small extra.
    R5 = "R5";
    /// A second failure within a year.
    R6 = "R6";
    /// A severe failure.
    R7 = "R7";
    /// Asking back after fourteen days.
    R8 = "R8";
    /// Satisfaction apart from staying.
    R9 = "R9";
    /// Enough contact already.
    Crowded = "crowded";
    /// An occasion of the play's own.
    Occasion = "occasion";
    /// Never at first contact.
    G1 = "G1";
    /// The moments for a gift.
    G2 = "G2";
    /// Not while something is to be decided.
    G2b = "G2b";
    /// Not around a failure.
    G3 = "G3";
    /// Apart from promotions, surveys and asks.
    G4 = "G4";
    /// How often.
    G5 = "G5";
    /// The value follows the relationship.
    G6 = "G6";
    /// Never below the last gift.
    G6b = "G6b";
    /// The recipient's policy.
    G7 = "G7";
    /// No cash or what can be spent like it.
    G8 = "G8";
    /// Personal or nothing.
    G9 = "G9";
    /// Recorded with date, value, who and why.
    G10 = "G10";
    /// Checked before it counts as given.
    G11 = "G11";
    /// Ask for a referral only of a warm relationship.
    Ref1 = "REF1";
    /// Ask only of who has been a customer for half a year.
    Ref2 = "REF2";
    /// Do not ask after a failure.
    Ref3 = "REF3";
    /// Ask soon after a good moment.
    Ref4 = "REF4";
    /// Ask at most twice a year.
    Ref5 = "REF5";
    /// Thank for every referral within 48 hours, by a person.
    Ref6 = "REF6";
    /// Tell the referrer what became of it.
    Ref7 = "REF7";
    /// Reward both sides equally, or neither.
    Ref8 = "REF8";
}

impl RuleId {
    /// Whether the rule can be switched off in the settings. That who asked for rest is left alone is no
    /// matter of taste.
    pub fn optional(self) -> bool {
        self != Self::OptOut
    }
}

/// The words that switch a rule in the settings, and whether they leave it on.
pub const SWITCHES: [(&str, bool); 10] = [
    ("on", true),
    ("off", false),
    ("yes", true),
    ("no", false),
    ("true", true),
    ("false", false),
    ("aan", true),
    ("uit", false),
    ("ja", true),
    ("nee", false),
];

/// Whether a word leaves a rule on, when it is one of [`SWITCHES`].
pub fn switch(typed: &str) -> Option<bool> {
    let wanted = typed.trim().to_lowercase();
    SWITCHES.iter().find(|(word, _)| *word == wanted).map(|(_, on)| *on)
}

impl std::fmt::Display for RuleId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.id())
    }
}

impl FromStr for RuleId {
    type Err = Text;

    fn from_str(typed: &str) -> Result<Self, Text> {
        let wanted = typed.trim();
        Self::ALL.iter().copied().find(|rule| rule.id().eq_ignore_ascii_case(wanted)).ok_or_else(|| {
            let ids = Self::ALL.iter().map(|rule| rule.id()).collect::<Vec<_>>().join(", ");
            text!("there is no rule `{wanted}`; the rules are {ids}", "er is geen regel `{wanted}`; de regels zijn {ids}")
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_rule_reads_back_its_id_in_any_case() {
        for &rule in RuleId::ALL {
            assert_eq!(rule.id().to_lowercase().parse(), Ok(rule));
        }
        assert!("G12".parse::<RuleId>().is_err());
    }

    #[test]
    fn only_leaving_people_alone_is_no_matter_of_taste() {
        let fixed: Vec<RuleId> = RuleId::ALL.iter().copied().filter(|rule| !rule.optional()).collect();
        assert_eq!(fixed, [RuleId::OptOut]);
    }
}
