//! What is said when a failure is recorded, acknowledged, handed over or asked after.

use chrono::{DateTime, FixedOffset};
use serde_json::json;

use super::clocks::moment;
use super::line::{IncidentLine, ids, json_of, table};
use crate::domain::numbers::decimal;
use crate::domain::text::Text;
use crate::domain::words::Severity;
use crate::measure::recovery::{Cap, Step};
use crate::render::document::{Block, Document};
use crate::render::format::Answer;
use crate::render::pages::logged::when;
use crate::text;

/// A failure of the year before, which makes this one a repeat (R6).
#[derive(Debug, Clone, Copy)]
pub struct Before {
    /// Its number.
    pub id: i64,
    /// When it happened.
    pub at: DateTime<FixedOffset>,
    /// Whether it was of the same kind.
    pub same_kind: bool,
}

fn answer(line: &IncidentLine, as_table: bool, done: Text, told: Vec<Text>, hint: Option<Text>) -> Answer {
    let lines = std::slice::from_ref(line);
    let mut document = Document::new(Text::default()).named(text!("Failure", "Misser"));
    if as_table {
        document = document.with(Block::Table(table(lines)));
    } else {
        document = document.with(Block::Text(done));
    }
    for text in told {
        document = document.with(Block::Text(text));
    }
    if let Some(text) = hint {
        document = document.with(Block::Hint(text));
    }
    Answer {
        schema: "attent.incidents/1",
        json: json!({"incidents": json_of(lines)}),
        rows_key: "incidents",
        ids: ids(lines),
        document,
        calendar: None,
    }
}

/// The answer of `incident open`: until when it is answered and made good (R2), how (R3), and what it means
/// when something went wrong before (R6).
pub fn opened(line: &IncidentLine, before: Option<Before>, nudge: Option<(i64, Text)>, as_table: bool) -> Answer {
    let id = line.incident.id;
    let by_phone = (line.incident.severity >= Severity::Moderate).then(|| {
        text!(
            "By phone or in person, by somebody they know by name: it is more than an annoyance.",
            "Bel of ga langs, en laat iemand het doen die ze bij naam kennen: dit is meer dan een ergernis."
        )
    });
    let told = std::iter::once(both_clocks(line)).chain(by_phone).chain(before.map(repeated)).collect();
    let hint = nudge.map(|(nudge, action)| {
        Text::new(
            format!("It is nudge {nudge} of this week, “{}”: attent done {nudge}, once that has happened.", action.en),
            format!("Het is nudge {nudge} van deze week, ‘{}’: attent done {nudge}, zodra dat gebeurd is.", action.nl),
        )
    });
    let hint = hint.unwrap_or_else(|| {
        text!(
            "When you have answered: attent incident acknowledge {id}. When it is made good: attent incident resolve {id} --personal",
            "Als je hebt gereageerd: attent incident acknowledge {id}. Als het goedgemaakt is: attent incident resolve {id} --personal"
        )
    });
    answer(line, as_table, line.sentence(), told, Some(hint))
}

fn both_clocks(line: &IncidentLine) -> Text {
    let [answer, mend] = [line.acknowledge_by, line.resolve_by].map(|by| moment(by, line.as_of));
    Text::new(
        format!("Answer by {}, and make it good by {}.", answer.en, mend.en),
        format!("Reageer voor {}, en maak het goed voor {}.", answer.nl, mend.nl),
    )
}

fn repeated(before: Before) -> Text {
    let (id, at) = (before.id, when(before.at));
    let label = repeat_label(if before.same_kind { Cap::SameKind } else { Cap::Repeat });
    let (en, nl) = (at.en, at.nl);
    let what = if before.same_kind {
        text!("The same kind of thing went wrong on {en} (#{id}).", "Hetzelfde ging ook mis op {nl} (#{id}).")
    } else {
        text!("Something went wrong on {en} too (#{id}).", "Er ging ook iets mis op {nl} (#{id}).")
    };
    Text::new(format!("{} {}", what.en, label.en), format!("{} {}", what.nl, label.nl))
}

/// What R6 asks of a second failure within a year; nothing of R7.
pub fn repeat_label(cap: Cap) -> Text {
    let trust = text!(
        "No paradox here: a second failure brings nobody closer, however well it is made good. Restore trust first; whoever owns it takes it higher.",
        "Geen paradox: een tweede misser brengt niemand dichterbij, hoe goed je het ook goedmaakt. Herstel eerst het vertrouwen; wie ervoor zorgt, brengt het hogerop."
    );
    match cap {
        Cap::Severe => Text::default(),
        Cap::Repeat => trust,
        Cap::SameKind => Text::new(format!("{} And fix the cause.", trust.en), format!("{} En pak de oorzaak aan.", trust.nl)),
    }
}

/// The answer of `incident acknowledge`.
pub fn acknowledged(line: &IncidentLine, as_table: bool) -> Answer {
    let (id, name, owner) = (line.incident.id, &line.customer, &line.incident.owner);
    let done = if owner.is_empty() {
        text!("#{id} {name} · acknowledged", "#{id} {name} · erkend")
    } else {
        text!("#{id} {name} · acknowledged by {owner}", "#{id} {name} · erkend door {owner}")
    };
    let next = line.waits.filter(|(step, _)| *step == Step::Resolve).map(|(_, by)| {
        let by = moment(by, line.as_of);
        let (en, nl) = (by.en, by.nl);
        text!("Make it good by {en}.", "Maak het goed voor {nl}.")
    });
    let hint = text!(
        "When it is made good: attent incident resolve {id} --personal",
        "Als het goedgemaakt is: attent incident resolve {id} --personal"
    );
    answer(line, as_table, done, next.into_iter().collect(), Some(hint))
}

/// The answer of `incident assign`.
pub fn assigned(line: &IncidentLine, as_table: bool) -> Answer {
    let (id, name, owner) = (line.incident.id, &line.customer, &line.incident.owner);
    let done = text!("#{id} {name} · {owner} takes care of it", "#{id} {name} · {owner} zorgt ervoor");
    answer(line, as_table, done, line.clock().map(capital).into_iter().collect(), None)
}

/// The answer of `incident check`.
pub fn checked(line: &IncidentLine, as_table: bool) -> Answer {
    let (id, name) = (line.incident.id, &line.customer);
    let done = match line.incident.satisfied {
        None => text!("#{id} {name} · asked after", "#{id} {name} · nagevraagd"),
        Some(satisfied) => {
            let of_five = of_five(satisfied);
            let (en, nl) = (of_five.en, of_five.nl);
            text!("#{id} {name} · asked after · satisfied: {en} of 5", "#{id} {name} · nagevraagd · tevreden: {nl} van 5")
        }
    };
    answer(line, as_table, done, Vec::new(), None)
}

/// A satisfaction of −1…1 as people answer: 1 to 5.
pub fn of_five(satisfied: f64) -> Text {
    let value = 2.0 * satisfied + 3.0;
    decimal(value, usize::from((value - value.round()).abs() > 0.05))
}

fn capital(clock: Text) -> Text {
    let of = |said: &str| {
        let mut signs = said.chars();
        signs.next().map(|first| first.to_uppercase().chain(signs).collect::<String>() + ".").unwrap_or_default()
    };
    Text::new(of(&clock.en), of(&clock.nl))
}
