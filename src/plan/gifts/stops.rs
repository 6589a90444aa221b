//! Which rules stop a present somebody has in mind, and from which day none does.

use crate::domain::calendar::Moment;
use crate::domain::model::Model;
use crate::domain::play::{Grade, Play, PlayContact, Theme};
use crate::domain::rule::RuleId;
use crate::domain::text::Text;
use crate::domain::words::Channel;
use crate::plan::person::Person;
use crate::plan::rules::{Case, Present, Rule, veto, vetoes};

/// A present somebody has in mind, and when.
#[derive(Debug, Clone, Copy)]
pub struct Wish<'a> {
    /// The present, as a play.
    pub play: &'a Play,
    /// What is known of it; `None` for a present nobody chose yet.
    pub present: Option<&'a Present<'a>>,
    /// The moment it would be given.
    pub at: Moment,
}

/// A present as the rules look at it: a play that hands something over.
pub fn as_play(present: &Present<'_>) -> Play {
    let usual = Channel::Gift.defaults();
    let (direction, sender, personal, kind) = (usual.direction, usual.sender, usual.personal, usual.kind);
    Play {
        id: "gift".into(),
        title: Text::same(present.what),
        action: Text::same(present.what),
        theme: Theme::Present,
        answers: Vec::new(),
        stages: Vec::new(),
        not_for: Text::default(),
        minutes: 0,
        cost: present.value.unwrap_or_default(),
        lead_time: 0.0,
        contact: PlayContact { channel: Channel::Gift, direction, sender, personal, kind, sentiment: 0.0 },
        tags: Vec::new(),
        checklist: Vec::new(),
        grade: Grade::Judgement,
        evidence: Text::default(),
        source: String::new(),
        occasion: None,
        after_recovery: false,
    }
}

/// Every rule that stops it, in the order they are asked.
pub fn stops(person: &Person<'_>, wish: Wish<'_>, model: &Model, off: &[RuleId]) -> Vec<&'static Rule> {
    vetoes(&Case { person, play: wish.play, now: wish.at, model, present: wish.present, off })
}

/// Days ahead that are tried.
const TRIED_DAYS: u32 = 400;

/// The first moment, in whole days from that of the wish, at which no rule stops it, as far as is known
/// now; `None` when waiting alone does not help.
pub fn first_free_day(person: &Person<'_>, wish: Wish<'_>, model: &Model, off: &[RuleId]) -> Option<Moment> {
    let tried = (0..TRIED_DAYS).map(|days| wish.at.minus_days(-f64::from(days)));
    tried.into_iter().find(|&at| veto(&Case { person, play: wish.play, now: at, model, present: wish.present, off }).is_none())
}
