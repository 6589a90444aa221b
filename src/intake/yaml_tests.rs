use super::*;
use crate::intake::tree::Path;

fn at<'a>(text: &'a str, path: &Path) -> &'a str {
    let span = parse(text).unwrap_or_else(|wrong| panic!("{wrong:?}")).span_at(path);
    &text[span.start..span.end]
}

fn wrong(text: &str) -> (String, usize) {
    let found = parse(text).map_err(|mut found| found.remove(0)).unwrap_err();
    (found.what.en, found.span.start)
}

#[test]
fn probe() {
    for text in [
        "a: [1, 2\n", "a: 'x\n", "a\nb: 1\n", "a: b: c\n", "a: 1\n  b: 2\n", "- a\nb: 1\n", "a: *x\n", "a: &x [*x]\n", "? [a]\n: 1\n", ": 1\n",
        "<<: 1\n", "a: \u{1b}[31m\n", "%YAML 3\n---\na: 1\n", "a: @x\n", "a: `x`\n", "a:\n\tb: 1\n", "a: 1\n---\nb: 2\n", "}\n", "a: }\n", "a: \"\\q\"\n", "a: |\nb\n", "a: 1e999\n", "a: 1\n...\nx: 1", "{a: 1",
        "a:\n  - b\n - c\n", "a: {b: 1, b: 2}\nc: 1\nc: 2\n",
    ] {
        println!("{text:?}\n   -> {:?}", parse(text).map(|t| t.root.to_json().to_string() + &format!("{:?}", t.complaints.iter().map(|c| &c.what.en).collect::<Vec<_>>())).map_err(|w| (w[0].what.en.clone(), w[0].span)));
        if let Err(e) = serde_yaml::from_str_with_options::<Spanned<Raw>>(text, options()) { println!("      {}", e.without_snippet()) }
    }
}

#[test]
fn places_are_bytes_after_accents_and_a_bom() {
    let key = Path::default().key("naam");
    assert_eq!(at("é: é\nnaam: Zoë # x\n", &key), "Zoë");
    assert_eq!(at("\u{feff}é: é\r\nnaam: Zoë\r\n", &key), "Zoë");
    let both = "a: {x: 1}\nb: *y\n".replace("{x: 1}", "&y {x: 1}");
    assert_eq!(at(&both, &Path::default().key("b").key("x")), "*y", "what an alias brings stands at the alias");
}
