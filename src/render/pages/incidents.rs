//! The pages of `attent incident`.

use chrono::{DateTime, FixedOffset};
use serde_json::{Value, json};

use super::logged::when;
use super::{as_of, stamp};
use crate::domain::incident::Incident;
use crate::domain::numbers::decimal;
use crate::domain::text::Text;
use crate::measure::recovery::{QUALITY_WEIGHTS, Quality};
use crate::render::cell::{Cell, Word};
use crate::render::document::{Block, Column, Document, Row, Table, Tone};
use crate::render::format::Answer;
use crate::text;

/// One failure.
#[derive(Debug, Clone)]
pub struct IncidentLine {
    /// As recorded.
    pub incident: Incident,
    /// Whose it is.
    pub customer: String,
    /// The stage it happened in.
    pub stage: Option<Word>,
    /// When it happened.
    pub opened: DateTime<FixedOffset>,
    /// When a person acknowledged it.
    pub acknowledged: Option<DateTime<FixedOffset>>,
    /// When it was made good.
    pub resolved: Option<DateTime<FixedOffset>>,
    /// How well, once it was.
    pub quality: Option<Quality>,
}

impl IncidentLine {
    fn status(&self) -> Word {
        match self.resolved {
            None => Word::new("open", text!("open", "open")),
            Some(_) => Word::new("resolved", text!("made good", "goedgemaakt")),
        }
    }

    /// The failure as JSON has it.
    pub fn json(&self) -> Value {
        let incident = &self.incident;
        json!({
            "id": incident.id,
            "customer": self.customer,
            "stage": incident.stage,
            "severity": incident.severity.word(),
            "kind": incident.kind,
            "what": incident.what,
            "owner": incident.owner,
            "opened": stamp(self.opened),
            "acknowledged": self.acknowledged.map(stamp),
            "resolved": self.resolved.map(stamp),
            "quality": self.quality.map(|quality| quality.q),
            "status": self.status().id,
        })
    }

    fn row(&self) -> Row {
        let incident = &self.incident;
        let said = |word: &String| if word.is_empty() { Cell::Empty } else { Cell::name(word.clone()) };
        let row = Row::from(vec![
            Cell::Count(incident.id),
            Cell::name(self.customer.clone()),
            Cell::maybe(self.stage.clone(), Cell::Word),
            Cell::word(incident.severity.word(), incident.severity.label()),
            Cell::name(incident.what.clone()),
            Cell::Word(self.status()),
            Cell::Day(self.opened),
            Cell::maybe(self.resolved, Cell::Day),
            Cell::maybe(self.quality, |quality| Cell::Number { value: quality.q, decimals: 2 }),
            said(&incident.kind),
            said(&incident.owner),
            Cell::maybe(self.acknowledged, Cell::Day),
        ]);
        if self.resolved.is_some() { row.tone(Tone::Quiet) } else { row }
    }

    /// `#3 Anna Jansen · moderate · stage Use · 21 Nov 2026 14:00`.
    fn sentence(&self) -> Text {
        let (id, name, severity, at) = (self.incident.id, &self.customer, self.incident.severity.label(), when(self.opened));
        let stage = self.stage.as_ref().map_or_else(Text::default, |Word { label, .. }| {
            let (en, nl) = (&label.en, &label.nl);
            text!(" · stage {en}", " · fase {nl}")
        });
        Text::new(
            format!("#{id} {name} · {}{} · since {}", severity.en, stage.en, at.en),
            format!("#{id} {name} · {}{} · sinds {}", severity.nl, stage.nl, at.nl),
        )
    }
}

fn table(lines: &[IncidentLine]) -> Table {
    let mut table = Table::new(vec![
        Column::right("id", Text::new("number", "nummer")),
        Column::left("customer", Text::new("customer", "klant")),
        Column::left("stage", Text::new("stage", "fase")).expendable(4),
        Column::left("severity", Text::new("severity", "ernst")).expendable(3),
        Column::left("what", Text::new("what went wrong", "wat er misging")),
        Column::left("status", Text::new("status", "status")),
        Column::left("opened", Text::new("since", "sinds")),
        Column::left("resolved", Text::new("made good", "goedgemaakt")).expendable(2),
        Column::right("quality", Text::new("quality", "kwaliteit")).expendable(1),
        Column::left("kind", Text::new("kind", "soort")).expendable(6),
        Column::left("owner", Text::new("owner", "eigenaar")).expendable(5),
        Column::left("acknowledged", Text::new("acknowledged", "erkend")).expendable(7),
    ])
    .main();
    lines.iter().for_each(|line| table.push(line.row()));
    table
}

fn json_of(lines: &[IncidentLine]) -> Value {
    json!(lines.iter().map(IncidentLine::json).collect::<Vec<_>>())
}

fn ids(lines: &[IncidentLine]) -> Vec<String> {
    lines.iter().map(|line| line.incident.id.to_string()).collect()
}

/// The answer of `incident list`.
pub fn list(lines: &[IncidentLine], moment: DateTime<FixedOffset>) -> Answer {
    let mut document = Document::new(text!("What went wrong", "Wat er misging")).subtitle(as_of(moment));
    if lines.is_empty() {
        document = document.with(Block::Text(text!("Nothing that is known of.", "Niets, voor zover bekend.")));
    } else {
        document = document.with(Block::Table(table(lines)));
    }
    let json = json!({"as_of": stamp(moment), "incidents": json_of(lines)});
    Answer { schema: "attent.incidents/1", json, rows_key: "incidents", ids: ids(lines), document, calendar: None }
}

/// The answer of `incident open`.
pub fn opened(line: &IncidentLine, as_table: bool) -> Answer {
    let lines = std::slice::from_ref(line);
    let id = line.incident.id;
    let said = if as_table { Block::Table(table(lines)) } else { Block::Text(line.sentence()) };
    let document = Document::new(Text::default()).named(text!("Failure", "Misser")).with(said).with(Block::Hint(text!(
        "Once it is made good: attent incident resolve {id} --personal",
        "Als het goedgemaakt is: attent incident resolve {id} --personal"
    )));
    Answer {
        schema: "attent.incidents/1",
        json: json!({"incidents": json_of(lines)}),
        rows_key: "incidents",
        ids: ids(lines),
        document,
        calendar: None,
    }
}

/// The answer of `incident resolve`: the quality, term by term.
pub fn resolved(line: &IncidentLine, quality: &Quality) -> Answer {
    let terms = terms(quality);
    let mut table = Table::new(vec![
        Column::left("term", Text::new("term", "onderdeel")),
        Column::right("value", Text::new("value", "waarde")),
        Column::right("weight", Text::new("weight", "gewicht")),
        Column::right("contribution", Text::new("contribution", "bijdrage")),
    ])
    .main();
    for (id, label, value, weight) in &terms {
        table.push(vec![
            Cell::word(*id, label.clone()),
            Cell::Number { value: *value, decimals: 4 },
            Cell::Number { value: *weight, decimals: 2 },
            Cell::Number { value: value * weight, decimals: 4 },
        ]);
    }
    let mut document = Document::new(made_good(line)).with(Block::Table(table));
    for said in conclusions(line, quality) {
        document = document.with(Block::Text(said));
    }
    let mut incident = line.json();
    incident["terms"] =
        json!(terms.iter().map(|(id, _, value, weight)| json!({"term": id, "value": value, "weight": weight})).collect::<Vec<_>>());
    incident["cap"] = json!(quality.cap);
    incident["stated_quality"] = json!(line.incident.stated_quality);
    let ids = vec![line.incident.id.to_string()];
    Answer { schema: "attent.incidents/1", json: json!({"incidents": [incident]}), rows_key: "incidents", ids, document, calendar: None }
}

fn made_good(line: &IncidentLine) -> Text {
    let (id, name) = (line.incident.id, &line.customer);
    text!("#{id} {name} · made good", "#{id} {name} · goedgemaakt")
}

fn terms(quality: &Quality) -> [(&'static str, Text, f64, f64); 4] {
    let [ack, resolve, personal, generous] = QUALITY_WEIGHTS;
    [
        ("acknowledged", text!("acknowledged soon (within 24 h)", "snel erkend (binnen 24 uur)"), quality.acknowledged, ack),
        ("resolved", text!("made good soon (within 72 h)", "snel goedgemaakt (binnen 72 uur)"), quality.resolved, resolve),
        ("personal", text!("by one person, by name", "door één persoon, met naam"), quality.personal, personal),
        ("generous", text!("generous", "royaal"), quality.generous, generous),
    ]
}

/// What the terms come to, and why it is not their sum when it is not.
fn conclusions(line: &IncidentLine, quality: &Quality) -> Vec<Text> {
    let sum: f64 = terms(quality).iter().map(|(_, _, value, weight)| value * weight).sum();
    let before = line.incident.stated_quality.unwrap_or(sum);
    let capped = before > quality.cap;
    let mut said = Vec::new();
    if line.incident.stated_quality.is_some() {
        let [en, nl] = both(before);
        said.push(Text::new(
            format!("You stated a quality of {en}; the terms are shown beside it."),
            format!("Je noemde zelf een kwaliteit van {nl}; de onderdelen staan erbij."),
        ));
    }
    if capped {
        let ([before_en, before_nl], [cap_en, cap_nl]) = (both(before), both(quality.cap));
        let why = cap_reason(quality.cap);
        said.push(Text::new(
            format!("{before_en} is held at {cap_en}, because {}.", why.en),
            format!("{before_nl} wordt hoogstens {cap_nl}, want {}.", why.nl),
        ));
    }
    let [en, nl] = both(quality.q);
    said.push(Text::new(format!("Recovery quality: {en} of 1."), format!("Kwaliteit van het herstel: {nl} van 1.")));
    said
}

/// R6 and R7 of METHOD §2.2, by the cap each sets.
fn cap_reason(cap: f64) -> Text {
    if cap <= 0.3 {
        text!(
            "the same kind of thing went wrong within a year; its cause is worth a look",
            "hetzelfde ging binnen een jaar al eens mis; het loont om naar de oorzaak te kijken"
        )
    } else if cap <= 0.5 {
        text!(
            "something went wrong before within a year; restoring trust comes first",
            "er ging binnen een jaar al eens iets mis; eerst moet het vertrouwen terug"
        )
    } else {
        text!("it was severe", "het was ernstig")
    }
}

/// A quality with four decimals, in English and Dutch.
fn both(value: f64) -> [String; 2] {
    let said = decimal(value, 4);
    [said.en, said.nl]
}
