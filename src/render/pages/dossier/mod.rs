//! The page of `attent dossier`: all that is known of one customer, to hand over.
//!
//! `fields` says of every column what it is called and how it is shown; `rows` reads the packed rows by it, for people
//! as for machines. So the page and the JSON say the same.

mod fields;
mod rows;

use std::sync::Arc;

use chrono::{DateTime, FixedOffset};
use serde_json::{Map, Value, json};

pub use fields::{Field, LEFT_OUT, TABLES, fields};
pub use rows::{Listed, Reader};

use super::customers::in_words;
use super::{as_of, contributions, stamp};
use crate::domain::dossier::{Dossier, Part};
use crate::domain::model::Component;
use crate::domain::names::slug;
use crate::domain::text::Text;
use crate::measure::explain;
use crate::measure::warmth::Warmth;
use crate::plan::gifts::{Policy, PolicyFrom};
use crate::render::cell::{Cell, Word};
use crate::render::document::{Block, Column, Document, Table};
use crate::render::format::Answer;
use crate::render::pages::customers::policy_cell;
use crate::render::pages::gift_calendar::from_word;
use crate::text;

/// A score that was derived of them.
#[derive(Debug, Clone)]
pub struct Score {
    /// The stage; `None` for the relationship.
    pub stage: Option<Word>,
    /// How many contacts it stands on.
    pub contacts: u32,
    /// The score with its components.
    pub warmth: Warmth,
}

/// A file that names them and is not in the dossier.
#[derive(Debug, Clone)]
pub struct Elsewhere {
    /// `file` or `copy`.
    pub kind: &'static str,
    /// Which file, and where in it.
    pub place: Text,
    /// What stands there.
    pub text: Text,
}

/// What the page is made from.
#[derive(Debug, Clone)]
pub struct DossierPage {
    /// The name of the customer.
    pub customer: String,
    /// What the log knows.
    pub dossier: Dossier,
    /// What they may be given, and who says so.
    pub policy: Policy,
    /// What is derived of them: the relationship first, then the stages.
    pub scores: Vec<Score>,
    /// Files that name them.
    pub elsewhere: Vec<Elsewhere>,
    /// What the rows are read with.
    pub reader: Arc<Reader>,
    /// The moment.
    pub as_of: DateTime<FixedOffset>,
}

/// The parts that are tables of their own, with their field in JSON and their heading.
const SECTIONS: [(Part, &str, (&str, &str)); 9] = [
    (Part::Referrals, "referrals", ("Where they came from, and whom they sent", "Waar ze vandaan kwamen, en wie ze stuurden")),
    (Part::Contacts, "touchpoints", ("Contacts", "Contacten")),
    (Part::Incidents, "incidents", ("What went wrong, and how it was made good", "Wat er misging, en hoe het is goedgemaakt")),
    (Part::Nudges, "nudges", ("What was proposed to do, and what became of it", "Wat er is voorgesteld, en wat ervan kwam")),
    (Part::Gifts, "gifts", ("Gifts: given, planned and thought of", "Cadeaus: gegeven, gepland en bedacht")),
    (Part::Files, "files", ("Where it was read from", "Waar het uit gelezen is")),
    (
        Part::Entries,
        "entries",
        ("What was entered about them, and what was taken back", "Wat er over hen is ingevoerd, en wat is teruggenomen"),
    ),
    (
        Part::Versions,
        "versions",
        ("What was changed or taken out, as it was before", "Wat er is veranderd of weggehaald, zoals het daarvoor was"),
    ),
    (
        Part::Mentions,
        "mentions",
        (
            "Where they are (or may be) named in what is recorded about others",
            "Waar ze (misschien) genoemd worden in wat er over anderen staat",
        ),
    ),
];

impl DossierPage {
    /// The answer.
    pub fn answer(&self) -> Answer {
        let name = &self.customer;
        let mut document = Document::new(text!("What is known of {name}", "Wat er bekend is van {name}"))
            .subtitle(as_of(self.as_of))
            .with(heading("Who", "Wie"))
            .with(Block::Table(self.who()));
        let mut nothing = Vec::new();
        for (part, field, (en, nl)) in SECTIONS {
            let Some(listed) = self.listed(part) else { continue };
            if listed.section.is_empty() && part != Part::Contacts {
                nothing.push(Text::new(en, nl));
            } else {
                document = document.with(heading(en, nl));
                if part == Part::Mentions {
                    document = document.with(Block::Text(look_through()));
                }
                document = document.with(Block::Table(table(field, listed)));
            }
            if part == Part::Contacts && !self.scores.is_empty() {
                document = document.with(heading("What is derived of that: scores", "Wat daaruit is afgeleid: scores"));
                document = document.with(Block::Table(self.score_table()));
            }
        }
        if !nothing.is_empty() {
            document = document.with(heading("Of this there is nothing", "Hiervan is er niets")).with(Block::List(nothing));
        }
        let document = self.with_elsewhere(document);
        Answer { schema: "attent.dossier/1", json: self.json(), rows_key: "touchpoints", ids: Vec::new(), document, calendar: None }
    }

    fn listed(&self, part: Part) -> Option<Listed> {
        Some(Listed { part, section: self.dossier.part(part)?.clone(), reader: self.reader.clone() })
    }

    /// What they are called and known by, one thing a row.
    fn who(&self) -> Table {
        let mut table = Table::new(vec![
            Column::left("what", text!("what", "wat")),
            Column::left("value", text!("value", "waarde")).telling(),
            Column::left("source", text!("from", "uit")).unless(""),
        ]);
        if let Some(customer) = self.listed(Part::Customer).filter(|customer| !customer.section.is_empty()) {
            for (field, cell) in customer.cells(0).into_iter().filter(|(_, cell)| *cell != Cell::Empty) {
                table.push(vec![Cell::word(field.column, title(field)), cell]);
            }
        }
        if self.policy.from != PolicyFrom::Nobody {
            let from = Cell::Word(from_word(self.policy.from));
            table.push(vec![Cell::word("policy", text!("so may be given", "dus mogen krijgen")), policy_cell(self.policy.gifts), from]);
        }
        for part in [Part::Keys, Part::Particulars] {
            let Some(listed) = self.listed(part) else { continue };
            for at in 0..listed.section.len() {
                let mut cells: Vec<Cell> = listed.cells(at).into_iter().map(|(_, cell)| cell).collect();
                if part == Part::Keys {
                    cells.insert(0, Cell::word("key", text!("known by", "bekend als")));
                } else if let [what, value, ..] = cells.as_mut_slice() {
                    *value = in_words_of(value, in_words);
                    *what = of_particular(what);
                }
                table.push(cells);
            }
        }
        table
    }

    fn score_table(&self) -> Table {
        let mut columns = vec![
            Column::left("of", text!("of", "van")),
            Column::left("warmth", text!("warmth", "warmte")),
            Column::right("contacts", text!("contacts", "contacten")).expendable(2),
        ];
        columns.extend(Component::ALL.iter().map(|component| Column::right(component.id(), explain::name(*component)).expendable(1)));
        columns.push(Column::right("failures", text!("failures", "missers")).expendable(1));
        let mut table = Table { field: Some("scores"), ..Table::new(columns) };
        for score in &self.scores {
            let of = score.stage.clone().unwrap_or_else(|| Word::new("relationship", text!("the relationship", "de relatie")));
            let first = [Cell::Word(of), Cell::Warmth(Some(score.warmth.score)), Cell::Count(score.contacts.into())];
            let parts = score.warmth.contributions.iter().map(|value| Cell::Number { value: *value + 0.0, decimals: 1 });
            table.push(first.into_iter().chain(parts).collect::<Vec<_>>());
        }
        table
    }

    /// What is not here: files of the user's own.
    fn with_elsewhere(&self, document: Document) -> Document {
        let document = document.with(heading("What is not in here", "Wat hier niet in staat")).with(Block::Text(text!(
            "Your own files, mail and address books, and backups outside this folder. Of the files of this workspace, its sources and its backups, these name them:",
            "Je eigen bestanden, mail en adresboeken, en reservekopieën buiten deze map. Van de bestanden van deze werkmap, de bronnen en de reservekopieën noemen deze ze:"
        )));
        if self.elsewhere.is_empty() {
            return document.with(Block::Text(text!("None that could be looked into.", "Geen, voor zover ze bekeken konden worden.")));
        }
        let mut table = Table::new(vec![
            Column::left("place", text!("where", "waar")),
            Column::left("text", text!("what stands there", "wat er staat")).telling(),
        ]);
        for one in &self.elsewhere {
            table.push(vec![Cell::Text(one.place.clone()), Cell::Text(one.text.clone())]);
        }
        document.with(Block::Table(table))
    }

    fn json(&self) -> Value {
        let mut json = Map::new();
        json.insert("as_of".into(), stamp(self.as_of));
        let all = |part| -> Vec<Value> {
            use crate::render::rows::Many as _;
            self.listed(part).map_or_else(Vec::new, |listed| (0..listed.section.len()).map(|at| listed.json(at)).collect())
        };
        json.insert("customer".into(), all(Part::Customer).into_iter().next().unwrap_or_else(|| json!({"name": self.customer})));
        json.insert("id".into(), json!(slug(&self.customer)));
        json.insert("may_be_given_by".into(), json!(self.policy.from.word()));
        json.insert("known_by".into(), all(Part::Keys).into_iter().map(|key| key["key"].clone()).collect());
        json.insert("particulars".into(), json!(all(Part::Particulars)));
        json.insert("scores".into(), self.scores.iter().map(score_json).collect());
        for (_, field, _) in SECTIONS.iter().filter(|(part, ..)| self.dossier.part(*part).is_some()) {
            json.insert((*field).into(), json!([]));
        }
        let elsewhere = self.elsewhere.iter().map(|one| json!({"kind": one.kind, "place": one.place.en, "text": one.text.en}));
        json.insert("not_in_here".into(), elsewhere.collect());
        Value::Object(json)
    }
}

fn table(field: &'static str, listed: Listed) -> Table {
    let (main, columns) = (listed.part == Part::Contacts, listed.columns());
    let rows = Arc::new(listed);
    if main { Table::of_many(columns, rows) } else { Table::beside(field, columns, rows) }
}

fn heading(en: &str, nl: &str) -> Block {
    Block::Heading(Text::new(en, nl))
}

fn title(field: &Field) -> Text {
    Text::new(field.title.0, field.title.1)
}

fn look_through() -> Text {
    text!(
        "Look through this before you hand it over: it is about others too. `--without-others` leaves it out.",
        "Kijk dit na voordat je het overhandigt: het gaat ook over anderen. `--without-others` laat het weg."
    )
}

/// A text in words people read, and as it is for machines.
fn in_words_of(cell: &Cell, words: impl Fn(&str) -> Text) -> Cell {
    let Cell::Text(text) = cell else { return cell.clone() };
    let said = words(&text.en);
    if said == *text { cell.clone() } else { Cell::word(text.en.clone(), said) }
}

/// What a particular is, in words where the program has one.
fn of_particular(cell: &Cell) -> Cell {
    let Cell::Text(what) = cell else { return cell.clone() };
    let label = match what.en.as_str() {
        "postal" => text!("postal address", "postadres"),
        "birthday" => text!("birthday", "verjaardag"),
        "anniversary" => text!("anniversary", "jubileum"),
        "prefers" => text!("prefers", "voorkeur"),
        _ => return cell.clone(),
    };
    Cell::word(what.en.clone(), label)
}

fn score_json(score: &Score) -> Value {
    let components: Map<String, Value> = Component::ALL
        .iter()
        .zip(score.warmth.components)
        .map(|(component, value)| (component.id().to_owned(), json!(value + 0.0)))
        .collect();
    json!({
        "stage": score.stage.as_ref().map(|stage| &stage.id),
        "warmth": score.warmth.score,
        "touchpoints": score.contacts,
        "components": components,
        "contributions": contributions(&score.warmth.contributions),
    })
}
