//! The page of `attent edit`: what a contact was and what it is now.

use serde_json::json;

use super::logged::when;
use super::timeline::{TouchpointLine, felt, fill, moment, table};
use crate::domain::text::Text;
use crate::render::cell::{Cell, Word};
use crate::render::document::{Block, Column, Document, Table};
use crate::render::format::Answer;
use crate::text;

/// The answer of `edit`. For formats that know only tables, `as_table` makes it the contact as it is
/// now.
pub fn edited(before: &TouchpointLine, after: &TouchpointLine, as_table: bool) -> Answer {
    let changed = changes(before, after);
    let document = if as_table {
        let mut rows = table();
        fill(&mut rows, [after]);
        Document::new(Text::default()).with(Block::Table(rows))
    } else {
        document(after, &changed)
    };
    let names: Vec<&str> = changed.iter().map(|change| change.key).collect();
    let json = json!({"touchpoints": [after.json()], "before": [before.json()], "changed": names});
    Answer { schema: "attent.edit/1", json, rows_key: "touchpoints", ids: vec![after.id.to_string()], document, calendar: None }
}

fn document(after: &TouchpointLine, changed: &[Change]) -> Document {
    let (id, name, at) = (after.id, &after.customer, when(after.at));
    let document = Document::new(Text::new(format!("#{id} {name} · {}", at.en), format!("#{id} {name} · {}", at.nl)));
    if changed.is_empty() {
        return document.with(Block::Text(text!("Nothing was changed.", "Er is niets veranderd.")));
    }
    let mut rows = Table::new(vec![
        Column::left("what", Text::new("", "")),
        Column::left("before", Text::new("was", "was")),
        Column::left("after", Text::new("is now", "is nu")),
    ]);
    for Change { name, before, after, .. } in changed {
        rows.push(vec![Cell::Text(name.clone()), before.clone(), after.clone()]);
    }
    let hint = text!("`attent undo` makes it what it was.", "`attent undo` maakt het weer wat het was.");
    document.with(Block::Table(rows)).with(Block::Hint(hint))
}

/// The names of what changed: `when, felt`.
pub fn what_changed(before: &TouchpointLine, after: &TouchpointLine) -> Text {
    let (en, nl): (Vec<_>, Vec<_>) = changes(before, after).into_iter().map(|change| (change.name.en, change.name.nl)).unzip();
    Text::new(en.join(", "), nl.join(", "))
}

/// One thing that changed.
struct Change {
    key: &'static str,
    name: Text,
    before: Cell,
    after: Cell,
}

fn changes(before: &TouchpointLine, after: &TouchpointLine) -> Vec<Change> {
    let cells = |line: &TouchpointLine| {
        let (touchpoint, facts) = (&line.touchpoint, &line.touchpoint.facts);
        [
            Cell::name(line.customer.clone()),
            moment(line.at),
            Cell::word(facts.channel.word(), facts.channel.label()),
            Cell::word(facts.direction.word(), facts.direction.label()),
            Cell::word(facts.sender.word(), facts.sender.label()),
            Cell::word(facts.personal.word(), facts.personal.label()),
            Cell::word(facts.kind.word(), facts.kind.label()),
            Cell::maybe(facts.sentiment, felt),
            Cell::maybe(line.stage.clone(), Cell::Word),
            Cell::maybe(touchpoint.minutes, |minutes| Cell::Count(minutes.into())),
            Cell::maybe(touchpoint.amount, Cell::Money),
            if touchpoint.note.is_empty() { Cell::Empty } else { Cell::name(touchpoint.note.clone()) },
            Cell::List(touchpoint.tags.iter().map(|tag| Word::new(tag.clone(), Text::same(tag.clone()))).collect()),
        ]
    };
    let all = names().into_iter().zip(cells(before).into_iter().zip(cells(after)));
    let changed = all.filter(|(_, (before, after))| before != after);
    changed.map(|((key, name), (before, after))| Change { key, name, before, after }).collect()
}

/// The names of what can change, in JSON and in words.
fn names() -> [(&'static str, Text); 13] {
    [
        ("customer", text!("customer", "klant")),
        ("at", text!("when", "wanneer")),
        ("channel", text!("channel", "kanaal")),
        ("direction", text!("direction", "richting")),
        ("sender", text!("sender", "afzender")),
        ("personal", text!("personal", "persoonlijk")),
        ("kind", text!("kind", "soort")),
        ("sentiment", text!("felt", "gevoel")),
        ("stage", text!("stage", "fase")),
        ("minutes", text!("minutes", "minuten")),
        ("amount", text!("amount", "bedrag")),
        ("note", text!("what happened", "wat er gebeurde")),
        ("tags", text!("tags", "labels")),
    ]
}
