use super::*;
use crate::intake::told::told;
use crate::intake::tree::Path;

fn at<'a>(text: &'a str, path: &Path) -> &'a str {
    let span = parse(text).unwrap_or_else(|wrong| panic!("{wrong:?}")).span_at(path);
    &text[span.start..span.end]
}

fn check(text: &str, expected: &str) {
    assert_eq!(told(text, &parse(text).expect_err(text)), [expected], "{text:?}");
}

#[test]
fn places_are_bytes_after_accents_and_a_bom() {
    let key = Path::default().key("naam");
    assert_eq!(at("é: é\nnaam: Zoë # x\n", &key), "Zoë");
    assert_eq!(at("\u{feff}é: é\r\nnaam: Zoë\r\n", &key), "Zoë");
    assert_eq!(at("a: &y {x: 1}\nb: *y\n", &Path::default().key("b").key("x")), "*y", "what an alias brings stands at the alias");
    assert_eq!(at("é: [ü, {naam: Zoë}]\n", &Path::default().key("é").index(1).key("naam")), "Zoë");
}

#[test]
fn a_place_that_is_not_there_is_its_nearest_holder() {
    let text = "a:\n  - b: x\n    c:\n";
    let item = Path::default().key("a").index(0);
    assert_eq!(at(text, &item.key("nope")), "b");
    assert_eq!(at(text, &item.key("c")), "c", "nothing stands at its key");
    let tree = parse(text).unwrap();
    assert_eq!(tree.key_span_at(&item.key("b")), tree.span_at(&item));
}

#[test]
fn syntax_errors_are_told_at_their_place() {
    check("a: [1, 2\n", "1:4 this bracket is never closed");
    check("a: 'x\n", "2:1 this quoted text is not closed properly");
    check("é: b: c\n", "1:5 a `key: value` cannot start here; put quotes around text that contains `: `");
    check("\u{feff}é: b: c\n", "1:5 a `key: value` cannot start here; put quotes around text that contains `: `");
    check("- a\nb: 1\n", "2:1 a `-` was expected here; is the indentation right?");
    check("a:\n  - b\n - c\n", "3:2 a key was expected here; is the indentation right?");
    check("a: @x\n", "1:4 a value cannot start with this character; put quotes around it");
    check("a: *x\n", "1:4 this alias names no anchor");
    check("a: &x [*x]\n", "1:8 this alias contains itself");
    check(": 1\n", "1:1 a key is missing before the colon");
    check("a: 1\n---\nb: 2\n", "3:1 a second document starts here");
    check("", "1:1 this file is empty");
    check("# only\n\n  # this\n", "1:1 this file holds nothing but comments");
}

#[test]
fn tabs_are_named_as_such() {
    check("a:\n\tb: 1\n", "2:1 a tab is used to indent");
    check("a:\n  b: 1\n\t c: 1\n", "3:1 a tab is used to indent");
    let fine = parse("a: |\n  x\n  \ty\nb: [1,\t2]\n").unwrap();
    assert_eq!(fine.root.to_json(), serde_json::json!({"a": "x\n\ty\n", "b": [1, 2]}));
}

#[test]
fn a_key_that_stands_twice_is_told_with_both_places_and_reading_goes_on() {
    let text = "a: {b: 1, b: 2}\nc: 1\nc: 2\n";
    let tree = parse(text).unwrap();
    assert_eq!(told(text, &tree.complaints), ["1:11 `b` stands here twice | 1:5 first here", "3:1 `c` stands here twice | 2:1 first here"]);
}

#[test]
fn words_stay_words() {
    let tree = parse("a: no\nb: on\nc: 012\nd: 1_000\ne: true\nf: 1e3\ng: .inf\nh: ~\n").unwrap();
    let expected = serde_json::json!({"a": "no", "b": "on", "c": "012", "d": "1_000", "e": true, "f": 1000.0, "g": ".inf"});
    assert_eq!(tree.root.to_json(), expected);
}

#[test]
fn merge_keys_and_crlf_work() {
    let tree = parse("base: &b {x: 1, y: 2}\r\nmine:\r\n  <<: *b\r\n  y: 3\r\n").unwrap();
    assert_eq!(tree.root.to_json()["mine"], serde_json::json!({"y": 3, "x": 1}));
    assert!(tree.complaints.is_empty());
}

#[test]
fn bytes_that_are_not_utf8_are_told_with_their_line() {
    let wrong = parse_bytes(b"a: 1\nnaam: Zo\xeb\n").unwrap_err();
    assert_eq!(wrong[0].what.en, "this file is not UTF-8; it looks like Latin-1 (Windows-1252)");
    assert_eq!(wrong[0].span, Span { start: 13, end: 14 });
    let wide = "a: 1".encode_utf16().flat_map(u16::to_le_bytes);
    let wide = [0xff, 0xfe].into_iter().chain(wide).collect::<Vec<_>>();
    assert_eq!(parse_bytes(&wide).unwrap_err()[0].what.en, "this file is not UTF-8; it looks like UTF-16");
}

#[test]
fn bombs_are_refused_fast() {
    let start = std::time::Instant::now();
    let laughs = (1..10).map(|i| format!("a{i}: &a{i} [{}]\n", vec![format!("*a{}", i - 1); 9].join(", ")));
    let laughs = std::iter::once("a0: &a0 [lol, lol]\n".to_owned()).chain(laughs).collect::<String>();
    assert_eq!(parse(&laughs).unwrap_err()[0].what.en, "this file unfolds into more than an honest file would hold");
    for open in ["[", "{a: ", "- "] {
        let wrong = parse(&open.repeat(100_000)).unwrap_err();
        assert!(wrong[0].what.en.starts_with("this is nested"), "{open}: {}", wrong[0].what.en);
    }
    let blocks = (0..1_500).map(|depth| format!("{}a:\n", " ".repeat(depth))).collect::<String>();
    assert_eq!(parse(&blocks).unwrap_err()[0].what.en, "this is nested deeper than 24 levels");
    let merged = format!("a0: &a0 {{x: 1}}\n{}", (1..60_000).map(|i| format!("a{i}: &a{i} {{<<: *a{}}}\n", i - 1)).collect::<String>());
    assert!(parse(&merged).is_err());
    assert!(start.elapsed().as_secs() < 20, "{:?}", start.elapsed());
}

#[test]
fn a_file_of_two_megabytes_is_read_and_a_larger_one_refused() {
    let list = |n: usize| (0..n).map(|i| format!("- {{id: n{i}, text: word}}\n")).collect::<String>();
    let text = list(75_000);
    assert!(text.len() > 1_900_000);
    let Value::List(items) = parse(&text).unwrap().root.value else { panic!("no list") };
    assert_eq!(items.len(), 75_000);
    assert_eq!(parse(&list(90_000)).unwrap_err()[0].what.en, "this file is larger than 2 MB");
}

#[test]
fn a_text_is_no_longer_than_a_note() {
    let long = |n: usize| parse(&format!("a: {}\n", "x".repeat(n))).unwrap().complaints;
    assert_eq!(long(10_000), []);
    assert_eq!(long(10_001)[0].what.en, "this text is longer than 10000 characters");
}
