//! The rows of a dry run, each made when a format asks for it: there may be thousands of records, and tens of thousands
//! of customers.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde_json::{Value, json};

use super::{ImportRow, RowOutcome};
use crate::domain::names::slug;
use crate::domain::text::Text;
use crate::domain::touchpoint::Facts;
use crate::render::cell::{Cell, Word};
use crate::render::document::{Column, Row, Table, Tone};
use crate::render::pages::stamp;
use crate::render::rows::Many;
use crate::render::wrap::clip;

/// So many characters of a record's place stand where its customer would.
const LONGEST_PLACE: usize = 20;

/// How many contacts each customer would get.
struct Counts(Box<[(String, u64)]>);

/// The table of the customers with how many contacts each would get.
pub fn per_customer(customers: BTreeMap<String, u64>) -> Table {
    let columns =
        vec![Column::left("customer", Text::new("customer", "klant")), Column::right("touchpoints", Text::new("contacts", "contacten"))];
    Table::beside("customers", columns, Arc::new(Counts(customers.into_iter().collect())))
}

impl Many for Counts {
    fn count(&self) -> usize {
        self.0.len()
    }

    fn row(&self, at: usize) -> Row {
        let (name, n) = &self.0[at];
        Row::from(vec![Cell::name(name), Cell::Count(*n as i64)])
    }

    fn json(&self, at: usize) -> Value {
        let (name, n) = &self.0[at];
        json!({"customer": name, "touchpoints": n})
    }

    fn id(&self, at: usize) -> String {
        slug(&self.0[at].0)
    }
}

/// The records one by one.
struct Records(Vec<ImportRow>);

/// The table of the records.
pub fn records(records: Vec<ImportRow>) -> Table {
    let columns = vec![
        Column::left("at", Text::new("when", "wanneer")),
        Column::left("customer", Text::new("customer", "klant")),
        Column::left("outcome", Text::new("becomes", "wordt")),
        Column::left("channel", Text::new("channel", "kanaal")).expendable(1),
        Column::left("direction", Text::new("direction", "richting")).expendable(3),
        Column::left("sender", Text::new("by", "door")).expendable(2),
        Column::left("kind", Text::new("kind", "soort")).expendable(4),
        Column::left("why", Text::new("why", "waarom")),
        Column::left("place", Text::new("where", "waar")).expendable(5),
    ];
    Table::beside("records", columns, Arc::new(Records(records)))
}

impl Many for Records {
    fn count(&self) -> usize {
        self.0.len()
    }

    fn row(&self, at: usize) -> Row {
        let row = &self.0[at];
        let word = |of: fn(&Facts) -> Word| row.facts.as_ref().map_or(Cell::Empty, |facts| Cell::Word(of(facts)));
        let cells = Row::from(vec![
            row.at.map_or(Cell::Empty, Cell::DateTime),
            who(row),
            Cell::Word(row.outcome.word()),
            word(|facts| Word::new(facts.channel.word(), facts.channel.label())),
            word(|facts| Word::new(facts.direction.word(), facts.direction.label())),
            word(|facts| Word::new(facts.sender.word(), facts.sender.label())),
            word(|facts| Word::new(facts.kind.word(), facts.kind.label())),
            Cell::Text(row.why.clone()),
            Cell::Text(Text::same(row.place.clone())),
        ]);
        let quiet = matches!(row.outcome, RowOutcome::Skipped | RowOutcome::Known);
        if quiet { cells.tone(Tone::Quiet) } else { cells }
    }

    fn json(&self, at: usize) -> Value {
        let row = &self.0[at];
        json!({
            "at": row.at.map(stamp),
            "customer": Some(&row.customer).filter(|name| !name.is_empty()),
            "with": Some(&row.with).filter(|with| !with.is_empty()),
            "outcome": row.outcome.word().id,
            "channel": row.facts.map(|facts| facts.channel.word()),
            "direction": row.facts.map(|facts| facts.direction.word()),
            "sender": row.facts.map(|facts| facts.sender.word()),
            "personal": row.facts.map(|facts| facts.personal.word()),
            "kind": row.facts.map(|facts| facts.kind.word()),
            "why": row.why.en,
            "place": row.place,
        })
    }

    fn id(&self, at: usize) -> String {
        self.0[at].place.clone()
    }
}

/// The customer; of a record that found none, for the eye only, with whom it was or where it stands.
fn who(row: &ImportRow) -> Cell {
    match [&row.customer, &row.with].map(String::as_str) {
        ["", ""] => Cell::Word(Word::new("", Text::same(end_of(&row.place)))),
        ["", with] => Cell::Word(Word::new("", Text::same(clip(with, LONGEST_PLACE, "…")))),
        [customer, _] => Cell::name(customer),
    }
}

/// The end of a place, as much as a column of names can take. A message has no lines that say more.
fn end_of(place: &str) -> String {
    let file = place.rsplit(['/', '\\']).next().unwrap_or_default();
    let file = file.strip_suffix(":1").unwrap_or(file);
    let surplus = file.chars().count().saturating_sub(LONGEST_PLACE);
    if surplus == 0 { file.to_owned() } else { "…".chars().chain(file.chars().skip(surplus + 1)).collect() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_record_without_a_customer_is_known_by_whom_or_where() {
        let row = |customer: &str, with: &str, place: &str| ImportRow {
            place: place.to_owned(),
            at: None,
            customer: customer.to_owned(),
            with: with.to_owned(),
            facts: None,
            outcome: RowOutcome::Skipped,
            why: Text::default(),
        };
        let shown = |row: &ImportRow| match who(row) {
            Cell::Word(word) => (word.id, word.label.en),
            other => panic!("{other:?}"),
        };
        assert_eq!(shown(&row("", "bo@x.nl", "a.csv:2")), (String::new(), "bo@x.nl".to_owned()));
        assert_eq!(shown(&row("", "", "exports/a.csv:2")).1, "a.csv:2");
        assert_eq!(shown(&row("", "", "cur/20260506T0600.nieuwsbrief.eml:1")).1, "…600.nieuwsbrief.eml");
        assert!(!matches!(who(&row("Anna", "bo@x.nl", "a.csv:2")), Cell::Word(_)));
    }
}
