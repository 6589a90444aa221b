//! What a rule looks at: one play for one customer at one moment.

use crate::domain::calendar::Moment;
use crate::domain::gift::Gift;
use crate::domain::model::Model;
use crate::domain::money::Cents;
use crate::domain::play::{GIFT_ABOVE, Play, Theme};
use crate::domain::rule::RuleId;
use crate::plan::gifts::{meant_for, still_meant};
use crate::plan::person::Person;

/// How long before an occasion it may already be prepared, beside the play's own lead time: a week,
/// because plans are made by the week **[J]**.
pub const AHEAD_DAYS: f64 = 7.0;

/// What a rule looks at.
#[derive(Debug, Clone, Copy)]
pub struct Case<'a> {
    /// The customer.
    pub person: &'a Person<'a>,
    /// The play that is considered.
    pub play: &'a Play,
    /// The moment.
    pub now: Moment,
    /// The constants.
    pub model: &'a Model,
    /// What is known of a present that somebody has in mind; `None` for a play by itself.
    pub present: Option<&'a Present<'a>>,
    /// The rules that are switched off.
    pub off: &'a [RuleId],
}

/// A present somebody has in mind.
#[derive(Debug, Clone, Copy, Default)]
pub struct Present<'a> {
    /// What it is.
    pub what: &'a str,
    /// What it costs.
    pub value: Option<Cents>,
    /// Why this, for them.
    pub why: &'a str,
    /// Who gives it.
    pub given_by: &'a str,
    /// Who approved it.
    pub approved: &'a str,
}

impl Case<'_> {
    /// What it costs: the present somebody has in mind where its value is known, else the play.
    pub fn cost(&self) -> Cents {
        self.present.and_then(|present| present.value).unwrap_or(self.play.cost)
    }

    /// Whether a present is given, by what it is: the rules for gifts hold for it.
    pub fn is_gift(&self) -> bool {
        self.play.is_gift() || self.present.is_some() && self.play.theme != Theme::Recovery
    }

    /// Whether it is an extra on top of making good (R5): a present meant as an apology, or what a card
    /// afterwards costs. What making good itself costs is no extra.
    pub fn is_extra(&self) -> bool {
        let play = self.play;
        play.theme == Theme::Recovery && (self.present.is_some() || play.hands_over() || play.after_recovery)
    }

    /// Whether something changes hands: a present, or an apology that is one. What the recipient may accept
    /// holds for both (R5: inside the gift policy); a card with a stamp is none.
    pub fn gives(&self) -> bool {
        let more_than_a_card = self.play.hands_over() || self.present.is_some() || self.cost() > GIFT_ABOVE;
        self.is_gift() || self.is_extra() && more_than_a_card
    }

    /// Whether somebody on the recipient's side must approve a present and has not.
    pub fn lacks_approval(&self) -> bool {
        let approved = match self.present {
            Some(present) => !present.approved.trim().is_empty(),
            None => self.person.plans.iter().any(|plan| self.approved_by(plan)),
        };
        self.person.customer.gift_terms.approval && !approved
    }

    /// Whether the present that the play would be was approved with this plan: an approval is of one gift,
    /// and another occasion asks for another.
    fn approved_by(&self, plan: &Gift) -> bool {
        let marks = |word: &str| self.play.occasion.as_ref().is_some_and(|own| own.tags.iter().any(|tag| tag == word));
        let meant = match plan.occasion.split_once(':') {
            Some(("incident", _)) => self.is_extra(),
            Some(("referral", _)) => marks("referral"),
            _ => self.person.occasions.iter().any(|occasion| marks(occasion.kind.word()) && meant_for(plan, occasion, self.play)),
        };
        meant && still_meant(plan, self.now) && !plan.approved.trim().is_empty()
    }

    /// How many days before an occasion the play may be prepared.
    pub fn ahead(&self) -> f64 {
        AHEAD_DAYS + self.play.lead_time
    }
}
