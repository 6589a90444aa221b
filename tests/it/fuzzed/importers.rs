//! The files that are imported.

use std::io::Cursor;

use attent::domain::calendar::Moment;
use attent::domain::limits::{LONGEST_NAME, LONGEST_NOTE};
use attent::domain::party::{Card, Party};
use attent::domain::touchpoint::Touchpoint;
use attent::intake::address_book::{AddressBook, content};
use attent::intake::calendar::{Calendar, CalendarRules};
use attent::intake::contact_words::Words;
use attent::intake::csv_log::{LogRow, Reader};
use attent::intake::kinds::{FileKind, sniff};
use attent::intake::mail::{MailRules, Mbox, headers_of, message};
use attent::intake::records::{Me, Record, RecordError, Records, Told};
use attent::intake::tables::{Head, Profile, Table, Target, head, legible, profiles, propose, remap};
use attent::intake::xes::Xes;
use chrono::{DateTime, FixedOffset, Utc};

use super::bytes::InPieces;
use super::yaml::assert_told;

/// 2026-06-30T12:00:00Z.
pub const NOW: Moment = Moment(1_782_820_800_000);

/// More records than this from a file of the size the fuzzer makes is a reader that does not end.
const ENDLESS: usize = 1_000_000;

/// So many records are looked at and compared.
const ENOUGH: usize = 2_000;

type Read = Result<Record, RecordError>;

fn me() -> Me {
    Me::new(["ik@wiersma.example".to_owned(), "@studio.example".to_owned()])
}

/// All records, each of which keeps to the limits; after an error that is fatal there are no more.
pub fn drain(mut records: impl Records) -> Vec<Read> {
    let mut kept = Vec::new();
    for count in 0.. {
        assert!(count < ENDLESS, "the reader does not end");
        let Some(read) = records.next() else { break };
        let over = read.as_ref().is_err_and(|error| error.fatal);
        if kept.len() < ENOUGH {
            sound(&read);
            kept.push(read);
        }
        if over {
            assert!(records.next().is_none(), "something after an error that ends the file");
            break;
        }
    }
    let _ = records.next_due();
    kept
}

/// What can be opened, drained.
pub fn opened<R: Records>(records: Result<R, RecordError>) -> Vec<Read> {
    match records {
        Ok(records) => drain(records),
        Err(error) => {
            assert!(error.fatal, "a file that cannot be opened has nothing more to give: {error:?}");
            let read = vec![Err(error)];
            sound(&read[0]);
            read
        }
    }
}

fn sound(read: &Read) {
    match read {
        Err(error) => {
            assert!(!error.reason.is_empty(), "an error without words");
            assert_told(&error.reason);
        }
        Ok(record) => match &record.told {
            Told::Contact(contact) => {
                contact.parties.iter().for_each(sound_party);
                contact.reasons.iter().for_each(assert_told);
                sound_touchpoint(&contact.touchpoint);
            }
            Told::Card(card) => sound_card(card),
            Told::Nothing(why) => assert_told(why),
            Told::Aside(aside) => {
                assert_told(&aside.why);
                assert_told(&aside.sign);
                aside.at.into_iter().for_each(sound_moment);
            }
        },
    }
}

fn sound_moment(at: Moment) {
    let year = DateTime::from_timestamp_millis(at.0).map(|at| chrono::Datelike::year(&at));
    assert!(year.is_some_and(|year| (-1..=10_000).contains(&year)), "{at:?} is in the year {year:?}");
}

fn sound_touchpoint(touchpoint: &Touchpoint) {
    sound_moment(touchpoint.facts.at);
    let felt = touchpoint.facts.sentiment.unwrap_or_default();
    assert!((-1.0..=1.0).contains(&felt), "felt {felt}");
    let note = &touchpoint.note;
    assert!(note.chars().count() <= LONGEST_NOTE && !note.contains('\0'), "a note that cannot be stored");
}

fn sound_party(party: &Party) {
    assert!(party.name.chars().count() <= LONGEST_NAME, "a name of {} signs", party.name.chars().count());
    assert!(!party.name.chars().any(char::is_control), "{:?}", party.name);
    assert!(party.addresses.iter().all(|address| !address.chars().any(char::is_control)), "{:?}", party.addresses);
}

fn sound_card(card: &Card) {
    sound_party(&card.party);
    let _ = content(card);
}

/// In whatever pieces a file arrives, it says the same.
fn same_in_pieces(whole: &[Read], pieces: &[Read]) {
    assert_eq!(whole, pieces, "read in pieces it says something else");
}

fn log_rows(source: impl std::io::Read) -> Vec<Result<LogRow, RecordError>> {
    let mut rows = Vec::new();
    let mut reader = match Reader::new(source, Utc) {
        Ok(reader) => reader,
        Err(error) => return vec![Err(error)],
    };
    let mut row = LogRow::default();
    while let Some(read) = reader.next(&mut row) {
        assert!(rows.len() < ENDLESS);
        let over = read.as_ref().is_err_and(|error| error.fatal);
        rows.push(read.map(|()| row.clone()));
        if over {
            break;
        }
    }
    rows
}

/// The log as CSV.
pub fn log_csv(bytes: &[u8]) {
    let rows = log_rows(bytes);
    for row in &rows {
        match row {
            Ok(row) => {
                sound_touchpoint(&row.touchpoint);
                assert!(row.customer.chars().count() <= LONGEST_NAME);
            }
            Err(error) => assert_told(&error.reason),
        }
    }
    assert!(rows == log_rows(InPieces::new(bytes)), "read in pieces it says something else");
    let mut all = Vec::new();
    if legible(bytes).is_ok_and(|mut source| std::io::Read::read_to_end(&mut source, &mut all).is_ok()) {
        assert!(std::str::from_utf8(&all).is_ok(), "legible is UTF-8");
    }
}

/// A table nobody knows, read as proposed, whatever is answered; and with the profiles that are shipped.
pub fn table(bytes: &[u8]) {
    if let Ok(head) = head(bytes) {
        for profile in proposed(&head) {
            let whole = opened(Table::open(bytes, &profile, Utc));
            same_in_pieces(&whole, &opened(Table::open(InPieces::new(bytes), &profile, Utc)));
        }
        if let Some(known) = profiles::recognise(&head.header, profiles::shipped()) {
            drop(opened(Table::open(bytes, known, Utc)));
        }
    }
    let any = &profiles::shipped()[bytes.len() % profiles::shipped().len()];
    drop(opened(Table::open(bytes, any, FixedOffset::east_opt(5 * 3600 + 1800).expect("an offset"))));
}

/// The profiles a table may get: as proposed, with the last answers to every question, and with a column remapped.
pub fn proposed(head: &Head) -> Vec<Profile> {
    let mut proposal = propose(head);
    let mut found = vec![proposal.profile.clone()];
    let mut question = 0;
    while let Some(asked) = proposal.unsure.get(question).cloned() {
        let _ = proposal.matters(&asked);
        proposal.answer(question, question % 3);
        question += 1;
        assert!(question < 1_000, "the questions do not end");
    }
    found.push(proposal.profile.clone());
    for (column, meaning) in [(0, None), (1, Some(Target::Customer)), (2, Some(Target::Amount))] {
        if column < head.header.len() {
            found.push(remap(head, &proposal.profile, column, meaning).profile);
        }
    }
    found
}

/// An mbox.
pub fn mailbox(bytes: &[u8]) {
    let rules = || MailRules::new(me(), Words::default(), NOW);
    let whole = drain(Mbox::new(bytes, rules()));
    same_in_pieces(&whole, &drain(Mbox::new(InPieces::new(bytes), rules())));
}

/// One message: a file of a Maildir or an `.eml`.
pub fn one_message(bytes: &[u8]) {
    let head = headers_of(&mut &*bytes).expect("bytes can be read");
    assert_eq!(head, headers_of(&mut InPieces::new(bytes)).expect("bytes can be read"));
    let rules = MailRules::new(me(), Words::default(), NOW);
    let read = message(&head, 1, &rules, Some(NOW));
    sound(&read);
    assert!(read.as_ref().is_err_and(|error| !error.fatal) || read.is_ok(), "one message is no reason to stop");
    sound(&message(bytes, 1, &rules, None));
}

/// A calendar.
pub fn calendar(bytes: &[u8]) {
    let rules = CalendarRules { me: me(), words: Words::default() };
    drop(opened(Calendar::open(Cursor::new(bytes), &rules, Utc, NOW)));
}

/// An address book.
pub fn address_book(bytes: &[u8]) {
    let whole = drain(AddressBook::new(bytes));
    same_in_pieces(&whole, &drain(AddressBook::new(InPieces::new(bytes))));
}

/// An event log.
pub fn event_log(bytes: &[u8]) {
    let whole = opened(Xes::open(bytes, None, Utc));
    same_in_pieces(&whole, &opened(Xes::open(InPieces::new(bytes), None, Utc)));
}

/// A file of any kind, read as what it looks like.
pub fn any_file(bytes: &[u8]) {
    match sniff(&bytes[..bytes.len().min(8 * 1024)], ["", "x.csv", "mail.mbox.gz", "agenda.ical"][bytes.len() % 4]) {
        Some(FileKind::Vcf) => address_book(bytes),
        Some(FileKind::Csv) => table(bytes),
        Some(FileKind::Xlsx) => super::workbook::sheet(bytes),
        Some(FileKind::Xes) => event_log(bytes),
        Some(FileKind::Mbox) => mailbox(bytes),
        Some(FileKind::Eml | FileKind::Maildir) => one_message(bytes),
        Some(FileKind::Ics) => calendar(bytes),
        Some(FileKind::Jsonl) | None => {}
    }
}
