//! One digest, and everything that has to be so after it.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::Year;
use super::facts::{self, DAY};
use super::history::{self, Nudge, Nudges};
use super::rules::{self, stopping};

fn numbers(lines: &Value) -> Vec<i64> {
    lines.as_array().unwrap().iter().map(|line| line["nudge"].as_i64().unwrap()).collect()
}

impl Year {
    /// A digest at a moment; gives the answer.
    pub fn digest(&mut self, now: i64) -> Value {
        let before = self.nudges.clone();
        let written = self.ok(now, NUDGE);
        let answer: Value = serde_json::from_str(&written).unwrap();
        self.judge(&before, &answer, now, now);
        self.digests += 1;
        answer
    }

    /// Checks a digest against what was before it. `from` is when the first run that may have recorded
    /// something began: a killed one before this one, or this one.
    pub fn judge(&mut self, before: &Nudges, answer: &Value, from: i64, now: i64) {
        let after = history::read(&self.db);
        let changes = history::between(before, &after);
        assert!(changes.put_off.is_empty(), "a digest puts nothing off");
        let expected: BTreeSet<i64> = after.values().filter(|nudge| nudge.awake(now)).map(|nudge| nudge.id).collect();
        let shown = numbers(&answer["nudges"]);
        assert_eq!(shown.iter().copied().collect::<BTreeSet<_>>(), expected, "the digest of {} shows what stands", facts::stamp(now));
        assert_eq!(shown.len(), expected.len(), "each once");
        let asleep = after.values().filter(|nudge| nudge.open() && !nudge.awake(now)).count();
        assert_eq!((answer["more"].as_u64(), answer["snoozed"].as_u64()), (Some(0), Some(asleep as u64)));
        for line in answer["nudges"].as_array().unwrap() {
            let kept = &after[&line["nudge"].as_i64().unwrap()];
            let said = (line["customer"]["id"].as_i64(), line["place"].as_str(), line["rule"].as_str(), line["play"].as_str());
            assert_eq!(said, (Some(kept.customer), Some(kept.place.as_str()), Some(kept.rule.as_str()), kept.play.as_deref()));
            assert_eq!(line["new"], kept.opened == now, "{kept:?}");
        }
        for new in &changes.new {
            assert!((from..=now).contains(&new.opened), "{new:?}");
        }
        self.told(&changes.ended, answer, now);
        history::within_budget(&after, &changes.new, now, self.settings.minutes, self.settings.euros * 100);
        self.vetoes(&after, &changes.ended, now);
        self.owed(&after, now);
        self.nudges = after;
    }

    /// What closed is told once: by the digest that closed it, or by another of the same moment.
    fn told(&mut self, ended: &[Nudge], answer: &Value, now: i64) {
        for line in answer["closed"].as_array().unwrap() {
            let id = line["nudge"].as_i64().unwrap();
            assert_eq!(*self.told.entry(id).or_insert(now), now, "that {id} closed is told for the second time");
        }
        for nudge in ended {
            assert_eq!(nudge.state, "closed", "a digest only closes: {nudge:?}");
            assert!(!nudge.why.is_empty() && nudge.ended == nudge.told, "{nudge:?}");
            assert!(nudge.opened <= now, "judged by a clock that has gone back: {nudge:?}");
            if nudge.told == Some(now) {
                assert!(self.told.contains_key(&nudge.id), "that {nudge:?} closed is never told");
            }
        }
        *self.closed_by.entry("all".to_owned()).or_default() += ended.len();
        for nudge in ended {
            *self.closed_by.entry(nudge.why.clone()).or_default() += 1;
        }
    }

    /// No nudge that stands breaks a rule, and none closed for a rule that does not stop it. What was
    /// brought up later than now, by a clock that has gone back since, is not judged.
    fn vetoes(&self, after: &Nudges, ended: &[Nudge], now: i64) {
        let mut warm: Option<BTreeMap<String, f64>> = None;
        let mut asked = |nudge: &Nudge| -> Vec<&'static str> {
            let Some(play) = nudge.play.as_ref().map(|play| &self.plays[play]) else { return Vec::new() };
            let who = facts::customer(&self.db, nudge.customer);
            let warmth = || warm.get_or_insert_with(|| self.warmth(now)).get(&self.names[&nudge.customer]).copied().unwrap_or(0.0);
            // Asking back is for its own day, which may lie ahead in the week.
            let judged = if nudge.rule == "R8" { now.max(nudge.due) } else { now };
            let mut found = stopping(&who, play, judged, warmth);
            found.retain(|rule| self.settings.off != Some(*rule));
            found
        };
        for nudge in after.values().filter(|nudge| nudge.open() && nudge.opened <= now) {
            let found = asked(nudge);
            assert!(found.is_empty(), "at {} {found:?} stop {nudge:?}\n{:?}", facts::stamp(now), facts::customer(&self.db, nudge.customer));
        }
        for nudge in ended.iter().filter(|nudge| nudge.ended == Some(now) && rules::KNOWN.contains(&nudge.why.as_str())) {
            assert!(asked(nudge).contains(&nudge.why.as_str()), "closed without need: {nudge:?}");
        }
    }

    /// The warmth of everybody at a moment, by name.
    fn warmth(&self, now: i64) -> BTreeMap<String, f64> {
        let answer: Value = serde_json::from_str(&self.ok(now, &["score", "--by", "customer", "-O", "json"])).unwrap();
        let people = answer["customers"].as_array().unwrap().iter();
        people.map(|one| (one["customer"].as_str().unwrap().to_owned(), one["warmth"].as_f64().unwrap_or(0.0))).collect()
    }

    /// Every failure that is open has its nudge, whatever the budget; so has every referral that was not
    /// thanked for, where no rule is in the way.
    fn owed(&self, after: &Nudges, now: i64) {
        let had = |place: &str, rules: &[&str]| {
            after.values().any(|nudge| nudge.place == place && rules.contains(&nudge.rule.as_str()) && nudge.state != "closed")
        };
        let sql = "SELECT DISTINCT i.customer FROM incidents i JOIN customers c ON c.id = i.customer WHERE c.no_contact = 0";
        for customer in self.column(sql) {
            for failure in facts::customer(&self.db, customer).failures.iter().filter(|failure| failure.open_at(now)) {
                let rule = if failure.acknowledged.is_some_and(|at| at <= now) { "R2" } else { "R1" };
                assert!(had(&format!("incident:{}", failure.id), &[rule]), "nothing is brought up for {failure:?}");
            }
        }
        let recent = now - 60 * DAY;
        let sql = format!("SELECT id FROM referrals WHERE thanked IS NULL AND at <= {now} AND at >= {recent}");
        for referral in self.column(&sql) {
            let who = facts::number(&self.db, &format!("SELECT referrer FROM referrals WHERE id = {referral}")).unwrap();
            let stopped = stopping(&facts::customer(&self.db, who), &self.plays["referral-thanks-call"], now, || 0.0);
            let stopped = stopped.iter().any(|rule| self.settings.off != Some(*rule));
            assert!(stopped || had(&format!("referral:{referral}"), &["REF6"]), "nobody is thanked for referral {referral}");
        }
    }

    /// Nothing has lost its cause and stands: what was made good, checked or thanked for asks for nothing.
    pub fn no_cause_is_gone(&self, now: i64) {
        let gone = |nudge: &Nudge| {
            let (sort, id) = nudge.place.split_once(':').unwrap_or((&nudge.place, ""));
            let ask = |sql: &str| facts::number(&self.db, &sql.replace('?', id)).is_some();
            match (sort, nudge.rule.as_str()) {
                ("incident", "R1") => ask("SELECT coalesce(acknowledged, resolved) FROM incidents WHERE id = ?"),
                ("incident", "R2") => ask("SELECT resolved FROM incidents WHERE id = ?"),
                ("incident", "R8") => ask("SELECT checked FROM incidents WHERE id = ?"),
                ("referral", "REF6") => ask("SELECT thanked FROM referrals WHERE id = ?"),
                ("referral", "REF7") => ask("SELECT told FROM referrals WHERE id = ?"),
                _ => false,
            }
        };
        for nudge in self.nudges.values().filter(|nudge| nudge.open() && nudge.opened <= now) {
            assert!(!gone(nudge), "{nudge:?} has nothing to be for");
        }
    }
}

/// A digest that shows everything.
pub const NUDGE: &[&str] = &["nudge", "--max", "1000", "-O", "json"];
