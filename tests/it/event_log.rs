//! An event log (case, activity, timestamp), as process-mining tools export it: a case becomes a
//! customer, an activity a note that rules place. As CSV and as XES it gives the same contacts.

use std::fmt::Write as _;
use std::io::Write as _;
use std::path::Path;

use flate2::Compression;
use flate2::write::GzEncoder;
use serde_json::Value;

use crate::cli::{json, ok, workspace};

/// Case, activity and moment; two events of one case at one moment, and two that are the same.
const EVENTS: &[[&str; 3]] = &[
    ["case-1", "Confirmation of receipt", "2011-10-11T13:45:40.276+02:00"],
    ["case-1", "T02 Check confirmation of receipt", "2011-10-12T08:26:25.398+02:00"],
    ["case-1", "T10 Determine necessity to stop", "2011-11-24T15:36:51.302+01:00"],
    ["case-2", "Confirmation of receipt", "2011-10-11T13:45:40.276+02:00"],
    ["case-2", "T02 Check confirmation of receipt", "2011-10-11T13:45:40.276+02:00"],
    ["case-2", "T02 Check confirmation of receipt", "2011-10-11T13:45:40.276+02:00"],
];

const JOURNEY: &str = "id: permit
stages:
  - {id: receipt, rules: [{word: confirmation of receipt}]}
  - {id: check, rules: [{word: [t02, t03], channel: portal}]}
  - {id: decide, rules: [{word: [t10], channel: portal}]}
";

fn csv(header: &str) -> Vec<u8> {
    let rows = EVENTS.iter().map(|event| event.join(",") + "\n");
    format!("{header}\n{}", rows.collect::<String>()).into_bytes()
}

fn xes() -> Vec<u8> {
    let mut text = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<log xes.version=\"1.0\">\n".to_owned();
    for case in EVENTS.chunk_by(|one, next| one[0] == next[0]) {
        writeln!(text, "<trace><string key=\"concept:name\" value=\"{}\"/>", case[0][0]).unwrap();
        for [_, activity, at] in case {
            writeln!(
                text,
                "<event><string key=\"concept:name\" value=\"{activity}\"/><date key=\"time:timestamp\" value=\"{at}\"/></event>"
            )
            .unwrap();
        }
        text += "</trace>\n";
    }
    (text + "</log>\n").into_bytes()
}

fn packed(bytes: &[u8]) -> Vec<u8> {
    let mut packer = GzEncoder::new(Vec::new(), Compression::fast());
    packer.write_all(bytes).unwrap();
    packer.finish().unwrap()
}

/// A workspace into which a file was read.
fn imported(name: &str, bytes: &[u8]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    workspace(folder.path(), JOURNEY);
    std::fs::write(folder.path().join(name), bytes).unwrap();
    let answer = json(folder.path(), &["import", name]);
    assert_eq!((&answer["added"], &answer["new_customers"], &answer["skipped"]), (&6.into(), &2.into(), &0.into()), "{name}: {answer}");
    assert_eq!(json(folder.path(), &["import", name])["known"], 6, "{name}");
    folder
}

/// All that is known of every contact, but where it came from and its number.
fn contacts(folder: &Path) -> Vec<Value> {
    let one = |case: &str| json(folder, &["timeline", case])["touchpoints"].as_array().unwrap().clone();
    let mut all: Vec<Value> = ["case-1", "case-2"].into_iter().flat_map(one).collect();
    for contact in all.iter_mut().map(|contact| contact.as_object_mut().unwrap()) {
        contact.retain(|key, _| key != "id" && key != "source");
    }
    all
}

#[test]
fn an_event_log_comes_in_and_is_placed_by_its_activities() {
    let folder = imported("events.csv", &csv("case,activity,timestamp"));
    ok(folder.path(), &["check"]);
    let score = json(folder.path(), &["score", "--now", "2011-12-01"]);
    let contacts: Vec<u64> = score["stages"].as_array().unwrap().iter().map(|stage| stage["touchpoints"].as_u64().unwrap()).collect();
    assert_eq!(contacts, [2, 3, 1], "identical events are kept");
    let cells = json(folder.path(), &["score", "--by", "customer", "--now", "2011-12-01"]);
    // Equal moments keep the order of the file; no contact here moves people, so the latest counts.
    let stage = |n: usize| cells["customers"][n]["stage"].as_str().unwrap();
    assert_eq!([stage(0), stage(1)], ["check", "decide"]);
}

#[test]
fn as_csv_and_as_xes_it_gives_the_same_contacts() {
    let plain = imported("events.csv", &csv("case,activity,timestamp"));
    let expected = contacts(plain.path());
    let facts = ["at", "channel", "direction", "sender", "personal", "kind", "note", "stage"].map(|key| expected[0][key].as_str().unwrap());
    let all = ["2011-10-11T11:45:40.276+00:00", "portal", "out", "automated", "generic", "service", "Confirmation of receipt", "receipt"];
    assert!(expected.len() == 6 && facts == all, "{expected:?}");
    for (name, bytes) in [
        ("pm4py.csv", csv("case:concept:name,concept:name,time:timestamp")),
        ("events.xes", xes()),
        ("events.xes.gz", packed(&xes())),
        ("events.csv.gz", packed(&csv("case,activity,timestamp"))),
    ] {
        assert_eq!(contacts(imported(name, &bytes).path()), expected, "{name}");
    }
}
