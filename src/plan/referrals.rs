//! Who brought whom, who brought most, and whom to ask for a referral (METHOD §3.2).
//!
//! Whether somebody may be asked is said by the rules, as for any other play; here they are only asked,
//! all of them, and when time alone would settle it, from when.

use std::collections::{HashMap, HashSet};

use super::person::Person;
use super::rules::{Case, Rule, vetoes};
use crate::domain::calendar::{DAY_MS, Moment};
use crate::domain::model::Model;
use crate::domain::money::Cents;
use crate::domain::play::{Grade, Play, PlayContact, REFERRAL_ASK, Theme};
use crate::domain::referral::Referral;
use crate::domain::rule::RuleId;
use crate::domain::text::Text;
use crate::domain::touchpoint::CustomerId;
use crate::domain::words::{Channel, Direction, Kind, Personal, Sender};

/// How far ahead is looked for a day on which somebody may be asked, in days.
const AHEAD_DAYS: i64 = 366;

/// One customer in the tree of who brought whom.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Branch {
    /// Who.
    pub customer: CustomerId,
    /// For each level above: whether more of that level follows. Empty for who nobody sent.
    pub follows: Vec<bool>,
    /// What they paid themselves.
    pub own: Cents,
    /// What everybody below them paid.
    pub below: Cents,
    /// How many they brought themselves.
    pub brought: usize,
}

/// The tree in reading order: everybody who brought or was brought, under who sent them. Of those on one
/// level, who has most revenue below stands first, then who brought most, then who is known longest.
pub fn tree(referrals: &[Referral], revenue: &HashMap<CustomerId, Cents>) -> Vec<Branch> {
    let paid = |id: CustomerId| revenue.get(&id).copied().unwrap_or_default();
    let mut children: HashMap<CustomerId, Vec<CustomerId>> = HashMap::new();
    for referral in referrals {
        children.entry(referral.referrer).or_default().push(referral.customer);
    }
    let sent: HashSet<CustomerId> = referrals.iter().map(|referral| referral.customer).collect();
    let mut roots: Vec<CustomerId> = children.keys().copied().filter(|id| !sent.contains(id)).collect();
    let below = revenue_below(&roots, &children, paid);
    let of = |id: &CustomerId| below.get(id).copied().unwrap_or_default();
    let brought = |id: &CustomerId| children.get(id).map_or(0, Vec::len);
    let in_order = |ids: &mut Vec<CustomerId>| ids.sort_by_key(|id| (std::cmp::Reverse((of(id), brought(id))), *id));
    in_order(&mut roots);
    // The last of a level lies deepest on the stack, so that the first is taken next.
    let on_the_stack = |mut level: Vec<CustomerId>, above: &[bool], stack: &mut Vec<(CustomerId, Vec<bool>)>, root: bool| {
        in_order(&mut level);
        let last = level.len().saturating_sub(1);
        stack.extend(level.into_iter().enumerate().rev().map(|(n, id)| {
            let follows = if root { Vec::new() } else { above.iter().copied().chain([n < last]).collect() };
            (id, follows)
        }));
    };
    let (mut stack, mut found) = (Vec::new(), Vec::new());
    on_the_stack(roots, &[], &mut stack, true);
    while let Some((customer, follows)) = stack.pop() {
        on_the_stack(children.get(&customer).cloned().unwrap_or_default(), &follows, &mut stack, false);
        found.push(Branch { customer, own: paid(customer), below: of(&customer), brought: brought(&customer), follows });
    }
    found
}

/// What everybody below each customer paid, without walking any branch twice.
fn revenue_below(
    roots: &[CustomerId],
    children: &HashMap<CustomerId, Vec<CustomerId>>,
    paid: impl Fn(CustomerId) -> Cents,
) -> HashMap<CustomerId, Cents> {
    let mut order: Vec<CustomerId> = roots.to_vec();
    let mut next = 0;
    while let Some(id) = order.get(next) {
        order.extend(children.get(id).into_iter().flatten());
        next += 1;
    }
    let mut below: HashMap<CustomerId, Cents> = HashMap::new();
    for id in order.into_iter().rev() {
        let sum =
            children.get(&id).into_iter().flatten().fold(0_i64, |sum, child| {
                sum.saturating_add(paid(*child).0).saturating_add(below.get(child).map_or(0, |further| further.0))
            });
        below.insert(id, Cents(sum));
    }
    below
}

/// Somebody who brought others.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ambassador {
    /// Who.
    pub customer: CustomerId,
    /// How many they brought themselves.
    pub brought: usize,
    /// How many of those are still in contact.
    pub in_contact: usize,
    /// What those they brought paid, and everybody those brought in turn.
    pub revenue: Cents,
}

/// Who brought others: most revenue first, then most customers.
pub fn ambassadors(tree: &[Branch], referrals: &[Referral], in_contact: impl Fn(CustomerId) -> bool) -> Vec<Ambassador> {
    let mut still: HashMap<CustomerId, usize> = HashMap::new();
    for referral in referrals.iter().filter(|referral| in_contact(referral.customer)) {
        *still.entry(referral.referrer).or_default() += 1;
    }
    let of = |branch: &Branch| Ambassador {
        customer: branch.customer,
        brought: branch.brought,
        in_contact: still.get(&branch.customer).copied().unwrap_or_default(),
        revenue: branch.below,
    };
    let mut found: Vec<_> = tree.iter().filter(|branch| branch.brought > 0).map(of).collect();
    found.sort_by_key(|one| (std::cmp::Reverse((one.revenue, one.brought, one.in_contact)), one.customer));
    found
}

/// What the rules say of asking somebody for a referral.
#[derive(Debug, Clone, Default)]
pub struct Asking {
    /// The rules that say not yet, each with from when it says so no more; `None` where waiting alone does
    /// not help.
    pub objections: Vec<Objection>,
    /// From when no rule says so, as far as waiting alone helps.
    pub from: Option<Moment>,
}

/// One rule that says not yet.
#[derive(Debug, Clone)]
pub struct Objection {
    /// Which.
    pub id: RuleId,
    /// Why, in one sentence.
    pub reason: Text,
    /// From when it says so no more, within a year; `None` where waiting alone does not help.
    pub from: Option<Moment>,
}

/// What everything a rule looks at is, but for the moment.
#[derive(Debug, Clone, Copy)]
pub struct Asked<'a> {
    /// Who would be asked.
    pub person: &'a Person<'a>,
    /// The play it would be done with.
    pub play: &'a Play,
    /// The constants.
    pub model: &'a Model,
    /// The rules that are switched off.
    pub off: &'a [RuleId],
}

impl Asked<'_> {
    fn stopping(&self, now: Moment) -> impl Iterator<Item = &'static Rule> {
        let case = Case { person: self.person, play: self.play, now, model: self.model, present: None, off: self.off };
        vetoes(&case).into_iter()
    }

    /// The rules that stop it at a moment.
    pub fn objectors(&self, now: Moment) -> Vec<RuleId> {
        self.stopping(now).map(|rule| rule.id).collect()
    }

    /// What all rules say at a moment.
    pub fn asking(&self, now: Moment) -> Asking {
        let objections: Vec<_> = self
            .stopping(now)
            .map(|rule| Objection {
                id: rule.id,
                reason: (rule.reason)(),
                from: first(now, |at| !self.stopping(at).any(|other| other.id == rule.id)),
            })
            .collect();
        let waiting_helps = objections.iter().all(|objection| objection.from.is_some());
        let from = if objections.is_empty() || !waiting_helps { None } else { first(now, |at| self.stopping(at).next().is_none()) };
        Asking { objections, from }
    }
}

/// The first moment within a year at which something holds, on the day to the minute; as far as it is
/// known now.
fn first(now: Moment, holds: impl Fn(Moment) -> bool) -> Option<Moment> {
    let after = |days: i64| Moment(now.0.saturating_add(days.saturating_mul(DAY_MS)));
    let day = (1..=AHEAD_DAYS).find(|&days| holds(after(days)))?;
    let (mut no, mut yes) = (after(day - 1).0, after(day).0);
    while yes - no > 60_000 {
        let middle = no + (yes - no) / 2;
        if holds(Moment(middle)) {
            yes = middle;
        } else {
            no = middle;
        }
    }
    Some(Moment(yes))
}

/// The play to ask with: the playbook's own, else a telephone call.
pub fn asking_play(plays: &[Play]) -> Play {
    plays.iter().find(|play| play.asks_for_referral()).cloned().unwrap_or_else(call)
}

/// A call that asks, for a playbook that has no play that does.
fn call() -> Play {
    Play {
        id: "ask-for-a-referral".to_owned(),
        title: Text::new("Ask for a referral", "Om een aanbeveling vragen"),
        action: Text::new(
            "Call, and ask whether they know somebody you could be of use to.",
            "Bel, en vraag of ze iemand kennen voor wie je iets kunt betekenen.",
        ),
        theme: Theme::Referral,
        answers: Vec::new(),
        stages: Vec::new(),
        not_for: Text::default(),
        minutes: 10,
        cost: Cents(0),
        lead_time: 0.0,
        contact: PlayContact {
            channel: Channel::Phone,
            direction: Direction::Both,
            sender: Sender::Human,
            personal: Personal::Personal,
            kind: Kind::Relational,
            sentiment: 0.0,
        },
        tags: vec![REFERRAL_ASK.to_owned()],
        checklist: Vec::new(),
        grade: Grade::Judgement,
        evidence: Text::default(),
        source: String::new(),
        occasion: None,
        after_recovery: false,
    }
}

#[cfg(test)]
mod tests;
