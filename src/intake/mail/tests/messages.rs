//! What a message becomes.

use super::*;
use crate::intake::records::Identity;

const DATE: &str = "Date: Mon, 2 Nov 2026 10:00:00 +0100\n";

/// A message with a date, given the rest of its headers with `|` between them.
fn told(headers: &str) -> String {
    line(&read(format!("{DATE}{}\n\nbody", headers.replace('|', "\n"))))
}

fn mail(headers: &str) -> Result<Record, RecordError> {
    read(format!("{DATE}{headers}\n\nbody"))
}

#[test]
fn which_way_and_with_whom() {
    for (headers, expected) in [
        ("From: Anna <Anna@Klant.example>|To: me@home.example", "in email human personal service new: anna@klant.example"),
        ("From: me@home.example|To: anna@klant.example", "out email human personal service new: anna@klant.example"),
        (
            "From: ik@firm.example|To: anna@klant.example, ANNA@klant.example|Cc: jij@firm.example",
            "out email human personal service new: anna@klant.example",
        ),
        (
            "From: me@home.example|To: a@x.example|Cc: b@x.example|Bcc: c@x.example",
            "out email human personal service new: a@x.example b@x.example c@x.example",
        ),
        (
            "From: me@home.example|To: a@x.example, b@x.example, c@x.example, d@x.example",
            "out email human merged service: a@x.example b@x.example c@x.example d@x.example",
        ),
        ("From: a@x.example|To: me@home.example|Cc: b@x.example, c@x.example, d@x.example", "in email human personal service: a@x.example"),
        ("From: me@home.example|To: me@home.example, jij@firm.example", "nothing: to myself only"),
        ("From: me@home.example|To: undisclosed-recipients:;", "nothing: it names nobody it was sent to"),
        ("From: a@x.example|To: list@else.example", "in email human personal service: a@x.example"),
        ("From: a@x.example|Delivered-To: me@home.example", "in email human personal service new: a@x.example"),
        (
            "From: a@x.example, b@x.example|Sender: b@x.example|To: me@home.example",
            "in email human personal service new: a@x.example b@x.example",
        ),
        ("Sender: a@x.example|To: me@home.example", "in email human personal service new: a@x.example"),
        ("To: me@home.example", "error: it does not say who sent it"),
        ("Subject: hallo", "error: it names no sender and nobody it was sent to"),
        // obsolete but legal: a space before the colon
        ("From : a@x.example|To : me@home.example", "in email human personal service new: a@x.example"),
    ] {
        assert_eq!(told(headers), expected, "{headers}");
    }
    for (delivered, said) in [("", true), ("\nDelivered-To: me@home.example", false)] {
        let why = reasons(&mail(&format!("From: a@x.example\nTo: list@else.example{delivered}")));
        assert_eq!(why.contains("you are not among those"), said, "{why}");
    }
}

#[test]
fn a_contact_form_comes_from_its_visitor() {
    let visitor = "in email human personal service new: visitor@x.example";
    for (headers, expected) in [
        ("From: site@firm.example|To: me@home.example|Reply-To: Visitor <visitor@x.example>", visitor),
        ("From: noreply@builder.example|To: me@home.example|Reply-To: visitor@x.example", visitor),
        (
            "From: wordpress@firm.example|To: me@home.example|Reply-To: visitor@x.example|Subject: Nieuwe bestelling",
            "in email human personal transactional new: visitor@x.example",
        ),
        ("From: site@firm.example|To: me@home.example|Reply-To: visitor@x.example|Precedence: bulk", visitor),
        ("From: site@firm.example|To: me@home.example|Reply-To: no-reply@x.example", "nothing: to myself only"),
        // of the same organisation: a notice
        ("From: noreply@shop.example|To: me@home.example|Reply-To: help@mail.shop.example", "nothing: an automatic message"),
        (
            "From: noreply@shop.example|To: me@home.example|Reply-To: x@other.example|List-Unsubscribe: <https://x.example>",
            "nothing: a newsletter",
        ),
        (
            "From: me@home.example|To: anna@klant.example|Reply-To: else@x.example",
            "out email human personal service new: anna@klant.example",
        ),
    ] {
        assert_eq!(told(headers), expected, "{headers}");
    }
    assert!(reasons(&mail("From: site@firm.example\nTo: me@home.example\nReply-To: a@x.example")).starts_with("a contact form"));
}

#[test]
fn a_machine_is_known_by_its_signs() {
    const IN: &str = "From: a@x.example|To: me@home.example|";
    const HUMAN: &str = "in email human personal service new: a@x.example";
    const REPLIED: &str = "in email human personal service new: a@x.example";
    for (headers, expected) in [
        ("Auto-Submitted: auto-generated", "nothing: an automatic message"),
        ("Auto-Submitted: auto-replied (vacation)", "nothing: an automatic reply"),
        ("Auto-Submitted: no", HUMAN),
        ("Auto-Submitted: No; why=not", HUMAN),
        ("Auto-Submitted: auto-notified; owner-email=\"x\"|In-Reply-To: <1@x>", "nothing: an automatic message"),
        ("X-Autoreply: yes", "nothing: an automatic reply"),
        ("X-Autoreply: no", HUMAN),
        ("Precedence: auto_reply", "nothing: an automatic reply"),
        ("Precedence: Bulk", "nothing: a newsletter"),
        ("Precedence: first-class", HUMAN),
        ("Subject: Automatisch antwoord: offerte", "nothing: an automatic reply"),
        ("Subject: Out of Office: hello", "nothing: an automatic reply"),
        ("Return-Path: <>|In-Reply-To: <1@x>", "nothing: an automatic reply"),
        ("Return-Path: < >", "nothing: an automatic message"),
        ("Return-Path: <a@x.example>", HUMAN),
        ("List-Id: Nieuws <nieuws.x.example>", "nothing: a newsletter"),
        ("List-Unsubscribe: <mailto:off@x.example>", "nothing: a newsletter"),
        ("Feedback-ID: 1:2:3:ses", "nothing: a newsletter"),
        ("X-Mailer: MailChimp Mailer - **CID123**", "nothing: a newsletter"),
        ("X-Mailer: Apple Mail (2.3445)", HUMAN),
        // a reply to me is a person's, whatever a gateway puts on it
        ("List-Unsubscribe: <mailto:off@x.example>|In-Reply-To: <1@x>", REPLIED),
        ("X-Auto-Response-Suppress: All", "nothing: an automatic message"),
        ("X-Auto-Response-Suppress: All|In-Reply-To: <1@x>", REPLIED),
        // my own address is the list
        ("To: info@firm.example|List-Id: <info.firm.example>|Precedence: list", HUMAN),
        ("To: info@firm.example|List-Post: <https://g.example/post>, <mailto:info@firm.example>|Precedence: list", HUMAN),
        ("Content-Type: multipart/report; report-type=delivery-status; boundary=x", "nothing: a report of a mail server or a read receipt"),
        ("X-Spam-Flag: YES", "nothing: junk mail"),
        ("X-Gmail-Labels: Inbox,Drafts", "nothing: a draft that was never sent"),
    ] {
        assert_eq!(told(&format!("{IN}{headers}")), expected, "{headers}");
    }
    for from in [
        "noreply@x.example",
        "No-Reply-12@x.example",
        "bounce+abc@x.example",
        "mailer-daemon@x.example",
        "niet-beantwoorden@x.example",
        "shop-noreply@x.example",
    ] {
        assert_eq!(told(&format!("From: {from}|To: me@home.example|In-Reply-To: <1@x>")), "nothing: an automatic message", "{from}");
    }
    assert_eq!(
        told("From: a@x.example|To: l@x.example|Delivered-To: me@home.example|List-Id: <l.x>|In-Reply-To: <1@x>"),
        "nothing: a newsletter"
    );
    assert_eq!(told("From: notifications@x.example|To: me@home.example|List-Id: <x.y>|In-Reply-To: <1@x>"), "nothing: a newsletter");
    for from in ["norepublic@x.example", "noreplyman@x.example", "alertson@x.example"] {
        assert_eq!(told(&format!("From: {from}|To: me@home.example")), format!("in email human personal service new: {from}"));
    }
}

#[test]
fn what_my_own_systems_send_is_automated() {
    const OUT: &str = "From: shop@firm.example|To: a@x.example|";
    for (headers, expected) in [
        ("Auto-Submitted: auto-generated|Subject: Factuur 7", "out email automated merged transactional: a@x.example"),
        ("Auto-Submitted: auto-replied", "out email automated merged service: a@x.example"),
        (
            "Auto-Submitted: auto-generated|List-Unsubscribe: <x:y>|Cc: b@x.example",
            "out email automated generic service: a@x.example b@x.example",
        ),
        ("List-Unsubscribe: <https://x.example>|Subject: Invoice tips", "out newsletter automated generic promo: a@x.example"),
        ("List-Id: <x.y>|In-Reply-To: <1@x>", "out email human personal service new: a@x.example"),
    ] {
        assert_eq!(told(&format!("{OUT}{headers}")), expected, "{headers}");
    }
    assert_eq!(told("From: no-reply@firm.example|To: a@x.example"), "out email automated merged service: a@x.example");
    let crowd = |count: usize| (0..count).map(|n| format!("p{n}@x.example")).collect::<Vec<_>>().join(", ");
    let start = |headers: String| told(&headers).split(':').next().unwrap_or_default().to_owned();
    assert_eq!(start(format!("From: me@home.example|To: {}", crowd(10))), "out email human merged service");
    assert_eq!(start(format!("From: me@home.example|To: {}", crowd(11))), "out newsletter automated generic promo");
    assert_eq!(start(format!("From: a@x.example|To: me@home.example, {}", crowd(11))), "in email human merged service");
    assert_eq!(start(format!("From: me@home.example|In-Reply-To: <1@x>|To: {}", crowd(11))), "out email human merged service");
}

#[test]
fn the_subject_says_what_it_is_about_and_is_not_kept() {
    for (subject, kind) in [
        ("Subject: Factuur 2026-7", "transactional"),
        ("Subject: =?utf-8?Q?Uw_bestelling_is_onderweg?=", "transactional"),
        ("Subject: Re: Factuur 2026-7", "service"),
        ("Subject: Antw: hoe gaat het", "service"),
        ("Subject: hoe gaat het", "service"),
    ] {
        let read = mail(&format!("To: a@x.example\nFrom: me@home.example\n{subject}"));
        assert_eq!(contact(&read).touchpoint.facts.kind.word(), kind, "{subject}");
        let contact = contact(&read);
        assert!(contact.touchpoint.note.is_empty() && contact.named_in.is_empty() && !format!("{contact:?}").contains("actuur"));
    }
    let asked = mail("From: a@x.example\nTo: me@home.example\nSubject: Vraag over factuur 12");
    assert_eq!(contact(&asked).touchpoint.facts.kind.word(), "service", "a customer who writes about an invoice");
    let tags = |headers: &str| contact(&mail(&format!("From: a@x.example\nTo: me@home.example\n{headers}"))).touchpoint.tags.clone();
    assert_eq!(tags("Subject: Hallo daar"), ["subject-e3a08653"]);
    assert_eq!(tags("Subject: RE[2]: [klanten] Fwd:  hallo\n  DAAR"), ["reply", "subject-e3a08653"]);
    assert_eq!(tags("References: <1@x>\nSubject: Re:"), ["reply"]);
}

#[test]
fn names_are_read_as_the_standards_write_them() {
    for (from, address, name) in [
        ("\"Smit, Anna\" <anna@x.example>", "anna@x.example", "Smit, Anna"),
        ("=?ISO-8859-1?Q?Andr=E9?= Pirard <a@x.example>", "a@x.example", "André Pirard"),
        ("=?utf-8?B?Sm9zw6k=?= =?utf-8?B?IHZhbiBkZXIgTWVlcg==?= <j@x.example>", "j@x.example", "José van der Meer"),
        ("anna@x.example (Anna Smit)", "anna@x.example", "Anna Smit"),
        ("Anna (werk) <anna@x.example>", "anna@x.example", "Anna (werk)"),
        ("anna@x.example <anna@x.example>", "anna@x.example", ""),
        ("'Anna Smit' <anna@x.example>", "anna@x.example", "Anna Smit"),
        ("Anna\n  Smit\n <anna@x.example>", "anna@x.example", "Anna Smit"),
        ("=?utf-8?Q?Anna=0A=1B[2J?= <anna@x.example>", "anna@x.example", "Anna [2J"),
        ("Anna <anna@bücher.example>", "anna@bücher.example", "Anna"),
        ("Anna <@relay.example,@b.example:anna@x.example>", "anna@x.example", "Anna"),
        ("Vrienden: Anna <a@x.example>, b@x.example;", "a@x.example b@x.example", "Anna|"),
        ("<mailto:anna@x.example>", "anna@x.example", ""),
    ] {
        let read = mail(&format!("From: {from}\nTo: me@home.example"));
        assert_eq!((addresses(&read).as_str(), names(&read).as_str()), (address, name), "{from}");
    }
    assert_eq!(names(&mail("From: me@home.example\nTo: a@x.example, B <b@x.example>\nCc: Anna <a@x.example>, Bo <b@x.example>")), "Anna|B");
    let latin = [b"From: Andr\xe9 <a@x.example>\nTo: me@home.example\n".as_slice(), DATE.as_bytes()].concat();
    assert_eq!(names(&read(latin)), "André");
    let long = mail(&format!("From: {} <a@x.example>\nTo: me@home.example", "x".repeat(5_000)));
    assert_eq!(names(&long).len(), 200);
    for nobody in ["anna", "<>", "a@b@c", "a b@", "\"anna\"", "@x.example"] {
        assert!(mail(&format!("From: {nobody}\nTo: me@home.example")).is_err(), "{nobody}");
    }
}

#[test]
fn the_first_date_that_can_be_believed_counts() {
    const NOON: i64 = 1_793_620_800_000;
    let at = |headers: &str, envelope: Option<i64>| {
        let read = message(format!("From: a@x.example\nTo: me@home.example\n{headers}\n\n").as_bytes(), 1, &rules(), envelope.map(Moment));
        read.map(|record| match record.told {
            Told::Contact(contact) => (contact.touchpoint.facts.at.0 - NOON, contact.reasons.len()),
            other => panic!("{other:?}"),
        })
    };
    for (headers, reasons) in [
        ("Date: Mon, 02 Nov 2026 13:00:00 +0100 (CET)", 1),
        ("Date: 2 Nov 26 12:00 GMT", 1),
        ("Date: Mon,\n 2 Nov 2026\n 07:00:00 EST", 1),
        ("Date: Mon Nov  2 12:00:00 2026", 1),
        ("Date: Mon, 2 Nov 2026 12:00:00", 1),
        ("Date: 2026-11-02 12:00:00 +0000", 1),
        ("Date: 02-Nov-2026 12:00:00 +0000", 1),
        ("Date: Mon Nov  2 13:00:00 2026 +0100", 1),
        ("Date: Mon Nov  2 07:00:00 EST 2026", 1),
        ("Date: gisteren\nReceived: by a; Mon, 2 Nov 2026 12:00:00 +0000\nReceived: by b; Mon, 2 Nov 2020 12:00:00 +0000", 2),
        ("Date: Thu, 1 Jan 1970 00:00:00 +0000\nReceived: from x (y; z) by a; 2 Nov 2026 12:00:00 +0000", 2),
        ("Date: Thu, 1 Jan 2093 00:00:00 +0000\nReceived: by a; 2 Nov 2026 12:00:00 +0000", 2),
    ] {
        assert_eq!(at(headers, Some(7)), Ok((0, reasons)), "{headers}");
    }
    assert_eq!(at("Date: gisteren\nReceived: by a", Some(NOON + 5)), Ok((5, 2)));
    for (date, envelope) in [("", None), ("Date:", None), ("Date: 31 Foo 2026 99:99:99 +0000", Some(0))] {
        assert_eq!(at(date, envelope).map_err(|error| error.reason.en), Err("it has no date that can be read".to_owned()), "{date}");
    }
}

#[test]
fn a_message_is_recognised_again() {
    let identity = |headers: &str| mail(headers).map(|record| record.identity).unwrap();
    let known = identity("From: a@x.example\nTo: me@home.example\nMessage-ID: <1@x.example>");
    for same in ["Message-Id:\n  <1@x.example>", "message-id: 1@x.example", "Message-ID: < 1@x.example >"] {
        assert_eq!(identity(&format!("From: b@x.example\nTo: me@home.example\n{same}")), known, "{same}");
    }
    let base = "From: a@x.example\nTo: me@home.example\nSubject: x";
    let bare = identity(base);
    assert!(matches!(bare, Identity::Own(_)));
    assert_eq!(identity(&format!("{base}\nMessage-ID: <>")), bare);
    for other in ["From: a@x.example\nTo: me@home.example\nSubject: y", "From: b@x.example\nTo: me@home.example\nSubject: x"] {
        assert_ne!(identity(other), bare, "{other}");
    }
    assert_ne!(known, bare);
}

#[test]
fn what_a_header_says_is_quoted_tamely() {
    let long = format!("auto-generated\u{1b}[31m{}", "x".repeat(500));
    let read = mail(&format!("From: me@home.example\nTo: a@x.example\nAuto-Submitted: {long}"));
    let said = reasons(&read);
    assert!(
        said.starts_with("automated: Auto-Submitted: auto-generated [31mxxx") && said.len() < 120 && !said.contains('\u{1b}'),
        "{said}"
    );
    assert_eq!(reasons(&mail("From: a@x.example\nTo: me@home.example")), "written by a person: no sign of a machine");
}

#[test]
fn line_ends_marks_and_missing_ends_do_not_matter() {
    let plain = format!("From: Anna <a@x.example>\nTo: me@home.example\nMessage-ID: <1@x>\n{DATE}");
    let expected = read(&plain);
    let crlf = plain.replace('\n', "\r\n");
    for same in [
        crlf.clone(),
        format!("\u{feff}{plain}"),
        format!("\r\n\n{crlf}\r\n\r\nFrom: body@x.example\r\n"),
        plain.trim_end().to_owned(),
        format!("From me Mon Nov  2 12:00:00 2026\n{plain}"),
    ] {
        assert_eq!(read(&same), expected, "{same}");
        assert!(!String::from_utf8(headers_of(&mut same.as_bytes()).unwrap()).unwrap().contains("body@"), "{same}");
        assert_eq!(read(headers_of(&mut same.as_bytes()).unwrap()), expected, "{same}");
    }
}
