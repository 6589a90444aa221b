use super::*;
use crate::domain::text::Text;
use crate::intake::journey::parse_journey;
use crate::intake::yaml::parse_bytes;

const PLAIN: Look = Look { lang: Lang::En, colour: false, ascii: true, width: 100 };

/// What a person sees of the mistakes in a journey.
fn seen(bytes: &[u8], look: Look) -> String {
    SourceFile::new("j.yaml", bytes).render(&parse_journey(bytes).complaints, look)
}

/// What a person sees of one mistake at a place.
fn seen_at(text: &str, start: usize, end: usize) -> String {
    let complaint = Complaint::error(Span { start, end }, Text::same("wrong"));
    SourceFile::new("j.yaml", text.as_bytes()).render(&[complaint], PLAIN)
}

#[test]
fn two_places_are_shown_in_one_excerpt() {
    let text = "id: c\nstages:\n  - id: buy\n    goal: é\n  - id: use\n    titel: x\n  - id: buy\n";
    insta::assert_snapshot!(seen(text.as_bytes(), PLAIN), @r"
    error: unknown key `titel`
     --> j.yaml:6:5
      |
    6 |     titel: x
      |     ^^^^^
      |
      = help: did you mean `title`?

    error: stage `buy` stands here twice
     --> j.yaml:7:9
      |
    3 |   - id: buy
      |         --- first here
    ...
    7 |   - id: buy
      |         ^^^
      |
      = help: give one of them another id
    ");
}

#[test]
fn in_dutch_with_a_bom_and_crlf() {
    let text = "\u{feff}id: é c\r\nstages:\r\n  - id: a\r\n";
    let dutch = Look { lang: Lang::Nl, ascii: false, ..PLAIN };
    insta::assert_snapshot!(seen(text.as_bytes(), dutch), @r"
    fout: `é c` kan geen id zijn
      ╭▸ j.yaml:1:5
      │
    1 │ id: é c
      │     ━━━
      │
      ╰ tip: een id bestaat uit a-z, 0-9, `-` en `_` en begint met een letter of cijfer, zoals `e-c`
    ");
}

#[test]
fn columns_are_characters() {
    let file = SourceFile::new("j.yaml", "\u{feff}é: x\nb: y".as_bytes());
    assert_eq!(file.line_column(7), (1, 4));
    assert_eq!((file.line_column(0), file.line_column(9), file.line_column(999)), ((1, 1), (2, 1), (2, 5)));
    assert!(seen_at("é: x\n", 4, 5).contains("j.yaml:1:4"), "{}", seen_at("é: x\n", 4, 5));
    assert!(seen_at("\u{feff}é: x\n", 7, 8).contains("j.yaml:1:4"));
}

#[test]
fn nothing_harmful_reaches_the_terminal() {
    let text = "a: \"\u{1b}[31m\u{7}\u{9b}\u{202e}x\"\r\n";
    let complaint = Complaint::error(Span { start: 0, end: 30 }, Text::same("\u{1b}[2J\nnext")).help(Text::same("\r\u{1b}"));
    let complaint = complaint.also(Span { start: 3, end: 4 }, Text::same("\u{1b}"));
    let file = SourceFile::new("\u{1b}]0;x.yaml", text.as_bytes());
    let shown = file.render(std::slice::from_ref(&complaint), PLAIN);
    assert!(!shown.contains(|c: char| harmful(c) && c != '\n'), "{shown:?}");
    assert!(shown.contains("\\u{1b}[31m"), "{shown}");
    let row = file.locate(&complaint, Lang::En);
    assert_eq!((row.line, row.column, row.severity, row.what.as_str()), (1, 1, "error", "\\u{1b}[2J\\u{a}next"));
}

#[test]
fn colour_is_only_there_when_asked() {
    let text = b"id: c\n";
    assert!(!seen(text, PLAIN).contains('\u{1b}'));
    let coloured = seen(text, Look { colour: true, ascii: false, ..PLAIN });
    assert!(coloured.contains("\u{1b}[") && !coloured.contains("\u{1b}]"), "colours, and no links: {coloured:?}");
}

#[test]
fn latin_1_is_shown_at_its_place() {
    let bytes = b"id: c\ntitle: Zo\xeb\n";
    let wrong = parse_bytes(bytes).unwrap_err();
    let shown = SourceFile::new("j.yaml", bytes).render(&wrong, PLAIN);
    assert!(shown.contains("j.yaml:2:10") && shown.contains("title: Zo?\n"), "{shown}");
}

#[test]
fn places_at_the_edges_are_fine() {
    for text in ["", "\n", "é", "a\r\n", "\u{feff}", "\r", "a\rb\n", "\t\tx"] {
        for start in 0..=text.len() + 1 {
            for end in start..=text.len() + 1 {
                assert!(seen_at(text, start, end).contains("wrong"), "{text:?} {start}..{end}");
            }
        }
    }
}

#[test]
fn places_far_apart_are_shown_in_two_excerpts() {
    let text = format!("first\n{}second\n", "#\n".repeat(20_000));
    let at = text.len() - 7;
    let complaint =
        Complaint::error(Span { start: at, end: at + 6 }, Text::same("again")).also(Span { start: 0, end: 5 }, Text::same("here"));
    let shown = SourceFile::new("j.yaml", text.as_bytes()).render(&[complaint], PLAIN);
    assert!(shown.contains("20002 | second") && shown.contains("1 | first"), "{shown}");
}

#[test]
fn thousands_of_mistakes_are_told_in_time() {
    let text = format!("id: c\nstages:\n  - id: a\n{}", (0..20_000).map(|i| format!("    titlee{i}: x\n")).collect::<String>());
    let start = std::time::Instant::now();
    let complaints = parse_journey(text.as_bytes()).complaints;
    let shown = SourceFile::new("j.yaml", text.as_bytes()).render(&complaints, PLAIN);
    assert_eq!((complaints.len(), shown.matches("--> j.yaml").count()), (20_000, 20_000));
    assert!(start.elapsed().as_secs() < 20, "{:?}", start.elapsed());
}
