//! How people are after a failure: how satisfied, and apart from that whether they are still in contact
//! (METHOD §2.2, R9).

use super::known_at;
use crate::domain::calendar::Moment;
use crate::domain::incident::Incident;

/// Failures of so many days ago, and answers of so many days ago, count.
pub const YEAR_DAYS: f64 = 365.0;

/// Who let themselves be heard within so many days is still in contact: a judgement.
pub const CONTACT_DAYS: f64 = 90.0;

/// Satisfaction and retention after failures: two different things. Recovery lifts the first; on the second
/// it has no effect that could be shown (de Matos, Henrique & Rossi 2007).
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Afterwards {
    /// How often somebody said how satisfied they were, in the last year.
    pub answers: usize,
    /// The mean of those answers, −1…1.
    pub satisfied: Option<f64>,
    /// Customers something went wrong with in the last year.
    pub failed: usize,
    /// Those among them who let themselves be heard in the last [`CONTACT_DAYS`].
    pub in_contact: usize,
}

/// Adds up the customers: the failures of each, and the latest contact that came from them.
pub fn afterwards<'a>(customers: impl IntoIterator<Item = (&'a [Incident], Option<Moment>)>, now: Moment) -> Afterwards {
    let within = |at: Moment, days: f64| (0.0..=days).contains(&now.days_since(at));
    let (mut after, mut total) = (Afterwards::default(), 0.0);
    for (incidents, heard) in customers {
        let known = incidents.iter().map(|incident| known_at(incident, now));
        let asked = known.filter(|incident| incident.checked.is_some_and(|at| within(at, YEAR_DAYS)));
        for satisfied in asked.filter_map(|incident| incident.satisfied) {
            after.answers += 1;
            total += satisfied;
        }
        if incidents.iter().any(|incident| within(incident.opened, YEAR_DAYS)) {
            after.failed += 1;
            after.in_contact += usize::from(heard.is_some_and(|at| within(at, CONTACT_DAYS)));
        }
    }
    after.satisfied = (after.answers > 0).then(|| total / after.answers as f64);
    after
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::calendar::DAY_MS;
    use crate::domain::touchpoint::CustomerId;

    fn day(day: i64) -> Moment {
        Moment(day * DAY_MS)
    }

    fn asked(opened: i64, checked: i64, satisfied: Option<f64>) -> Incident {
        Incident { resolved: Some(day(opened)), checked: Some(day(checked)), satisfied, ..Incident::new(CustomerId(1), "", day(opened)) }
    }

    #[test]
    fn r9_satisfaction_and_contact_are_counted_apart() {
        let pleased_and_gone = [asked(1000, 1014, Some(1.0))];
        let displeased_and_here = [asked(1100, 1114, Some(-0.5)), asked(1200, 1214, None)];
        let long_ago = [asked(500, 514, Some(1.0))];
        let to_come = [asked(1290, 1304, Some(1.0))];
        let customers = [
            (&pleased_and_gone[..], Some(day(1209))),
            (&displeased_and_here[..], Some(day(1210))),
            (&long_ago[..], Some(day(1300))),
            (&to_come[..], None),
        ];
        let after = afterwards(customers, day(1300));
        assert_eq!(after, Afterwards { answers: 2, satisfied: Some(0.25), failed: 3, in_contact: 1 });
        assert_eq!(afterwards([], day(0)), Afterwards::default(), "nobody was asked, which is no mean of nothing");
    }
}
