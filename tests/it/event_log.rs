//! An event log (case, activity, timestamp), as process-mining tools export it, through the small
//! converter the README shows: a case becomes a customer, an activity a note that rules place.

use crate::cli::{json, ok, workspace};

const EVENTS: &str = "case,activity,timestamp
case-1,Confirmation of receipt,2011-10-11T13:45:40.276+02:00
case-1,T02 Check confirmation of receipt,2011-10-12T08:26:25.398+02:00
case-1,T10 Determine necessity to stop,2011-11-24T15:36:51.302+01:00
case-2,Confirmation of receipt,2011-10-11T13:45:40.276+02:00
case-2,T02 Check confirmation of receipt,2011-10-11T13:45:40.276+02:00
case-2,T02 Check confirmation of receipt,2011-10-11T13:45:40.276+02:00
";

const JOURNEY: &str = "id: permit
stages:
  - {id: receipt, rules: [{word: confirmation of receipt}]}
  - {id: check, rules: [{word: [t02, t03], channel: portal}]}
  - {id: decide, rules: [{word: [t10], channel: portal}]}
";

/// `awk -F, 'NR==1 {print "at,customer,channel,note"} NR>1 {print $3","$1",portal,"$2}'`
fn convert(events: &str) -> String {
    let rows = events.lines().skip(1).map(|line| {
        let fields: Vec<&str> = line.split(',').collect();
        format!("{},{},portal,{}\n", fields[2], fields[0], fields[1])
    });
    "at,customer,channel,note\n".to_owned() + &rows.collect::<String>()
}

#[test]
fn an_event_log_comes_in_and_is_placed_by_its_activities() {
    let folder = tempfile::tempdir().unwrap();
    workspace(folder.path(), JOURNEY);
    std::fs::write(folder.path().join("log.csv"), convert(EVENTS)).unwrap();
    ok(folder.path(), &["check"]);
    ok(folder.path(), &["import", "log.csv"]);
    let score = json(folder.path(), &["score", "--now", "2011-12-01"]);
    let contacts: Vec<u64> = score["stages"].as_array().unwrap().iter().map(|stage| stage["touchpoints"].as_u64().unwrap()).collect();
    assert_eq!(contacts, [2, 3, 1], "identical events are kept");
    let cells = json(folder.path(), &["score", "--by", "customer", "--now", "2011-12-01"]);
    // Equal moments keep the order of the file; no contact here moves people, so the latest counts.
    let stage = |n: usize| cells["customers"][n]["stage"].as_str().unwrap();
    assert_eq!([stage(0), stage(1)], ["check", "decide"]);
}
