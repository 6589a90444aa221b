//! The small parts.

use super::super::dates::read as date;
use super::super::headers::readable;
use super::super::separator::is_field;
use super::super::subject::{absence, fingerprint, is_reply};

#[test]
fn replies_and_absences_are_known_by_their_beginning() {
    for yes in ["Re: x", "RE : x", "Antw: x", "Re[3]: x", "AW: x", "sv: x", "Re(2): x"] {
        assert!(is_reply(yes), "{yes}");
    }
    for no in ["Regarding: x", "x Re: y", "Fwd: x", "Re x", "", ":", "12:00"] {
        assert!(!is_reply(no), "{no}");
    }
    assert_eq!(absence("Automatic reply : x"), Some("automatic reply"));
    assert_eq!(absence("Auto: te koop"), None);
}

#[test]
fn one_conversation_has_one_fingerprint() {
    let first = fingerprint("Offerte keuken");
    for same in
        ["Re: Offerte keuken", "Antw: RE: offerte  Keuken", "[lijst] Fwd: [x] offerte keuken", "Automatisch antwoord: Offerte keuken"]
    {
        assert_eq!(fingerprint(same), first, "{same}");
    }
    assert!(first.is_some_and(|print| print.len() == 8));
    assert_ne!(fingerprint("Offerte badkamer"), fingerprint("Offerte keuken"));
    assert_eq!(fingerprint("Re: "), None);
}

#[test]
fn fields_and_impossible_dates() {
    assert!(is_field(b"X-A: b") && is_field(b">From x") && !is_field(b"a b: c") && !is_field(b": c") && !is_field(b"abc"));
    for no in [
        "",
        "someday in 2026 10:00:00 +0000",
        "12:00:00",
        "30 Feb 2026 12:00:00",
        "2 Nov 2026",
        "Mon Nov 2 2026",
        "a:b:c",
        "-1 Nov 2026 12:00:00",
        "2 Nov 99999 12:00:00",
    ] {
        assert_eq!(date(no), None, "{no}");
    }
}

#[test]
fn an_encoded_word_that_never_ends_is_none() {
    let far = format!("A: =?a?q?{}?=\n", "x".repeat(2_000));
    assert!(!String::from_utf8(readable(far.as_bytes())).unwrap().contains("=?a"));
    for kept in ["A: =?a?q?x?=\n", "A: =?utf-8?q?=C3=A9?= =?utf-8?q?=41?=\n"] {
        assert_eq!(String::from_utf8(readable(kept.as_bytes())).unwrap(), format!("{kept}\n\n"));
    }
}
