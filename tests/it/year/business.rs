//! A business that is made up: two hundred customers with all sorts of contact, policies and days.

use std::fmt::Write as _;
use std::path::Path;

use rusqlite::{Connection, params};

use super::chance::Chance;
use super::facts::DAY;
use crate::cli;

/// How many customers.
pub const CUSTOMERS: i64 = 200;
/// Names begin so.
pub fn name(number: i64) -> String {
    format!("Klant {number:03}")
}

/// Gifts and an ask that take little time, so that a small week has room for them, and thanks that may never be.
const PLAYS: &str = "plays:
  - {id: small-thing, title: A small thing, action: Give it., theme: present, answers: [cold], not_for: Nobody., minutes: 2, cost: 6,
     occasion: {tag: [deal, milestone, anniversary, life-event, birthday], within: 14d},
     touchpoint: {channel: gift, direction: both, sender: human, personal: personal, kind: relational, sentiment: 1}}
  - {id: fine-thing, title: A fine thing, action: Give it., theme: present, answers: [cold], not_for: Nobody., minutes: 2, cost: 24,
     occasion: {tag: [deal, milestone, anniversary, life-event, birthday], within: 14d},
     touchpoint: {channel: gift, direction: both, sender: human, personal: personal, kind: relational, sentiment: 1}}
  - {id: machine-thanks, title: Thanks by machine, action: Send it., theme: referral, answers: [cold], not_for: Nobody., minutes: 1, cost: 0,
     touchpoint: {channel: phone, direction: both, sender: automated, personal: personal, kind: relational, sentiment: 1, tags: [referral-thanks]}}
  - {id: ask-over-coffee, title: Ask over coffee, action: Ask., theme: referral, answers: [], not_for: Nobody., minutes: 5, cost: 0,
     touchpoint: {channel: visit, direction: both, sender: human, personal: personal, kind: relational, sentiment: 1, tags: [referral-ask]}}
";

/// Makes the workspace, its contacts of the eighteen months before `from`, and who everybody is.
pub fn found(folder: &Path, chance: &mut Chance, from: i64, now: &str) {
    cli::ok(folder, &["init", "--template", "agency", "--no-input", "--lang", "en", "--now", now]);
    std::fs::write(folder.join("playbook.yaml"), PLAYS).unwrap();
    let mut log = String::from(HEADER);
    for customer in 0..CUSTOMERS {
        // Some have been here for long, some came lately, and some of them are seen often.
        let first = chance.within(2, 548);
        for _ in 0..chance.of(&[2, 6, 12, 24, 48]) {
            let at = from - chance.within(1, first * 24) * DAY / 24;
            contact(&mut log, chance, customer, at);
        }
    }
    import(folder, &log, now);
    let db = Connection::open(folder.join("attent.db")).unwrap();
    for customer in 0..CUSTOMERS {
        particulars(&db, chance, customer, from);
    }
}

const HEADER: &str = "at,customer,channel,direction,sender,kind,sentiment,amount,note,tags\n";
const NOTES: &[&str] = &["", "intro", "proposal sent", "kickoff", "sprint", "draft", "handover", "coffee", "about the new shop"];
const TAGS: &[&str] = &["deal", "deal", "milestone", "life-event", "quote", "tender", "declined", "referral-ask", "status-update", "order"];

/// One line of the log.
fn contact(log: &mut String, chance: &mut Chance, customer: i64, at: i64) {
    let channel = chance.of(&["visit", "phone", "phone", "video", "email", "email", "message", "message", "card", "newsletter", "chat"]);
    let direction = if ["email", "message"].contains(&channel) { chance.of(&["in", "in", "out", "both"]) } else { "" };
    let kind = if chance.percent(8) { chance.of(&["promo", "transactional"]) } else { "" };
    let sentiment = if chance.percent(45) { chance.of(&["-0.6", "0.2", "0.5", "0.7", "0.9", "1"]) } else { "" };
    let (note, tag) = (chance.of(NOTES), if chance.percent(18) { chance.of(TAGS) } else { "" });
    let (name, at) = (name(customer), super::facts::stamp(at));
    let (channel, amount) = if chance.percent(1) { ("gift", chance.of(&["", "5", "12.50", "22"])) } else { (channel, "") };
    let direction = if channel == "gift" { "out" } else { direction };
    writeln!(log, "{at},{name},{channel},{direction},,{kind},{sentiment},{amount},{note},{tag}").unwrap();
}

/// The contacts of a week, and a few that are planned: gifts and quotes, which the rules count already.
pub fn week(folder: &Path, chance: &mut Chance, from: i64, until: i64, now: &str) {
    let mut log = String::from(HEADER);
    for _ in 0..chance.within(10, 60) {
        let (customer, at) = (chance.within(0, CUSTOMERS), chance.within(from, until));
        contact(&mut log, chance, customer, at);
    }
    let (who, ahead) = (name(chance.within(0, CUSTOMERS)), super::facts::stamp(until + chance.within(1, 150) * DAY));
    match chance.within(0, 4) {
        0 => writeln!(log, "{ahead},{who},gift,out,,,,15,a planned thing,").unwrap(),
        1 => writeln!(log, "{ahead},{who},visit,both,,,,,the decision,{}", chance.of(&["quote", "life-event", "referral-ask"])).unwrap(),
        _ => {}
    }
    import(folder, &log, now);
}

fn import(folder: &Path, log: &str, now: &str) {
    std::fs::write(folder.join("log.csv"), log).unwrap();
    cli::ok(folder, &["import", "log.csv", "--now", now]);
}

/// Since when somebody is a customer, their birthday, and what they may accept.
fn particulars(db: &Connection, chance: &mut Chance, customer: i64, from: i64) {
    let who: i64 = db.query_row("SELECT id FROM customers WHERE name = ?1", [name(customer)], |row| row.get(0)).unwrap();
    let since = chance.percent(60).then(|| from - chance.within(10, 1_500) * DAY);
    let policy = chance.of(&["unknown", "none", "cap", "cap", "cap", "cap"]);
    let cap = (policy == "cap").then(|| chance.of(&[500, 1_000, 2_400, 4_000, 10_000]));
    let a_year = chance.percent(40).then(|| chance.of(&[1_000, 2_500, 6_000]));
    let segment = if chance.percent(20) { "council" } else { "" };
    let (approval, office) = (chance.percent(10), chance.percent(10));
    let sql = "UPDATE customers SET since = ?2, gifts = ?3, gift_cap = ?4, gift_cap_year = ?5, gift_approval = ?6, gift_office = ?7, segment = ?8,
        no_contact = ?9 WHERE id = ?1";
    db.execute(sql, params![who, since, policy, cap, a_year, approval, office, segment, chance.percent(3)]).unwrap();
    if chance.percent(50) {
        let (month, day) = (chance.within(1, 13), chance.within(1, 29));
        let born = if chance.percent(50) { format!("--{month:02}-{day:02}") } else { format!("1980-{month:02}-{day:02}") };
        let sql = "INSERT INTO particulars (customer, what, value, source) VALUES (?1, 'birthday', ?2, '')";
        db.execute(sql, params![who, born]).unwrap();
    }
}

/// What may change in `attent.yaml`.
#[derive(Debug, Clone)]
pub struct Settings {
    /// Minutes a week.
    pub minutes: i64,
    /// Money a week, in whole euros.
    pub euros: i64,
    /// The rule that is switched off.
    pub off: Option<&'static str>,
}

impl Settings {
    /// Writes them.
    pub fn write(&self, folder: &Path) {
        let (minutes, euros) = (self.minutes, self.euros);
        let mut yaml = format!("language: en\nbudget: {{minutes: {minutes}, euros: {euros}}}\n");
        yaml.push_str("gift_policies: {council: {accepts: 15, a_year: 20, approval: true}}\n");
        if let Some(rule) = self.off {
            writeln!(yaml, "rules: {{{rule}: off}}").unwrap();
        }
        std::fs::write(folder.join("attent.yaml"), yaml).unwrap();
    }
}
