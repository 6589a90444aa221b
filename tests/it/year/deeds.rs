//! What the owner does between two digests: some of it, some of it later, some of it not at all; and what
//! happens in the business meanwhile.

use super::Year;
use super::business::{CUSTOMERS, name};
use super::facts::{self, DAY};
use super::history::{self, Nudge};
use crate::cli;

impl Year {
    /// One thing done with a nudge that stands.
    pub fn deed(&mut self, now: i64) {
        let open: Vec<Nudge> = self.nudges.values().filter(|nudge| nudge.open()).cloned().collect();
        if open.is_empty() {
            return;
        }
        let nudge = self.chance.of(&open);
        match self.chance.within(0, 100) {
            0..55 => self.done(&nudge, now),
            55..68 => self.skip(&nudge, now),
            68..84 => self.snooze(&nudge, now),
            84..92 => self.killed_done(&nudge, now),
            _ => self.too_late(now),
        }
    }

    fn arguments(&mut self, nudge: &Nudge) -> Vec<String> {
        let mut said: Vec<String> = ["done", &nudge.id.to_string(), "--checked"].map(str::to_owned).to_vec();
        let note = self.chance.of(&["a good talk", "sent it", "kickoff planned", "they were glad"]);
        said.extend([note.to_owned(), "--felt".to_owned(), self.chance.of(&["good", "neutral", "bad"]).to_owned()]);
        if self.plays.get(nudge.play.as_deref().unwrap_or_default()).is_some_and(|play| play.theme == "present" || play.channel == "gift") {
            let cost = format!("{}.{:02}", nudge.cost / 100, nudge.cost % 100);
            said.extend(["--why", "what they told", "--by", "me", "--approved-by", "their boss", "--cost", &cost].map(str::to_owned));
        }
        said
    }

    fn done(&mut self, nudge: &Nudge, now: i64) {
        let before = self.nudges.clone();
        let contacts = self.contacts();
        let arguments = self.arguments(nudge);
        self.ok(now, &arguments.iter().map(String::as_str).collect::<Vec<_>>());
        self.nudges = history::read(&self.db);
        let changes = history::between(&before, &self.nudges);
        assert_eq!((changes.new.len(), changes.put_off.len(), changes.ended.len()), (0, 0, 1), "{changes:#?}");
        let ended = &changes.ended[0];
        assert_eq!((ended.id, ended.state.as_str(), ended.ended), (nudge.id, "done", Some(now)));
        assert_eq!(self.contacts() - contacts, i64::from(nudge.play.is_some()), "one contact for one play");
        assert_eq!(ended.touchpoint.is_some(), nudge.play.is_some());
        if self.chance.percent(12) {
            self.taken_back(&before, now);
        }
    }

    fn skip(&mut self, nudge: &Nudge, now: i64) {
        let before = self.nudges.clone();
        self.ok(now, &["skip", &nudge.id.to_string(), "--why", "not now"]);
        self.nudges = history::read(&self.db);
        let changes = history::between(&before, &self.nudges);
        assert_eq!((changes.new.len(), changes.put_off.len(), changes.ended.len()), (0, 0, 1), "{changes:#?}");
        assert_eq!((changes.ended[0].id, changes.ended[0].state.as_str(), changes.ended[0].ended), (nudge.id, "skipped", Some(now)));
        if self.chance.percent(12) {
            self.taken_back(&before, now);
        }
    }

    fn snooze(&mut self, nudge: &Nudge, now: i64) {
        let before = self.nudges.clone();
        let days = self.chance.of(&[1, 3, 7, 14, 30, 60, 90, 91, 400]);
        let arguments = ["snooze", &nudge.id.to_string(), &format!("{days}d")].map(str::to_owned);
        let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
        if days > 90 {
            self.fails(now, &arguments, 2);
        } else {
            self.ok(now, &arguments);
        }
        self.nudges = history::read(&self.db);
        let changes = history::between(&before, &self.nudges);
        if days > 90 {
            assert_eq!(before, self.nudges, "nothing is put off for {days} days");
            return;
        }
        assert_eq!((changes.new.len(), changes.put_off.len(), changes.ended.len()), (0, 1, 0), "{changes:#?}");
        assert_eq!((changes.put_off[0].id, changes.put_off[0].snoozed), (nudge.id, Some(now + days * DAY)));
        if self.chance.percent(12) {
            self.taken_back(&before, now);
        }
    }

    /// What was taken back never happened.
    fn taken_back(&mut self, before: &history::Nudges, now: i64) {
        self.ok(now, &["undo"]);
        self.nudges = history::read(&self.db);
        assert_eq!(*before, self.nudges, "undo takes back everything");
        self.whole();
    }

    /// Somebody pulls the plug while it is recorded: it was done, or it was not.
    fn killed_done(&mut self, nudge: &Nudge, now: i64) {
        let (before, contacts) = (self.nudges.clone(), self.contacts());
        let arguments = self.arguments(nudge);
        self.killed(now, &arguments.iter().map(String::as_str).collect::<Vec<_>>());
        self.nudges = history::read(&self.db);
        let changes = history::between(&before, &self.nudges);
        assert!(changes.new.is_empty() && changes.put_off.is_empty() && changes.ended.len() <= 1, "{changes:#?}");
        let done = changes.ended.len() == 1;
        assert_eq!(self.contacts() - contacts, i64::from(done && nudge.play.is_some()), "both or neither");
    }

    /// What has ended can not be ended again.
    fn too_late(&mut self, now: i64) {
        let ended: Vec<i64> = self.nudges.values().filter(|nudge| !nudge.open()).map(|nudge| nudge.id).collect();
        if ended.is_empty() {
            return;
        }
        let (id, verb) = (self.chance.of(&ended).to_string(), self.chance.of(&["skip", "snooze", "done"]));
        self.fails(now, &[verb, &id], 1);
        assert_eq!(self.nudges, history::read(&self.db));
    }

    fn contacts(&self) -> i64 {
        facts::number(&self.db, "SELECT count(*) FROM touchpoints").unwrap()
    }

    /// Something that happens in the business, and what is owed for it at once.
    pub fn event(&mut self, now: i64) {
        let open: Vec<i64> = self.nudges.values().filter(|nudge| nudge.open()).map(|nudge| nudge.customer).collect();
        let anybody = name(self.chance.within(0, CUSTOMERS));
        let who = if open.is_empty() || self.chance.percent(50) { anybody } else { self.names[&self.chance.of(&open)].clone() };
        let before = self.nudges.clone();
        match self.chance.within(0, 12) {
            0..3 => self.failure(&who, now),
            3 => self.made_good(now),
            4 => self.referral(&who, now),
            5 => drop(self.ok(now, &["customers", "edit", &who, "--no-contact"])),
            6..8 => {
                let accepts = self.chance.of(&["none", "5", "10", "30", "unknown"]);
                self.ok(now, &["customers", "edit", &who, "--gifts", accepts]);
            }
            8 => {
                let (value, on) = (self.chance.of(&["5", "18", "40"]), facts::stamp(now + self.chance.within(0, 90) * DAY));
                let plan =
                    ["gift", "add", &who, "a planned plant", "--value", value, "--why", "the garden", "--by", "me", "--on", &on[..10]];
                self.ok(now, &plan.iter().copied().chain(["--anyway", "it is a test"]).collect::<Vec<_>>());
            }
            9 => {
                let say = [
                    "gift",
                    "given",
                    &who,
                    "a plant",
                    "--value",
                    "9",
                    "--why",
                    "the garden",
                    "--by",
                    "me",
                    "--approved-by",
                    "boss",
                    "--checked",
                ];
                // Somebody who asked to be left alone is given nothing; that is not asked of this test.
                drop(cli::attent(&self.folder, &say).env("ATTENT_NOW", facts::stamp(now)).output().unwrap());
            }
            10 => drop(self.ok(now, &["log", &who, "called, they were glad", "--felt", "great"])),
            _ => drop(self.ok(now, &["log", &who, "survey sent", "--channel", "survey", "--out"])),
        }
        self.nudges = history::read(&self.db);
        let changes = history::between(&before, &self.nudges);
        assert!(changes.ended.is_empty() && changes.put_off.is_empty(), "{changes:#?}");
        assert!(changes.new.iter().all(|new| new.owed && new.opened == now), "only what is owed comes by itself: {changes:#?}");
    }

    fn failure(&mut self, who: &str, now: i64) {
        let severity = self.chance.of(&["minor", "moderate", "severe"]);
        let kind = self.chance.of(&["late", "broken", ""]);
        let loss = self.chance.of(&["0", "40", "300"]);
        let mut said = vec!["incident", "open", who, "it went wrong", "--severity", severity, "--loss", loss];
        said.extend(if kind.is_empty() { vec![] } else { vec!["--kind", kind] });
        self.ok(now, &said);
    }

    /// A failure is dealt with outside its nudge.
    fn made_good(&mut self, now: i64) {
        let open = self.column("SELECT id FROM incidents WHERE resolved IS NULL");
        if open.is_empty() {
            return;
        }
        let id = self.chance.of(&open).to_string();
        let verb = self.chance.of(&["acknowledge", "resolve", "resolve"]);
        if verb == "resolve" {
            self.ok(now, &["incident", "resolve", &id, "--personal"]);
        } else {
            let said = ["incident", "acknowledge", &id];
            drop(cli::attent(&self.folder, &said).env("ATTENT_NOW", facts::stamp(now)).output().unwrap());
        }
    }

    fn referral(&mut self, who: &str, now: i64) {
        self.referred += 1;
        let new = format!("Nieuw {:03}", self.referred);
        self.ok(now, &["referral", "add", &new, "--by", who]);
        if self.chance.percent(50) {
            self.ok(now, &["referral", "outcome", &new, "they stay"]);
        }
        self.names = self.everybody();
    }
}
