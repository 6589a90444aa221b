//! The answer of `incident resolve`: the quality, term by term.

use serde_json::json;

use super::clocks::day;
use super::line::IncidentLine;
use super::steps::repeat_label;
use crate::domain::numbers::decimal;
use crate::domain::text::{Lang, Text};
use crate::measure::clock::span;
use crate::measure::recovery::{Cap, Overdone, QUALITY_WEIGHTS, Quality, Step};
use crate::render::cell::Cell;
use crate::render::document::{Block, Column, Document, Table};
use crate::render::format::Answer;
use crate::render::locale::Look;
use crate::text;

/// The answer of `incident resolve`: the quality, term by term, and what speaks against the extra.
pub fn resolved(line: &IncidentLine, quality: &Quality, against: &[Overdone], currency: &str) -> Answer {
    let terms = terms(quality, line.working);
    let mut document = Document::new(made_good(line)).with(Block::Table(table(&terms)));
    for said in conclusions(line, quality) {
        document = document.with(Block::Text(said));
    }
    for warned in against {
        document = document.with(Block::Text(warning(*warned, currency)));
    }
    if let Some((Step::Check, by)) = line.waits {
        document = document.with(Block::Hint(ask_again(line, day(by, line.as_of))));
    }
    let mut incident = line.json();
    incident["terms"] =
        json!(terms.iter().map(|(id, _, value, weight)| json!({"term": id, "value": value, "weight": weight})).collect::<Vec<_>>());
    incident["cap"] = json!(quality.most());
    incident["capped_by"] = json!(quality.cap.map(cap_id));
    incident["hours"] = json!({"acknowledged": quality.hours[0], "resolved": quality.hours[1]});
    incident["stated_quality"] = json!(line.incident.stated_quality);
    incident["warnings"] = json!(against.iter().map(|warned| overdone_id(*warned)).collect::<Vec<_>>());
    let ids = vec![line.incident.id.to_string()];
    Answer { schema: "attent.incidents/1", json: json!({"incidents": [incident]}), rows_key: "incidents", ids, document, calendar: None }
}

type Term = (&'static str, Text, f64, f64);

fn table(terms: &[Term]) -> Table {
    let mut table = Table::new(vec![
        Column::left("term", Text::new("term", "onderdeel")),
        Column::right("value", Text::new("value", "waarde")),
        Column::right("weight", Text::new("weight", "gewicht")),
        Column::right("contribution", Text::new("contribution", "bijdrage")),
    ])
    .main();
    for (id, label, value, weight) in terms {
        table.push(vec![
            Cell::word(*id, label.clone()),
            Cell::Number { value: *value, decimals: 4 },
            Cell::Number { value: *weight, decimals: 2 },
            Cell::Number { value: value * weight, decimals: 4 },
        ]);
    }
    table
}

fn made_good(line: &IncidentLine) -> Text {
    let (id, name) = (line.incident.id, &line.customer);
    text!("#{id} {name} · made good", "#{id} {name} · goedgemaakt")
}

fn ask_again(line: &IncidentLine, from: Text) -> Text {
    let (id, en, nl) = (line.incident.id, from.en, from.nl);
    text!(
        "Ask how it is from {en}, and not for a favour: attent incident check {id} --satisfied 1..5",
        "Vraag vanaf {nl} hoe het is, en niet om een gunst: attent incident check {id} --satisfied 1..5"
    )
}

fn terms(quality: &Quality, working: bool) -> [Term; 4] {
    let [ack, resolve, personal, generous] = QUALITY_WEIGHTS;
    let soon = |hours: f64, en: &str, nl: &str| {
        let within = span(hours, working);
        let (within_en, within_nl) = (within.en.replace(" hours", " h"), within.nl);
        text!("{en} (within {within_en})", "{nl} (binnen {within_nl})")
    };
    [
        ("acknowledged", soon(quality.level.acknowledge, "acknowledged soon", "snel erkend"), quality.acknowledged, ack),
        ("resolved", soon(quality.level.resolve, "made good soon", "snel goedgemaakt"), quality.resolved, resolve),
        ("personal", text!("by one person, by name", "door één persoon, met naam"), quality.personal, personal),
        ("generous", text!("generous", "royaal"), quality.generous, generous),
    ]
}

/// What the terms come to, and why it is not their sum when it is not.
fn conclusions(line: &IncidentLine, quality: &Quality) -> Vec<Text> {
    let before = line.incident.stated_quality.unwrap_or(quality.sum());
    let mut said = Vec::new();
    if line.incident.stated_quality.is_some() {
        let [en, nl] = both(before);
        said.push(Text::new(
            format!("You stated a quality of {en}; the terms are shown beside it."),
            format!("Je noemde zelf een kwaliteit van {nl}; de onderdelen staan erbij."),
        ));
    }
    if let Some(cap) = quality.cap.filter(|cap| before > cap.most()) {
        let ([before_en, before_nl], [cap_en, cap_nl]) = (both(before), both(cap.most()));
        let why = cap_reason(cap);
        said.push(Text::new(
            format!("{before_en} is held at {cap_en}, because {}.", why.en),
            format!("{before_nl} wordt hoogstens {cap_nl}, want {}.", why.nl),
        ));
    }
    said.extend(quality.cap.map(repeat_label).filter(|label| !label.is_empty()));
    let [en, nl] = both(quality.q);
    said.push(Text::new(format!("Recovery quality: {en} of 1."), format!("Kwaliteit van het herstel: {nl} van 1.")));
    said
}

fn cap_id(cap: Cap) -> &'static str {
    match cap {
        Cap::SameKind => "same-kind",
        Cap::Repeat => "repeat",
        Cap::Severe => "severe",
    }
}

/// R6 and R7 of METHOD §2.2.
fn cap_reason(cap: Cap) -> Text {
    match cap {
        Cap::SameKind => text!("the same kind of thing went wrong within a year", "hetzelfde ging binnen een jaar al eens mis"),
        Cap::Repeat => text!("something went wrong before within a year", "er ging binnen een jaar al eens iets mis"),
        Cap::Severe => text!("it was severe", "het was ernstig"),
    }
}

fn overdone_id(warned: Overdone) -> &'static str {
    match warned {
        Overdone::Large(_) => "extra-large",
        Overdone::NoGifts => "no-gifts",
        Overdone::AbovePolicy(_) => "above-policy",
        Overdone::PolicyUnknown => "policy-unknown",
        Overdone::Approval => "approval",
    }
}

/// R5 and G7: told beside what was recorded, which stays.
fn warning(warned: Overdone, currency: &str) -> Text {
    let money = |cents| [Lang::En, Lang::Nl].map(|lang| Look { lang, currency: currency.to_owned(), ..Look::default() }.money(cents));
    match warned {
        Overdone::Large(limit) => {
            let [en, nl] = money(limit);
            text!(
                "Recorded. An extra above {en} rarely does more good: the default is the larger of 15 and 20% of the loss.",
                "Vastgelegd. Een extraatje boven {nl} doet zelden meer goed: de standaard is 15, of 20% van het verlies als dat meer is."
            )
        }
        Overdone::NoGifts => text!(
            "Recorded. They accept no gifts: next time make it good without an extra.",
            "Vastgelegd. Ze nemen geen cadeaus aan: maak het een volgende keer goed zonder extraatje."
        ),
        Overdone::AbovePolicy(most) => {
            let [en, nl] = money(most);
            text!("Recorded. They may accept up to {en}: check with them.", "Vastgelegd. Ze mogen tot {nl} aannemen: vraag het even na.")
        }
        Overdone::PolicyUnknown => text!(
            "Recorded. It is not known what they may accept: ask, and note it with attent customers edit --gifts.",
            "Vastgelegd. Het is niet bekend wat ze mogen aannemen: vraag het, en noteer het met attent customers edit --gifts."
        ),
        Overdone::Approval => text!(
            "Recorded. On their side somebody must approve what is given: check that it was.",
            "Vastgelegd. Bij hen moet iemand goedkeuren wat er gegeven wordt: kijk na of dat is gebeurd."
        ),
    }
}

/// A quality with four decimals, in English and Dutch.
fn both(value: f64) -> [String; 2] {
    let said = decimal(value, 4);
    [said.en, said.nl]
}
