//! Nudges, plans and occasions as items of a calendar (`-O ics`).
//!
//! A nudge is one item from the plan it was first in until it is done: the same UID everywhere, a SEQUENCE
//! that counts its changes, and a status that takes it off the list of whoever imports it again.

use chrono::{DateTime, Days, FixedOffset, Timelike as _};

use super::actions::ActionLine;
use super::gift_calendar::CalendarLine;
use super::nudges::{Around, contact_said};
use crate::domain::calendar::Moment;
use crate::domain::money::Cents;
use crate::domain::nudge::NudgeState;
use crate::domain::numbers::counted;
use crate::domain::text::{Lang, Text};
use crate::render::ics::{Calendar, Item, ItemKind, ItemStatus, When};
use crate::render::locale::Look;

/// Nine in the morning, in minutes after midnight: when a calendar reminds.
const NINE: i64 = 9 * 60;
/// Minutes in a day.
const DAY: i64 = 24 * 60;

/// One nudge, or one action of a plan, as a calendar is told about it.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    /// Its name for machines, the same in every file.
    pub uid: String,
    /// What to do, for whom, why and by when.
    pub line: ActionLine,
    /// What is known around it.
    pub around: Around,
    /// What became of it.
    pub state: NudgeState,
    /// When it was done, skipped or closed.
    pub ended: Option<Moment>,
    /// What was said when it was skipped, or empty.
    pub why: String,
    /// How often it was changed since it was first planned.
    pub changes: u32,
    /// When it was last changed.
    pub changed: Moment,
}

/// How a calendar is made: of what, when, in which currency.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Making {
    /// Things to do, or appointments for programs that show no things to do.
    pub kind: ItemKind,
    /// When the file is written.
    pub stamp: Moment,
    /// The currency of amounts.
    pub currency: String,
}

/// The calendar of nudges and actions. Of two with the same name the later in the list counts: what came
/// back within the week it was first brought up is the same item, and its changes go on counting.
pub fn of_nudges(entries: &[Entry], making: &Making) -> Calendar {
    let mut items: Vec<Item> = Vec::new();
    for entry in entries {
        let item = item(entry, making);
        match items.iter_mut().find(|earlier| earlier.uid == item.uid) {
            Some(earlier) => *earlier = Item { sequence: earlier.sequence.saturating_add(item.sequence), ..item },
            None => items.push(item),
        }
    }
    Calendar { name: Text::same("attent"), items }
}

fn item(entry: &Entry, making: &Making) -> Item {
    let line = &entry.line;
    let (who, action) = (&line.customer, &line.action);
    Item {
        uid: entry.uid.clone(),
        kind: making.kind,
        summary: Text::new(format!("{who}: {}", action.en), format!("{who}: {}", action.nl)),
        description: in_both(|lang| description(entry, making, lang)),
        at: at(line),
        minutes: line.minutes,
        alarm_minutes_before: alarms(line),
        status: match entry.state {
            NudgeState::Open => ItemStatus::NeedsAction,
            NudgeState::Done => ItemStatus::Completed(entry.ended.unwrap_or(entry.changed)),
            NudgeState::Skipped | NudgeState::Closed => ItemStatus::Cancelled,
        },
        stamp: making.stamp,
        sequence: entry.changes,
        last_modified: entry.changed,
        categories: vec![Text::same("attent")],
    }
}

/// By when: what is owed has its hour, anything else its day. A moment at the edge of a day means the day.
fn at(line: &ActionLine) -> When {
    let minute = minute_of_day(line.due);
    if line.owed && minute > 0 && minute < DAY - 1 {
        return When::Moment(Moment(line.due.timestamp_millis()));
    }
    When::Day(line.due.date_naive())
}

/// Nine in the morning of its day, or the moment itself when that is earlier; of what is owed also nine
/// in the morning of the day before.
fn alarms(line: &ActionLine) -> Vec<i64> {
    let minutes_into_day = match at(line) {
        When::Day(_) => 0,
        When::Moment(_) => minute_of_day(line.due),
    };
    let nine = minutes_into_day - NINE;
    let same_day = if minutes_into_day > 0 { nine.max(0) } else { nine };
    if line.owed { vec![same_day, nine + DAY] } else { vec![same_day] }
}

fn minute_of_day(at: DateTime<FixedOffset>) -> i64 {
    i64::from(at.time().num_seconds_from_midnight() / 60)
}

/// Why, how, what was said before, what is good to know, and what to type afterwards.
fn description(entry: &Entry, making: &Making, lang: Lang) -> String {
    let line = &entry.line;
    let mut lines = Vec::new();
    let mut say = |name: &str, said: &str| {
        if !said.is_empty() {
            lines.push(format!("{name}: {}", one_line(said)));
        }
    };
    say(lang.pick("Why", "Waarom"), line.because.get(lang));
    if entry.state != NudgeState::Open {
        say(entry.state.label().get(lang), &entry.why);
        return lines.join("\n");
    }
    say(lang.pick("How", "Hoe"), line.how.get(lang));
    for contact in &entry.around.contacts {
        say(lang.pick("Before", "Eerder"), contact_said(contact).get(lang));
    }
    for known in &entry.around.good_to_know {
        say(lang.pick("Good to know", "Goed om te weten"), known);
    }
    say(lang.pick("When", "Wanneer"), &when(line, making, lang));
    lines.push(String::new());
    match line.nudge {
        Some(id) => lines.extend([format!("attent done {id}"), format!("attent snooze {id} 2w"), format!("attent skip {id}")]),
        None => lines.push(lang.pick("`attent nudge` makes this a nudge.", "`attent nudge` maakt hier een nudge van.").to_owned()),
    }
    lines.join("\n")
}

/// `by Sun 5 Jul, 10 minutes, €2.50`. Nothing in it depends on today, so that an item stays as it is.
fn when(line: &ActionLine, making: &Making, lang: Lang) -> String {
    let look = making.look(lang);
    let minutes = counted(u64::from(line.minutes), ["minute", "minutes"], ["minuut", "minuten"]);
    let cost = if line.cost.0 > 0 { format!(", {}", look.money(line.cost)) } else { String::new() };
    format!("{} {}, {}{cost}", lang.pick("by", "uiterlijk"), look.weekday(line.due.date_naive()), minutes.get(lang))
}

impl Making {
    fn look(&self, lang: Lang) -> Look {
        Look { lang, currency: self.currency.clone(), ..Look::default() }
    }
}

/// The calendar of occasions: each a whole day, with a reminder on the day to begin and on the day
/// itself. `version` goes up with everything that is recorded; each line comes with its name for machines.
pub fn of_occasions(name: Text, lines: &[(String, &CalendarLine)], version: u32, making: &Making) -> Calendar {
    let items = lines.iter().map(|(uid, line)| occasion(uid, line, version, making)).collect();
    Calendar { name, items }
}

fn occasion(uid: &str, line: &CalendarLine, version: u32, making: &Making) -> Item {
    let lead = line.day.signed_duration_since(line.begin).num_days().max(0);
    let on_the_day = Some(line.begin).filter(|begin| *begin <= line.day).map(|_| -NINE);
    let at_the_beginning = Some(lead * DAY - NINE).filter(|_| lead > 0);
    let (who, what) = (&line.customer, line.what());
    Item {
        uid: uid.to_owned(),
        kind: making.kind,
        summary: Text::new(format!("{who}: {}", what.en), format!("{who}: {}", what.nl)),
        description: in_both(|lang| occasion_said(line, making, lang)),
        at: When::Day(line.day),
        minutes: 0,
        alarm_minutes_before: on_the_day.into_iter().chain(at_the_beginning).collect(),
        status: ItemStatus::NeedsAction,
        stamp: making.stamp,
        sequence: version,
        last_modified: making.stamp,
        categories: vec![Text::same("attent")],
    }
}

fn occasion_said(line: &CalendarLine, making: &Making, lang: Lang) -> String {
    let look = making.look(lang);
    let amount = |cents: Cents| look.money(cents);
    let mut lines = Vec::new();
    let mut say = |name: &str, said: &str| {
        if !said.is_empty() {
            lines.push(format!("{name}: {}", one_line(said)));
        }
    };
    say(lang.pick("Noted", "Genoteerd"), line.note());
    say(lang.pick("Planned", "Gepland"), line.plan.as_ref().map(|plan| plan.what.as_str()).unwrap_or_default());
    line.ideas.iter().for_each(|idea| say(lang.pick("Idea", "Idee"), idea));
    if let (Some(least), Some(most)) = line.bounds() {
        let from = if least.0 > 0 { format!("{} – ", amount(least)) } else { lang.pick("up to ", "hoogstens ").to_owned() };
        say(lang.pick("A present may cost", "Een cadeau mag kosten"), &format!("{from}{}", amount(most)));
    }
    say(lang.pick("Advice", "Advies"), line.advice().map(|word| word.label.get(lang).to_owned()).unwrap_or_default().as_str());
    line.stops.iter().for_each(|(rule, reason)| say(rule, reason.get(lang)));
    let begin = Some(line.begin).filter(|begin| begin.checked_add_days(Days::new(1)).is_some_and(|next| next <= line.day));
    say(lang.pick("Begin by", "Begin op"), &begin.map(|day| look.weekday(day)).unwrap_or_default());
    lines.join("\n")
}

fn in_both(of: impl Fn(Lang) -> String) -> Text {
    Text::new(of(Lang::En), of(Lang::Nl))
}

/// A note of several lines in one, so that no line of a description is anybody's but ours.
fn one_line(said: &str) -> String {
    said.split(['\n', '\r']).map(str::trim).filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
#[path = "calendar_items_tests.rs"]
mod tests;
