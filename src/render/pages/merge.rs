//! The pages of `attent customers merge`: two customers who became one, and those who may be one.

use serde_json::json;

use crate::domain::names::slug;
use crate::domain::numbers::counted;
use crate::domain::text::Text;
use crate::render::cell::Cell;
use crate::render::document::{Block, Column, Document, Table};
use crate::render::format::Answer;
use crate::text;

/// Two customers who become one, and what the second one brings along.
#[derive(Debug, Clone)]
pub struct Merged {
    /// The one who stays.
    pub customer: String,
    /// The one who becomes a part of it.
    pub part: String,
    /// Contacts.
    pub contacts: u64,
    /// Mail addresses.
    pub addresses: u64,
    /// Telephone numbers.
    pub numbers: u64,
    /// Other names, its own not counted.
    pub names: u64,
    /// Failures.
    pub failures: u64,
}

impl Merged {
    /// What is going to happen: `Bram becomes part of Anna Jansen, with 12 contacts, 2 addresses`.
    pub fn will(&self) -> Text {
        let (stays, part, brings) = (&self.customer, &self.part, self.brings());
        if brings.is_empty() {
            return text!("{part} becomes part of {stays}", "{part} wordt deel van {stays}");
        }
        Text::new(
            format!("{part} becomes part of {stays}, with {}", brings.en),
            format!("{part} wordt deel van {stays}, met {}", brings.nl),
        )
    }

    fn done(&self) -> Text {
        let (stays, part, brings) = (&self.customer, &self.part, self.brings());
        let behind = |brings: &str| if brings.is_empty() { String::new() } else { format!(": {brings}") };
        Text::new(
            format!("{part} is now part of {stays}{}.", behind(&brings.en)),
            format!("{part} is nu deel van {stays}{}.", behind(&brings.nl)),
        )
    }

    fn brings(&self) -> Text {
        let all = [
            (self.contacts, ["contact", "contacts"], ["contact", "contacten"]),
            (self.addresses, ["address", "addresses"], ["adres", "adressen"]),
            (self.numbers, ["telephone number", "telephone numbers"], ["telefoonnummer", "telefoonnummers"]),
            (self.names, ["other name", "other names"], ["andere naam", "andere namen"]),
            (self.failures, ["failure", "failures"], ["misser", "missers"]),
        ];
        let parts = all.into_iter().filter(|(n, ..)| *n > 0).map(|(n, en, nl)| counted(n, en, nl));
        let (en, nl): (Vec<_>, Vec<_>) = parts.map(|part| (part.en, part.nl)).unzip();
        Text::new(en.join(", "), nl.join(", "))
    }
}

/// The answer of `customers merge A B`. For formats that know only tables, `as_table` makes it one.
pub fn merged(merged: &Merged, as_table: bool) -> Answer {
    let document = if as_table {
        let mut table = Table::new(vec![
            Column::left("customer", Text::new("customer", "klant")),
            Column::left("part", Text::new("is part of it now", "is er nu deel van")),
            Column::right("contacts", Text::new("contacts", "contacten")),
            Column::right("addresses", Text::new("addresses", "adressen")),
            Column::right("numbers", Text::new("telephone numbers", "telefoonnummers")),
            Column::right("names", Text::new("other names", "andere namen")),
            Column::right("failures", Text::new("failures", "missers")),
        ])
        .main();
        let counts = [merged.contacts, merged.addresses, merged.numbers, merged.names, merged.failures];
        let names = [&merged.customer, &merged.part].map(Cell::name);
        table.push(names.into_iter().chain(counts.map(|n| Cell::Count(i64::try_from(n).unwrap_or(i64::MAX)))).collect::<Vec<_>>());
        Document::new(Text::default()).with(Block::Table(table))
    } else {
        let hint = text!("`attent undo` takes it apart again.", "`attent undo` haalt het weer uit elkaar.");
        Document::new(Text::default()).named(text!("Merged", "Samengevoegd")).with(Block::Text(merged.done())).with(Block::Hint(hint))
    };
    let json = json!({"merged": [{
        "customer": merged.customer,
        "part": merged.part,
        "contacts": merged.contacts,
        "addresses": merged.addresses,
        "numbers": merged.numbers,
        "names": merged.names,
        "failures": merged.failures,
    }]});
    Answer { schema: "attent.merge/1", json, rows_key: "merged", ids: vec![slug(&merged.customer)], document, calendar: None }
}

/// Two customers who may be one.
#[derive(Debug, Clone)]
pub struct Double {
    /// The one who would stay.
    pub customer: String,
    /// The other.
    pub other: String,
    /// Why they may be one.
    pub why: Text,
    /// The command that makes them one.
    pub command: String,
}

/// The answer of `customers merge` without two customers; `only` names the one that was asked about.
pub fn doubles(lines: &[Double], only: Option<&str>) -> Answer {
    let mut document = Document::new(text!("Customers who may be one", "Klanten die misschien één zijn"));
    match (lines.first(), only) {
        (Some(first), _) => {
            let command = &first.command;
            document = document.with(Block::Table(table(lines))).with(Block::Hint(text!(
                "If they are one: `{command}`; the first one stays.",
                "Zijn ze één: `{command}`; de eerste blijft."
            )));
        }
        (None, Some(name)) => {
            document = document.with(Block::Text(text!("Nobody looks like {name}.", "Niemand lijkt op {name}.")));
        }
        (None, None) => {
            document = document.with(Block::Text(text!("No two customers look like one.", "Geen twee klanten lijken er één te zijn.")));
        }
    }
    let json =
        lines.iter().map(|line| json!({"customer": line.customer, "other": line.other, "why": line.why.en, "command": line.command}));
    let json = json!({"doubles": json.collect::<Vec<_>>()});
    let ids = lines.iter().map(|line| slug(&line.other)).collect();
    Answer { schema: "attent.doubles/1", json, rows_key: "doubles", ids, document, calendar: None }
}

fn table(lines: &[Double]) -> Table {
    let mut table = Table::new(vec![
        Column::left("customer", Text::new("customer", "klant")),
        Column::left("other", Text::new("may be the same as", "misschien dezelfde als")),
        Column::left("why", Text::new("because of", "vanwege")),
        Column::left("command", Text::new("if so", "zo ja")).expendable(1),
    ])
    .main();
    for line in lines {
        table.push(vec![
            Cell::name(line.customer.clone()),
            Cell::name(line.other.clone()),
            Cell::Text(line.why.clone()),
            Cell::name(line.command.clone()),
        ]);
    }
    table
}
