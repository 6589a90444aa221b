//! A journey made ready for placing touchpoints and keeping sums.
//!
//! Which stage a touchpoint belongs to: an explicit stage wins; else the matching rule with the
//! most conditions, at a tie that of the earlier stage; else the customer's current stage at that
//! moment, at first the journey's first (METHOD §1.2).

use super::incident::{RecoveryTerms, ServiceLevel};
use super::journey::{Journey, Rule};
use super::model::Model;
use super::touchpoint::Facts;

/// What the rules may look at beside the facts.
#[derive(Debug, Clone, Copy, Default)]
pub struct Traits<'a> {
    /// Labels, lower case.
    pub tags: &'a [String],
    /// Where the touchpoint came from, lower case.
    pub source: &'a str,
    /// The note as written.
    pub note: &'a str,
}

/// A journey with its rules sorted by precedence and the model its sums are kept with.
#[derive(Debug, Clone)]
pub struct Course {
    /// The journey.
    pub journey: Journey,
    /// The constants.
    pub model: Model,
    /// H per stage, in days.
    pub half_lives: Vec<f64>,
    /// The clocks of failures, where a stage says nothing else.
    pub recovery: RecoveryTerms,
    rules: Vec<Ready>,
}

#[derive(Debug, Clone)]
struct Ready {
    stage: usize,
    channel: u32,
    kind: u32,
    direction: u32,
    sender: u32,
    rule: Rule,
}

/// A set of word numbers as bits; all of them when the rule does not look.
fn bits(codes: impl Iterator<Item = u8>) -> u32 {
    match codes.fold(0, |set, code| set | 1 << code) {
        0 => u32::MAX,
        set => set,
    }
}

impl Course {
    /// Prepares a checked journey.
    pub fn new(journey: Journey, model: &Model) -> Self {
        let mut rules = Vec::new();
        for (stage, of) in journey.stages.iter().enumerate() {
            rules.extend(of.rules.iter().map(|rule| Ready {
                stage,
                channel: bits(rule.channel.iter().map(|word| word.code())),
                kind: bits(rule.kind.iter().map(|word| word.code())),
                direction: bits(rule.direction.iter().map(|word| word.code())),
                sender: bits(rule.sender.iter().map(|word| word.code())),
                rule: rule.clone(),
            }));
        }
        rules.sort_by_key(|ready| (std::cmp::Reverse(ready.rule.conditions()), ready.stage));
        let half_lives = journey.stages.iter().map(|stage| stage.half_life.unwrap_or(model.half_life)).collect();
        Self { journey, model: model.clone(), half_lives, recovery: RecoveryTerms::default(), rules }
    }

    /// Gives it the clocks of the workspace.
    #[must_use]
    pub fn recovering(self, recovery: RecoveryTerms) -> Self {
        Self { recovery, ..self }
    }

    /// How fast a failure on a stage should be dealt with (R2); on no stage, or on one the journey no
    /// longer has, as the workspace says.
    pub fn service_level(&self, stage: Option<&str>) -> ServiceLevel {
        let usual = self.recovery.level;
        let stage = stage.and_then(|id| self.journey.position(id)).map(|place| &self.journey.stages[place]);
        stage.map_or(usual, |stage| ServiceLevel {
            acknowledge: stage.acknowledge.unwrap_or(usual.acknowledge),
            resolve: stage.resolve.unwrap_or(usual.resolve),
        })
    }

    /// The stage whose rule claims a touchpoint, if any does.
    pub fn claim(&self, facts: &Facts, traits: Traits<'_>) -> Option<usize> {
        self.rules.iter().find(|ready| ready.fits(facts, traits)).map(|ready| ready.stage)
    }

    /// Whether any rule looks at notes, tags or sources.
    pub fn reads_traits(&self) -> bool {
        self.reads_sources() || self.reads_tags() || self.reads_notes()
    }

    /// Whether any rule looks at sources.
    pub fn reads_sources(&self) -> bool {
        self.rules.iter().any(|ready| !ready.rule.source.is_empty())
    }

    /// Whether any rule looks at tags.
    pub fn reads_tags(&self) -> bool {
        self.rules.iter().any(|ready| !ready.rule.tag.is_empty())
    }

    /// Whether any rule looks at notes.
    pub fn reads_notes(&self) -> bool {
        self.rules.iter().any(|ready| !ready.rule.word.is_empty())
    }
}

impl Ready {
    fn fits(&self, facts: &Facts, traits: Traits<'_>) -> bool {
        let rule = &self.rule;
        self.channel & 1 << facts.channel.code() != 0
            && self.kind & 1 << facts.kind.code() != 0
            && self.direction & 1 << facts.direction.code() != 0
            && self.sender & 1 << facts.sender.code() != 0
            && (rule.tag.is_empty() || rule.tag.iter().any(|tag| traits.tags.contains(tag)))
            && (rule.source.is_empty() || rule.source.iter().any(|source| source == traits.source))
            && (rule.word.is_empty() || rule.word.iter().any(|word| says(traits.note, word)))
    }
}

/// Whether a note holds a lower-case word or phrase, bounded by anything but letters and digits.
fn says(note: &str, word: &str) -> bool {
    if note.is_ascii() && !word.is_empty() {
        return says_plainly(note.as_bytes(), word.as_bytes());
    }
    let note = note.to_lowercase();
    let edge = |c: Option<char>| c.is_none_or(|c| !c.is_alphanumeric());
    note.match_indices(word).any(|(at, _)| edge(note[..at].chars().next_back()) && edge(note[at + word.len()..].chars().next()))
}

/// The same in ASCII, as most of the notes of a long log are, without making a copy of each.
fn says_plainly(note: &[u8], word: &[u8]) -> bool {
    let edge = |byte: Option<&u8>| byte.is_none_or(|byte| !byte.is_ascii_alphanumeric());
    let stands_at = |at: usize| {
        note[at..].get(..word.len()).is_some_and(|piece| piece.eq_ignore_ascii_case(word))
            && edge(at.checked_sub(1).and_then(|before| note.get(before)))
            && edge(note.get(at + word.len()))
    };
    // Most letters are not the first of the word, and telling that is quick.
    let (lower, upper) = (word[0], word[0].to_ascii_uppercase());
    note.iter().enumerate().any(|(at, &letter)| (letter == lower || letter == upper) && stands_at(at))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::calendar::Moment;
    use crate::domain::journey::Stage;
    use crate::domain::words::{Channel, Kind};

    fn course(stages: Vec<Vec<Rule>>) -> Course {
        let stages = stages.into_iter().enumerate().map(|(i, rules)| Stage { id: format!("s{i}"), rules, ..Stage::default() });
        let journey = Journey { id: "j".into(), title: "J".into(), stages: stages.collect() };
        Course::new(journey, &Model::default())
    }

    fn facts(channel: Channel, kind: Kind) -> Facts {
        let d = channel.defaults();
        Facts { at: Moment(0), channel, direction: d.direction, sender: d.sender, personal: d.personal, kind, sentiment: None }
    }

    fn rule(channel: &[Channel], kind: &[Kind], word: &[&str]) -> Rule {
        Rule { channel: channel.to_vec(), kind: kind.to_vec(), word: word.iter().map(|w| (*w).to_owned()).collect(), ..Rule::default() }
    }

    #[test]
    fn the_rule_with_more_conditions_wins_then_the_earlier_stage() {
        let course = course(vec![
            vec![rule(&[Channel::Email], &[], &[])],
            vec![rule(&[Channel::Email], &[Kind::Transactional], &[]), rule(&[], &[Kind::Service], &[])],
        ]);
        let claim = |channel, kind| course.claim(&facts(channel, kind), Traits::default());
        assert_eq!(claim(Channel::Email, Kind::Relational), Some(0));
        assert_eq!(claim(Channel::Email, Kind::Transactional), Some(1));
        assert_eq!(claim(Channel::Email, Kind::Service), Some(0), "a tie goes to the earlier stage");
        assert_eq!(claim(Channel::Phone, Kind::Service), Some(1));
        assert_eq!(claim(Channel::Phone, Kind::Relational), None);
    }

    #[test]
    fn words_are_whole_words_in_any_case() {
        let course = course(vec![vec![], vec![rule(&[], &[], &["offerte", "eerste gesprek"])]]);
        let claim = |note| course.claim(&facts(Channel::Phone, Kind::Service), Traits { note, ..Traits::default() });
        assert_eq!(claim("De OFFERTE, besproken"), Some(1));
        assert_eq!(claim("offertes besproken"), None);
        assert_eq!(claim("het eerste gesprek."), Some(1));
        assert_eq!(claim("«offerte»"), Some(1));
        assert_eq!(claim("proefofferte en offerte"), Some(1));
        assert_eq!(claim("proefofferté en Offerte"), Some(1));
        assert_eq!((claim("offert"), claim("proefofferte"), claim("")), (None, None, None));
    }
}
