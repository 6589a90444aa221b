//! The answer as one self-contained page: no script, nothing fetched, light and dark, printable.

use std::io::{self, Write};
use std::sync::Arc;

use minijinja::value::{Enumerator, Object, ObjectRepr, Serde};
use minijinja::{Environment, UndefinedBehavior, Value};
use serde::Serialize;

use super::cell::Cell;
use super::document::{Align, Block, Column, Document, Row, Table, Tone};
use super::locale::Look;
use super::strip::{Line as StripLine, Strip};
use crate::domain::text::Text;
use crate::text;

const PAGE: &str = include_str!("page.html");

#[derive(Serialize)]
struct Page {
    lang: &'static str,
    title: String,
    subtitle: Option<String>,
    parts: Vec<Part>,
}

#[derive(Serialize)]
#[serde(tag = "kind", rename_all = "lowercase")]
enum Part {
    Table { columns: Vec<Heading>, rows: Value },
    Text { text: String },
    Heading { text: String },
    Facts { facts: Vec<Fact> },
    Strip { months: Vec<Month>, weeks: usize, lines: Vec<Weeks>, legend: String },
    List { items: Vec<String> },
}

/// A month, with the place of the week it begins in, from 1.
#[derive(Serialize)]
struct Month {
    at: usize,
    name: &'static str,
}

/// A row of a strip, with in words how many of its weeks have anything.
#[derive(Serialize)]
struct Weeks {
    name: String,
    said: String,
    marks: Vec<Bar>,
}

/// The bar of a week.
#[derive(Serialize)]
struct Bar {
    tone: &'static str,
    height: u8,
}

#[derive(Serialize)]
struct Heading {
    title: String,
    side: &'static str,
    /// Whether it is what the table is read for.
    telling: bool,
}

#[derive(Serialize)]
struct Line {
    tone: Option<&'static str>,
    cells: Vec<Shown>,
}

#[derive(Serialize)]
struct Fact {
    name: String,
    value: Shown,
}

/// A shown value; a warmth has the length of its bar as well.
#[derive(Serialize)]
struct Shown {
    text: String,
    tone: Option<&'static str>,
    side: &'static str,
    /// Whether it is a moment, which does not break over lines.
    moment: bool,
    bar: Option<String>,
}

/// Writes the document as an HTML page.
pub fn write(document: &Document, look: &Look, out: &mut dyn Write) -> io::Result<()> {
    let mut templates = Environment::new();
    templates.set_undefined_behavior(UndefinedBehavior::Strict);
    templates.add_template("page.html", PAGE).map_err(io::Error::other)?;
    let page = Value::from(Serde(page(document, look)));
    let template = templates.get_template("page.html").map_err(io::Error::other)?;
    let mut trimmed = Trimmed { out, space: Vec::new(), failed: None };
    let rendered = template.render_captured_to(page, &mut trimmed);
    match (rendered, trimmed.failed) {
        // Its kind tells a closed pipe.
        (_, Some(failed)) => Err(failed),
        (Err(wrong), None) => Err(io::Error::other(wrong)),
        (Ok(_), None) => writeln!(out),
    }
}

/// Passes on what is written but for the white space at the very end.
struct Trimmed<'a> {
    out: &'a mut dyn Write,
    space: Vec<u8>,
    failed: Option<io::Error>,
}

impl Write for Trimmed<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let text = bytes.trim_ascii_end().len();
        if text > 0 {
            let written = self.out.write_all(&self.space).and_then(|()| self.out.write_all(&bytes[..text]));
            if let Err(err) = written {
                let kind = err.kind();
                self.failed = Some(err);
                return Err(kind.into());
            }
            self.space.clear();
        }
        self.space.extend(&bytes[text..]);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// The rows of a table, each made when the page comes to it.
#[derive(Debug)]
struct Lines {
    table: Table,
    look: Look,
}

impl Object for Lines {
    fn repr(self: &Arc<Self>) -> ObjectRepr {
        ObjectRepr::Seq
    }

    fn get_value(self: &Arc<Self>, key: &Value) -> Option<Value> {
        let place = key.as_usize().filter(|place| *place < self.table.rows.len())?;
        Some(Value::from(Serde(line(&self.table, &self.table.rows.at(place), &self.look))))
    }

    fn enumerate(self: &Arc<Self>) -> Enumerator {
        Enumerator::Seq(self.table.rows.len())
    }
}

fn line(table: &Table, row: &Row, look: &Look) -> Line {
    let cell = |(index, column): (usize, &Column)| value(row.cells.get(index).unwrap_or(&Cell::Empty), column.align, look);
    Line { tone: row.tone.map(Tone::class), cells: table.columns.iter().enumerate().map(cell).collect() }
}

fn page(document: &Document, look: &Look) -> Page {
    Page {
        lang: look.lang.code(),
        title: title(document, look),
        subtitle: document.subtitle.as_ref().map(|subtitle| look.text(subtitle)),
        parts: document.blocks.iter().filter_map(|block| part(block, look)).collect(),
    }
}

/// A page has a heading, also where a terminal needs none.
fn title(document: &Document, look: &Look) -> String {
    let named = [&document.title, &document.name].into_iter().find(|title| !title.is_empty());
    named.map_or_else(|| "attent".to_owned(), |title| look.text(title))
}

fn part(block: &Block, look: &Look) -> Option<Part> {
    let text = |text: &Text| look.text(text);
    Some(match block {
        Block::Table(table) => table_part(table.for_people(), look),
        Block::Text(said) => Part::Text { text: text(said) },
        Block::Heading(said) => Part::Heading { text: text(said) },
        Block::Strip(strip) => strip_part(strip, look),
        Block::List(items) => Part::List { items: items.iter().map(text).collect() },
        Block::Facts(facts) => {
            let fact = |(name, cell): &(Text, Cell)| Fact { name: text(name), value: value(cell, Align::Left, look) };
            Part::Facts { facts: facts.iter().map(fact).collect() }
        }
        Block::Hint(_) => return None,
    })
}

fn strip_part(strip: &Strip, look: &Look) -> Part {
    let row = |line: &StripLine| {
        let filled = line.marks.iter().filter(|mark| mark.height > 0).count();
        let (n, all) = (filled, line.marks.len());
        Weeks {
            name: look.text(&line.name),
            said: look.text(&text!("{n} of {all} weeks", "{n} van {all} weken")),
            marks: line.marks.iter().map(|mark| Bar { tone: mark.tone.class(), height: mark.height }).collect(),
        }
    };
    Part::Strip {
        months: strip.firsts().into_iter().map(|(at, first)| Month { at: at + 1, name: look.short_month(first) }).collect(),
        weeks: strip.weeks.len(),
        lines: strip.lines(look).iter().map(row).collect(),
        legend: look.text(&strip.drawn_legend()),
    }
}

fn table_part(table: Table, look: &Look) -> Part {
    let heading = |column: &Column| Heading { title: look.text(&column.title), side: side(column.align), telling: column.telling };
    let columns = table.columns.iter().map(heading).collect();
    Part::Table { columns, rows: Value::from_object(Lines { table, look: look.clone() }) }
}

fn value(cell: &Cell, align: Align, look: &Look) -> Shown {
    let bar = match cell {
        Cell::Warmth(Some(warmth)) if warmth.is_finite() => Some(format!("{:.1}", warmth.clamp(0.0, 100.0))),
        _ => None,
    };
    let moment = matches!(cell, Cell::Date(_) | Cell::Day(_) | Cell::By(_) | Cell::DateTime(_));
    Shown { text: cell.show_with_bar(look, 0), tone: cell.tone().map(Tone::class), side: side(align), moment, bar }
}

fn side(align: Align) -> &'static str {
    match align {
        Align::Left => "left",
        Align::Right => "right",
    }
}
