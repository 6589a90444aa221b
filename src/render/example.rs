//! A small answer in which everything occurs, and what every format makes of it.

use std::path::Path;

use serde_json::json;
use unicode_width::UnicodeWidthStr;

use super::cell::{Cell, Word};
use super::document::{Block, Column, Document, Row, Table, Tone};
use super::format::{Answer, Format, write};
use super::locale::Look;
use crate::domain::money::Cents;
use crate::domain::text::{Lang, Text};

struct Stage(&'static str, &'static str, Option<f64>, Option<f64>, Option<(f64, f64)>, i64, &'static [(&'static str, &'static str)]);

const STAGES: [Stage; 4] = [
    Stage("Meet", "Kennismaken", Some(72.4), Some(70.1), Some((64.0, 79.5)), 41, &[]),
    Stage(
        "Start",
        "Aan de slag",
        Some(55.0),
        Some(51.9),
        Some((41.2, 66.0)),
        1230,
        &[("too-digital", "te digitaal"), ("one-way", "eenrichting")],
    ),
    Stage(
        "Aftercare",
        "Nazorg",
        Some(17.6),
        Some(18.0),
        Some((-4.0, 38.0)),
        12,
        &[("cold", "koud"), ("overdue", "te laat"), ("hollow", "hol")],
    ),
    Stage("Recommend", "Aanbevelen", None, None, None, 0, &[("empty", "leeg")]),
];

fn columns() -> Vec<Column> {
    vec![
        Column::left("stage", Text::new("stage", "fase")),
        Column::left("warmth", Text::new("warmth", "warmte")),
        Column::right("rank", Text::new("rank", "rang")).expendable(3),
        Column::right("interval", Text::new("range", "marge")).expendable(2),
        Column::right("evidence", Text::new("evidence", "bewijs")).expendable(4),
        Column::right("customers", Text::new("people", "klanten")).expendable(1),
        Column::right("touchpoints", Text::new("contacts", "contacten")).expendable(1),
        Column::left("findings", Text::new("findings", "bevindingen")),
    ]
}

fn score() -> Table {
    let mut table = Table::new(columns()).main();
    for Stage(en, nl, warmth, rank, interval, contacts, findings) in STAGES {
        let findings = findings.iter().map(|(id, nl)| Word::new(*id, Text::new(id.replace('-', " "), *nl))).collect();
        table.push(vec![
            Cell::word(en.to_lowercase(), Text::new(en, nl)),
            Cell::Warmth(warmth),
            Cell::maybe(rank, |value| Cell::Number { value, decimals: 1 }),
            Cell::Interval(interval),
            Cell::Number { value: contacts as f64 / 7.0, decimals: 1 },
            Cell::Count(contacts / 6),
            Cell::Count(contacts),
            Cell::List(findings),
        ]);
    }
    table
}

fn example() -> Answer {
    let spent =
        vec![(Text::new("Spent", "Uitgegeven"), Cell::Money(Cents(123_450))), (Text::new("Warmth", "Warmte"), Cell::Warmth(Some(48.0)))];
    let document = Document::new(Text::new("Coaching: warmth of the journey", "Coaching: warmte van de reis"))
        .subtitle(Text::new("as of 21 Nov 2026", "per 21 nov 2026"))
        .with(Block::Table(score()))
        .with(Block::Heading(Text::new("What stands out", "Wat opvalt")))
        .with(Block::List(vec![Text::new(
            "Aftercare is ice cold: 12 contacts in six months, and the promised call of 3 November has not been made yet.",
            "Nazorg is ijskoud: 12 contacten in zes maanden, en het beloofde telefoontje van 3 november is nog niet gedaan.",
        )]))
        .with(Block::Facts(spent))
        .with(Block::Hint(Text::new("Next: attent suggest", "Verder: attent suggest")));
    let json = json!({"as_of": "2026-11-21T12:00:00Z", "schema": "x", "stages": [{"stage": "meet", "warmth": 72.4}, {"stage": "start", "warmth": null}]});
    Answer { schema: "attent.score/1", json, rows_key: "stages", ids: vec!["meet".into(), "start".into()], document }
}

fn written(answer: &Answer, format: Format, look: &Look) -> String {
    let mut bytes = Vec::new();
    write(answer, format, look, &mut bytes).unwrap();
    String::from_utf8(bytes).unwrap()
}

fn look(width: u16) -> Look {
    Look { width: Some(width), ..Look::default() }
}

#[test]
fn a_terminal_of_80_columns() {
    insta::assert_snapshot!(written(&example(), Format::Table, &look(80)), @r###"
    Coaching: warmth of the journey
    as of 21 Nov 2026

    stage      warmth          rank  range  evidence  people  contacts  findings
    ────────────────────────────────────────────────────────────────────────────────
    Meet       ███████░░░  72  70.1  64–80       5.9       6        41  –
    Start      ██████░░░░  55  51.9  41–66     175.7     205     1,230  too digital,
                                                                        one way
    Aftercare  ██░░░░░░░░  18  18.0   0–38       1.7       2        12  cold,
                                                                        overdue,
                                                                        hollow
    Recommend  –                  –      –       0.0       0         0  empty

    What stands out
    • Aftercare is ice cold: 12 contacts in six months, and the promised call of 3
      November has not been made yet.

      Spent   €1,234.50
      Warmth  █████░░░░░  48

    Next: attent suggest
    "###);
}

#[test]
fn a_terminal_of_60_columns_leaves_columns_out_and_says_so() {
    let dutch = Look { lang: Lang::Nl, ..look(60) };
    insta::assert_snapshot!(written(&example(), Format::Table, &dutch), @r###"
    Coaching: warmte van de reis
    per 21 nov 2026

    fase         warmte     klanten  contacten  bevindingen
    ──────────────────────────────────────────────────────────
    Kennismaken  ████░  72        6         41  –
    Aan de slag  ███░░  55      205      1.230  te digitaal,
                                                eenrichting
    Nazorg       █░░░░  18        2         12  koud, te laat,
                                                hol
    Aanbevelen   –                0          0  leeg
    Bij deze breedte weggelaten: rang, marge, bewijs; een
    grotere --width of -O csv toont ze.

    Wat opvalt
    • Nazorg is ijskoud: 12 contacten in zes maanden, en het
      beloofde telefoontje van 3 november is nog niet gedaan.

      Uitgegeven  € 1.234,50
      Warmte      █████░░░░░  48

    Verder: attent suggest
    "###);
}

#[test]
fn a_narrow_terminal_lists_the_rows() {
    insta::assert_snapshot!(written(&example(), Format::Table, &look(44)), @r###"
    Coaching: warmth of the journey
    as of 21 Nov 2026

    Meet
      warmth    ███████░░░  72
      rank      70.1
      range     64–80
      evidence  5.9
      people    6
      contacts  41
      findings  –

    Start
      warmth    ██████░░░░  55
      rank      51.9
      range     41–66
      evidence  175.7
      people    205
      contacts  1,230
      findings  too digital, one way

    Aftercare
      warmth    ██░░░░░░░░  18
      rank      18.0
      range     0–38
      evidence  1.7
      people    2
      contacts  12
      findings  cold, overdue, hollow

    Recommend
      warmth    –
      rank      –
      range     –
      evidence  0.0
      people    0
      contacts  0
      findings  empty

    What stands out
    • Aftercare is ice cold: 12 contacts in six
      months, and the promised call of 3
      November has not been made yet.

      Spent   €1,234.50
      Warmth  █████░░░░░  48

    Next: attent suggest
    "###);
}

#[test]
fn a_pipe_in_ascii() {
    let plain = Look { ascii: true, ..Look::default() };
    let text = written(&example(), Format::Table, &plain);
    assert!(text.is_ascii(), "{text}");
    insta::assert_snapshot!(text, @r###"
    Coaching: warmth of the journey
    as of 21 Nov 2026

    stage      warmth          rank  range  evidence  people  contacts  findings
    Meet       #######...  72  70.1  64-80       5.9       6        41  -
    Start      ######....  55  51.9  41-66     175.7     205     1,230  too digital, one way
    Aftercare  ##........  18  18.0   0-38       1.7       2        12  cold, overdue, hollow
    Recommend  -                  -      -       0.0       0         0  empty

    What stands out
    * Aftercare is ice cold: 12 contacts in six months, and the promised call of 3 November has not been made yet.

      Spent   EUR 1,234.50
      Warmth  #####.....  48

    Next: attent suggest
    "###);
}

#[test]
fn a_pipe_in_dutch() {
    let dutch = Look { lang: Lang::Nl, ..Look::default() };
    insta::assert_snapshot!(written(&example(), Format::Table, &dutch), @r###"
    Coaching: warmte van de reis
    per 21 nov 2026

    fase         warmte          rang  marge  bewijs  klanten  contacten  bevindingen
    Kennismaken  ███████░░░  72  70,1  64–80     5,9        6         41  –
    Aan de slag  ██████░░░░  55  51,9  41–66   175,7      205      1.230  te digitaal, eenrichting
    Nazorg       ██░░░░░░░░  18  18,0   0–38     1,7        2         12  koud, te laat, hol
    Aanbevelen   –                  –      –     0,0        0          0  leeg

    Wat opvalt
    • Nazorg is ijskoud: 12 contacten in zes maanden, en het beloofde telefoontje van 3 november is nog niet gedaan.

      Uitgegeven  € 1.234,50
      Warmte      █████░░░░░  48

    Verder: attent suggest
    "###);
}

#[test]
fn markdown_in_dutch() {
    let dutch = Look { lang: Lang::Nl, ..Look::default() };
    insta::assert_snapshot!(written(&example(), Format::Md, &dutch), @r###"
    # Coaching: warmte van de reis

    per 21 nov 2026

    | fase | warmte | rang | marge | bewijs | klanten | contacten | bevindingen |
    | --- | --- | ---: | ---: | ---: | ---: | ---: | --- |
    | Kennismaken | ███████░░░  72 | 70,1 | 64–80 | 5,9 | 6 | 41 | – |
    | Aan de slag | ██████░░░░  55 | 51,9 | 41–66 | 175,7 | 205 | 1.230 | te digitaal, eenrichting |
    | Nazorg | ██░░░░░░░░  18 | 18,0 | 0–38 | 1,7 | 2 | 12 | koud, te laat, hol |
    | Aanbevelen | – | – | – | 0,0 | 0 | 0 | leeg |

    ## Wat opvalt

    - Nazorg is ijskoud: 12 contacten in zes maanden, en het beloofde telefoontje van 3 november is nog niet gedaan.

    - **Uitgegeven**: € 1.234,50
    - **Warmte**: █████░░░░░  48
    "###);
}

#[test]
fn machine_formats_are_raw() {
    let dutch = Look { lang: Lang::Nl, ..Look::default() };
    insta::assert_snapshot!(written(&example(), Format::Csv, &dutch), @r###"
    stage,warmth,rank,interval,evidence,customers,touchpoints,findings
    meet,72.4,70.1,64..79.5,5.857142857142857,6,41,
    start,55,51.9,41.2..66,175.71428571428572,205,1230,too-digital;one-way
    aftercare,17.6,18,-4..38,1.7142857142857142,2,12,cold;overdue;hollow
    recommend,,,,0,0,0,empty
    "###);
    insta::assert_snapshot!(written(&example(), Format::Json, &dutch), @r###"
    {
      "schema": "attent.score/1",
      "as_of": "2026-11-21T12:00:00Z",
      "stages": [
        {
          "stage": "meet",
          "warmth": 72.4
        },
        {
          "stage": "start",
          "warmth": null
        }
      ]
    }
    "###);
    insta::assert_snapshot!(written(&example(), Format::Jsonl, &dutch), @r###"
    {"stage":"meet","warmth":72.4}
    {"stage":"start","warmth":null}
    "###);
    assert_eq!(written(&example(), Format::Ids, &dutch), "meet\nstart\n");
}

#[test]
fn a_page_stands_on_its_own() {
    let page = written(&example(), Format::Html, &Look { lang: Lang::Nl, ..Look::default() });
    assert!(page.starts_with("<!DOCTYPE html>\n<html lang=\"nl\">\n"));
    for outside in ["<script", "http:", "https:", "@import", "url("] {
        assert!(!page.contains(outside), "{outside}");
    }
    let rows = page.lines().filter(|line| line.starts_with("<tr")).collect::<Vec<_>>().join("\n");
    insta::assert_snapshot!(rows, @r###"
    <tr class=""><td class="left ">Kennismaken</td><td class="left warm"><span class="bar" aria-hidden="true"><i class="warm" style="width:72.4%"></i></span><span class="warmth">72</span></td><td class="right ">70,1</td><td class="right ">64–80</td><td class="right ">5,9</td><td class="right ">6</td><td class="right ">41</td><td class="left ">–</td></tr>
    <tr class=""><td class="left ">Aan de slag</td><td class="left lukewarm"><span class="bar" aria-hidden="true"><i class="lukewarm" style="width:55.0%"></i></span><span class="warmth">55</span></td><td class="right ">51,9</td><td class="right ">41–66</td><td class="right ">175,7</td><td class="right ">205</td><td class="right ">1.230</td><td class="left ">te digitaal, eenrichting</td></tr>
    <tr class=""><td class="left ">Nazorg</td><td class="left ice-cold"><span class="bar" aria-hidden="true"><i class="ice-cold" style="width:17.6%"></i></span><span class="warmth">18</span></td><td class="right ">18,0</td><td class="right ">0–38</td><td class="right ">1,7</td><td class="right ">2</td><td class="right ">12</td><td class="left ">koud, te laat, hol</td></tr>
    <tr class=""><td class="left ">Aanbevelen</td><td class="left quiet">–</td><td class="right quiet">–</td><td class="right ">–</td><td class="right ">0,0</td><td class="right ">0</td><td class="right ">0</td><td class="left ">leeg</td></tr>
    "###);
}

/// What attacks a terminal, a spreadsheet, Markdown or HTML.
fn hostile() -> Vec<String> {
    let mut names: Vec<String> = [
        "\x1b]0;pwn\x07",
        "\x1b[2J",
        "=cmd|' /C calc'!A0",
        "+1+1",
        "-1+1",
        "@SUM(A1)",
        "\t=1",
        "\r=1",
        "a|b\nc",
        "<script>alert(1)</script>",
        "\u{202e}fdp.exe",
        "nul\0byte",
        "\u{9b}31m",
        "An\u{200b}na",
        "\u{e0061}x\u{e007f}",
        "# h",
        "\"quoted\", 'so'",
        "`code`",
        "{{ 7*7 }}",
        "李小龍 👩\u{200d}👩\u{200d}👧 🇳🇱 e\u{301}",
        "",
        " ",
    ]
    .map(str::to_owned)
    .to_vec();
    names.push("x".repeat(10_000));
    names.push("\u{1b}[1m 李".repeat(500));
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
    Answer { schema: "attent.test/1", json: json!({"rows": [{"name": name}]}), rows_key: "rows", ids: vec![name.to_owned()], document }
}

#[test]
fn nothing_hostile_comes_through_any_format() {
    for name in hostile() {
        let answer = hostile_answer(&name);
        for look in [Look::default(), look(80), look(40), Look { ascii: true, ..look(60) }] {
            for &format in Format::ALL {
                let text = written(&answer, format, &look);
                let shown =
                    |c: char| c == '\n' || (c == '\t' && format == Format::Tsv) || c == '\u{200d}' || !super::sanitize::is_hidden(c);
                assert!(text.chars().all(shown), "{format:?} of {name:?}: {text:?}");
                if matches!(format, Format::Md | Format::Html) {
                    assert!(!text.contains("<script"), "{format:?}: {text}");
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
                assert!(number || !cell.trim_start().starts_with(['=', '+', '-', '@', '\t', '\r']), "{cell:?}");
            }
        }
        let tsv = written(&answer, Format::Tsv, &Look::default());
        assert!(tsv.lines().all(|line| line.split('\t').count() == 5), "{tsv:?}");
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

#[test]
fn formats_are_named_and_guessed() {
    for &format in Format::ALL {
        assert_eq!(format.word().parse(), Ok(format));
    }
    assert!("xml".parse::<Format>().is_err());
    assert_eq!(Format::from_extension(Path::new("a/report.HTML")), Some(Format::Html));
    assert_eq!(Format::from_extension(Path::new("report.pdf")), None);
    assert_eq!(Format::from_extension(Path::new("csv")), None);
}
