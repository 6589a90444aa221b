//! Files as accidents make them.

use super::*;
use crate::domain::limits;
use crate::intake::mutate::damaged;

const SEEDS: [&str; 3] = [
    "From 1234567890@xxx Mon Nov 02 12:00:00 +0000 2026\r\nX-GM-THRID: 123\r\nX-Gmail-Labels: =?UTF-8?Q?Postvak_IN?=\r\nReceived: from \
     mx.x.example ([192.0.2.1]) by mx.home.example with ESMTPS id abc\r\n        for <me@home.example>; Mon, 02 Nov 2026 12:00:00 +0000 \
     (UTC)\r\nFrom: =?utf-8?B?Sm9zw6k=?= \"van der Meer\" <jose@x.example>\r\nTo: \"Ik, zelf\" <me@home.example>, Vrienden: b@x.example, \
     c@x.example;\r\nSubject: =?iso-8859-1?Q?Re:_factuur_=E9?=\r\nMessage-ID: <1@x.example>\r\nIn-Reply-To: <0@home.example>\r\nDate: Mon, 2 \
     Nov 2026 13:00:00 +0100 (CET)\r\nContent-Type: multipart/alternative; boundary=\"x\"\r\n\r\n--x\r\n>From here\r\n--x--\r\n\r\n",
    "From - Mon Nov  2 12:00:00 2026\nX-Mozilla-Status: 0001\nFrom: me@home.example\nTo: a@x.example (Anna (werk))\nCc: \
     undisclosed-recipients:;\nDate: Mon Nov  2 12:00:00 2026\nSubject: Offerte\n\nFrom my point of view\n\nFrom - Mon Nov  2 12:00:00 \
     2026\nFrom: noreply@news.example\nReply-To: v@y.example\nTo: me@home.example\nList-Id: News <n.news.example>\nAuto-Submitted: \
     auto-generated\nReturn-Path: <>\nDate: 2 Nov 26 12:00 EST\n\nnews\n",
    "Return-Path: <a@x.example>\nDelivered-To: me@home.example\nFrom: <@r.example:a@x.example>\nDate: gisteren\nReceived: by h; 2 Nov 2026 \
     12:00:00 +0000\n\nbody\n",
];

#[test]
fn damaged_mailboxes_are_read_to_their_end_and_give_nothing_untame() {
    damaged(&SEEDS, |n, file| {
        let most = 1 + String::from_utf8_lossy(file).matches("From ").count();
        let read = all(file);
        assert!(read.len() <= most, "{n}: {} records", read.len());
        read.iter().flatten().for_each(|record| tame(n, record));
    });
}

#[test]
fn damaged_messages_give_nothing_untame() {
    damaged(&SEEDS, |n, mut file| {
        let headers = headers_of(&mut file).unwrap();
        message(&headers, 1, &rules(), None).iter().for_each(|record| tame(n, record));
    });
}

fn tame(n: u64, record: &Record) {
    let Told::Contact(contact) = &record.told else { return };
    assert!(!contact.reasons.is_empty() && !contact.parties.is_empty(), "{n}");
    assert!(contact.touchpoint.tags.is_sorted(), "{n}");
    for party in &contact.parties {
        assert!(party.name.is_empty() || limits::name(&party.name) == Ok(&party.name), "{n}: {party:?}");
        assert!(party.addresses.iter().all(|address| limits::name(address).is_ok() && address.contains('@')), "{n}: {party:?}");
    }
}
