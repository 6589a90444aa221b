//! Data that attacks a terminal, a spreadsheet, Markdown or HTML comes out harmless everywhere.

use serde_json::json;
use unicode_width::{UnicodeWidthChar as _, UnicodeWidthStr as _};

use super::{example, look, written};
use crate::domain::text::{Lang, Text};
use crate::render::cell::{Cell, Word};
use crate::render::document::{Block, Column, Document, Row, Table, Tone};
use crate::render::format::{Answer, Format};
use crate::render::locale::Look;

/// What attacks a terminal, a spreadsheet, Markdown, HTML, a calendar or a template: the corpus that importers
/// are tried with too.
const CORPUS: &str = include_str!("../../../tests/it/hostile/corpus.json");

/// Every text of the corpus, and some that are long.
pub(super) fn hostile() -> Vec<String> {
    let corpus: Vec<serde_json::Value> = serde_json::from_str(CORPUS).unwrap();
    let mut names: Vec<String> = corpus.iter().map(|entry| entry["text"].as_str().unwrap().to_owned()).collect();
    names.push("x".repeat(10_000));
    names.push("\u{1b}[1m 李".repeat(500));
    names.push(format!("Z{}", "\u{301}".repeat(9_000)));
    names
}

fn hostile_answer(name: &str) -> Answer {
    let text = Text::same(name);
    let mut table = Table::new(vec![
        Column::left("name", Text::same("name")),
        Column::left("word", text.clone()).expendable(1),
        Column::left("list", Text::same("list")).expendable(2),
        Column::right("change", Text::same("change")),
        Column::left("warmth", Text::same("warmth")),
    ])
    .main();
    let words = vec![Word::from(text.clone()), Word::new(name, Text::same("label"))];
    let cells = vec![
        Cell::name(name),
        Cell::word(name, text.clone()),
        Cell::List(words),
        Cell::Signed { value: -3.0, decimals: 1 },
        Cell::Warmth(Some(81.0)),
    ];
    table.push(Row::from(cells.clone()).tone(Tone::Alert));
    table.push(cells.into_iter().take(2).collect::<Vec<_>>());
    let document = Document::new(text.clone())
        .subtitle(text.clone())
        .with(Block::Heading(text.clone()))
        .with(Block::Table(table))
        .with(Block::Text(text.clone()))
        .with(Block::List(vec![text.clone()]))
        .with(Block::Facts(vec![(text.clone(), Cell::Text(text.clone()))]))
        .with(Block::Hint(text));
    Answer {
        schema: "attent.test/1",
        json: json!({"rows": [{"name": name}]}),
        rows_key: "rows",
        ids: vec![name.to_owned()],
        document,
        calendar: Some(super::ics::calendar(name)),
    }
}

/// Said without the code under test: controls, zero widths, directions and tags.
fn steers(c: char) -> bool {
    let hides = matches!(c, '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}');
    c.is_control() || hides || matches!(c, '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e0fff}')
}

/// The most characters in a row that take no room.
fn flood(text: &str) -> usize {
    let (mut most, mut run) = (0, 0);
    for c in text.chars() {
        run = if c.width() == Some(0) { run + 1 } else { 0 };
        most = most.max(run);
    }
    most
}

#[test]
fn nothing_hostile_comes_through_any_format() {
    for name in hostile() {
        let answer = hostile_answer(&name);
        for look in [Look::default(), look(80), look(40), Look { ascii: true, ..look(60) }] {
            for &format in Format::ALL {
                let text = written(&answer, format, &look);
                let ends = |c: char| c == '\n' || (c == '\r' && format == Format::Ics);
                let shown = |c: char| ends(c) || (c == '\t' && format == Format::Tsv) || !steers(c);
                assert!(text.chars().all(shown), "{format:?} of {name:?}: {text:?}");
                let of_people = !matches!(format, Format::Json | Format::Jsonl);
                assert!(!of_people || flood(&text) <= 9, "{format:?} of {name:?}: {text:?}");
                if matches!(format, Format::Md | Format::Html) {
                    let lower = text.to_lowercase();
                    assert!(!["<script", "<img", "<svg", "<a ", "<!--", "]]>"].iter().any(|tag| lower.contains(tag)), "{format:?}: {text}");
                }
            }
        }
    }
}

#[test]
fn a_spreadsheet_finds_text_and_numbers_but_no_formula() {
    for name in hostile() {
        let answer = hostile_answer(&name);
        let csv = written(&answer, Format::Csv, &Look::default());
        for row in csv::Reader::from_reader(csv.as_bytes()).records().map(Result::unwrap) {
            assert_eq!(row.len(), 5, "{csv}");
            for (index, cell) in row.iter().enumerate() {
                let number = index == 3 && (cell == "-3" || cell.is_empty());
                let begins = |piece: &str| piece.trim_start_matches([' ', '"', '\u{a0}']).starts_with(['=', '+', '-', '@', '＝', '－']);
                assert!(number || !cell.split([';', '\t']).any(begins), "{cell:?}");
            }
        }
        // A spreadsheet that knows quotes and a program that cuts at tabs read the same columns.
        let tsv = written(&answer, Format::Tsv, &Look::default());
        assert!(tsv.lines().all(|line| line.split('\t').count() == 5), "{tsv:?}");
        let cells = |text: &str, delimiter: u8| {
            let mut reader = csv::ReaderBuilder::new().delimiter(delimiter).from_reader(text.as_bytes());
            reader.records().map(|row| row.unwrap().iter().map(str::to_owned).collect::<Vec<_>>()).collect::<Vec<_>>()
        };
        assert_eq!(cells(&tsv, b'\t'), cells(&csv, b','), "{name:?}");
    }
}

#[test]
fn markdown_rows_keep_their_columns() {
    for name in hostile() {
        let markdown = written(&hostile_answer(&name), Format::Md, &Look::default());
        for line in markdown.lines().filter(|line| line.starts_with('|')) {
            assert_eq!(line.replace("\\|", "").matches('|').count(), 6, "{line}");
        }
    }
}

#[test]
fn json_gives_the_data_back_as_it_was() {
    for name in hostile() {
        for format in [Format::Json, Format::Jsonl] {
            let json: serde_json::Value = serde_json::from_str(&written(&hostile_answer(&name), format, &Look::default())).unwrap();
            let row = if format == Format::Json { &json["rows"][0] } else { &json };
            assert_eq!(row["name"], name);
        }
    }
}

fn no_line_is_wider(answer: &Answer, width: u16) {
    for look in [look(width), Look { lang: Lang::Nl, ascii: true, ..look(width) }] {
        let text = written(answer, Format::Table, &look);
        let wide = text.lines().find(|line| line.width() > usize::from(width));
        assert_eq!(wide, None, "at {width}");
    }
}

#[test]
fn no_line_is_wider_than_the_terminal() {
    for width in 20..=120 {
        no_line_is_wider(&example(), width);
    }
    for name in hostile() {
        for width in [20, 33, 49, 50, 51, 64, 80, 120] {
            no_line_is_wider(&hostile_answer(&name), width);
        }
    }
}

#[test]
fn colour_changes_nothing_but_colour() {
    let (plain, colored) = (look(80), Look { color: true, ..look(80) });
    for answer in hostile().iter().map(|name| hostile_answer(name)).chain([example()]) {
        let text = written(&answer, Format::Table, &colored);
        assert!(text.contains("\x1b["));
        let sequences = ["\x1b[0m", "\x1b[1m", "\x1b[2m", "\x1b[31m", "\x1b[33m", "\x1b[36m", "\x1b[91m", "\x1b[94m", "\x1b[95m"];
        let stripped = sequences.iter().fold(text, |text, sequence| text.replace(sequence, ""));
        assert_eq!(stripped, written(&answer, Format::Table, &plain));
    }
}
