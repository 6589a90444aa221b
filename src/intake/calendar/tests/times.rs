//! Clocks, zones, durations and the shape of the file.

use super::*;

/// A zone nobody has a name for: one hour ahead of UTC, two in summer.
const ODD_ZONE: &str = "BEGIN:VTIMEZONE\nTZID:Customized Time Zone 1\nBEGIN:STANDARD\nDTSTART:16011028T030000\nTZOFFSETFROM:+0200\n\
TZOFFSETTO:+0100\nRRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10\nEND:STANDARD\nBEGIN:DAYLIGHT\nDTSTART:16010325T020000\n\
TZOFFSETFROM:+0100\nTZOFFSETTO:+0200\nRRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3\nEND:DAYLIGHT\nEND:VTIMEZONE\n";

#[test]
fn clocks_come_to_moments() {
    for (start, at) in [
        ("DTSTART:20240115T130000Z", "2024-01-15T13:00"),
        ("DTSTART;TZID=America/New_York:20240115T080000", "2024-01-15T13:00"),
        ("DTSTART;TZID=W. Europe Standard Time:20240715T090000", "2024-07-15T07:00"),
        ("DTSTART;TZID=\"(UTC+01:00) Amsterdam, Berlin, Bern, Rome, Stockholm, Vienna\":20240715T090000", "2024-07-15T07:00"),
        ("DTSTART;TZID=/freeassociation.sourceforge.net/Tzfile/Europe/London:20240715T090000", "2024-07-15T08:00"),
        ("DTSTART:20240115T090000", "2024-01-15T08:00"),
        ("DTSTART:20240715T090000", "2024-07-15T07:00"),
        ("DTSTART;TZID=Nergens/Bekend:20240715T090000", "2024-07-15T07:00"),
        ("DTSTART;VALUE=DATE:20240715", "2024-07-14T22:00"),
        ("DTSTART:20240715", "2024-07-14T22:00"),
        ("DTSTART;TZID=Europe/Amsterdam:20240715T090000\nX-MICROSOFT-CDO-ALLDAYEVENT:TRUE", "2024-07-14T22:00"),
        // the hour that is skipped, and the hour that comes twice
        ("DTSTART;TZID=Europe/Amsterdam:20240331T023000", "2024-03-31T01:30"),
        ("DTSTART;TZID=Europe/Amsterdam:20241027T023000", "2024-10-27T00:30"),
    ] {
        assert_eq!(told(&events(&[start]), LATER), [at], "{start}");
    }
}

#[test]
fn zones_a_calendar_describes_are_used() {
    for (wall, at) in [
        ("20240115T090000", "2024-01-15T08:00"),
        ("20240715T090000", "2024-07-15T07:00"),
        ("20240331T015900", "2024-03-31T00:59"),
        ("20240331T023000", "2024-03-31T01:30"),
        ("20240331T030000", "2024-03-31T01:00"),
        ("20241027T023000", "2024-10-27T00:30"),
        ("20241027T030000", "2024-10-27T02:00"),
    ] {
        let event = format!("BEGIN:VEVENT\nUID:1\nSUMMARY:x\nDTSTART;TZID=Customized Time Zone 1:{wall}\nEND:VEVENT\n");
        // read in Tokyo, so that nothing comes out right by the reader's own zone; the zone may stand behind
        for text in [calendar(&format!("{ODD_ZONE}{event}")), calendar(&format!("{event}{ODD_ZONE}"))] {
            let tokyo = Tz::from_str("Asia/Tokyo").unwrap();
            let mut calendar = Calendar::open(Cursor::new(text.into_bytes()), &rules(), tokyo, moment(LATER)).ok().unwrap();
            assert_eq!(short(&calendar.next().unwrap()), at, "{wall}");
        }
    }
}

#[test]
fn minutes_are_the_duration() {
    for (lines, minutes) in [
        ("DTSTART:20240115T130000Z\nDTEND:20240115T143000Z", Some(90)),
        ("DTSTART:20240115T130000Z\nDURATION:PT45M", Some(45)),
        ("DTSTART;TZID=Europe/Amsterdam:20240331T010000\nDTEND;TZID=Europe/Amsterdam:20240331T040000", Some(120)),
        ("DTSTART;TZID=Europe/Amsterdam:20240115T130000\nDTEND:20240115T140000", Some(60)),
        ("DTSTART:20240115T130000Z", None),
        ("DTSTART:20240115T130000Z\nDTEND:20240115T120000Z", None),
        ("DTSTART:20240115T130000Z\nDTEND:20240215T120000Z", Some(1440)),
        ("DTSTART:20240115T130000Z\nDURATION:P99999999W", Some(1440)),
        ("DTSTART;VALUE=DATE:20240115\nDTEND;VALUE=DATE:20240117", None),
    ] {
        assert_eq!(contact(lines).touchpoint.minutes, minutes, "{lines}");
    }
}

#[test]
fn the_shape_of_the_file_does_not_matter() {
    let plain = events(&["DTSTART:20240115T130000Z\nSUMMARY:Café bij Zoë\\, en meer"]);
    let folded: Vec<u8> = plain.bytes().flat_map(|byte| if byte == b'\n' { b"\r\n".to_vec() } else { vec![byte] }).collect();
    // a fold behind every byte of the summary, also inside letters
    let at = folded.windows(8).position(|window| window == b"SUMMARY:").unwrap() + 8;
    let mut every = folded[..at].to_vec();
    for &byte in &folded[at..] {
        every.push(byte);
        if !matches!(byte, b'\r' | b'\n') && every.len() < at + 80 {
            every.extend(b"\r\n ");
        }
        if byte == b'\n' {
            break;
        }
    }
    every.extend(b"DTSTART:20240115T130000Z\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n");
    let latin: Vec<u8> = plain.chars().map(|c| c as u8).collect();
    let marked = format!("\u{feff}\n{plain}");
    let lower = plain.replace("BEGIN", "begin").replace("SUMMARY", "Summary");
    for bytes in [plain.as_bytes(), &folded, &every, &latin, marked.as_bytes(), lower.as_bytes()] {
        let (all, _) = read(bytes, LATER);
        let Some(Ok(Record { told: Told::Contact(contact), .. })) = all.first() else { panic!("{all:?}") };
        assert_eq!((contact.named_in.as_str(), utc(contact.touchpoint.facts.at)), ("Café bij Zoë, en meer", "2024-01-15T13:00".into()));
        assert_eq!(all.len(), 1);
    }
    let old = calendar("BEGIN:VEVENT\nDTSTART:20240115T130000Z\nSUMMARY;ENCODING=QUOTED-PRINTABLE;CHARSET=UTF-8:Caf=C3=\n=A9\nEND:VEVENT");
    assert!(matches!(&read(old.as_bytes(), LATER).0[..], [Ok(Record { told: Told::Contact(contact), .. })] if contact.named_in == "Café"));
}

#[test]
fn what_is_wrong_is_told_with_its_line_and_the_rest_is_read() {
    let good = "BEGIN:VEVENT\nUID:g\nSUMMARY:x\nDTSTART:20240115T130000Z\nEND:VEVENT\n";
    for (bad, said) in [
        ("BEGIN:VEVENT\nSUMMARY:x\nEND:VEVENT\n", vec!["! 3: the appointment does not say when it begins (DTSTART)"]),
        ("BEGIN:VEVENT\nDTSTART:morgen\nEND:VEVENT\n", vec!["! 3: `morgen` is not a moment an appointment can begin (DTSTART)"]),
        (
            "BEGIN:VEVENT\nDTSTART:00010101T000000Z\nSUMMARY:x\nEND:VEVENT\n",
            vec!["! 3: `0001-01-01T00:00:00Z` is not a moment an appointment can begin (DTSTART)"],
        ),
        (
            "BEGIN:VEVENT\nDTSTART:20240230T100000Z\nSUMMARY:x\nEND:VEVENT\n",
            vec!["! 3: `2024-02-30T10:00:00Z` is not a moment an appointment can begin (DTSTART)"],
        ),
        (
            "BEGIN:VEVENT\nDTSTART:20240114T100000Z\nSUMMARY:x\n",
            vec!["2024-01-14T10:00", "! 3: the appointment breaks off (END:VEVENT is missing); what stands there was read"],
        ),
        (
            "BEGIN:VEVENT\nDTSTART:20240114T100000Z\nSUMMARY:x\nRRULE:FREQ=OFTEN\nEND:VEVENT\n",
            vec!["2024-01-14T10:00", "! 3: the rule by which it repeats cannot be read"],
        ),
        ("rommel\n;;;:::\nBEGIN:VTODO\nSUMMARY:taak\nBEGIN:VALARM\nEND:VALARM\nEND:VTODO\n", vec![]),
        (
            "BEGIN:VEVENT\nSUMMARY:x\nBEGIN:VALARM\nDTSTART:20200101T000000Z\nSUMMARY:y\nEND:VALARM\nDTSTART:20240114T100000Z\nEND:VEVENT\n",
            vec!["2024-01-14T10:00"],
        ),
    ] {
        let expected: Vec<String> = said.iter().map(|&said| said.to_owned()).chain(["2024-01-15T13:00".to_owned()]).collect();
        assert_eq!(told(&calendar(&format!("{bad}{good}")), LATER), expected, "{bad}");
    }
    let cut = calendar(good).replace("END:VEVENT\n\nEND:VCALENDAR\n", "");
    assert_eq!(
        told(&cut, LATER)[1..],
        [
            "! 3: the appointment breaks off (END:VEVENT is missing); what stands there was read",
            "! 6: the file breaks off (END:VCALENDAR is missing); it may not be complete",
        ]
    );
    let unended = calendar(good).replace("END:VEVENT\n", "");
    let said = ["2024-01-15T13:00", "! 3: the appointment breaks off (END:VEVENT is missing); what stands there was read"];
    assert_eq!(told(&unended, LATER), said, "the file itself is whole");
    let attachment = format!("ATTACH;ENCODING=BASE64:{}\n {}\n", "A".repeat(3_000_000), "B".repeat(3_000_000));
    let heavy = calendar(&format!("BEGIN:VEVENT\n{attachment}DTSTART:20240114T100000Z\nSUMMARY:x\nEND:VEVENT\n"));
    assert_eq!(told(&heavy, LATER), ["2024-01-14T10:00"]);
    let long = format!("BEGIN:VEVENT\nSUMMARY:{}\nDTSTART:20240114T100000Z\nEND:VEVENT\n{good}", "A".repeat(3_000_000));
    assert_eq!(told(&calendar(&long), LATER), ["! 3: the appointment is longer than a megabyte", "2024-01-15T13:00"]);
    let wordy = format!("BEGIN:VEVENT\nDESCRIPTION:{}\nDTSTART:20240114T100000Z\nSUMMARY:x\nEND:VEVENT\n", "é".repeat(3_000_000));
    assert_eq!(told(&calendar(&wordy), LATER), ["2024-01-14T10:00"]);
}

#[test]
fn what_is_no_calendar_is_refused() {
    for wrong in ["", "\n\n", "hoi", "BEGIN:VCARD\nEND:VCARD\n", "\u{ff}\u{fe}B\0E\0", "<html>\nBEGIN:VCALENDAR"] {
        let error = open(wrong.as_bytes(), LATER).err().unwrap();
        assert!(error.fatal && error.reason.en.starts_with("this is not a calendar"), "{wrong:?}: {error}");
    }
    assert!(told(&calendar(""), LATER).is_empty());
}

#[test]
fn the_future_is_not_told_but_its_beginning_is_known() {
    let text = events(&[
        "DTSTART:20240301T100000Z",
        "DTSTART:20240115T100000Z",
        "DTSTART:20240201T100000Z",
        "DTSTART:20240401T100000Z",
        "DTSTART:20240120T100000Z\nSTATUS:CANCELLED",
    ]);
    let (all, due) = read(text.as_bytes(), "2024-01-15T10:00:00Z");
    assert_eq!(all.iter().map(short).collect::<Vec<_>>(), ["2024-01-15T10:00", "- cancelled"]);
    assert_eq!(due.map(utc), Some("2024-02-01T10:00".to_owned()));
    assert_eq!(read(text.as_bytes(), LATER).1, None);
}

/// A source that breaks: in the first pass, or when it is read again.
struct Breaks(Cursor<Vec<u8>>, u32);

impl std::io::Read for Breaks {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        if self.1 == 0 { Err(std::io::Error::other("the disk is gone")) } else { self.0.read(buffer) }
    }
}

impl std::io::Seek for Breaks {
    fn seek(&mut self, to: std::io::SeekFrom) -> std::io::Result<u64> {
        self.1 -= 1;
        self.0.seek(to)
    }
}

#[test]
fn a_source_that_breaks_is_fatal_and_then_over() {
    let source = |passes: u32| Breaks(Cursor::new(events(&["DTSTART:20240115T100000Z"]).into_bytes()), passes);
    let opened = |passes: u32| Calendar::open(source(passes), &rules(), Tz::UTC, moment(LATER));
    assert!(opened(0).err().unwrap().fatal);
    let mut calendar = opened(1).ok().unwrap();
    assert!(matches!(calendar.next(), Some(Err(RecordError { fatal: true, .. }))));
    assert_eq!(calendar.next(), None);
}
