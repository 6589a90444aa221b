//! Amounts, minutes, feelings and dates.

use super::super::amounts::{amount, decimal_sign, minutes, sentiment};
use super::super::dates::Pattern;
use super::super::synonyms::Known;
use crate::domain::words::{Channel, Direction};

#[test]
fn amounts_are_read_as_the_world_writes_them() {
    for (typed, decimal, cents) in [
        ("1.234,56", None, 123_456),
        ("1,234.56", None, 123_456),
        ("€ 12,50", None, 1250),
        ("12.50 EUR", None, 1250),
        ("EUR\u{a0}1.234.567,8", None, 123_456_780),
        ("1'234.50", None, 123_450),
        ("1 234,50", None, 123_450),
        ("-5", None, -500),
        ("5-", None, -500),
        ("−5,5", None, -550),
        ("(5.25)", None, -525),
        ("€ -12,50", None, -1250),
        ("-€12.50", None, -1250),
        ("12,-", None, 1200),
        ("€ 1.250,-", None, 125_000),
        ("1.234", None, 123_400),
        ("1,234", None, 123_400),
        ("1.234.567", None, 123_456_700),
        ("0.125", None, 13),
        ("12.5", None, 1250),
        ("1.234", Some('.'), 123),
        ("1.234", Some(','), 123_400),
        ("1,234", Some(','), 123),
        (".50", None, 50),
        ("+7", None, 700),
    ] {
        assert_eq!(amount(typed, decimal).map(|cents| cents.0), Some(cents), "{typed} {decimal:?}");
    }
    for wrong in
        ["", "abc", "1,2,3", "12.34.5", "1.23,45,6", "--", "1e5", "NaN", "12 stuks", "€", "1.2345,6", &"9".repeat(41), &"9".repeat(30)]
    {
        assert_eq!(amount(wrong, None), None, "{wrong}");
    }
    assert_eq!(amount("1.25", Some(',')), None, "a point that parts no thousands");
}

#[test]
fn one_amount_without_a_doubt_tells_the_decimal_sign() {
    assert_eq!(decimal_sign(["1.234", "5", "12,50"]), Some(','));
    assert_eq!(decimal_sign(["1,234", "x", "1,234.5"]), Some('.'));
    assert_eq!(decimal_sign(["1.234.567"]), Some(','));
    assert_eq!(decimal_sign(["1.234", "", "500"]), None);
}

#[test]
fn minutes_and_feelings() {
    for (typed, read) in [("15", 15), ("15 min", 15), ("7,5", 8), ("0:15", 15), ("1:30:29", 90), ("0:00:30", 1), ("90 minuten", 90)] {
        assert_eq!(minutes(typed, false), Some(read), "{typed}");
    }
    for (typed, read) in [("1,5", 90), ("0:45", 45), ("20 min", 20), ("2 uur", 120)] {
        assert_eq!(minutes(typed, true), Some(read), "{typed}");
    }
    assert_eq!((minutes("1,5 uur", false), minutes("2h", false)), (Some(90), Some(120)));
    for wrong in ["", "-5", "abc", "1:2:3:4", "99999999999", ":", "NaN", "inf"] {
        assert_eq!(minutes(wrong, false), None, "{wrong}");
    }
    assert_eq!((sentiment("0,5"), sentiment("−1"), sentiment("2"), sentiment("NaN")), (Some(0.5), Some(-1.0), None, None));
}

#[test]
fn only_a_pattern_that_reads_back_is_one() {
    for fine in ["%d-%m-%Y", "%m/%d/%y %I:%M %p", "%Y%m%d", "%e %B %Y", "%Y-%m-%d %H:%M:%S %z", "%s", "%a %d %b %Y"] {
        assert!(Pattern::new(fine).is_some(), "{fine}");
    }
    for wrong in ["", "%d-%m", "%H:%M", "%Q", "%", "dd-mm-yyyy", &"%Y".repeat(200)] {
        assert!(Pattern::new(wrong).is_none(), "{wrong}");
    }
}

#[test]
fn words_of_others_are_known() {
    for (word, channel) in [
        ("Mail", Channel::Email),
        ("WhatsApp", Channel::Message),
        ("Telefoon", Channel::Phone),
        ("Telefonisch", Channel::Phone),
        ("e-mail", Channel::Email),
        ("Videogesprek", Channel::Video),
        ("Bezoek", Channel::Visit),
    ] {
        assert_eq!(Channel::of(word), Some(channel), "{word}");
    }
    assert_eq!(
        (Direction::of("IN"), Direction::of("uit"), Direction::of("Inkomend"), Direction::of("xyz")),
        (Some(Direction::In), Some(Direction::Out), Some(Direction::In), None)
    );
}
