use proptest::prelude::*;

use super::*;
use crate::domain::party::Card;
use crate::intake::mutate::damaged;
use crate::intake::records::{Identity, Record, RecordError, Records, Told};

fn read(file: impl AsRef<[u8]>) -> Vec<Result<Record, RecordError>> {
    let mut book = AddressBook::new(file.as_ref());
    std::iter::from_fn(|| book.next()).collect()
}

/// A card on one line: name, firm, addresses, numbers, post, days, categories, notes; `-` for
/// nothing at the end left out.
fn line(card: &Card) -> String {
    let day = |day: &crate::domain::party::Anniversary| {
        format!("{} {}-{}-{}", day.what, day.year.map_or("?".to_owned(), |year| year.to_string()), day.month, day.day)
    };
    let parts = [
        card.party.name.clone(),
        card.organisation.clone(),
        card.party.addresses.join(", "),
        card.party.phones.join(", "),
        card.postal.join(" / "),
        card.anniversaries.iter().map(day).collect::<Vec<_>>().join(", "),
        card.categories.join(", "),
        card.notes.replace('\n', "⏎"),
    ];
    parts.join("|").trim_end_matches('|').to_owned()
}

fn told(file: impl AsRef<[u8]>) -> Vec<String> {
    let one = |told: Result<Record, RecordError>| match told {
        Ok(Record { told: Told::Card(card), .. }) => line(&card),
        Ok(Record { line, told: Told::Nothing(why), .. }) => format!("{line} {why}"),
        Ok(record) => panic!("{record:?}"),
        Err(error) => format!("{error}{}", if error.fatal { " !" } else { "" }),
    };
    read(file).into_iter().map(one).collect()
}

/// A card of the version with these lines.
fn card(version: &str, lines: &str) -> String {
    format!("BEGIN:VCARD\r\nVERSION:{version}\r\n{}\r\nEND:VCARD\r\n", lines.replace('\n', "\r\n"))
}

const APPLE: &str = "N:Vries;Anna;;;\nFN:Anna de Vries\nORG:Bakkerij De Jong;Inkoop\nitem1.EMAIL;type=INTERNET;type=pref:Anna@Example.nl\n\
    item1.X-ABLabel:_$!<Work>!$_\nTEL;type=CELL;type=VOICE;type=pref:06-12345678\nitem2.ADR;type=HOME:;;Hoofdstraat 1\\, boven;Utrecht;;3511 AB;Nederland\n\
    item2.X-ABADR:nl\nBDAY;X-APPLE-OMIT-YEAR=1604:1604-04-12\nitem3.X-ABDATE;type=pref:2010-06-01\nitem3.X-ABLabel:_$!<Anniversary>!$_\n\
    item4.X-ABDATE:2020-02-29\nitem4.X-ABLabel:Opening winkel\nNOTE:Eerste regel\\nTweede\\, met komma\\; en meer\n\
    PHOTO;ENCODING=b;TYPE=JPEG:/9j/4AAQSkZJRgABAQ\n AAAQABAAD/2wBD\nCATEGORIES:Klant,VIP\nX-ABUID:1\nUID:abc-1";

const GOOGLE: &str = "FN:Bart Bakker\nN:Bakker;Bart;;;\nEMAIL;TYPE=INTERNET;TYPE=HOME:bart@x.nl\nTEL;TYPE=CELL:+31 6 8765 4321\nBDAY:--0412\n\
    ORG:Bakker & Zn.\nCATEGORIES:myContacts,Vrienden\nPHOTO:https://lh3.googleusercontent.com/x";

const OLD: &str = "N;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:Gr=C3=B6=C3=9Fe;Ren=C3=A9e;;;\n\
    FN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:Ren=C3=A9e=20=\nGr=C3=B6=C3=9Fe\nTEL;HOME;VOICE:020 123 45 67\nTEL;CELL:0612345678\n\
    EMAIL;PREF;INTERNET:renee@x.nl\nADR;WORK;ENCODING=QUOTED-PRINTABLE;CHARSET=ISO-8859-1:;;Caf=E9straat 2=0D=0Abus 3;Gent;;9000;Belgi=EB\n\
    NOTE;ENCODING=QUOTED-PRINTABLE;CHARSET=WINDOWS-1252:Betaalde =80 5\nPHOTO;JPEG;ENCODING=BASE64:\n /9j/4AAQ\n SkZJRg==\n\nBDAY:19850412";

const NEW: &str = "PRODID:-//Nextcloud Contacts v5\nUID:urn:uuid:4fbe8971-0bc3-424c-9c26-36c3e1eff6b1\nFN:Łukasz Nowak\nN:Nowak;Łukasz;;;\n\
    TEL;VALUE=uri;TYPE=\"voice,home\":tel:+48-612-345-678;ext=102\nEMAIL;TYPE=work:lukasz@x.pl\nBDAY:1985-04-12T00:00:00Z\nANNIVERSARY:20090808\n\
    ADR;TYPE=home:;;ul. Długa 1;Kraków;;31-147;Polska\nKIND:individual\nREV:20260101T000000Z";

#[test]
fn address_books_of_all_kinds_are_read() {
    let hidden = "Eerste regel⏎Tweede, met komma; en meer";
    for (version, lines, expected) in [
        (
            "3.0",
            APPLE,
            format!(
                "Anna de Vries|Bakkerij De Jong|anna@example.nl|06-12345678|Hoofdstraat 1, boven, 3511 AB Utrecht, Nederland|\
                 Opening winkel 2020-2-29, anniversary 2010-6-1, birthday ?-4-12|Klant, VIP|{hidden}"
            ),
        ),
        ("3.0", GOOGLE, "Bart Bakker|Bakker & Zn.|bart@x.nl|+31 6 8765 4321||birthday ?-4-12|Vrienden".to_owned()),
        (
            "2.1",
            OLD,
            "Renée Größe||renee@x.nl|020 123 45 67, 0612345678|Caféstraat 2 bus 3, 9000 Gent, België|birthday 1985-4-12||Betaalde € 5"
                .to_owned(),
        ),
        (
            "4.0",
            NEW,
            "Łukasz Nowak||lukasz@x.pl|+48-612-345-678;ext=102|ul. Długa 1, 31-147 Kraków, Polska|anniversary 2009-8-8, birthday 1985-4-12"
                .to_owned(),
        ),
    ] {
        assert_eq!(told(card(version, lines)), [expected], "{version}");
    }
}

#[test]
fn a_name_is_found_where_there_is_one() {
    for (lines, expected) in [
        ("FN:Anna", "Anna"),
        ("FN: \nN:Dijk;Anna;van;Mevr.;", "Anna van Dijk"),
        ("N:Dijk;;;;", "Dijk"),
        ("FN:\nORG:Firma;Afdeling", "Firma|Firma"),
        ("NICKNAME:Ans,Annie", "Ans"),
        ("EMAIL:ANNA@x.nl", "anna@x.nl||anna@x.nl"),
        ("TEL:0612345678", "|||0612345678"),
        ("FN:Anna\nORG:Firma\nKIND:org", "Firma|Firma"),
        ("FN:Anna\nORG:Firma\nX-ABShowAs:COMPANY", "Firma|Firma"),
        ("FN:Anna\nKIND:group", "1 a group, not a person"),
        ("FN:Anna\nX-ADDRESSBOOKSERVER-KIND:group\nX-ADDRESSBOOKSERVER-MEMBER:urn:uuid:1", "1 a group, not a person"),
        ("FN:Zaal 3\nKIND:location", "1 a thing, not a person"),
        ("NOTE:niets", "1 a card without a name"),
        ("FN:Anna\u{7}\\nde Vries", "Anna de Vries"),
        ("FN:Anna\nEMAIL:mailto:a@x.nl\nEMAIL:geen\nEMAIL:A@x.nl\nTEL:geen", "Anna||a@x.nl"),
    ] {
        assert_eq!(told(card("4.0", lines)), [expected], "{lines}");
    }
    let long = told(card("3.0", &format!("FN:{}\nNOTE:{}", "é".repeat(300), "x".repeat(20_000))));
    assert_eq!(long, [format!("{}|||||||{}", "é".repeat(200), "x".repeat(10_000))]);
}

#[test]
fn a_name_made_of_a_very_long_address_is_no_longer_than_names_are() {
    let address = format!("anna@{}.nl", "x".repeat(250));
    let [Ok(Record { told: Told::Card(card), .. })] = &read(card("4.0", &format!("EMAIL:{address}")))[..] else { panic!() };
    assert_eq!((card.party.name.chars().count(), &card.party.addresses[..]), (crate::domain::limits::LONGEST_NAME, &[address][..]));
}

#[test]
fn days_are_read_however_they_are_written() {
    for (lines, expected) in [
        ("BDAY:1985-04-12", "birthday 1985-4-12"),
        ("BDAY:19850412T120000Z", "birthday 1985-4-12"),
        ("BDAY;VALUE=date:1985-04-12", "birthday 1985-4-12"),
        ("BDAY;VALUE=text:12 april", ""),
        ("BDAY:--0412", "birthday ?-4-12"),
        ("BDAY:--04-12", "birthday ?-4-12"),
        ("BDAY:1604-04-12", "birthday ?-4-12"),
        ("BDAY:1985", ""),
        ("BDAY:1985-04", ""),
        ("BDAY:1985-13-41", ""),
        ("BDAY:20230230", ""),
        ("BDAY:", ""),
        ("X-ANNIVERSARY:2001-05-06", "anniversary 2001-5-6"),
        ("X-EVOLUTION-ANNIVERSARY:2001-05-06", "anniversary 2001-5-6"),
        ("X-ANDROID-CUSTOM:vnd.android.cursor.item/contact_event;2001-05-06;3;;;", "birthday 2001-5-6"),
        ("X-ANDROID-CUSTOM:vnd.android.cursor.item/contact_event;--05-06;0;Naamdag;", "Naamdag ?-5-6"),
        ("X-ANDROID-CUSTOM:vnd.android.cursor.item/nickname;2001-05-06;1", ""),
        ("BDAY:1985-04-12\nBDAY:1985-04-12", "birthday 1985-4-12"),
    ] {
        for version in ["3.0", "4.0"] {
            let expected = if expected.is_empty() { "Anna".to_owned() } else { format!("Anna|||||{expected}") };
            assert_eq!(told(card(version, &format!("FN:Anna\n{lines}"))), [expected], "{version} {lines}");
        }
    }
}

#[test]
fn any_encoding_and_any_end_of_line_will_do() {
    let text = card("3.0", "FN:Renée “Größe”\nNOTE:een\n  twee");
    let expected = ["Renée “Größe”|||||||een twee"];
    let utf_16 = |wide: fn(u16) -> [u8; 2], mark: &str| format!("{mark}{text}").encode_utf16().flat_map(wide).collect::<Vec<u8>>();
    for (what, bytes) in [
        ("utf-8", text.clone().into_bytes()),
        ("mark", format!("\u{feff}{text}").into_bytes()),
        ("lf", text.replace("\r\n", "\n").into_bytes()),
        ("cr", text.replace("\r\n", "\r").into_bytes()),
        ("windows", encoding_rs::WINDOWS_1252.encode(&text).0.into_owned()),
        ("utf-16le", utf_16(u16::to_le_bytes, "\u{feff}")),
        ("utf-16be", utf_16(u16::to_be_bytes, "\u{feff}")),
        ("utf-16le, no mark", utf_16(u16::to_le_bytes, "")),
        ("utf-16be, no mark", utf_16(u16::to_be_bytes, "")),
        ("no last end of line", text.trim_end().as_bytes().to_vec()),
    ] {
        assert_eq!(told(bytes), expected, "{what}");
    }
    // A line folded within a letter, and a set that is named but not used for QUOTED-PRINTABLE.
    let mut folded = b"BEGIN:VCARD\nVERSION:2.1\nFN:Ren\xc3\n \xa9e\nEND:VCARD\n".to_vec();
    folded.extend(b"BEGIN:VCARD\nVERSION:2.1\nFN;CHARSET=ISO-8859-2:\xa3ukasz\nEND:VCARD");
    assert_eq!(told(folded), ["Renée", "Łukasz"]);
    assert_eq!(told(b"BEGIN:VCARD\nFN:Anna\n\xe9\xe9.BDAY:20010506\nEND:VCARD"), ["Anna|||||birthday 2001-5-6"]);
    for (lines, expected) in [
        ("FN;ENCODING=QUOTED-PRINTABLE:Ren=C3=A9e", "Renée"),
        ("FN;QUOTED-PRINTABLE:Ren=E9e", "Renée"),
        ("FN;ENCODING=QUOTED-PRINTABLE:Ren=E9e=", "Renée"),
    ] {
        assert_eq!(told(card("2.1", lines)), [expected], "{lines}");
    }
}

#[test]
fn what_is_wrong_is_told_with_its_line_and_the_next_card_is_read() {
    let broken = "this card is broken off: the line END:VCARD is missing";
    let file = format!("\r\nBEGIN:VCARD\r\nFN:Half\r\n{}begin:vcard\r\nFN:Laatste", card("3.0", "FN:Heel"));
    assert_eq!(told(file), [format!("2: {broken}"), "Heel".to_owned(), format!("8: {broken}")]);
    let nobody = "this is no address book: there is no card (BEGIN:VCARD) in it !";
    for none in ["", "a,b,c\n1,2,3\n", "BEGIN:VCALENDAR\nEND:VCALENDAR\n", "\0\0\0\0", "\u{feff}"] {
        let all = told(none);
        assert!(all.len() == 1 && all[0].ends_with(nobody), "{none:?}: {all:?}");
    }
    assert_eq!(told("x\n".repeat(2_000)), [format!("1001: {nobody}")]);
    let agent = card("2.1", &format!("FN:Chef\nAGENT:\n{}TEL:0612345678", card("2.1", "FN:Secretaris")));
    assert_eq!(told(agent), ["Chef|||0612345678"]);
}

#[test]
fn photographs_are_passed_over_and_cards_without_end_are_not_kept() {
    let photo = "A".repeat(3_000_000);
    for lines in [
        format!("PHOTO;ENCODING=b:{photo}\nFN:Anna"),
        format!("PHOTO:data:image/jpeg;base64,{photo}\nFN:Anna"),
        format!("item1.LOGO;BASE64:\n {}\n\nFN:Anna", photo.replace("AAAAAAAAAA", "AAAAAAAAA\n ")),
        format!("X-SOMETHING;ENCODING=BASE64:\n{}\nFN:Anna", photo.replace("AAAAAAAAAA", "AAAAAAAAA\n")),
    ] {
        assert_eq!(told(card("3.0", &lines)), ["Anna"]);
    }
    let large = format!("{}{}", card("3.0", &format!("FN:Anna\n{}", "NOTE:xxxxxxxxxxxxxxxxxxxx\n".repeat(60_000))), card("3.0", "FN:Bo"));
    assert_eq!(told(large), ["1: this card is too large, even without photographs", "Bo"]);
}

fn identity(lines: &str) -> Identity {
    read(card("3.0", lines))[0].as_ref().unwrap().identity
}

#[test]
fn a_card_is_known_by_its_uid_or_else_by_what_it_says() {
    assert_eq!(identity("UID:1\nFN:Anna"), identity("FN:Anna Anders\nUID:1\nREV:2026"));
    assert_ne!(identity("UID:1\nFN:Anna"), identity("UID:2\nFN:Anna"));
    assert_eq!(identity("FN:Anna\nTEL:1234567\nREV:1"), identity("REV:2\nTEL:1234567\nFN:Anna"));
    assert_ne!(identity("FN:Anna\nTEL:1234567"), identity("FN:Anna\nTEL:7654321"));
    assert_ne!(identity("KIND:group\nFN:a"), identity("KIND:group\nFN:b"));
}

#[test]
fn a_card_that_changed_has_other_content() {
    let one = |lines: &str| match &read(card("3.0", lines))[0] {
        Ok(Record { told: Told::Card(card), .. }) => content(card),
        other => panic!("{other:?}"),
    };
    let base = one(APPLE);
    let twice = "FN:Anna\nTEL:1\nTEL:2";
    assert_eq!(base, one(&format!("{APPLE}\nREV:2026\nX-ABUID:2")));
    assert_eq!(one(twice), one("TEL:2\nFN:Anna\nTEL:1"));
    for (from, to) in [
        ("Anna de", "Anneke de"),
        ("Jong;", "Oud;"),
        ("Anna@", "Ans@"),
        ("06-12345678", "06-12345679"),
        ("3511 AB", "3511 AC"),
        ("1604-04-12", "1604-04-13"),
        ("2010-06-01", "2011-06-01"),
        ("Opening", "Sluiting"),
        ("Klant,VIP", "VIP,Klant"),
        ("Tweede", "Derde"),
    ] {
        assert!(APPLE.contains(from));
        assert_ne!(base, one(&APPLE.replace(from, to)), "{from}");
    }
}

/// A source that breaks after its first bytes.
struct Breaks(&'static [u8]);

impl std::io::Read for Breaks {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        if self.0.is_empty() { Err(std::io::Error::other("the disk is gone")) } else { self.0.read(buffer) }
    }
}

#[test]
fn a_source_that_breaks_is_fatal_and_then_over() {
    let mut book = AddressBook::new(Breaks(b"BEGIN:VCARD\nFN:Anna\nEND:VCARD\nBEGIN"));
    let all: Vec<_> = std::iter::from_fn(|| book.next()).take(5).collect();
    assert!(matches!(all.last(), Some(Err(error)) if error.fatal) && all.len() <= 2, "{all:?}");
}

#[test]
fn damaged_cards_give_nothing_untame() {
    let seeds = [card("3.0", APPLE), card("3.0", GOOGLE), card("2.1", OLD), card("4.0", NEW)];
    let (mut cards, mut files) = (0, 0);
    damaged(&seeds, |n, bytes| {
        files += 1;
        for record in read(bytes).into_iter().flatten() {
            let Told::Card(card) = record.told else { continue };
            cards += 1;
            let name = &card.party.name;
            assert!(name.chars().count() <= 200 && !name.chars().any(char::is_control), "{n}: {name:?}");
            assert!(card.notes.chars().count() <= 10_000 && !card.notes.contains('\0'), "{n}");
        }
    });
    assert!(cards > files / 3, "most of them can still be read: {cards} of {files}");
}

proptest! {
    #[test]
    fn no_bytes_make_it_fall_over(bytes in prop::collection::vec(any::<u8>(), 0..200), body in "[A-Z;:=\r\n \"\\\\a-c0-9é]{0,80}") {
        let _ = read(&bytes);
        let _ = read([b"BEGIN:VCARD\nVERSION:2.1\n", bytes.as_slice(), b"\nEND:VCARD\n"].concat());
        let _ = read(card("4.0", &body));
    }
}
