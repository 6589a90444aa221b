use proptest::prelude::*;

use super::*;
use crate::domain::names::fold;
use crate::domain::party::Party;
use crate::domain::phone::Country;
use crate::domain::text::Lang;
use crate::domain::touchpoint::CustomerId;

/// The customers of these tests; the number is the place, from 1.
const CUSTOMERS: &[(&str, &[&str])] = &[
    ("José van der Meer", &["jose@meer.nl", "06-12345678"]),
    ("Anna de Vries", &["anna@example.nl", "+31 20 123 45 67"]),
    ("Bart Bakker", &["bart@bakkerij.nl", "fam@gedeeld.nl", "Bartje"]),
    ("Bakkerij De Jong B.V.", &["@dejong.nl", "@gmail.com", "info@dejong.nl"]),
    ("Jan Jansen", &[]),
    ("Jan Jansen-de Boer", &["jan@boer.nl"]),
    ("Renée", &["renee@x.nl"]),
    ("Coolblue BV", &["De winkel"]),
    ("Marie Bakker", &["fam@gedeeld.nl", "(088) 765 43 21"]),
    ("pietje@puk.nl", &[]),
    ("+31 6 87654321", &[]),
    ("Sander", &["@twee.nl"]),
    ("Lotte Visser", &["@twee.nl", "Lot"]),
    ("Studio 1024", &[]),
];

fn directory() -> Directory {
    let mut directory = Directory::new(Country::default());
    for (index, (name, keys)) in CUSTOMERS.iter().enumerate() {
        directory.add(CustomerId(index as i64 + 1), name, keys.iter().copied());
    }
    directory
}

/// `name | address, … | phone, …`
fn party(written: &str) -> Party {
    let mut parts = written.split('|').map(str::trim);
    let name = parts.next().unwrap_or_default().to_owned();
    let mut list = || {
        parts.next().map_or_else(Vec::new, |part| part.split(',').map(|one| one.trim().to_owned()).filter(|one| !one.is_empty()).collect())
    };
    Party { name, addresses: list(), phones: list() }
}

/// `=4 by the …` or `?3,9` or `-`.
fn told(who: &Who) -> String {
    match who {
        Who::Certain(id, why) => format!("={} {why}", id.0),
        Who::Doubtful(found) => {
            assert!(found.iter().all(|(_, why)| !why.get(Lang::Nl).is_empty()) && found.is_sorted_by_key(|(id, _)| *id));
            format!("?{}", found.iter().map(|(id, _)| id.0.to_string()).collect::<Vec<_>>().join(","))
        }
        Who::Nobody => "-".to_owned(),
    }
}

#[test]
fn who_somebody_is() {
    let directory = directory();
    for (written, expected) in [
        // addresses
        ("| anna@example.nl", "=2 by the address anna@example.nl"),
        ("Iemand Anders | Anna@Example.NL ", "=2 by the address anna@example.nl"),
        ("anna@example.nl", "=2 by the address anna@example.nl"),
        ("Piet | pietje@puk.nl", "=10 by the address pietje@puk.nl"),
        ("| anna@example.nl, jose@meer.nl", "?1,2"),
        ("Anna de Vries | anna@example.nl, jose@meer.nl", "?1,2"),
        ("| fam@gedeeld.nl", "?3,9"),
        ("Marie Bakker | fam@gedeeld.nl", "=9 by the address fam@gedeeld.nl"),
        ("| nieuw@example.nl", "-"),
        // domains
        ("Kees | kees@dejong.nl", "=4 by the domain @dejong.nl"),
        ("| info@dejong.nl", "=4 by the address info@dejong.nl"),
        ("Kees | kees@gmail.com", "-"),
        ("| iemand@twee.nl", "?12,13"),
        ("Sander | iemand@twee.nl", "=12 by the domain @twee.nl"),
        // numbers
        ("|| 0031 6 1234 5678", "=1 by the number +31612345678"),
        ("Meer || 0612345678", "=1 by the number +31612345678"),
        ("Kees Smit || 0612345678", "?1"),
        ("Anna de Vries || 0612345678", "=2 by the name Anna de Vries"),
        ("Kees Smit || 06 8765 4321", "=11 by the number +31687654321"),
        ("0687654321", "=11 by the number +31687654321"),
        ("|| 0201234567, 0612345678", "?1,2"),
        ("|| 0699999999", "-"),
        // names
        ("Meer, José van der", "=1 by the name Meer, José van der"),
        ("JOSE VAN DER MEER", "=1 by the name JOSE VAN DER MEER"),
        ("Jose\u{301} van der Meer", "=1 by the name Jose\u{301} van der Meer"),
        ("Vries, Anna de | nieuw@adres.nl | 0699999999", "=2 by the name Vries, Anna de"),
        ("Anna Vries", "?2"),
        ("A. de Vries", "?2"),
        ("Mevr. A. de Vries", "?2"),
        ("Anna de Vreis", "?2"),
        ("Ana de Vries", "-"),
        ("Jan Jansen", "=5 by the name Jan Jansen"),
        ("J. Jansen", "?5,6"),
        ("Jan Janssen", "?5,6"),
        ("Boer-Jansen, Jan de", "=6 by the name Boer-Jansen, Jan de"),
        ("Bakkerij de Jong", "?4"),
        ("Bakkerij De Jong bv", "=4 by the name Bakkerij De Jong bv"),
        ("Coolblue", "?8"),
        ("Coolbleu N.V.", "?8"),
        ("de Winkel | x@y.nl", "=8 by the name de Winkel"),
        ("Renee", "=7 by the name Renee"),
        ("Renée | andere@x.nl", "?7"),
        ("Lot | andere@x.nl", "=13 by the name Lot"),
        ("Bartje | andere@x.nl", "=3 by the name Bartje"),
        ("Sander | andere@x.nl", "=12 by the name Sander"),
        ("Anna", "?2"),
        ("Bakker", "?3,9"),
        ("Anna | andere@x.nl", "-"),
        ("Studio 1025", "-"),
        ("Kees Smit", "-"),
        ("", "-"),
        ("?!", "-"),
    ] {
        assert_eq!(told(&directory.who(&party(written))), expected, "{written}");
    }
}

#[test]
fn the_number_of_a_case_is_no_telephone_number() {
    let mut directory = directory();
    directory.add(CustomerId(30), "31612345678", []);
    directory.add(CustomerId(31), "201234567", []);
    directory.add(CustomerId(32), "31699999999", ["31699999999"]);
    for (written, expected) in [
        ("31612345678", "=30 by the name 31612345678"),
        ("201234567", "=31 by the name 201234567"),
        ("31612345679", "-"),
        ("612345678", "-"),
        ("|| +31612345678", "=1 by the number +31612345678"),
        ("José || 0612345678", "=1 by the number +31612345678"),
    ] {
        assert_eq!(told(&directory.who(&party(written))), expected, "{written}");
    }
}

#[test]
fn the_same_name_twice_is_a_question() {
    let mut directory = directory();
    directory.add(CustomerId(30), "de Vries, Anna", []);
    assert_eq!(told(&directory.who(&party("Anna de Vries"))), "?2,30");
    directory.add(CustomerId(30), "", ["anna@nieuw.nl"]);
    assert_eq!(told(&directory.who(&party("Anna de Vries | anna@nieuw.nl"))), "=30 by the address anna@nieuw.nl", "kept up to date");
    assert_eq!((directory.len(), directory.name(CustomerId(30)), directory.name(CustomerId(99))), (15, "de Vries, Anna", ""));
}

#[test]
fn mail_providers_say_nothing() {
    for free in ["gmail.com", "@GMAIL.com", "hotmail.nl", "outlook.co.uk", "ziggo.nl"] {
        assert!(is_free_mail(free), "{free}");
    }
    for firm in ["dejong.nl", "outlook.dejong.nl", "mygmail.com", "", "live."] {
        assert!(!is_free_mail(firm), "{firm}");
    }
}

/// `2:Anna de Vries 3:Bart? …`; `?` after the words that are not certain.
fn found(directory: &Directory, text: &str) -> String {
    let named = directory.named_in(text);
    let mut all: Vec<(usize, String)> = Vec::new();
    assert!(named.certain.is_sorted_by_key(|one| one.at.start), "{text}");
    for one in &named.certain {
        all.push((one.at.start, format!("{}:{}", one.id.0, &text[one.at.clone()])));
    }
    for unsure in &named.ambiguous {
        assert_eq!(unsure.words, &text[unsure.at.clone()]);
        let ids: Vec<String> = unsure.who.iter().map(|id| id.0.to_string()).collect();
        all.push((unsure.at.start, format!("{}?{}", ids.join(","), unsure.words)));
    }
    all.sort();
    all.into_iter().map(|(_, one)| one).collect::<Vec<_>>().join(" ")
}

#[test]
fn customers_are_found_in_sentences() {
    let directory = directory();
    for (text, expected) in [
        ("Lunch met Anna de Vries en Bart over offerte", "2:Anna de Vries 3:Bart"),
        ("lunch met anna en bart", "2:anna 3:bart"),
        ("Anna", "2:Anna"),
        ("anna's verjaardag", ""),
        ("Renée, Bart en Anna de Vries", "7:Renée 3:Bart 2:Anna de Vries"),
        ("Bel JOSÉ terug", "1:JOSÉ"),
        ("Meer, José van der: intake", "1:Meer, José van der"),
        ("meer over de zaak", ""),
        ("gesprek met van der Meer", "1:Meer"),
        ("Jan Jansen belde", "5:Jan Jansen"),
        ("jan jansen-de boer belde", "6:jan jansen-de boer"),
        ("lunch Jan", "5,6?Jan"),
        ("op 3 jan gebeld", ""),
        ("Jan en Jan Jansen", "5:Jan Jansen"),
        ("bij de bakker geweest", ""),
        ("bij Bakker geweest", "3,9?Bakker"),
        ("bij Marie Bakker geweest", "9:Marie Bakker"),
        ("Bakker, Marie", "9:Bakker, Marie"),
        ("Bakkerij De Jong taart gebracht", "4:Bakkerij De Jong"),
        ("taart van Bakkerij de Jong BV!", "4:Bakkerij de Jong BV"),
        ("bezoek coolblue", "8:coolblue"),
        ("naar de winkel", "8:de winkel"),
        ("Lot gebeld", "13:Lot"),
        ("mail van <Anna@Example.nl>, anna@onbekend.nl", "2:Anna@Example.nl"),
        ("Koffie Anna Smit", "2?Anna"),
        ("koffie anna bakker", "2?anna"),
        ("Gebeld met Piet Visser", "13?Visser"),
        ("Gebeld met L. Visser", "13:Visser"),
        ("Overleg Visser", "13:Visser"),
        ("Anna, Bart, Lotte + Renée", "2:Anna 3:Bart 13:Lotte 7:Renée"),
        ("Anna in Utrecht", "2:Anna"),
        ("Anna Vries", "2:Anna Vries"),
        ("Anna en Anna", "2:Anna"),
        ("annabel banna", ""),
        ("", ""),
    ] {
        assert_eq!(found(&directory, text), expected, "{text}");
    }
    let whole: Vec<bool> = directory.named_in("Anna de Vries, Lotte").certain.iter().map(|one| one.whole).collect();
    assert_eq!(whole, [true, false]);
}

#[test]
fn what_looks_like_a_name_is_offered() {
    let directory = directory();
    for (typed, first) in [("Ana", 2), ("jnsen jan", 5), ("cool", 8), ("visr", 13), ("vries anna", 2), ("Rene", 7)] {
        assert_eq!(directory.similar(typed).first(), Some(&CustomerId(first)), "{typed}");
    }
    assert!(directory.similar("xyz").is_empty() && directory.similar("").is_empty());
}

#[test]
fn likely_doubles_are_told_once_with_their_reason() {
    let mut directory = directory();
    directory.add(CustomerId(20), "Meer, José van der", []);
    directory.add(CustomerId(21), "M. Onbekend", ["0887654321"]);
    let told: Vec<String> = directory.doubles().into_iter().map(|(one, other, why)| format!("{} {} {why}", one.0, other.0)).collect();
    assert_eq!(
        told,
        [
            "1 20 the same name",
            "3 9 the same address, fam@gedeeld.nl",
            "5 6 names that look alike",
            "9 21 the same telephone number, +31887654321",
        ]
    );
}

#[test]
fn lists_are_folded_words() {
    for list in word_lists::ALL {
        for word in list.split_ascii_whitespace() {
            assert_eq!(fold(word), word);
        }
    }
}

fn some_text() -> impl Strategy<Value = String> {
    prop_oneof![any::<String>(), "[a-cA-C ,.'@é0-9-]{0,30}", "(Jan|Anna|de|Vries|Jansen|J\\.|B\\.V\\.|,|en| ){0,12}"]
}

proptest! {
    #[test]
    fn words_are_what_folding_makes(text in some_text()) {
        let words = name::words(&text);
        let joined: Vec<&str> = words.iter().map(|word| word.folded.as_str()).collect();
        prop_assert_eq!(joined.join(" "), fold(&text));
        prop_assert!(words.is_sorted_by(|one, next| one.at.end <= next.at.start));
    }

    #[test]
    fn nothing_makes_it_fall_over(names in prop::collection::vec((some_text(), some_text()), 0..6), text in some_text(), phone in some_text()) {
        let mut directory = directory();
        for (index, (name, key)) in names.iter().enumerate() {
            directory.add(CustomerId(index as i64), name, [key.as_str()]);
        }
        let _ = directory.who(&Party { name: text.clone(), addresses: vec![phone.clone()], phones: vec![phone] });
        let _ = (found(&directory, &text), directory.similar(&text), directory.doubles());
    }

    #[test]
    fn a_customer_is_found_by_each_of_their_own_addresses(names in prop::collection::vec("[a-c]{1,3}( [a-c]{1,3})?", 1..8)) {
        let mut directory = Directory::new(Country::default());
        let address = |index: usize, which: usize| format!("{which}.{index}@x.nl");
        for (index, name) in names.iter().enumerate() {
            directory.add(CustomerId(index as i64), name, [address(index, 1).as_str(), &address(index, 2)]);
        }
        for index in 0..names.len() {
            for which in [1, 2] {
                let who = directory.who(&Party { addresses: vec![address(index, which)], ..Party::named(names[0].clone()) });
                prop_assert!(matches!(who, Who::Certain(CustomerId(id), _) if id == index as i64));
            }
        }
    }

    #[test]
    fn the_order_of_adding_does_not_matter(order in Just((0..CUSTOMERS.len()).collect::<Vec<_>>()).prop_shuffle(), text in some_text()) {
        let mut shuffled = Directory::new(Country::default());
        for index in order {
            let (name, keys) = CUSTOMERS[index];
            shuffled.add(CustomerId(index as i64 + 1), name, keys.iter().copied());
        }
        let directory = directory();
        prop_assert_eq!(shuffled.who(&Party::named(text.clone())), directory.who(&Party::named(text.clone())));
        prop_assert_eq!(shuffled.named_in(&text), directory.named_in(&text));
        prop_assert_eq!(shuffled.similar(&text), directory.similar(&text));
        prop_assert_eq!(shuffled.doubles(), directory.doubles());
    }
}
