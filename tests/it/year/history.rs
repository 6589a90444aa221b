//! What became of every nudge that ever was, and whether that may be.

use std::collections::BTreeMap;

use rusqlite::Connection;

use super::facts::{DAY, monday};

/// One nudge, as it is kept.
#[derive(Debug, Clone, PartialEq)]
pub struct Nudge {
    pub id: i64,
    pub customer: i64,
    pub place: String,
    pub rule: String,
    pub play: Option<String>,
    pub minutes: i64,
    pub cost: i64,
    pub owed: bool,
    pub opened: i64,
    pub due: i64,
    pub state: String,
    pub snoozed: Option<i64>,
    pub ended: Option<i64>,
    pub why: String,
    pub touchpoint: Option<i64>,
    pub told: Option<i64>,
}

impl Nudge {
    pub fn open(&self) -> bool {
        self.state == "open"
    }

    pub fn awake(&self, now: i64) -> bool {
        self.open() && self.snoozed.is_none_or(|until| until <= now)
    }

    /// By what it is known.
    pub fn identity(&self) -> (i64, &str, &str) {
        (self.customer, &self.place, &self.rule)
    }

    /// What never changes, whatever becomes of it.
    fn meaning(&self) -> (i64, &str, &str, Option<&String>, i64, i64, bool, i64) {
        (self.customer, &self.place, &self.rule, self.play.as_ref(), self.minutes, self.cost, self.owed, self.opened)
    }
}

/// All of them by number.
pub type Nudges = BTreeMap<i64, Nudge>;

/// Reads them.
pub fn read(db: &Connection) -> Nudges {
    let sql = "SELECT id, customer, place, rule, play, minutes, cost, owed, opened, due, state, snoozed, ended, why, touchpoint, told FROM nudges";
    let mut select = db.prepare_cached(sql).unwrap();
    let read = select.query_map([], |row| {
        Ok(Nudge {
            id: row.get(0)?,
            customer: row.get(1)?,
            place: row.get(2)?,
            rule: row.get(3)?,
            play: row.get(4)?,
            minutes: row.get(5)?,
            cost: row.get(6)?,
            owed: row.get(7)?,
            opened: row.get(8)?,
            due: row.get(9)?,
            state: row.get(10)?,
            snoozed: row.get(11)?,
            ended: row.get(12)?,
            why: row.get(13)?,
            touchpoint: row.get(14)?,
            told: row.get(15)?,
        })
    });
    read.unwrap().map(|nudge| nudge.map(|nudge| (nudge.id, nudge))).collect::<Result<_, _>>().unwrap()
}

/// What happened between two looks.
#[derive(Debug, Default)]
pub struct Changes {
    /// Those that are new.
    pub new: Vec<Nudge>,
    /// Those that were open and are not any more.
    pub ended: Vec<Nudge>,
    /// Those that stand and were put off.
    pub put_off: Vec<Nudge>,
}

/// What happened; nothing is lost on the way, numbers keep their meaning, and what ended stays as it was.
pub fn between(before: &Nudges, after: &Nudges) -> Changes {
    let mut changes = Changes::default();
    let newest = before.keys().max().copied().unwrap_or(0);
    for (id, old) in before {
        let now = after.get(id).unwrap_or_else(|| panic!("nudge {id} is lost"));
        assert_eq!(old.meaning(), now.meaning(), "nudge {id} means something else");
        if old == now {
            continue;
        }
        assert!(old.open(), "nudge {id} had ended and changed\n{old:?}\n{now:?}");
        assert!(now.due >= old.due && now.told.is_some() == (now.state == "closed"), "{now:?}");
        if now.open() { changes.put_off.push(now.clone()) } else { changes.ended.push(now.clone()) }
    }
    changes.new = after.values().filter(|nudge| !before.contains_key(&nudge.id)).cloned().collect();
    for new in &changes.new {
        assert!(new.id > newest, "the number of {new:?} was given before");
        assert!(new.open() && new.snoozed.is_none(), "{new:?}");
        rested(before, new);
    }
    once(after);
    changes
}

/// No cause stands twice.
fn once(nudges: &Nudges) {
    let mut standing: Vec<_> = nudges.values().filter(|nudge| nudge.open()).map(Nudge::identity).collect();
    let all = standing.len();
    standing.sort_unstable();
    standing.dedup();
    assert_eq!(all, standing.len(), "a cause stands twice");
}

/// A finding, and the question for a referral, rest thirty days after they were done and ninety after they
/// were skipped. An open failure that was passed over rests a week. What is owed and was done is owed no
/// more, or is owed again. Everything else happens once.
fn rested(before: &Nudges, new: &Nudge) {
    for old in before.values().filter(|old| old.identity() == new.identity()) {
        let Some(ended) = old.ended else { continue };
        let recurs = new.place.starts_with("stage:") || new.place == "good-moment";
        let days = match (old.state.as_str(), new.rule.as_str()) {
            ("closed", _) | ("done", "R1" | "R2" | "R6" | "R8" | "REF6" | "REF7") => continue,
            ("skipped", "R1" | "R2") => Some(7),
            ("done", _) => recurs.then_some(30),
            _ => recurs.then_some(90),
        };
        let rested = days.is_some_and(|days| new.opened >= ended + days * DAY);
        assert!(rested, "{new:?}\ncame back too soon after\n{old:?}");
    }
}

/// What is voluntary fits in the week: beside what stands and was done, and two for a customer.
pub fn within_budget(after: &Nudges, new: &[Nudge], now: i64, minutes: i64, cents: i64) {
    let (from, until) = (monday(now), monday(now) + 7 * DAY);
    let of_the_week = |nudge: &&Nudge| {
        let done = nudge.state == "done" && nudge.ended.is_some_and(|ended| (from..until).contains(&ended));
        nudge.awake(until - 1_000) && !(nudge.owed && is_new(new, nudge)) || done
    };
    let taken: Vec<&Nudge> = after.values().filter(of_the_week).collect();
    let voluntary: Vec<&Nudge> = new.iter().filter(|new| !new.owed).collect();
    let sum = |of: fn(&Nudge) -> i64| taken.iter().map(|nudge| of(nudge)).sum::<i64>();
    if voluntary.iter().any(|new| new.minutes > 0) {
        assert!(sum(|nudge| nudge.minutes) <= minutes, "more than {minutes} minutes: {taken:#?}");
    }
    if voluntary.iter().any(|new| new.cost > 0) {
        assert!(sum(|nudge| nudge.cost) <= cents, "more than {cents} cents: {taken:#?}");
    }
    for new in &voluntary {
        let theirs = taken.iter().filter(|nudge| nudge.customer == new.customer && !nudge.owed).count();
        assert!(theirs <= 2, "{theirs} actions for one customer: {new:?}");
    }
}

fn is_new(new: &[Nudge], nudge: &Nudge) -> bool {
    new.iter().any(|new| new.id == nudge.id)
}
