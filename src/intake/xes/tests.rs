use chrono::Utc;

use super::*;
use crate::intake::mutate::damaged;
use crate::intake::records::{Record, RecordError, Records, Told};
use crate::intake::tables::tests::{profile, shown};
use crate::intake::tables::{Profile, Table, profiles};

const LOG: &str = r#"<?xml version="1.0" encoding="UTF-8" ?>
<!-- a log as tools write it -->
<log xes.version="1.0" xmlns="http://www.xes-standard.org/">
  <extension name="Concept" prefix="concept" uri="http://www.xes-standard.org/concept.xesext"/>
  <global scope="event"><string key="concept:name" value="UNKNOWN"/></global>
  <classifier name="Activity" keys="concept:name"/>
  <string key="concept:name" value="the log"/>
  <trace>
    <string key="concept:name" value="case-1"/>
    <event>
      <string key="concept:name" value="Confirmation of receipt"/>
      <date key="time:timestamp" value="2011-10-11T13:45:40.276+02:00"/>
    </event>
    <event>
      <string key="concept:name" value="T02 Check &amp; decide"><string key="concept:name" value="nested"/></string>
      <date key="time:timestamp" value="2011-10-12T08:26:25.398+02:00"/>
      <list key="more"><values><string key="time:timestamp" value="1999-01-01"/></values></list>
    </event>
  </trace>
  <trace>
    <string key="concept:name" value="case-2"/>
    <event><string key="concept:name" value="B"/><date key="time:timestamp" value="2011-10-11T13:45:40.276+02:00"/></event>
    <event><string key="concept:name" value="A"/><date key="time:timestamp" value="2011-10-11T13:45:40.276+02:00"/></event>
    <event><string key="concept:name" value="A"/><date key="time:timestamp" value="2011-10-11T13:45:40.276+02:00"/></event>
  </trace>
</log>
"#;

const SAME: &str = "case:concept:name,concept:name,time:timestamp
case-1,Confirmation of receipt,2011-10-11T13:45:40.276+02:00
case-1,T02 Check & decide,2011-10-12T08:26:25.398+02:00
case-2,B,2011-10-11T13:45:40.276+02:00
case-2,A,2011-10-11T13:45:40.276+02:00
case-2,A,2011-10-11T13:45:40.276+02:00
";

fn read(profile: Option<&Profile>, bytes: &[u8]) -> Vec<Result<Record, RecordError>> {
    let mut log = match Xes::open(bytes, profile, Utc) {
        Ok(log) => log,
        Err(error) => return vec![Err(error)],
    };
    std::iter::from_fn(|| log.next()).collect()
}

fn lines(profile: Option<&Profile>, text: &str) -> Vec<String> {
    read(profile, text.as_bytes()).iter().map(shown).collect()
}

/// A log of one case with these events.
fn log(events: &str) -> String {
    format!("<log>\n<trace><string key='concept:name' value='c'/>\n{events}\n</trace></log>")
}

fn told(read: Vec<Result<Record, RecordError>>) -> Vec<Told> {
    read.into_iter().map(|read| read.unwrap().told).collect()
}

#[test]
fn a_log_as_xes_and_as_csv_is_the_same() {
    let staged = profile(
        "columns: {at: 'time:timestamp', customer: 'case:concept:name', note: 'concept:name', stage: 'concept:name'}\nvalues: {stage: {confirmation of receipt: receipt}}\nalways: {channel: portal}",
    );
    let shipped = profiles::shipped().iter().find(|profile| profile.id == "event-log").unwrap();
    for profile in [shipped, &staged] {
        let mut table = Table::open(SAME.as_bytes(), profile, Utc).ok().unwrap();
        let as_csv = told(std::iter::from_fn(|| table.next()).collect());
        assert_eq!(told(read(Some(profile), LOG.as_bytes())), as_csv);
        assert_eq!(as_csv.len(), 5);
    }
    assert_eq!(lines(None, LOG)[0], "10: case-1 | 2011-10-11T11:45 portal out automated generic service note=Confirmation of receipt");
    assert_eq!(lines(None, LOG)[4], "24: case-2 | 2011-10-11T11:45 portal out automated generic service note=A");
    assert!(lines(Some(&staged), LOG)[0].contains("stage=receipt") && !lines(Some(&staged), LOG)[1].contains("stage="));
}

#[test]
fn encodings_and_prefixes_do_not_matter() {
    let plain = told(read(None, LOG.replace("case-1", "Renée").as_bytes()));
    let latin = LOG.replace("UTF-8", "ISO-8859-1").replace("case-1", "Renée");
    assert_eq!(told(read(None, &encoding_rs::WINDOWS_1252.encode(&latin).0)), plain);
    let wide: Vec<u8> = format!("\u{feff}{}", LOG.replace("UTF-8", "UTF-16").replace("case-1", "Renée"))
        .encode_utf16()
        .flat_map(u16::to_le_bytes)
        .collect();
    assert_eq!(told(read(None, &wide)), plain);
    let mut prefixed = LOG.replace("case-1", "Renée");
    for tag in ["log", "trace", "event", "string", "date", "list", "values"] {
        prefixed = prefixed.replace(&format!("<{tag}"), &format!("<x:{tag}")).replace(&format!("</{tag}"), &format!("</x:{tag}"));
    }
    assert_eq!(told(read(None, prefixed.as_bytes())), plain);
}

#[test]
fn only_completed_steps_count_where_a_log_says_so() {
    let event = |state: &str| {
        format!(
            "<event><string key='concept:name' value='a'/><date key='time:timestamp' value='2026-01-01T00:00:00Z'/><string key='lifecycle:transition' value='{state}'/></event>\n"
        )
    };
    let text = log(&["start", "COMPLETE", "schedule"].map(event).concat());
    let own = profile("columns: {at: 'time:timestamp', customer: 'case:concept:name'}\nalways: {channel: visit}");
    for of in [None, Some(&own)] {
        let all = lines(of, &text);
        assert_eq!((&all[0][..], &all[2][..]), ("3: nothing: not a completed step", "5: nothing: not a completed step"));
        assert!(all[1].starts_with("4: c |"), "{all:?}");
    }
    let starts = profile(
        "columns: {at: 'time:timestamp', customer: 'case:concept:name'}\nalways: {channel: visit}\nonly: {'lifecycle:transition': start}",
    );
    assert!(lines(Some(&starts), &text)[0].starts_with("3: c |"));
}

#[test]
fn an_events_own_word_goes_before_its_traces() {
    let text = log(
        "<event><string key='case:concept:name' value='own'/><string key='concept:name' value='a'/><date key='time:timestamp' value='2026-01-01T00:00:00Z'/></event>",
    );
    assert!(lines(None, &text)[0].starts_with("3: own |"));
}

#[test]
fn wrong_events_are_told_and_the_next_is_read() {
    let fine = "\n<event><string key='concept:name' value='a'/><date key='time:timestamp' value='2026-01-01T00:00:00Z'/></event>";
    for (event, said) in [
        ("<event><date key='time:timestamp' value='soon'/></event>", "3: `time:timestamp` is not a date: `soon`"),
        ("<event/>", "3: `time:timestamp` is empty: a contact needs a date"),
        ("<event><string key='concept:name' value='&bomb;'/></event>", "3: this is not well-formed XML: "),
        ("<event><string key='concept:name' value='a' value='b'/></event>", "3: this is not well-formed XML: "),
    ] {
        let all = lines(None, &log(&format!("{event}{fine}")));
        assert!(all.len() == 2 && all[0].starts_with(said) && all[1].starts_with("4: c |"), "{event}: {all:?}");
    }
}

#[test]
fn what_is_no_log_is_refused() {
    let deep = log(&format!("<event>{}", "<container key='a'>".repeat(100)));
    let long = log(&format!("<event><string key='a' value='{}", "x".repeat(5 << 20)));
    let many = log(&format!("<event>{}</event>", "<int key='a' value='1'/>".repeat(10_001)));
    for (text, said) in [
        ("", "fatal 1: this is no XES event log"),
        ("at,customer,channel\n", "fatal 2: this is no XES event log"),
        ("<html></html>", "fatal 1: this is no XES event log"),
        ("<log><trace>", "fatal 1: the file ends before the log does"),
        ("<log></trace></log>", "fatal 1: this is not well-formed XML"),
        ("<!DOCTYPE log [<!ENTITY a 'b'>]>\n<log/>", "fatal 1: this file defines entities of its own"),
        (&deep, "fatal 3: this is nested deeper than 64 levels"),
        (&long, "fatal 3: a piece of this file has no end within 4 MB"),
        (&many, "fatal 3: this has more than 10000 attributes"),
    ] {
        let all = lines(None, text);
        assert!(all.len() == 1 && all[0].starts_with(said), "{said}: {all:?}");
    }
    assert!(lines(None, "<log/>").is_empty());
}

#[test]
fn damaged_event_logs_are_read_as_far_as_they_go() {
    damaged(&[LOG], |n, bytes| {
        let all = read(None, bytes);
        assert!(all.len() < 20, "{n}");
        assert!(all.iter().rev().skip(1).all(|read| !matches!(read, Err(error) if error.fatal)), "{n}: nothing follows what is fatal");
    });
}
