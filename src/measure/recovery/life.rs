//! The life of a failure: open → acknowledged → made good → asked after, and what it waits for.

use super::{acknowledge_by, resolve_by};
use crate::domain::calendar::Moment;
use crate::domain::incident::{Incident, ServiceLevel};
use crate::measure::clock::Clock;

/// Days after it was made good on which somebody asks how it is now (R8).
pub const CHECK_DAYS: f64 = 14.0;

/// Days after it was made good from which asking is no longer waited for: a judgement.
pub const WAIT_DAYS: f64 = 90.0;

/// How far a failure is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// Nobody has answered yet.
    Open,
    /// Somebody has, and it is not made good yet.
    Acknowledged,
    /// Made good.
    Resolved,
    /// Made good, and somebody asked afterwards how it is now.
    Checked,
}

/// What is done next about a failure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// Answer: a person says that it is known and taken care of.
    Acknowledge,
    /// Make it good.
    Resolve,
    /// Ask how it is now.
    Check,
}

/// A failure as it was known at a moment: what came later had not happened yet. What was learned of
/// one that is open to this day stays, for a cause is often found before it is made good.
pub fn known_at(incident: &Incident, now: Moment) -> Incident {
    let past = |at: Option<Moment>| at.filter(|at| *at <= now);
    let mut known = incident.clone();
    (known.acknowledged, known.resolved, known.checked) = (past(incident.acknowledged), past(incident.resolved), past(incident.checked));
    if known.resolved.is_none() {
        (known.personal, known.generous, known.stated_quality, known.extra) = (false, 0.0, None, None);
        if incident.resolved.is_some() {
            known.lesson.clear();
        }
    }
    known.satisfied = known.satisfied.filter(|_| known.checked.is_some());
    known
}

/// How far a failure is, as it is known.
pub fn state(incident: &Incident) -> State {
    match (incident.acknowledged, incident.resolved, incident.checked) {
        (_, Some(_), Some(_)) => State::Checked,
        (_, Some(_), None) => State::Resolved,
        (Some(_), None, _) => State::Acknowledged,
        (None, None, _) => State::Open,
    }
}

/// What a failure waits for at now and by when, as it is known then; `None` when it is closed: somebody
/// asked after it, or it was made good so long ago that asking would come out of nowhere.
///
/// Answering and making good are late after their moment (R2); asking is due from its moment on (R8).
pub fn waits_for(incident: &Incident, level: ServiceLevel, clock: &Clock, now: Moment) -> Option<(Step, Moment)> {
    let (answer, mend) = (acknowledge_by(incident, level, clock), resolve_by(incident, level, clock));
    match state(incident) {
        State::Open if answer <= mend => Some((Step::Acknowledge, answer)),
        State::Open | State::Acknowledged => Some((Step::Resolve, mend)),
        State::Resolved => {
            let made_good = incident.resolved.filter(|at| now.days_since(*at) <= WAIT_DAYS);
            made_good.map(|at| (Step::Check, at.minus_days(-CHECK_DAYS)))
        }
        State::Checked => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::calendar::DAY_MS;
    use crate::domain::touchpoint::CustomerId;

    fn day(day: i64) -> Moment {
        Moment(day * DAY_MS)
    }

    fn whole() -> Incident {
        Incident {
            acknowledged: Some(day(1)),
            resolved: Some(day(5)),
            checked: Some(day(20)),
            satisfied: Some(0.5),
            lesson: "label the boxes".into(),
            ..Incident::new(CustomerId(1), "late", day(0))
        }
    }

    #[test]
    fn a_failure_lives_from_open_to_asked_after() {
        let clock = Clock::new(None, |_| 0);
        for (now, is, next) in [
            (0, State::Open, Some((Step::Acknowledge, day(1)))),
            (1, State::Acknowledged, Some((Step::Resolve, day(3)))),
            (5, State::Resolved, Some((Step::Check, day(19)))),
            (20, State::Checked, None),
        ] {
            let known = known_at(&whole(), day(now));
            assert_eq!(state(&known), is, "day {now}");
            assert_eq!(waits_for(&known, ServiceLevel::default(), &clock, day(now)), next, "day {now}");
        }
    }

    #[test]
    fn what_came_later_is_not_known_yet() {
        let known = known_at(&whole(), day(19));
        assert_eq!((known.lesson.as_str(), known.satisfied), ("label the boxes", None));
        assert_eq!(known_at(&whole(), day(4)).lesson, "");
    }

    #[test]
    fn r8_asking_is_waited_for_and_not_forever() {
        let unasked = Incident { checked: None, ..whole() };
        let at = |now| waits_for(&unasked, ServiceLevel::default(), &Clock::new(None, |_| 0), day(now));
        assert_eq!([at(6), at(95)], [Some((Step::Check, day(19))); 2]);
        assert_eq!(at(96), None);
    }

    #[test]
    fn a_failure_that_must_be_made_good_at_once_waits_for_that() {
        let level = ServiceLevel { acknowledge: 24.0, resolve: 12.0 };
        let open = known_at(&whole(), day(0));
        assert_eq!(waits_for(&open, level, &Clock::new(None, |_| 0), day(0)), Some((Step::Resolve, Moment(DAY_MS / 2))));
    }
}
