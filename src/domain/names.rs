//! Finding a customer by a part of the name.
//!
//! Names are compared folded: lower case, accents off, apostrophes dropped, every other sign a
//! space, and loose letters put together (`B.V.` and `BV` are one). Whole-name distance does
//! badly on word order (`jose` against `Van der Meer, José`), so everything after the exact
//! match looks at one word at a time.

use super::touchpoint::CustomerId;

/// What a typed name came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Match {
    /// Exactly one customer.
    One(CustomerId),
    /// Several, in the order of the names given.
    Many(Vec<CustomerId>),
    /// Nobody.
    None {
        /// The customers that look like it, the likeliest first, at most three.
        similar: Vec<CustomerId>,
    },
}

/// How much alike two words must be for a "did you mean".
const ALIKE: f64 = 0.85;

/// Accented Latin letters by the letter they fold to; lower case only.
const ACCENTS: &[(&str, &str)] = &[
    ("a", "àáâãäåāăąǎạảấầẩẫậắằẳẵặªǻ"),
    ("ae", "æǽ"),
    ("c", "çćĉċč"),
    ("d", "ďđðḍ"),
    ("e", "èéêëēĕėęěẹẻẽếềểễệ"),
    ("g", "ĝğġģǧ"),
    ("h", "ĥħḥ"),
    ("i", "ìíîïĩīĭįıǐỉị"),
    ("ij", "ĳ"),
    ("j", "ĵ"),
    ("k", "ķĸǩ"),
    ("l", "ĺļľŀłḷ"),
    ("n", "ñńņňŉŋṇ"),
    ("o", "òóôõöøōŏőǒơọỏốồổỗộớờởỡợºǿ"),
    ("oe", "œ"),
    ("r", "ŕŗř"),
    ("s", "śŝşšșſṣ"),
    ("ss", "ß"),
    ("t", "ţťŧțṭ"),
    ("th", "þ"),
    ("u", "ùúûüũūŭůűųǔưụủứừửữự"),
    ("w", "ŵẁẃẅ"),
    ("y", "ýÿŷỳỵỷỹ"),
    ("z", "źżžẓ"),
];

/// What a name or key is recognised by: an address in lower case, anything else folded. A name of
/// signs only is recognised by the signs.
pub fn identity(name: &str) -> String {
    let folded = if name.contains('@') { String::new() } else { fold(name) };
    if folded.is_empty() { name.trim().to_lowercase() } else { folded }
}

/// A name as it is compared: `O'Neill & Zn.` → `oneill zn`, `Jansen B.V.` → `jansen bv`.
/// Folding twice changes nothing, and a [`slug`] folds to the same as its name.
pub fn fold(name: &str) -> String {
    join_loose_letters(&letters(name))
}

/// Lower-case letters and digits without accents; everything else is a space.
fn letters(name: &str) -> String {
    let mut out = String::with_capacity(name.len());
    for typed in name.chars() {
        if typed.is_ascii_alphanumeric() {
            out.push(typed.to_ascii_lowercase());
        } else {
            typed.to_lowercase().for_each(|lower| push_plain(&mut out, lower));
        }
    }
    out
}

fn push_plain(out: &mut String, lower: char) {
    if matches!(lower, '\'' | '’' | '‘' | 'ʼ' | '`' | '´' | '\u{300}'..='\u{36f}') {
        return;
    }
    match ACCENTS.iter().find(|(_, accented)| !lower.is_ascii() && accented.contains(lower)) {
        Some((plain, _)) => out.push_str(plain),
        None if lower.is_alphanumeric() => out.push(lower),
        None => out.push(' '),
    }
}

fn join_loose_letters(spaced: &str) -> String {
    let mut out = String::with_capacity(spaced.len());
    let mut loose_before = false;
    for word in spaced.split_whitespace() {
        let loose = word.chars().nth(1).is_none();
        let joined = loose && loose_before;
        if !joined && !out.is_empty() {
            out.push(' ');
        }
        out.push_str(word);
        loose_before = loose;
    }
    out
}

/// A name as one word for commands and files: `Jansen BV` → `jansen-bv`.
pub fn slug(name: &str) -> String {
    fold(name).replace(' ', "-")
}

/// Finds the customers a person means.
///
/// An exact folded name wins. Otherwise every typed word must be some word of the name, in any order;
/// failing that for everyone, begin some word of it; failing that for everyone, lie anywhere in some word of it. When nobody fits, the names
/// that look most like it are handed back.
pub fn find<'a>(typed: &str, names: impl Iterator<Item = (CustomerId, &'a str)>) -> Match {
    let wanted = fold(typed);
    if wanted.is_empty() {
        return Match::None { similar: Vec::new() };
    }
    let folded: Vec<(CustomerId, String)> = names.map(|(id, name)| (id, fold(name))).collect();
    let fits: [&dyn Fn(&str) -> bool; 4] = [
        &|name| name == wanted,
        &|name| every_word(&wanted, name, |typed, word| word == typed),
        &|name| every_word(&wanted, name, |typed, word| word.starts_with(typed)),
        &|name| every_word(&wanted, name, |typed, word| word.contains(typed)),
    ];
    for fit in fits {
        let found: Vec<CustomerId> = folded.iter().filter(|(_, name)| fit(name)).map(|(id, _)| *id).collect();
        match found.as_slice() {
            [] => {}
            [one] => return Match::One(*one),
            _ => return Match::Many(found),
        }
    }
    Match::None { similar: similar(&wanted, &folded) }
}

fn every_word(wanted: &str, name: &str, fits: impl Fn(&str, &str) -> bool) -> bool {
    wanted.split(' ').all(|typed| name.split(' ').any(|word| fits(typed, word)))
}

fn similar(wanted: &str, folded: &[(CustomerId, String)]) -> Vec<CustomerId> {
    let mut scored: Vec<(f64, CustomerId)> =
        folded.iter().map(|(id, name)| (likeness(wanted, name), *id)).filter(|(score, _)| *score >= ALIKE).collect();
    scored.sort_by(|a, b| b.0.total_cmp(&a.0));
    scored.into_iter().take(3).map(|(_, id)| id).collect()
}

/// The mean over the typed words of how much each is like the nearest word of the name.
fn likeness(wanted: &str, name: &str) -> f64 {
    let nearest = |typed| name.split(' ').map(|word| strsim::jaro_winkler(typed, word)).fold(0.0, f64::max);
    let (sum, count) = wanted.split(' ').fold((0.0, 0.0), |(sum, count), typed| (sum + nearest(typed), count + 1.0));
    sum / count
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const NAMES: &[&str] = &[
        "Jansen BV",
        "Van der Meer, José",
        "O'Neill & Zn",
        "Bakkerij De Jong",
        "Jansen & Zonen B.V.",
        "Łukasz Größe",
        "Bjørn Ærø",
        "株式会社 Tanaka",
        "Jan",
    ];

    #[test]
    fn a_whole_word_goes_before_the_beginning_of_one() {
        let find = |typed| {
            find(typed, ["Anna Jansen", "Jan de Wit", "Janneke"].into_iter().enumerate().map(|(n, name)| (CustomerId(n as i64), name)))
        };
        assert_eq!((find("Jan"), find("jan wit")), (Match::One(CustomerId(1)), Match::One(CustomerId(1))));
        assert_eq!(find("jann"), Match::One(CustomerId(2)));
        assert_eq!(find("ja"), Match::Many([0, 1, 2].map(CustomerId).to_vec()));
    }

    fn found(typed: &str) -> Match {
        find(typed, NAMES.iter().enumerate().map(|(index, name)| (CustomerId(index as i64), *name)))
    }

    fn one(index: i64) -> Match {
        Match::One(CustomerId(index))
    }

    #[test]
    fn folding_keeps_what_identifies() {
        for (name, folded) in [
            ("O'Neill & Zn.", "oneill zn"),
            ("O’Neill & Zn", "oneill zn"),
            ("Jansen B.V.", "jansen bv"),
            ("jansen-bv", "jansen bv"),
            ("  JANSEN \t BV ", "jansen bv"),
            ("Straße Ærø Łódź Đặng", "strasse aero lodz dang"),
            ("Jose\u{301}", "jose"),
            ("İstanbul", "istanbul"),
            ("J.P. de Vries", "jp de vries"),
            ("'s-Gravenhage 2", "s gravenhage 2"),
            ("株式会社", "株式会社"),
            ("—!?", ""),
        ] {
            assert_eq!(fold(name), folded, "{name}");
        }
        assert_eq!(slug("Jansen B.V."), "jansen-bv");
    }

    #[test]
    fn a_part_of_the_name_in_any_order_is_enough() {
        for (typed, index) in [
            ("jose", 1),
            ("JOSÉ meer", 1),
            ("o'neill", 2),
            ("o neill", 2),
            ("oneill zn", 2),
            ("jong bak", 3),
            ("jansen-bv", 0),
            ("zonen", 4),
            ("lukasz grosse", 5),
            ("bjorn", 6),
            ("aero", 6),
            ("tanaka", 7),
            ("eill", 2),
            ("jan", 8),
        ] {
            assert_eq!(found(typed), one(index), "{typed}");
        }
    }

    #[test]
    fn several_or_none_are_said_as_such() {
        let two = [(CustomerId(1), "Jan"), (CustomerId(2), "Anna")];
        assert_eq!(find("an", two.into_iter()), Match::One(CustomerId(2)), "a beginning goes before a middle");
        assert_eq!(found("jansen"), Match::Many(vec![CustomerId(0), CustomerId(4)]));
        assert_eq!(found("bakerij"), Match::None { similar: vec![CustomerId(3)] });
        assert_eq!(found("xyz"), Match::None { similar: vec![] });
        assert_eq!(found(" '& "), Match::None { similar: vec![] });
        assert_eq!(
            find("anna", [(CustomerId(1), "Anna"), (CustomerId(2), "ANNA")].into_iter()),
            Match::Many(vec![CustomerId(1), CustomerId(2)])
        );
    }

    proptest! {
        #[test]
        fn folding_is_stable_and_a_slug_folds_to_its_name(name in any::<String>()) {
            let folded = fold(&name);
            prop_assert_eq!(fold(&folded), folded.clone());
            prop_assert_eq!(fold(&slug(&name)), folded);
        }
    }
}
