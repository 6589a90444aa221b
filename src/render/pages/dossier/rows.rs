//! The rows of a part, each read when a format asks for it.

use std::collections::HashMap;
use std::sync::Arc;

use chrono::{DateTime, FixedOffset};
use serde_json::{Map, Value, json};

use super::fields::{Field, Shows, fields, of_table};
use crate::domain::calendar::Moment;
use crate::domain::dossier::{Part, Section};
use crate::domain::money::Cents;
use crate::domain::text::{Lang, Text};
use crate::render::cell::{Cell, Word};
use crate::render::document::{Align, Column, Row, Tone};
use crate::render::locale::Look;
use crate::render::pages::stamp;
use crate::render::pages::timeline::{felt, moment};
use crate::render::rows::Many;

/// What the rows are read with.
#[derive(Debug, Clone)]
pub struct Reader {
    /// The moment.
    pub now: Moment,
    /// A moment on the reader's clock.
    pub local: fn(Moment) -> DateTime<FixedOffset>,
    /// What stages are called, by id.
    pub stages: HashMap<String, String>,
    /// What plays are called, by id.
    pub plays: HashMap<String, Text>,
    /// The currency of amounts within a sentence.
    pub currency: String,
}

/// The rows of a part.
#[derive(Debug, Clone)]
pub struct Listed {
    /// Which part.
    pub part: Part,
    /// Its rows.
    pub section: Arc<Section>,
    /// What they are read with.
    pub reader: Arc<Reader>,
}

impl Listed {
    /// The columns people see.
    pub fn columns(&self) -> Vec<Column> {
        fields(self.part).iter().filter(|field| !matches!(field.shows, Shows::Dutch)).map(|field| self.column(field)).collect()
    }

    fn column(&self, field: &Field) -> Column {
        let column = Column::left(field.column, Text::new(field.title.0, field.title.1)).expendable(field.expendable).unless("");
        let column = match field.shows {
            Shows::Money | Shows::Count | Shows::Felt | Shows::Share => Column { align: Align::Right, ..column },
            _ => column,
        };
        let tells = matches!(field.shows, Shows::Was | Shows::Both) || matches!(field.column, "note" | "text" | "summary" | "what");
        if tells { column.telling() } else { column }
    }

    /// The values of a row by column.
    pub fn values(&self, at: usize) -> Map<String, Value> {
        let values: Vec<Value> = serde_json::from_str(self.section.row(at)).unwrap_or_default();
        self.section.columns().iter().map(|column| (*column).to_owned()).zip(values).collect()
    }

    /// The cells people see, with the columns they are of.
    pub fn cells(&self, at: usize) -> Vec<(&'static Field, Cell)> {
        let values = self.values(at);
        let shown = fields(self.part).iter().filter(|field| !matches!(field.shows, Shows::Dutch));
        shown.map(|field| (field, self.reader.cell(field, &values))).collect()
    }

    fn is_planned(&self, values: &Map<String, Value>) -> bool {
        self.part == Part::Contacts && values.get("at").and_then(Value::as_i64).is_some_and(|at| at > self.reader.now.0)
    }
}

impl Many for Listed {
    fn count(&self) -> usize {
        self.section.len()
    }

    fn row(&self, at: usize) -> Row {
        let values = self.values(at);
        let row = Row::from(self.cells(at).into_iter().map(|(_, cell)| cell).collect::<Vec<_>>());
        if self.is_planned(&values) { row.tone(Tone::Quiet) } else { row }
    }

    fn json(&self, at: usize) -> Value {
        let values = self.values(at);
        let mut json = self.reader.object(fields(self.part), &values);
        if self.part == Part::Contacts {
            json.insert("planned".into(), json!(self.is_planned(&values)));
        }
        Value::Object(json)
    }

    fn id(&self, at: usize) -> String {
        self.values(at).get("id").map(Value::to_string).unwrap_or_default()
    }
}

impl Reader {
    /// A row in JSON: every column that it has.
    pub fn object(&self, fields: &[Field], values: &Map<String, Value>) -> Map<String, Value> {
        let told = fields.iter().filter_map(|field| Some((field, values.get(field.column)?)));
        told.map(|(field, value)| (field.column.to_owned(), self.json(field, value, values))).collect()
    }

    fn json(&self, field: &Field, value: &Value, values: &Map<String, Value>) -> Value {
        match (field.shows, value) {
            (_, Value::Null) => Value::Null,
            (Shows::Moment, value) => value.as_i64().map_or_else(|| value.clone(), |at| stamp((self.local)(Moment(at)))),
            (Shows::Money, value) => value.as_i64().map_or_else(|| value.clone(), |cents| json!(Cents(cents).units())),
            (Shows::Flag, value) => value.as_i64().map_or_else(|| value.clone(), |flag| json!(flag != 0)),
            (Shows::Coded(_), _) => self.word(field, value).map_or_else(|| value.clone(), |word| json!(word.id)),
            (Shows::Wording, Value::String(tags)) if field.column == "tags" => json!(tags.split_whitespace().collect::<Vec<_>>()),
            (Shows::Was, Value::Object(before)) => Value::Object(self.object(was(values), before)),
            _ => value.clone(),
        }
    }

    /// A value as people see it.
    pub fn cell(&self, field: &Field, values: &Map<String, Value>) -> Cell {
        let value = values.get(field.column).unwrap_or(&Value::Null);
        match (field.shows, value) {
            (Shows::Was, Value::Null) => Cell::word("nothing", crate::text!("not there yet", "nog niet")),
            (_, Value::Null) => Cell::Empty,
            (Shows::Moment, value) => Cell::maybe(value.as_i64(), |at| moment((self.local)(Moment(at)))),
            (Shows::Money, value) => Cell::maybe(value.as_i64(), |cents| Cell::Money(Cents(cents))),
            (Shows::Flag, value) => yes(value),
            (Shows::Count, value) => Cell::maybe(value.as_i64(), Cell::Count),
            (Shows::Felt, value) => Cell::maybe(value.as_f64(), felt),
            (Shows::Share, value) => Cell::maybe(value.as_f64(), |value| Cell::Number { value, decimals: 2 }),
            (Shows::Both, value) => Cell::Text(Text::new(plain(value), values.get("because_nl").map(plain).unwrap_or_default())),
            (Shows::Was, Value::Object(before)) => Cell::Text(self.in_words(was(values), before)),
            (Shows::Coded(_) | Shows::Named(_) | Shows::Stage | Shows::Place | Shows::Play, value) => {
                self.word(field, value).map_or_else(|| wording(value), Cell::Word)
            }
            (_, value) => wording(value),
        }
    }

    fn word(&self, field: &Field, value: &Value) -> Option<Word> {
        match field.shows {
            Shows::Coded(word) => word(u8::try_from(value.as_i64()?).ok()?),
            Shows::Named(word) => word(value.as_str()?),
            Shows::Stage => self.stages.get(value.as_str()?).map(|title| Word::new(plain(value), Text::same(title))),
            Shows::Place => self.place(value.as_str()?),
            Shows::Play => self.plays.get(value.as_str()?).map(|title| Word::new(plain(value), title.clone())),
            _ => None,
        }
    }

    /// What a nudge is about: a stage by its title, the rest by what it is.
    fn place(&self, place: &str) -> Option<Word> {
        let (kind, which) = place.split_once(':')?;
        let label = match kind {
            "stage" => Text::same(self.stages.get(which)?),
            "referral" => crate::text!("referral", "aanbeveling"),
            "incident" => crate::text!("failure {which}", "misser {which}"),
            "birthday" => crate::text!("birthday", "verjaardag"),
            "anniversary" => crate::text!("anniversary", "jubileum"),
            _ => return None,
        };
        Some(Word::new(place, label))
    }

    /// A row in a sentence: `note: called; amount: € 12,50`.
    fn in_words(&self, fields: &[Field], values: &Map<String, Value>) -> Text {
        let said = |lang: Lang| {
            let look = Look { lang, currency: self.currency.clone(), ..Look::default() };
            let parts = fields.iter().filter_map(|field| {
                let shown = match field.shows {
                    // Both languages are what was kept, so both are told.
                    Shows::Both | Shows::Dutch => wording(values.get(field.column)?),
                    _ => self.cell(field, values),
                };
                (shown != Cell::Empty).then(|| format!("{}: {}", lang.pick(field.title.0, field.title.1), shown.show(&look)))
            });
            parts.collect::<Vec<_>>().join("; ")
        };
        Text::new(said(Lang::En), said(Lang::Nl))
    }
}

/// The columns of the row that a version is of.
fn was(values: &Map<String, Value>) -> &'static [Field] {
    values.get("table").and_then(Value::as_str).map_or(&[], of_table)
}

fn yes(value: &Value) -> Cell {
    if value.as_i64().is_some_and(|flag| flag != 0) { Cell::word("yes", crate::text!("yes", "ja")) } else { Cell::Empty }
}

fn wording(value: &Value) -> Cell {
    let text = plain(value);
    if text.is_empty() { Cell::Empty } else { Cell::name(text) }
}

/// A value without the quotes of JSON.
fn plain(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}
