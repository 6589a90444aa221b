//! Who, how and why.

use super::*;
use crate::domain::words::{Channel as C, Direction, Personal, Sender};
use crate::intake::records::Identity;

const AT: &str = "DTSTART:20240115T130000Z";

fn attendee(address: &str) -> String {
    format!("ATTENDEE;CN=\"{}\":mailto:{address}", address.split('@').next().unwrap())
}

#[test]
fn the_channel_comes_from_links_words_numbers_and_places() {
    for (lines, channel) in [
        ("SUMMARY:Jansen", C::Visit),
        ("SUMMARY:Jansen\nLOCATION:Dorpsstraat 12\\, 1234 AB Ons Dorp", C::Visit),
        ("SUMMARY:Jansen\nLOCATION:https://us02web.zoom.us/j/1", C::Video),
        ("SUMMARY:Lunch Jansen\nLOCATION:Cafe\nDESCRIPTION:Deelnemen: https://meet.google.com/abc", C::Video),
        ("SUMMARY:Jansen\nURL:https://whereby.com/x", C::Video),
        ("SUMMARY:Jansen\nLOCATION:Microsoft Teams-vergadering", C::Video),
        ("SUMMARY:Jansen\nX-GOOGLE-CONFERENCE:https://meet.google.com/abc", C::Video),
        ("SUMMARY:Jansen\nX-MICROSOFT-SKYPETEAMSMEETINGURL:https://teams.microsoft.com/l/x", C::Video),
        ("SUMMARY:Jansen\nCONFERENCE;VALUE=URI;FEATURE=AUDIO,VIDEO:https://x.example/1", C::Video),
        ("SUMMARY:Jansen\nCONFERENCE;VALUE=URI;FEATURE=PHONE:tel:+31201234567", C::Phone),
        ("SUMMARY:Jansen\nCONFERENCE;VALUE=URI;FEATURE=AUDIO:https://x.example/1", C::Phone),
        ("SUMMARY:Belafspraak Jansen\nLOCATION:Kantoor", C::Phone),
        ("SUMMARY:Call Jansen", C::Phone),
        ("SUMMARY:Telefonisch overleg", C::Phone),
        ("SUMMARY:Afspraak Jansen\nLOCATION:Tel. 06-12345678", C::Phone),
        ("SUMMARY:Jansen\nLOCATION:+31 (0)20 123 4567", C::Phone),
        ("SUMMARY:Jansen\nLOCATION:tel:0201234567", C::Phone),
        ("SUMMARY:Jansen\nLOCATION:Telefoonstraat 12345678", C::Visit),
        ("SUMMARY:Workshop bij Jansen\nLOCATION:Zaal 1", C::Event),
        ("SUMMARY:Zoom met Jansen", C::Video),
        ("SUMMARY:Lunch Jansen\nLOCATION:0612345678", C::Phone),
        ("SUMMARY:Jansen in Bergen op Zoom\nLOCATION:Grote Markt 1\\, Bergen op Zoom", C::Visit),
        ("SUMMARY:Jansen\nLOCATION:Zoom", C::Video),
        ("SUMMARY:Mailtje Jansen", C::Email),
        ("SUMMARY:Mail van Jansen bespreken\nLOCATION:Kantoor", C::Visit),
        ("SUMMARY:Nieuwsbrief Jansen", C::Visit),
        ("SUMMARY:Kerstkaart Jansen\nATTENDEE:mailto:a@b.nl", C::Visit),
    ] {
        let contact = contact(&format!("{AT}\n{lines}"));
        let facts = contact.touchpoint.facts;
        let usual = channel.defaults();
        assert_eq!((facts.channel, facts.direction, facts.kind), (channel, usual.direction, usual.kind), "{lines}");
        assert_eq!(facts.sender, Sender::Human);
        assert!(contact.reasons[0].en.starts_with(channel.word()) && contact.reasons[0].nl.starts_with(&channel.label().nl), "{lines}");
    }
    assert_eq!(contact(&format!("{AT}\nLOCATION:Cafe")).touchpoint.facts.direction, Direction::Both);
}

#[test]
fn the_parties_are_the_others_who_come() {
    let contact = contact(&format!(
        "{AT}\nORGANIZER;CN=Ik:MAILTO:IK@mij.nl\nATTENDEE;CN=\"Smit, Anna\";PARTSTAT=ACCEPTED:mailto:Anna@Smit.NL\n\
         ATTENDEE;CN=anna@smit.nl:mailto:anna@smit.nl\nATTENDEE;CUTYPE=ROOM:mailto:zaal@mij.nl\n\
         ATTENDEE;CUTYPE=RESOURCE;CN=Beamer:mailto:b@x.nl\nATTENDEE;PARTSTAT=DECLINED:mailto:niet@x.nl\n\
         ATTENDEE;CN=Bo;EMAIL=bo@x.nl:urn:uuid:1\nATTENDEE;CN=ik:mailto:ik@mij.nl\nATTENDEE;CN=Cas:tel:0612345678\n\
         ATTENDEE;CN=Dirk;PARTSTAT=DECLINED:tel:0687654321\nORGANIZER;CN=Niet:mailto:niet@x.nl"
    ));
    let parties: Vec<_> =
        contact.parties.iter().map(|party| (party.name.as_str(), party.addresses.join(","), party.phones.join(","))).collect();
    let expected = [("Smit, Anna", "anna@smit.nl", ""), ("Bo", "bo@x.nl", ""), ("Cas", "", "0612345678")];
    assert_eq!(parties, expected.map(|(name, address, phone)| (name, address.to_owned(), phone.to_owned())));
    assert!(contact.may_be_new && contact.named_in == "Overleg");
}

#[test]
fn how_many_come_says_how_personal_it_is() {
    for (count, channel, personal, new) in [
        (0, C::Visit, Personal::Personal, false),
        (1, C::Visit, Personal::Personal, true),
        (3, C::Visit, Personal::Personal, true),
        (4, C::Visit, Personal::Personal, false),
        (5, C::Visit, Personal::Personal, false),
        (6, C::Visit, Personal::Merged, false),
        (20, C::Visit, Personal::Merged, false),
        (21, C::Event, Personal::Generic, false),
    ] {
        let people: Vec<String> = (0..count).map(|number| attendee(&format!("p{number}@x.nl"))).collect();
        let contact = contact(format!("{AT}\n{}", people.join("\n")).trim_end());
        let facts = contact.touchpoint.facts;
        assert_eq!((facts.channel, facts.personal, contact.may_be_new), (channel, personal, new), "{count}");
    }
    let all_day = contact("DTSTART;VALUE=DATE:20240115\nSUMMARY:Jansen\nATTENDEE;CN=A@b.nl:mailto:a@b.nl");
    assert!(!all_day.may_be_new && all_day.parties.len() == 1 && all_day.parties[0].name.is_empty(), "an address is no name");
}

#[test]
fn what_is_no_contact_is_told_as_such() {
    let in_method = |method: &str| calendar(&format!("METHOD:{method}\nBEGIN:VEVENT\nUID:1\nSUMMARY:x\n{AT}\nEND:VEVENT"));
    for (text, why) in [
        (events(&[&format!("{AT}\nSTATUS:CANCELLED")]), "cancelled"),
        (events(&[&format!("{AT}\nSTATUS:CANCELLED\nRRULE:FREQ=DAILY;COUNT=9")]), "cancelled"),
        (events(&[&format!("{AT}\nATTENDEE;PARTSTAT=DECLINED:mailto:ik@mij.nl")]), "declined"),
        (events(&["SUMMARY:Verjaardag Anna\nDTSTART;VALUE=DATE:20240115"]), "a birthday or jubilee, no contact"),
        (events(&["SUMMARY:Anna's 40th Birthday\nDTSTART;VALUE=DATE:20240115\nRRULE:FREQ=YEARLY"]), "a birthday or jubilee, no contact"),
        (events(&[&format!("{AT}\nSUMMARY:AFGEZEGD: lunch met Anna")]), "cancelled"),
        (events(&[&format!("{AT}\nSUMMARY:Canceled: lunch")]), "cancelled"),
        (events(&["SUMMARY:Vakantie Anna\nDTSTART;VALUE=DATE:20240115"]), "a holiday or a deadline, no contact"),
        (events(&[&format!("{AT}\nSUMMARY:")]), "nobody is named"),
        (in_method("CANCEL"), "cancelled"),
        (in_method("REPLY"), "an answer to an invitation"),
        (in_method("COUNTER"), "an answer to an invitation"),
    ] {
        assert_eq!(told(&text, LATER), [format!("- {why}")], "{text}");
    }
    assert_eq!(told(&in_method("REQUEST"), LATER), ["2024-01-15T13:00"]);
    let timed = format!("{AT}\nSUMMARY:Verjaardag Anna");
    assert_eq!(told(&events(&[&timed]), LATER), ["2024-01-15T13:00"], "a party at an hour is one to go to");
    let mixed = calendar(&format!("METHOD:CANCEL\nEND:VCALENDAR\nBEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:2\nSUMMARY:x\n{AT}\nEND:VEVENT"));
    assert_eq!(told(&mixed, LATER), ["2024-01-15T13:00"]);
}

#[test]
fn notes_and_labels_are_clean() {
    let contact_of = |lines: &str| contact(&format!("{AT}\n{lines}"));
    let noted = contact_of("SUMMARY:Een\\nTwee\u{7}  drie\nCATEGORIES:Grote Klant,VIP\nCATEGORIES:vip,\nDESCRIPTION:geheim");
    assert_eq!((noted.touchpoint.note.as_str(), noted.touchpoint.tags.join(" ")), ("Een Twee drie", "grote-klant vip".to_owned()));
    for class in ["PRIVATE", "CONFIDENTIAL"] {
        let private = contact_of(&format!("SUMMARY:Jansen\nCLASS:{class}"));
        assert_eq!((private.touchpoint.note.as_str(), private.named_in.as_str()), ("", "Jansen"));
    }
    let long = contact_of(&format!("SUMMARY:{}\nATTENDEE;CN={}:mailto:a@b.nl", "é".repeat(5000), "x".repeat(5000)));
    assert_eq!((long.touchpoint.note.chars().count(), long.parties[0].name.chars().count()), (200, 200));
}

#[test]
fn the_reasons_say_when_and_that_it_is_a_series() {
    let contact = contact("DTSTART;TZID=Europe/Amsterdam:20240115T140000\nRRULE:FREQ=DAILY;COUNT=1\nLOCATION:https://zoom.us/j/1");
    let said: Vec<&str> = contact.reasons.iter().map(|reason| reason.en.as_str()).collect();
    assert_eq!(said, ["video: the place has a link to zoom.us", "at 14:00 in Europe/Amsterdam", "one of a series"]);
}

#[test]
fn appointments_are_recognised() {
    let identities = |text: &str| read(text.as_bytes(), LATER).0.into_iter().map(|record| record.unwrap().identity).collect::<Vec<_>>();
    let one = |lines: &str| identities(&events(&[lines]))[0];
    let base = one(&format!("UID:a\n{AT}"));
    assert_eq!(base, one("UID:a\nSUMMARY:Anders\nDTSTART:20250101T100000Z"), "a name of its own");
    assert_ne!(base, one(&format!("UID:b\n{AT}")));
    let unnamed = |lines: &str| identities(&calendar(&format!("BEGIN:VEVENT\n{lines}\nEND:VEVENT")))[0];
    let bare = unnamed(&format!("SUMMARY:x\n{AT}"));
    assert_eq!(bare, unnamed(&format!("{AT}\nUID:\nLOCATION:hier\nSUMMARY:x")));
    for other in
        [format!("SUMMARY:y\n{AT}"), "SUMMARY:x\nDTSTART:20240115T140000Z".into(), format!("SUMMARY:x\n{AT}\nDTEND:20240115T140000Z")]
    {
        assert_ne!(bare, unnamed(&other));
    }
    let series = identities(&events(&[&format!("{AT}\nRRULE:FREQ=DAILY;COUNT=3")]));
    assert!(series[0] != series[1] && series[1] != series[2] && matches!(series[0], Identity::Own(_)));
}

/// The identities lie in people's databases: were they to change, every import would be new again.
#[test]
fn identities_stay_what_they_were() {
    let (all, _) = read(events(&[&format!("UID:abc\n{AT}")]).as_bytes(), LATER);
    let Identity::Own(bytes) = all[0].as_ref().unwrap().identity else { panic!() };
    let hex: String = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
    assert_eq!(hex, "95a6b368ec603b30dec07ab4e448ad10", "SHA-256 over the parts with their lengths, worked out elsewhere");
}

#[test]
fn what_attent_put_into_a_calendar_is_no_contact() {
    let start = "DTSTART:20260704T090000Z";
    for (uid, own) in [("1f@attent.invalid", true), ("1F@ATTENT.INVALID", true), ("attent.invalid@x.example", false), ("é", false)] {
        let expected = if own { "- attent's own reminder" } else { "2026-07-04T09:00" };
        assert_eq!(told(&events(&[&format!("UID:{uid}\n{start}")]), LATER), [expected], "{uid}");
    }
}
