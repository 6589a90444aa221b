//! What attacks: the texts of `corpus.json`, by family, which the tests of `render` try too.

use std::sync::LazyLock;

static CORPUS: LazyLock<Vec<serde_json::Value>> = LazyLock::new(|| serde_json::from_str(include_str!("corpus.json")).unwrap());

/// Every text of the corpus.
pub fn texts() -> Vec<&'static str> {
    CORPUS.iter().map(|entry| entry["text"].as_str().unwrap()).collect()
}

/// Those that may be the name of a customer.
pub fn names() -> Vec<&'static str> {
    let may_be = |text: &str| !text.trim().is_empty() && text.chars().count() <= 200 && !text.trim().chars().any(char::is_control);
    texts().into_iter().filter(|text| may_be(text)).collect()
}

/// A few of each kind, for what takes a run of the program each.
pub fn some() -> Vec<&'static str> {
    let (mut family, mut seen) = ("", 0);
    let picked = CORPUS.iter().filter(|entry| {
        let of = entry["family"].as_str().unwrap();
        seen = if of == family { seen + 1 } else { 0 };
        family = of;
        seen % 8 == 0
    });
    picked.map(|entry| entry["text"].as_str().unwrap()).collect()
}
