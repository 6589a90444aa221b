//! The answer on a terminal, or in a pipe: then without line drawing and without a limit.

use std::io::{self, Write};

use comfy_table::{CellAlignment, ContentArrangement, ContentLineStyle, LineStyle, TableStyle};

use super::cell::Cell;
use super::columns::{self, GAP, Plan, Sheet};
use super::document::{Align, Block, Document, Row, Table, Tone};
use super::locale::Look;
use super::paint::{mark, paint};
use super::strip::{Line, Strip};
use super::wrap::{clip, width, wrap};
use crate::domain::text::Text;
use crate::text;

/// Writes the document for a person at a terminal.
pub fn write(document: &Document, look: &Look, out: &mut dyn Write) -> io::Result<()> {
    let mut lines = paragraph(&document.title, Some(Tone::Strong), look);
    if let Some(subtitle) = &document.subtitle {
        lines.extend(paragraph(subtitle, Some(Tone::Quiet), look));
    }
    put(out, &lines, look)?;
    let mut before: Option<&Block> = None;
    let untitled = lines.is_empty();
    for block in &document.blocks {
        let together = matches!((before, block), (Some(Block::Heading(_)), _) | (Some(Block::Hint(_)), Block::Hint(_)));
        if !(together || untitled && before.is_none()) {
            writeln!(out)?;
        }
        put(out, &block_lines(block, look), look)?;
        before = Some(block);
    }
    Ok(())
}

fn put(out: &mut dyn Write, lines: &[String], look: &Look) -> io::Result<()> {
    lines.iter().try_for_each(|line| writeln!(out, "{}", paint(line, look)))
}

fn limit(look: &Look) -> usize {
    look.width.map_or(usize::MAX, |width| usize::from(width).max(20))
}

fn block_lines(block: &Block, look: &Look) -> Vec<String> {
    match block {
        Block::Table(table) => table_lines(&table.for_people(), look),
        Block::Text(text) => paragraph(text, None, look),
        Block::Heading(text) => paragraph(text, Some(Tone::Strong), look),
        Block::Hint(text) => paragraph(text, Some(Tone::Quiet), look),
        Block::Facts(facts) => pairs(facts.iter().map(|(name, cell)| (name, cell, None)), look),
        Block::Strip(strip) => strip_lines(strip, look),
        Block::List(items) => items.iter().flat_map(|item| hanging(look.sign("• ", "* "), &look.text(item), look)).collect(),
    }
}

fn paragraph(text: &Text, tone: Option<Tone>, look: &Look) -> Vec<String> {
    if text.is_empty() {
        return Vec::new();
    }
    wrap(&look.text(text), limit(look)).iter().map(|line| mark(line, tone, look)).collect()
}

/// Wraps a text behind a lead, and indents the other lines as far.
fn hanging(lead: &str, text: &str, look: &Look) -> Vec<String> {
    let indent = width(lead);
    let lines = wrap(text, limit(look).saturating_sub(indent));
    lines.iter().enumerate().map(|(n, line)| if n == 0 { format!("{lead}{line}") } else { format!("{:indent$}{line}", "") }).collect()
}

/// Names with their values behind them, aligned.
fn pairs<'a>(facts: impl Iterator<Item = (&'a Text, &'a Cell, Option<Tone>)>, look: &Look) -> Vec<String> {
    let named: Vec<_> = facts.map(|(name, cell, tone)| (look.text(name), cell, tone)).collect();
    let room = named.iter().map(|(name, ..)| width(name)).max().unwrap_or(0).min(limit(look) / 2);
    let mut lines = Vec::new();
    for (name, cell, tone) in named {
        let name = clip(&name, room, look.sign("…", "..."));
        let pad = room - width(&name) + GAP;
        let value = wrap_cell(&cell.show(look), limit(look).saturating_sub(room + 2 * GAP));
        for (n, line) in value.iter().enumerate() {
            let value = mark(line, cell.tone().or(tone), look);
            let first = format!("{:GAP$}{}{:pad$}{value}", "", mark(&name, Some(Tone::Quiet), look), "");
            lines.push(if n == 0 { first } else { format!("{:1$}{value}", "", room + 2 * GAP) });
        }
    }
    lines
}

/// The rows of a strip with their names before them; where there is no room for all weeks, the last.
fn strip_lines(strip: &Strip, look: &Look) -> Vec<String> {
    let names: Vec<String> = strip.lines(look).iter().map(|line| look.text(&line.name)).collect();
    let room = names.iter().map(|name| width(name)).max().unwrap_or(0) + 2 * GAP;
    // The name of a month that begins this week reaches two columns further.
    let strip = strip.last(limit(look).saturating_sub(room + 2).max(1));
    let months = strip.months(look);
    let mut lines = vec![format!("{:room$}{}", "", mark(&months, Some(Tone::Quiet), look))];
    for (line, name) in strip.lines(look).iter().zip(names) {
        let pad = room - GAP - width(&name);
        lines.push(format!("{:GAP$}{}{:pad$}{}", "", mark(&name, Some(Tone::Quiet), look), "", marks(line, look)));
    }
    lines.extend(paragraph(&strip.legend(look), Some(Tone::Quiet), look));
    lines
}

/// The marks of a row; those of one tone that stand together are coloured together.
fn marks(line: &Line, look: &Look) -> String {
    let runs = line.marks.chunk_by(|one, next| one.tone == next.tone);
    runs.map(|run| mark(&run.iter().map(|mark| mark.sign).collect::<String>(), run.first().map(|mark| mark.tone), look)).collect()
}

fn table_lines(table: &Table, look: &Look) -> Vec<String> {
    if table.rows.is_empty() {
        return paragraph(&text!("Nothing to show.", "Niets te tonen."), Some(Tone::Quiet), look);
    }
    let Some(plan) = columns::plan(table, look) else { return records(table, look) };
    let mut lines = drawn(table, &plan, look);
    if !plan.left_out.is_empty() {
        lines.extend(paragraph(&left_out(table, &plan), Some(Tone::Quiet), look));
    }
    lines
}

fn left_out(table: &Table, plan: &Plan) -> Text {
    let columns = plan.left_out.iter().filter_map(|&index| table.columns.get(index));
    let (en, nl): (Vec<_>, Vec<_>) = columns.map(|column| (column.title.en.as_str(), column.title.nl.as_str())).unzip();
    Text::new(
        format!("Left out at this width: {}; a wider --width or -O csv shows them.", en.join(", ")),
        format!("Bij deze breedte weggelaten: {}; een grotere --width of -O csv toont ze.", nl.join(", ")),
    )
}

/// Draws the table. Every cell is wrapped to its column's width beforehand, so that the drawing
/// cannot exceed it and never cuts a word.
fn drawn(table: &Table, plan: &Plan, look: &Look) -> Vec<String> {
    let mut drawing = comfy_table::Table::new();
    drawing.force_no_tty().set_content_arrangement(ContentArrangement::Disabled).load_style(style(look));
    let header = plan.columns.iter().map(|&(index, width)| {
        let title = plan.sheet.titles.get(index).map_or("", String::as_str);
        column_cell(title, width, Some(Tone::Strong), look)
    });
    drawing.set_header(header.collect::<Vec<_>>());
    for (row, texts) in table.rows.iter().zip(&plan.sheet.rows) {
        let cells = plan.columns.iter().map(|&(index, width)| {
            let tone = row.cells.get(index).and_then(Cell::tone).or(row.tone);
            column_cell(texts.get(index).map_or("", String::as_str), width, tone, look)
        });
        drawing.add_row(cells.collect::<Vec<_>>());
    }
    for (place, &(index, _)) in plan.columns.iter().enumerate() {
        let last = place + 1 == plan.columns.len();
        let right = table.columns.get(index).is_some_and(|column| column.align == Align::Right);
        if let Some(column) = drawing.column_mut(place) {
            column.set_padding((0, if last { 0 } else { GAP as u16 }));
            column.set_cell_alignment(if right { CellAlignment::Right } else { CellAlignment::Left });
        }
    }
    drawing.lines().map(|line| line.trim_end_matches(' ').to_owned()).collect()
}

fn column_cell(text: &str, width: usize, tone: Option<Tone>, look: &Look) -> comfy_table::Cell {
    let lines: Vec<String> = wrap_cell(text, width).iter().map(|line| mark(line, tone, look)).collect();
    comfy_table::Cell::new(lines.join("\n"))
}

/// Wraps only what does not fit, as wrapping would close up the spaces inside a warmth bar.
fn wrap_cell(text: &str, limit: usize) -> Vec<String> {
    if width(text) <= limit { vec![text.to_owned()] } else { wrap(text, limit) }
}

/// A rule under the headings and nothing else; in a pipe not even that.
fn style(look: &Look) -> TableStyle {
    let plain = TableStyle::new().header_lines(ContentLineStyle::none()).content_lines(ContentLineStyle::none());
    match look.width {
        None => plain,
        Some(_) => plain.header_separator(LineStyle::none().fill(if look.ascii { '-' } else { '─' })),
    }
}

/// One row under the other, for where there is no room beside each other.
fn records(table: &Table, look: &Look) -> Vec<String> {
    let sheet = Sheet::new(table, look, super::cell::BAR);
    let mut lines = Vec::new();
    for (n, (row, texts)) in table.rows.iter().zip(&sheet.rows).enumerate() {
        if n > 0 {
            lines.push(String::new());
        }
        let name = texts.first().map_or("", String::as_str);
        lines.extend(wrap(name, limit(look)).iter().map(|line| mark(line, Some(Tone::Strong), look)));
        lines.extend(record(table, row, look));
    }
    lines
}

fn record(table: &Table, row: &Row, look: &Look) -> Vec<String> {
    let cells = table.columns.iter().zip(&row.cells).skip(1).filter(|(column, cell)| column.usual.is_none() || column.tells(cell));
    pairs(cells.map(|(column, cell)| (&column.title, cell, row.tone)), look)
}
