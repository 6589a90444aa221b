use chrono::{FixedOffset, Utc};
use proptest::prelude::*;

use super::*;
use crate::domain::calendar::Moment;
use crate::domain::limits;
use crate::domain::money::Cents;
use crate::domain::words::{Channel, Direction, Kind, Personal, Sender};
use crate::intake::mutate::damaged;
use crate::intake::records::RecordError;

/// Every row, or its line and complaint.
fn rows(bytes: &[u8]) -> Vec<Result<LogRow, (u64, String)>> {
    let mut reader = match Reader::new(bytes, Utc) {
        Ok(reader) => reader,
        Err(error) => return vec![Err((error.line, error.reason.en))],
    };
    let (mut row, mut all) = (LogRow::default(), Vec::new());
    while let Some(read) = reader.next(&mut row) {
        all.push(read.map(|()| row.clone()).map_err(|error| (error.line, error.reason.en)));
    }
    all
}

/// The rows below a full header.
fn fine(bytes: impl AsRef<[u8]>) -> Vec<LogRow> {
    rows(bytes.as_ref()).into_iter().map(Result::unwrap).collect()
}

/// The complaint about one field, all others being right.
fn complaint(column: &str, value: impl AsRef<[u8]>) -> String {
    let mut names = vec!["at", "customer", "channel"];
    let mut fields = ["2026-06-30", "Anna", "phone"].map(|field| field.as_bytes().to_vec()).to_vec();
    match names.iter().position(|&name| name == column) {
        Some(place) => fields[place] = value.as_ref().to_vec(),
        None => {
            names.push(column);
            fields.push(value.as_ref().to_vec());
        }
    }
    match rows(&[names.join(",").as_bytes(), &fields.join(&b',')].join(&b'\n')).as_slice() {
        [Err((2, said))] => said.clone(),
        other => panic!("{column}: {other:?}"),
    }
}

const FULL: &str = "at,customer,channel,direction,sender,personal,kind,sentiment,stage,amount,minutes,note,tags\n";

/// A file in which every line comes by itself, as it does through a pipe.
struct Lines<'a>(std::str::SplitInclusive<'a, char>);

impl std::io::Read for Lines<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let line = self.0.next().unwrap_or_default();
        buffer[..line.len()].copy_from_slice(line.as_bytes());
        Ok(line.len())
    }
}

#[test]
fn a_stray_return_in_the_header_says_the_same_through_a_pipe() {
    let text = "at,customer,\rchannel\n2026-06-30,Anna,phone\n";
    let whole = rows(text.as_bytes());
    let mut piped = Reader::new(Lines(text.split_inclusive('\n')), Utc).ok().unwrap();
    let mut row = LogRow::default();
    assert_eq!(piped.next(&mut row), Some(Ok(())));
    assert_eq!(whole, [Ok(row)]);
}

#[test]
fn a_full_row_is_read_whole() {
    let all = fine(format!(
        "{FULL}2026-06-30 14:30,Anna Smit,email,in,assisted,merged,promo,\"0,5\",offer,\"12,50\",15,\" Zei \"\"ja\"\" \",VIP; nl vip\n"
    ));
    let [row] = all.as_slice() else { panic!("{all:?}") };
    let facts = row.touchpoint.facts;
    assert_eq!((row.line, row.customer.as_str(), facts.at), (2, "Anna Smit", Moment(1_782_829_800_000)));
    assert_eq!((facts.channel, facts.direction, facts.sender), (Channel::Email, Direction::In, Sender::Assisted));
    assert_eq!((facts.personal, facts.kind, facts.sentiment), (Personal::Merged, Kind::Promo, Some(0.5)));
    let touchpoint = &row.touchpoint;
    assert_eq!((touchpoint.stage.as_deref(), touchpoint.amount, touchpoint.minutes), (Some("offer"), Some(Cents(1250)), Some(15)));
    assert_eq!((touchpoint.note.as_str(), touchpoint.tags.join("+")), ("Zei \"ja\"", "nl+vip".to_owned()));
}

#[test]
fn what_is_left_out_is_the_channels_default_and_nothing_of_the_row_before() {
    let all = fine(format!("{FULL}2026-06-30,A,visit,in,human,generic,promo,1,s,1,1,n,t\n2026-06-30,B,Nieuwsbrief,,,,,,,,,,\n"));
    let usual = Channel::Newsletter.defaults();
    let facts = all[1].touchpoint.facts;
    assert_eq!((facts.direction, facts.sender, facts.personal, facts.kind), (usual.direction, usual.sender, usual.personal, usual.kind));
    let touchpoint = &all[1].touchpoint;
    assert_eq!((facts.sentiment, &touchpoint.stage, touchpoint.amount, touchpoint.minutes), (None, &None, None, None));
    assert!(touchpoint.note.is_empty() && touchpoint.tags.is_empty());
}

#[test]
fn separators_order_case_marks_and_line_ends_do_not_matter() {
    let plain = fine("at,customer,channel,note\n2026-06-30,Anna,phone,hoi\n2026-07-01,Bo,visit,\"a\nb\"\n");
    for same in [
        "\u{feff}at,customer,channel,note\r\n2026-06-30,Anna,phone,hoi\r\n2026-07-01,Bo,visit,\"a\nb\"",
        "Customer;NOTE; At ;channel\n Anna ; hoi ;2026-06-30;PHONE\nBo;\"a\nb\";2026-07-01T00:00Z;visit\n",
        "at\tcustomer\tchannel\tnote\tkind\n2026-06-30\tAnna\tphone\thoi\trelational\n2026-07-01\tBo\tvisit\t\"a\nb\"\t\n",
        "\"at\",\"customer\",\"channel\",\"note\"\r\n\"2026-06-30\",\"anna\",\"Telefoon\",\"hoi\"\r\n\"2026-07-01\",\"Bo\",\"visit\",\"a\nb\"\r\n\r\n",
    ] {
        let all = fine(same);
        assert_eq!(all.iter().map(|row| row.key).collect::<Vec<_>>(), plain.iter().map(|row| row.key).collect::<Vec<_>>(), "{same}");
        assert_eq!(all.iter().map(|row| row.line).collect::<Vec<_>>(), [2, 3], "{same}");
    }
}

#[test]
fn lines_are_those_of_the_file() {
    for end in ["\n", "\r\n"] {
        for last in ["", end] {
            let text = [
                "",
                "at,customer,channel,note",
                "",
                "",
                "2026-06-30,A,phone,\"x",
                "",
                "y\"",
                ",,,",
                "2026-06-30,B,phone,",
                "bad,C,phone,",
                "",
                "2026-06-30,D,phone,",
            ];
            let all = rows((text.join(end) + last).as_bytes());
            let lines: Vec<u64> = all.iter().map(|row| row.as_ref().map_or_else(|(line, _)| *line, |row| row.line)).collect();
            assert_eq!(lines, [5, 9, 10, 12], "{end:?} {last:?}");
            assert!(all[2].is_err());
        }
    }
}

#[test]
fn a_wrong_header_ends_it() {
    for (header, said) in [
        ("", "the file is empty"),
        ("\r\n\n , \n", "the file is empty"),
        ("Anna,2026-06-30,phone", "the first line must name the columns"),
        ("at,customer,chanel", "there is no column `chanel`; did you mean `channel`?"),
        ("at,customer,channel,qwerty", "there is no column `qwerty`; the columns are at, customer"),
        ("at,customer,channel,", "column 4 of the header has no name"),
        ("at,customer,channel,At", "the column `at` stands in the header twice"),
        ("at,channel,note", "the column `customer` is missing"),
        ("at,customer,channel\r2026-06-30,A,phone\r", "the lines end in a way that only old Macs use"),
        ("a\0t\0", "this is not UTF-8"),
    ] {
        let error = Reader::new(header.as_bytes(), Utc).err().unwrap();
        assert!(error.fatal && error.reason.en.starts_with(said), "{header:?}: {error}");
    }
    assert!(Reader::new([0xff, 0xfe, b'a', 0].as_slice(), Utc).err().unwrap().fatal);
}

#[test]
fn a_wrong_row_is_told_and_the_next_is_read() {
    for (column, value, said) in [
        ("at", "30-06-26", "`30-06-26` is not a date such as"),
        ("at", "", "`` is not a date such as"),
        ("at", "2026-02-30", "`2026-02-30` is not in the calendar"),
        ("customer", "  ", "the customer is empty"),
        ("customer", "A\u{1b}[31mnna", "the customer has a line break"),
        ("customer", "\"A\nB\"", "the customer has a line break"),
        ("customer", &"é".repeat(201), "the customer is longer than 200"),
        ("channel", "", "the channel is empty"),
        ("channel", "pigeon", "channel `pigeon`: `pigeon` is not a channel; it is one of: visit"),
        ("direction", "up", "direction `up`:"),
        ("sender", "robot", "sender `robot`:"),
        ("personal", "very", "personal `very`:"),
        ("kind", "odd", "kind `odd`:"),
        ("sentiment", "1.01", "sentiment `1.01`: a sentiment is a number"),
        ("sentiment", "NaN", "sentiment `NaN`:"),
        ("sentiment", "good", "sentiment `good`:"),
        ("amount", "lots", "amount `lots`:"),
        ("minutes", "-5", "minutes `-5`: minutes are a whole"),
        ("minutes", "4294967296", "minutes `4294967296`:"),
        ("note", &"x".repeat(10_001), "the note is longer than 10000"),
        ("note", "a,b", "5 fields where the header has 4"),
        ("tags", &"t".repeat(201), "the tags is longer than 200"),
    ] {
        assert!(complaint(column, value).starts_with(said), "{column}={value}: {}", complaint(column, value));
    }
    for column in ["at", "customer", "note", "channel", "sentiment"] {
        assert!(complaint(column, b"caf\xe9").contains("is not UTF-8"), "{column}");
    }
    let all = rows(b"at,customer,channel\n2026-06-30,Anna\n2026-06-30,Anna,phone\n2026-06-30,Anna,phone,x\n2026-06-30,Bo,phone");
    assert_eq!(all.iter().map(Result::is_ok).collect::<Vec<_>>(), [false, true, false, true]);
    assert_eq!(all[0], Err((2, "2 fields where the header has 3".to_owned())));
}

#[test]
fn a_quote_never_closed_does_not_swallow_the_rest_in_silence() {
    let start = "at,customer,channel,note\n2026-06-30,A,phone,x\n\n2026-06-30,B,phone,";
    for end in ["\"hoi\n2026-06-30,C,phone,y\n", "\"hoi", "\""] {
        let all = rows(format!("{start}{end}").as_bytes());
        assert!(matches!(all.as_slice(), [Ok(_), Err((4, said))] if said.starts_with("a double quote")), "{all:?}");
    }
    for end in ["\"hoi\n\"", "hoi \"", "h\"oi\n"] {
        assert_eq!(fine(format!("{start}{end}")).len(), 2, "{end:?}");
    }
    assert!(Reader::new(b"at,customer,\"channel\n2026-06-30,A,phone\n".as_slice(), Utc).err().unwrap().fatal);
    assert!(rows(b"at,customer,channel").is_empty());
}

#[test]
fn the_limits_themselves_are_allowed() {
    let text = format!("{FULL}2026-06-30,{},phone,,,,,-1,,,0,{},\n", "é".repeat(200), "ñ".repeat(10_000));
    assert_eq!(fine(text)[0].touchpoint.facts.sentiment, Some(-1.0));
}

#[test]
fn a_key_is_the_meaning() {
    let key = |row: &str| fine(format!("{FULL}{row}\n"))[0].key;
    let base = key("2026-06-30,Anna É,phone,,,,,0,,,,,");
    for same in [
        "2026-06-30T00:00:00Z,ANNA é,Phone,both,human,personal,relational,-0.0,,,,,",
        "2026-06-30T02:00+02:00, anna É ,phone,,,,,0.0,,,,  ,;",
    ] {
        assert_eq!(key(same), base, "{same}");
    }
    let others = [
        "2026-06-30 00:00:00.001,Anna É,phone,,,,,0,,,,,",
        "2026-06-30,Anna E,phone,,,,,0,,,,,",
        "2026-06-30,Anna É,video,,,,,0,,,,,",
        "2026-06-30,Anna É,phone,in,,,,0,,,,,",
        "2026-06-30,Anna É,phone,,assisted,,,0,,,,,",
        "2026-06-30,Anna É,phone,,,merged,,0,,,,,",
        "2026-06-30,Anna É,phone,,,,promo,0,,,,,",
        "2026-06-30,Anna É,phone,,,,,,,,,,",
        "2026-06-30,Anna É,phone,,,,,0,s,,,,",
        "2026-06-30,Anna É,phone,,,,,0,,0,,,",
        "2026-06-30,Anna É,phone,,,,,0,,,0,,",
        "2026-06-30,Anna É,phone,,,,,0,,,,s,",
        "2026-06-30,Anna É,phone,,,,,0,,,,,s",
        "2026-06-30,Anna És,phone,,,,,0,,,,,",
    ]
    .map(key);
    let mut all = [others.as_slice(), &[base]].concat();
    all.sort_unstable();
    all.dedup();
    assert_eq!(all.len(), others.len() + 1);
}

/// The keys lie in people's databases: were they to change, every import would be new again.
#[test]
fn keys_stay_what_they_were() {
    let all = fine(format!("{FULL}2026-06-30,Anna,phone,,,,,0.5,offer,12.50,15,hoi,vip\n"));
    let hex: String = all[0].key.iter().map(|byte| format!("{byte:02x}")).collect();
    assert_eq!(hex, "6aad2d624f9e78c5863b8e0561a819c0", "SHA-256 of the layout in key.rs, worked out by hand elsewhere");
}

#[test]
fn a_stamp_without_an_offset_is_in_the_zone_given() {
    let zone = FixedOffset::east_opt(7200).unwrap();
    let mut reader = Reader::new(b"at,customer,channel\n2026-06-30,A,phone".as_slice(), zone).unwrap();
    let mut row = LogRow::default();
    assert_eq!(reader.next(&mut row), Some(Ok(())));
    assert_eq!(row.touchpoint.facts.at, Moment(1_782_770_400_000));
    assert_eq!(reader.next(&mut row), None);
    assert_eq!(reader.next(&mut row), None);
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
    assert!(Reader::new(Breaks(b"at,cust"), Utc).err().unwrap().fatal);
    let mut reader = Reader::new(Breaks(b"at,customer,channel\n2026-06-30,A,phone\n"), Utc).ok().unwrap();
    let mut row = LogRow::default();
    let mut last = None;
    for _ in 0..3 {
        match reader.next(&mut row) {
            None => break,
            some => last = some,
        }
    }
    assert!(matches!(last, Some(Err(RecordError { fatal: true, .. }))), "{last:?}");
    assert_eq!(reader.next(&mut row), None);
}

#[test]
fn damaged_logs_are_read_as_far_as_they_go() {
    let row =
        "2026-06-30 14:30,Anna Smit,email,in,assisted,merged,promo,\"0,5\",offer,\"12,50\",15,\"Zei \"\"ja\"\"\nen ging\",VIP; vip\r\n";
    let spread = "\u{feff}At;Customer;CHANNEL;note\r\n\r\n30-6-2026;Ren\u{e9};phone;\"een; twee\"\r\n\r\n1-7-2026;Bo;bellen;x";
    damaged(&[format!("{FULL}{row}{row}2026-07-01,B,card,,,,,,,,,,\n"), spread.to_owned()], |n, bytes| {
        let all = rows(bytes);
        assert!(all.len() <= bytes.len() + 1, "{n}");
        for row in all.iter().flatten() {
            assert!(limits::name(&row.customer).is_ok() && limits::note(&row.touchpoint.note).is_ok(), "{n}: {row:?}");
            assert!(row.touchpoint.facts.sentiment.is_none_or(|felt| (-1.0..=1.0).contains(&felt)), "{n}: {row:?}");
        }
    });
}

proptest! {
    #[test]
    fn no_bytes_make_it_fall_over(bytes in prop::collection::vec(any::<u8>(), 0..300), body in "[\"a,;\r\n\t0-9é-]{0,80}") {
        let _ = rows(&bytes);
        let _ = rows(&[FULL.as_bytes(), &bytes].concat());
        let _ = rows(format!("{FULL}2026-06-30,{body}").as_bytes());
    }

    #[test]
    fn what_is_written_is_read(note in "\\PC{0,40}", customer in "[a-zA-Z0-9éß '&;,\"]{0,20}x", minutes in any::<u32>()) {
        let mut writer = csv::Writer::from_writer(Vec::new());
        writer.write_record(["note", "minutes", "customer", "at", "channel"]).unwrap();
        writer.write_record([note.as_str(), &minutes.to_string(), customer.as_str(), "2026-06-30", "card"]).unwrap();
        let all = fine(writer.into_inner().unwrap());
        prop_assert_eq!(all[0].touchpoint.note.as_str(), note.trim());
        prop_assert_eq!(all[0].customer.as_str(), customer.trim());
        prop_assert_eq!(all[0].touchpoint.minutes, Some(minutes));
    }
}
