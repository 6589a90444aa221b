//! The tables and the sentence of the page.

use super::{Before, Touch, id, pillar};
use crate::domain::numbers::{counted, decimal, shortest};
use crate::domain::text::Text;
use crate::domain::touchpoint::Facts;
use crate::domain::words::Sender;
use crate::measure::explain;
use crate::measure::why::{Leaders, Term};
use crate::render::cell::{Cell, Word};
use crate::render::document::{Column, Row, Table, Tone};
use crate::render::pages::tenth;
use crate::text;

/// How much of a note people see; machines see all of it.
const NOTE: usize = 80;

/// The terms of a score and, last, their sum.
pub fn terms(terms: &[Term; 6], score: f64) -> Table {
    let mut table = Table::new(vec![
        Column::left("term", Text::new("term", "onderdeel")),
        Column::right("value", Text::new("value", "waarde")),
        Column::right("weight", Text::new("×\u{a0}weight", "×\u{a0}gewicht")),
        Column::right("contribution", Text::new("points", "punten")),
        Column::left("question", Text::new("asks", "vraagt")),
        Column::left("pillar", Text::new("KPMG pillar", "pijler van KPMG")).expendable(1),
    ])
    .main();
    for term in terms {
        // A failure that never was has nothing to multiply.
        let shown =
            |value, decimals| if term.component.is_none() && term.value == 0.0 { blank() } else { Cell::Number { value, decimals } };
        table.push(vec![
            Cell::word(id(term), name(term)),
            shown(term.value, 2),
            shown(term.weight, if term.weight.fract() == 0.0 { 0 } else { 1 }),
            tenth(Some(term.contribution)),
            Cell::Text(question(term)),
            Cell::Text(pillar(term)),
        ]);
    }
    let sum = Cell::word("warmth", text!("warmth", "warmte"));
    table.push(Row::from(vec![sum, blank(), blank(), tenth(Some(score)), blank(), blank()]).tone(Tone::Strong));
    table
}

/// The weakest term, in a sentence.
pub fn weakest_in_words(term: &Term) -> Text {
    let (name, pillar, question) = (name(term), pillar(term), question(term));
    let Text { en, nl } = decimal(term.missing(), 1);
    if term.component.is_none() {
        return Text::new(
            format!("Failures weigh most: they take {en} points. The question is “{}” (pillar: {}).", question.en, pillar.en),
            format!("Missers wegen het zwaarst: ze kosten {nl} punten. De vraag is “{}” (pijler: {}).", question.nl, pillar.nl),
        );
    }
    let Text { en: weight, nl: gewicht } = shortest(term.weight);
    let lacks = Text::new(format!("{en} of its {weight} points are missing"), format!("{nl} van de {gewicht} punten ontbreken"));
    Text::new(
        format!("The weakest term is {}: {}. The question is “{}” (pillar: {}).", name.en, lacks.en, question.en, pillar.en),
        format!("Het zwakste onderdeel is {}: {}. De vraag is “{}” (pijler: {}).", name.nl, lacks.nl, question.nl, pillar.nl),
    )
}

/// Through what, which way, and who when it was no person.
fn how(facts: &Facts) -> Vec<Word> {
    let sender = (facts.sender != Sender::Human).then(|| Word::new(facts.sender.word(), facts.sender.label()));
    let both = [Word::new(facts.channel.word(), facts.channel.label()), Word::new(facts.direction.word(), facts.direction.label())];
    both.into_iter().chain(sender).collect()
}

/// Where a value would say nothing, which is not the same as one that is missing.
fn blank() -> Cell {
    Cell::Text(Text::default())
}

fn percent(share: f64, score: f64) -> Cell {
    if score > 0.0 { Cell::Percent(share / score) } else { Cell::Empty }
}

fn clipped(note: &str) -> String {
    match note.char_indices().nth(NOTE) {
        Some((end, _)) => format!("{}…", note[..end].trim_end()),
        None => note.to_owned(),
    }
}

/// The touchpoints that matter most; with `many` customers their names too.
pub fn touches(leaders: &Leaders<Touch>, score: f64, many: bool) -> Table {
    let mut columns = vec![Column::left("at", Text::new("date", "datum"))];
    if many {
        columns.push(Column::left("customer", Text::new("customer", "klant")));
    }
    columns.extend([
        Column::left("how", Text::new("how", "hoe")),
        Column::right("share", Text::new("points", "punten")),
        Column::right("percent", Text::new("share", "aandeel")),
        Column::left("note", Text::new("note", "notitie")).expendable(1),
    ]);
    let mut table = Table::new(columns);
    for (share, touch) in leaders.kept() {
        let who = many.then(|| Cell::name(touch.customer.clone()));
        let how = [Cell::List(how(&touch.facts)), tenth(Some(*share)), percent(*share, score), Cell::name(clipped(&touch.note))];
        table.push([Cell::Day(touch.at)].into_iter().chain(who).chain(how).collect::<Vec<_>>());
    }
    let (others, n) = (leaders.others, leaders.count);
    if n > 0 {
        let all = counted(n, ["other", "others"], ["ander", "andere"]);
        let who = many.then(blank);
        let rest = [blank(), tenth(Some(others)), percent(others, score), blank()];
        table.push(Row::from([Cell::Text(all)].into_iter().chain(who).chain(rest).collect::<Vec<_>>()).tone(Tone::Quiet));
    }
    table
}

/// What the score was, beside what it is now.
pub fn before(all: &[Before], now: f64) -> Table {
    let mut table = Table::new(vec![
        Column::left("when", Text::new("when", "wanneer")),
        Column::left("warmth", Text::new("warmth", "warmte")),
        Column::right("difference", Text::new("since then", "sindsdien")),
    ]);
    for before in all {
        let days = before.days;
        let since = before.warmth.map_or_else(
            || Cell::Text(text!("no contact yet", "nog geen contact")),
            |warmth| Cell::Signed { value: now - warmth, decimals: 1 },
        );
        table.push(vec![Cell::Text(text!("{days} days ago", "{days} dagen geleden")), Cell::Warmth(before.warmth), since]);
    }
    table
}

fn name(term: &Term) -> Text {
    term.component.map_or_else(|| text!("failures", "missers"), explain::name)
}

fn question(term: &Term) -> Text {
    term.component.map_or_else(|| text!("is everything made good?", "is alles goedgemaakt?"), explain::question)
}
