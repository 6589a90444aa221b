//! The answer on a terminal, or in a pipe: then without line drawing and without a limit.

use std::borrow::Cow;
use std::io::{self, Write};

use comfy_table::{CellAlignment, ColumnConstraint, ContentArrangement, ContentLineStyle, LineStyle, TableStyle, Width};

use super::cell::Cell;
use super::columns::{self, GAP, Plan};
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
        match block {
            Block::Table(table) => put_table(&table.for_people(), look, out)?,
            other => put(out, &block_lines(other, look), look)?,
        }
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
        // It is written some rows at a time, by `put_table`.
        Block::Table(_) => Vec::new(),
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

/// Writes a table, some of its rows at a time.
fn put_table(table: &Table, look: &Look, out: &mut dyn Write) -> io::Result<()> {
    if table.rows.is_empty() {
        return put(out, &paragraph(&text!("Nothing to show.", "Niets te tonen."), Some(Tone::Quiet), look), look);
    }
    let Some(plan) = columns::plan(table, look) else { return put_records(table, look, out) };
    let widths = (table.rows.len() > AT_ONCE).then(|| widths(table, &plan, look));
    for from in (0..table.rows.len()).step_by(AT_ONCE) {
        let rows = (from..table.rows.len().min(from + AT_ONCE)).map(|at| table.rows.at(at));
        put(out, &drawn(table, rows, from == 0, &plan, widths.as_deref(), look), look)?;
    }
    if plan.left_out.is_empty() {
        return Ok(());
    }
    put(out, &paragraph(&left_out(table, &plan), Some(Tone::Quiet), look), look)
}

/// How many rows are drawn together.
const AT_ONCE: usize = 1_000;

/// How wide each column comes out: as wide as its longest line, which may be less than there is room for when wording
/// wraps. The drawing finds it by itself when it gets all rows at once.
fn widths(table: &Table, plan: &Plan, look: &Look) -> Vec<usize> {
    let longest = |text: &str, limit: usize| wrap_cell(text, limit).iter().map(|line| width(line)).max().unwrap_or(0);
    let mut widths: Vec<usize> = plan.columns.iter().map(|column| longest(&plan.titles[column.index], column.width)).collect();
    for row in table.rows.iter().filter(|_| plan.columns.iter().any(|column| column.width < column.natural)) {
        for (widest, column) in widths.iter_mut().zip(&plan.columns).filter(|(_, column)| column.width < column.natural) {
            *widest = longest(&shown(&row, column.index, plan, look), column.width).max(*widest);
        }
    }
    let natural = |(widest, column): (usize, &columns::Shown)| if column.width < column.natural { widest } else { column.natural };
    widths.into_iter().zip(&plan.columns).map(natural).collect()
}

fn shown(row: &Row, index: usize, plan: &Plan, look: &Look) -> String {
    columns::shown(row.cells.get(index).unwrap_or(&Cell::Empty), look, plan.blocks)
}

fn left_out(table: &Table, plan: &Plan) -> Text {
    let columns = plan.left_out.iter().filter_map(|&index| table.columns.get(index));
    let (en, nl): (Vec<_>, Vec<_>) = columns.map(|column| (column.title.en.as_str(), column.title.nl.as_str())).unzip();
    // CSV has the main table only.
    let format = if table.field.is_some() && !table.main { "html" } else { "csv" };
    Text::new(
        format!("Left out at this width: {}; a wider --width or -O {format} shows them.", en.join(", ")),
        format!("Bij deze breedte weggelaten: {}; een grotere --width of -O {format} toont ze.", nl.join(", ")),
    )
}

/// Draws rows of the table, with the heading above the first of them. Every cell is wrapped to its column's width
/// beforehand, so that the drawing cannot exceed it and never cuts a word.
fn drawn<'r>(
    table: &Table,
    rows: impl Iterator<Item = Cow<'r, Row>>,
    first: bool,
    plan: &Plan,
    widths: Option<&[usize]>,
    look: &Look,
) -> Vec<String> {
    let mut drawing = comfy_table::Table::new();
    drawing.force_no_tty().set_content_arrangement(ContentArrangement::Disabled).load_style(style(look));
    if first {
        let header = plan.columns.iter().map(|column| column_cell(&plan.titles[column.index], column.width, Some(Tone::Strong), look));
        drawing.set_header(header.collect::<Vec<_>>());
    }
    for row in rows {
        let cells = plan.columns.iter().map(|column| {
            let tone = row.cells.get(column.index).and_then(Cell::tone).or(row.tone);
            column_cell(&shown(&row, column.index, plan, look), column.width, tone, look)
        });
        drawing.add_row(cells.collect::<Vec<_>>());
    }
    for (place, planned) in plan.columns.iter().enumerate() {
        let last = place + 1 == plan.columns.len();
        let padding = if last { 0 } else { GAP as u16 };
        let right = table.columns.get(planned.index).is_some_and(|column| column.align == Align::Right);
        if let Some(column) = drawing.column_mut(place) {
            column.set_padding((0, padding));
            column.set_cell_alignment(if right { CellAlignment::Right } else { CellAlignment::Left });
            if let Some(widths) = widths {
                column.set_constraint(ColumnConstraint::Absolute(Width::Fixed(widths[place] as u16 + padding)));
            }
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
fn put_records(table: &Table, look: &Look, out: &mut dyn Write) -> io::Result<()> {
    for (n, row) in table.rows.iter().enumerate() {
        let name = columns::shown(row.cells.first().unwrap_or(&Cell::Empty), look, super::cell::BAR);
        let mut lines = if n > 0 { vec![String::new()] } else { Vec::new() };
        lines.extend(wrap(&name, limit(look)).iter().map(|line| mark(line, Some(Tone::Strong), look)));
        lines.extend(record(table, &row, look));
        put(out, &lines, look)?;
    }
    Ok(())
}

fn record(table: &Table, row: &Row, look: &Look) -> Vec<String> {
    let cells = table.columns.iter().zip(&row.cells).skip(1).filter(|(column, cell)| column.usual.is_none() || column.tells(cell));
    pairs(cells.map(|(column, cell)| (&column.title, cell, row.tone)), look)
}
