//! The page of `attent import`: one line, and for a dry run who would get what.

use std::collections::BTreeMap;

use serde_json::json;

use crate::domain::numbers::count;
use crate::domain::text::Text;
use crate::render::cell::Cell;
use crate::render::document::{Block, Column, Document, Table};
use crate::render::format::Answer;

/// What an import did.
#[derive(Debug, Clone, Default)]
pub struct ImportSummary {
    /// Rows that were added, or would be.
    pub added: u64,
    /// Rows that were in the log already.
    pub known: u64,
    /// Rows that are not right.
    pub bad: u64,
    /// Whether nothing was stored.
    pub dry_run: bool,
    /// In a dry run: how many rows each customer would get.
    pub per_customer: Option<BTreeMap<String, u64>>,
}

impl ImportSummary {
    /// The one line.
    pub fn in_words(&self) -> Text {
        let Self { added, known, bad, .. } = self;
        let (added, known, skipped) = (count(*added), count(*known), count(*bad));
        let (en, nl) = if self.dry_run { ("would be added", "komen erbij") } else { ("added", "toegevoegd") };
        let mut said =
            Text::new(format!("{} {en}, {} already known", added.en, known.en), format!("{} {nl}, {} al bekend", added.nl, known.nl));
        if *bad > 0 {
            said.en += &format!(", {} skipped", skipped.en);
            said.nl += &format!(", {} overgeslagen", skipped.nl);
        }
        said
    }
}

/// The answer.
pub fn answer(summary: &ImportSummary) -> Answer {
    let mut document = Document::new(Text::default());
    if let Some(customers) = &summary.per_customer {
        let mut table = Table::new(vec![
            Column::left("customer", Text::new("customer", "klant")),
            Column::right("touchpoints", Text::new("contacts", "contacten")),
        ])
        .main();
        customers.iter().for_each(|(name, &n)| table.push(vec![Cell::name(name.clone()), Cell::Count(n as i64)]));
        document = document.with(Block::Table(table));
    }
    let customers = summary.per_customer.iter().flatten().map(|(name, n)| json!({"customer": name, "touchpoints": n}));
    Answer {
        schema: "attent.import/1",
        json: json!({
            "dry_run": summary.dry_run,
            "added": summary.added,
            "known": summary.known,
            "skipped": summary.bad,
            "customers": customers.collect::<Vec<_>>(),
        }),
        rows_key: "customers",
        ids: Vec::new(),
        document: document.with(Block::Text(summary.in_words())),
    }
}
