//! Files that mean no good.

use std::time::{Duration, Instant};

use super::*;
use crate::domain::limits::{LONGEST_NAME, name, note};
use crate::intake::mutate::damaged;

/// Rules that take calcard long, or a lot of memory, or that mean nothing.
const RULES: [&str; 22] = [
    "FREQ=SECONDLY",
    "FREQ=MINUTELY;BYHOUR=3;BYMINUTE=3",
    "FREQ=SECONDLY;BYHOUR=3;BYMINUTE=3;BYSECOND=3",
    "FREQ=HOURLY",
    "FREQ=HOURLY;BYMONTH=2;BYMONTHDAY=30",
    "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30",
    "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30",
    "FREQ=MONTHLY;BYMONTHDAY=31;BYMONTH=4,6,9,11",
    "FREQ=YEARLY;BYWEEKNO=53;BYMONTH=6",
    "FREQ=YEARLY;BYDAY=MO,TU,WE,TH,FR,SA,SU;BYHOUR=1,2,3,4,5,6,7,8,9,10;BYMINUTE=1,2,3,4,5,6,7,8,9;BYSECOND=1,2,3,4,5,6,7",
    "FREQ=DAILY;INTERVAL=65535",
    "FREQ=WEEKLY;INTERVAL=0",
    "FREQ=YEARLY;INTERVAL=99999999999",
    "FREQ=DAILY;COUNT=4294967295",
    "FREQ=DAILY;COUNT=99999999999999999999",
    "FREQ=DAILY;UNTIL=99991231T235959Z",
    "FREQ=MONTHLY;BYSETPOS=-1;BYDAY=MO,TU",
    "FREQ=MONTHLY;BYSETPOS=31;BYDAY=MO",
    "FREQ=WEEKLY;BYDAY=99MO",
    "FREQ=YEARLY;BYYEARDAY=366,-366,0,400;BYDAY=-53SU",
    "FREQ=YEARLY;BYMONTH=0,13,-1;BYWEEKNO=-53,1,-1;WKST=SU",
    "FREQ=WEEKLY;BYMONTHDAY=1",
];

#[test]
fn no_rule_takes_long() {
    for rule in RULES {
        for start in ["19000101T000000", "20240229T235959", "21991231T000000"] {
            let begun = Instant::now();
            let (all, _) = read(events(&[&format!("SUMMARY:x\nDTSTART:{start}\nRRULE:{rule}")]).as_bytes(), LATER);
            assert!(all.len() <= MOST_INSTANCES + 1, "{rule}");
            assert!(begun.elapsed() < Duration::from_secs(5), "{rule} took {:?}", begun.elapsed());
        }
    }
}

#[test]
fn rules_no_appointment_has_are_refused_and_the_first_time_is_told() {
    let values: Vec<String> = (1..=129).map(|day| day.to_string()).collect();
    for (rule, said) in [
        ("FREQ=SECONDLY".to_owned(), "an appointment cannot repeat every minute or second"),
        ("FREQ=MINUTELY;INTERVAL=1440".to_owned(), "an appointment cannot repeat every minute or second"),
        ("FREQ=DAILY;BYHOUR=1,2,3,4,5,6,7;BYMINUTE=1,2,3,4,5,6,7".to_owned(), "the rule by which it repeats is too long"),
        (format!("FREQ=YEARLY;BYYEARDAY={}", values.join(",")), "the rule by which it repeats is too long"),
        ("FREQ=WEEKLY;BYMONTHDAY=1".to_owned(), "the rule by which it repeats cannot be read"),
    ] {
        let text = events(&[&format!("DTSTART:20240108T090000Z\nRRULE:{rule}")]);
        assert_eq!(told(&text, LATER), ["2024-01-08T09:00".to_owned(), format!("! 3: {said}")], "{rule}");
    }
    assert_eq!(told(&events(&["DTSTART:20240108T010000Z\nRRULE:FREQ=DAILY;BYHOUR=1,13;COUNT=3"]), LATER).len(), 3);
}

#[test]
fn the_rules_of_a_file_together_are_bounded() {
    for rule in ["FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30", "FREQ=HOURLY"] {
        let event = |number: u32| format!("BEGIN:VEVENT\nUID:{number}\nSUMMARY:x\nDTSTART:20000101T100000Z\nRRULE:{rule}\nEND:VEVENT\n");
        let text = calendar(&(0..400).map(event).collect::<String>());
        let begun = Instant::now();
        let mut calendar = open(text.as_bytes(), LATER).ok().unwrap();
        let (mut count, mut refused) = (0, 0);
        while let Some(record) = calendar.next() {
            count += 1;
            refused += u32::from(record.is_err_and(|error| error.reason.en.contains("too many appointments")));
        }
        assert!(refused > 300 && count < 1_000_000, "{rule}: {refused} of {count}");
        assert!(begun.elapsed() < Duration::from_secs(60), "{rule} took {:?}", begun.elapsed());
    }
}

/// A file of a moderately rich calendar, to be spoilt.
const SEEDS: [&str; 3] = [
    "BEGIN:VCALENDAR\r\nMETHOD:PUBLISH\r\nBEGIN:VTIMEZONE\r\nTZID:Eigen\r\nBEGIN:STANDARD\r\nDTSTART:19701025T030000\r\nTZOFFSETFROM:+0200\r\n\
TZOFFSETTO:+0100\r\nRRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10\r\nEND:STANDARD\r\nBEGIN:DAYLIGHT\r\nDTSTART:19700329T020000\r\n\
TZOFFSETFROM:+0100\r\nTZOFFSETTO:+0200\r\nRRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3\r\nEND:DAYLIGHT\r\nEND:VTIMEZONE\r\n\
BEGIN:VEVENT\r\nUID:a\r\nSEQUENCE:1\r\nDTSTART;TZID=Eigen:20240108T090000\r\nDTEND;TZID=Eigen:20240108T100000\r\n\
RRULE:FREQ=WEEKLY;BYDAY=MO,WE;INTERVAL=2;UNTIL=20241231T080000Z;WKST=MO\r\nEXDATE;TZID=Eigen:20240122T090000\r\nSUMMARY:Overleg\r\n\
END:VEVENT\r\nBEGIN:VEVENT\r\nUID:a\r\nRECURRENCE-ID;RANGE=THISANDFUTURE;TZID=Eigen:20240205T090000\r\nDTSTART;TZID=Eigen:20240206T090000\r\n\
SUMMARY:Anders\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n",
    "BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:b\nDTSTART;VALUE=DATE:20240229\nDURATION:P1DT2H\nRRULE:FREQ=YEARLY;BYMONTH=2,3;BYMONTHDAY=-1,15;\
BYSETPOS=1;COUNT=9\nRDATE;VALUE=PERIOD:20240301T100000Z/PT1H,20240302T100000Z/20240302T110000Z\nCATEGORIES:Eén,Twee\nCLASS:PRIVATE\n\
SUMMARY;ENCODING=QUOTED-PRINTABLE:Jans=C3=A9n\nEND:VEVENT\nEND:VCALENDAR\n",
    "BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART:20240115T130000Z\nORGANIZER;CN=\"Smit, Anna\":mailto:anna@smit.nl\n\
ATTENDEE;CUTYPE=INDIVIDUAL;PARTSTAT=DECLINED;CN=Ik:mailto:ik\n @mij.nl\nLOCATION:Tel. 06-12345678\nDESCRIPTION:https://zoom.us/j/1\\n\\;x\n\
CONFERENCE;VALUE=URI;FEATURE=PHONE,AUDIO:tel:+31201234567\nRRULE:FREQ=HOURLY;INTERVAL=12;BYHOUR=1,13;COUNT=7\nBEGIN:VALARM\n\
TRIGGER:-PT5M\nEND:VALARM\nEND:VEVENT\nBEGIN:VEVENT\nDTSTART:20240116T130000Z\nSTATUS:CANCELLED\nEND:VEVENT\nEND:VCALENDAR\n",
];

#[test]
fn damaged_calendars_are_read_as_far_as_they_go() {
    for (index, seed) in SEEDS.iter().enumerate() {
        assert!(read(seed.as_bytes(), LATER).0.iter().all(Result::is_ok), "seed {index} is sound");
    }
    damaged(&SEEDS, |n, bytes| {
        let (all, _) = read(bytes, LATER);
        assert!(all.len() <= 4 * MOST_INSTANCES, "{n}");
        for record in all.iter().flatten() {
            let Told::Contact(contact) = &record.told else { continue };
            assert!(contact.parties.iter().all(|party| party.name.is_empty() || name(&party.name).is_ok()), "{n}");
            assert!(note(&contact.touchpoint.note).is_ok() && contact.named_in.chars().count() <= LONGEST_NAME, "{n}");
            assert!(contact.touchpoint.tags.iter().all(|tag| name(tag).is_ok()), "{n}");
            assert!(contact.touchpoint.facts.at <= moment(LATER), "{n}");
        }
    });
}
