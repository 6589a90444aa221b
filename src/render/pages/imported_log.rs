//! The page of `attent import FILE.jsonl`: what came back from an export.

use serde_json::{Map, Value, json};

use crate::domain::numbers::counted;
use crate::domain::text::Text;
use crate::render::cell::Cell;
use crate::render::document::{Block, Column, Document, Table};
use crate::render::format::Answer;
use crate::text;

/// What an export brought.
#[derive(Debug, Clone)]
pub struct ImportedLog {
    /// Whether it was only tried.
    pub dry_run: bool,
    /// The version of attent that wrote it.
    pub written_by: String,
    /// The rows of each table, by its name.
    pub rows: Vec<(&'static str, u64)>,
}

impl ImportedLog {
    fn of(&self, table: &str) -> u64 {
        self.rows.iter().find(|(name, _)| *name == table).map_or(0, |(_, count)| *count)
    }
}

/// What the rows of a table are for a reader.
fn label(table: &str) -> Text {
    match table {
        "settings" => text!("bookkeeping of the log itself", "boekhouding van het logboek zelf"),
        "stages" => text!("stages", "fasen"),
        "entries" => text!("entries, as `undo` takes them back", "invoer, zoals `undo` die terugneemt"),
        "customers" => text!("customers", "klanten"),
        "customer_keys" => text!("addresses, numbers and other names", "adressen, nummers en andere namen"),
        "particulars" => text!("particulars of customers", "bijzonderheden van klanten"),
        "cards" => text!("cards of address books", "kaartjes van adresboeken"),
        "refused" => text!("records that stay out", "gegevens die eruit blijven"),
        "sources" => text!("sources, as they were read", "bronnen, zoals ze gelezen zijn"),
        "incidents" => text!("failures", "missers"),
        "nudges" => text!("nudges", "nudges"),
        "gifts" => text!("gifts", "cadeaus"),
        "referrals" => text!("referrals", "aanbevelingen"),
        "touchpoints" => text!("contacts", "contacten"),
        "former_touchpoints" => text!("contacts as they were before a change", "contacten zoals ze voor een wijziging waren"),
        "changes" => text!("changes that can be taken back", "wijzigingen die terug te nemen zijn"),
        "anonymous_contacts" => text!("contacts of nobody, for the sums of days", "contacten van niemand, voor de tellingen per dag"),
        "forgotten" => text!("digests of who was forgotten", "vingerafdrukken van wie vergeten is"),
        other => Text::same(other),
    }
}

/// The answer.
pub fn answer(log: &ImportedLog) -> Answer {
    let filled: Vec<_> = log.rows.iter().filter(|(_, count)| *count > 0).collect();
    let mut table = Table::new(vec![Column::left("what", text!("what", "wat")), Column::right("rows", text!("number", "aantal"))]).main();
    for (name, count) in &filled {
        table.push(vec![Cell::word(*name, label(name)), Cell::Count(i64::try_from(*count).unwrap_or(i64::MAX))]);
    }
    let document = Document::new(Text::default())
        .named(text!("A whole log imported", "Een heel logboek geïmporteerd"))
        .with(Block::Table(table))
        .with(Block::Text(done(log)));
    let lines: Vec<Value> = filled.iter().map(|(name, count)| json!({"table": name, "rows": count})).collect();
    let mut fields = Map::new();
    fields.insert("dry_run".to_owned(), log.dry_run.into());
    fields.insert("written_by".to_owned(), log.written_by.clone().into());
    fields.insert("tables".to_owned(), lines.into());
    Answer {
        schema: "attent.imported-log/1",
        json: Value::Object(fields),
        rows_key: "tables",
        ids: filled.iter().map(|(name, _)| (*name).to_owned()).collect(),
        document,
        calendar: None,
    }
}

fn done(log: &ImportedLog) -> Text {
    let customers = counted(log.of("customers"), ["customer", "customers"], ["klant", "klanten"]);
    let contacts = counted(log.of("touchpoints"), ["contact", "contacts"], ["contact", "contacten"]);
    let (en, nl) = (format!("{}, {}", customers.en, contacts.en), format!("{}, {}", customers.nl, contacts.nl));
    if log.dry_run {
        return text!(
            "The export is whole and right: {en}. Nothing was stored.",
            "De export is compleet en klopt: {nl}. Er is niets opgeslagen."
        );
    }
    text!("The whole log is here: {en}, and all that belongs to them.", "Het hele logboek staat er: {nl}, en alles wat erbij hoort.")
}
