use proptest::prelude::*;

use super::*;

fn of(typed: &str, country: &str) -> Option<String> {
    normal(typed, Country::of(country).unwrap())
}

#[test]
fn every_notation_of_a_number_comes_to_one() {
    for typed in [
        "06-12345678",
        "06 12 34 56 78",
        "0612345678",
        "+31612345678",
        "+31 (0)6 1234 5678",
        "+31 06 12345678",
        "+31 00 612345678",
        "(+31) 6 12345678",
        "+ 31-6-12345678",
        "0031612345678",
        "0031 (0)6-12345678",
        "tel:+31-6-12345678;ext=12",
        "TEL:0612345678;phone-context=+31",
        "06.12.34.56.78",
        "06/12345678",
        "06\u{a0}1234\u{202f}5678",
        "\u{202a}+31 6 12345678\u{202c}",
        "06–1234‑5678",
        "06 12345678 ext. 3",
        "06-12345678 x3",
        "06 12345678 toestel 9",
        "0612345678,,4#",
        // a spreadsheet took the zero or the plus away
        "612345678",
        "31612345678",
    ] {
        assert_eq!(of(typed, "nl").as_deref(), Some("+31612345678"), "{typed}");
    }
}

#[test]
fn countries_have_their_own_ways() {
    for (typed, country, normal) in [
        ("(020) 123 45 67", "NL", "+31201234567"),
        ("0900-1234", "NL", "+319001234"),
        ("0470 12 34 56", "BE", "+32470123456"),
        ("02 123 45 67", "BE", "+3221234567"),
        ("0171 1234567", "DE", "+491711234567"),
        ("491711234567", "DE", "+491711234567"),
        ("07700 900123", "UK", "+447700900123"),
        ("612 345 678", "ES", "+34612345678"),
        ("34612345678", "ES", "+34612345678"),
        ("20 12 34 56", "DK", "+4520123456"),
        ("45 12 34 56", "DK", "+4545123456"),
        ("06 1234 5678", "IT", "+390612345678"),
        ("+39 06 1234 5678", "NL", "+390612345678"),
        ("06 30 123 4567", "HU", "+36301234567"),
        ("+36 06 30 123 4567", "HU", "+36301234567"),
        ("8 612 34567", "LT", "+37061234567"),
        ("0 612 34567", "LT", "+37061234567"),
        ("86123456", "LT", "+37086123456"),
        ("(212) 555-0123", "US", "+12125550123"),
        ("1-212-555-0123", "CA", "+12125550123"),
        ("011 31 6 12345678", "US", "+31612345678"),
        ("0011 31 6 12345678", "AU", "+31612345678"),
        ("+81 (0)3 1234 5678", "NL", "+81312345678"),
        ("0081 (0)3 1234 5678", "NL", "+81312345678"),
    ] {
        assert_eq!(of(typed, country).as_deref(), Some(normal), "{typed} {country}");
    }
}

#[test]
fn what_is_no_whole_number_is_nothing() {
    for typed in [
        "",
        " ",
        "+",
        "112",
        "06-1234",
        "123456",
        "0612345678a",
        "bel Anna",
        "06 12345678 of 020 1234567",
        "٠٦١٢٣٤٥٦٧٨",
        "+31 6 1234 5678 9012 3456",
        "+0612345678",
        "++31612345678",
        "06+12345678",
        "anna@x.nl",
        "ext 12",
        "12345678",
        "2026-06-30T12:00",
        "06-12345678 / 020-1234567",
    ] {
        assert_eq!(of(typed, "NL"), None, "{typed:?}");
    }
    assert_eq!(of("123 4567", "DE"), None, "a local number without its area");
}

#[test]
fn countries_are_known_by_two_letters() {
    assert_eq!(Country::default().code(), "NL");
    assert_eq!(Country::of(" uk ").map(Country::code), Some("GB"));
    assert_eq!(Country::of("Nederland"), None);
}

proptest! {
    #[test]
    fn normalising_twice_changes_nothing(typed in "[+0-9 ()./,-]{0,20}", country in "NL|BE|DE|IT|HU|LT|BY|US|ES|DK|AU") {
        let Some(once) = of(&typed, &country) else { return Ok(()) };
        for country in [country.as_str(), "NL", "IT", "US", "HU"] {
            prop_assert_eq!(of(&once, country), Some(once.clone()), "{} {}", typed, country);
        }
    }

    #[test]
    fn nothing_makes_it_fall_over(typed in any::<String>()) {
        if let Some(normal) = normal(&typed, Country::default()) {
            prop_assert!(normal.strip_prefix('+').is_some_and(|digits| digits.bytes().all(|byte| byte.is_ascii_digit())));
        }
    }
}
