//! What people and machines read, to the letter.

use std::path::Path;

use super::{example, look, written};
use crate::domain::text::Lang;
use crate::render::document::{Block, Document, Table};
use crate::render::format::Format;
use crate::render::locale::Look;

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
fn without_columns_to_spare_the_rows_are_listed_too() {
    let mut answer = example();
    for block in &mut answer.document.blocks {
        if let Block::Table(table) = block {
            table.columns.iter_mut().for_each(|column| column.expendable = 0);
        }
    }
    let text = written(&answer, Format::Table, &look(60));
    assert!(text.contains("\n  findings  too digital, one way\n"), "{text}");
    assert!(!text.contains("Left out"));
}

#[test]
fn an_answer_without_title_or_rows_says_so_at_once() {
    let mut answer = example();
    answer.document = Document::default().with(Block::Table(Table::new(Vec::new())));
    assert_eq!(written(&answer, Format::Table, &look(80)), "Nothing to show.\n");
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
    <tr><td class="left">Kennismaken</td><td class="left warm"><span class="gauge"><span class="bar" aria-hidden="true"><i class="warm" style="width:72.4%"></i></span><span class="warmth">72</span></span></td><td class="right">70,1</td><td class="right">64–80</td><td class="right">5,9</td><td class="right">6</td><td class="right">41</td><td class="left">–</td></tr>
    <tr><td class="left">Aan de slag</td><td class="left lukewarm"><span class="gauge"><span class="bar" aria-hidden="true"><i class="lukewarm" style="width:55.0%"></i></span><span class="warmth">55</span></span></td><td class="right">51,9</td><td class="right">41–66</td><td class="right">175,7</td><td class="right">205</td><td class="right">1.230</td><td class="left">te digitaal, eenrichting</td></tr>
    <tr><td class="left">Nazorg</td><td class="left ice-cold"><span class="gauge"><span class="bar" aria-hidden="true"><i class="ice-cold" style="width:17.6%"></i></span><span class="warmth">18</span></span></td><td class="right">18,0</td><td class="right">0–38</td><td class="right">1,7</td><td class="right">2</td><td class="right">12</td><td class="left">koud, te laat, hol</td></tr>
    <tr><td class="left">Aanbevelen</td><td class="left quiet">–</td><td class="right quiet">–</td><td class="right">–</td><td class="right">0,0</td><td class="right">0</td><td class="right">0</td><td class="left">leeg</td></tr>
    "###);
}

#[test]
fn formats_are_named_and_guessed() {
    for &format in Format::ALL {
        assert_eq!(format.word().parse(), Ok(format));
    }
    assert!("xml".parse::<Format>().is_err());
    assert_eq!(Format::from_extension(Path::new("a/report.HTML")), Some(Format::Html));
    assert_eq!(Format::from_extension(Path::new("week.ics")), Some(Format::Ics));
    assert_eq!(Format::from_extension(Path::new("report.pdf")), None);
    assert_eq!(Format::from_extension(Path::new("csv")), None);
}
