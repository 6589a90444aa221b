//! Failures as the score counts them: what they weigh, and until when they should be dealt with.

use super::quality;
use crate::domain::calendar::Moment;
use crate::domain::course::Course;
use crate::domain::incident::{Failure, Incident, ServiceLevel};
use crate::domain::words::Severity;
use crate::measure::clock::Clock;

/// A second failure within so many days is a repeat (R6).
pub const REPEAT_DAYS: f64 = 365.0;

/// What a repeat weighs more (R6).
const REPEATED: f64 = 1.5;

/// sev of METHOD §1.2 before repeats.
pub fn severity(severity: Severity) -> f64 {
    match severity {
        Severity::Minor => 0.5,
        Severity::Moderate => 1.0,
        Severity::Severe => 2.0,
    }
}

/// Until when a person should have acknowledged it (R2).
pub fn acknowledge_by(incident: &Incident, level: ServiceLevel, clock: &Clock) -> Moment {
    clock.due(incident.opened, level.acknowledge)
}

/// Until when it should have been made good (R2).
pub fn resolve_by(incident: &Incident, level: ServiceLevel, clock: &Clock) -> Moment {
    clock.due(incident.opened, level.resolve)
}

/// Whether `before` lies within the year before `incident`, so that this one is a repeat.
pub fn repeats(incident: &Incident, before: &Incident) -> bool {
    let days = incident.opened.days_since(before.opened);
    let later = (before.opened, before.id) < (incident.opened, incident.id);
    later && (0.0..=REPEAT_DAYS).contains(&days)
}

/// The latest failure of the same kind within the year before this one: its cause is still there (R6).
/// A failure of no kind is of the same kind as none.
pub fn same_kind_before<'a>(incident: &Incident, earlier: impl IntoIterator<Item = &'a Incident>) -> Option<&'a Incident> {
    let same = |before: &&Incident| {
        !incident.kind.is_empty() && incident.kind.to_lowercase() == before.kind.to_lowercase() && repeats(incident, before)
    };
    earlier.into_iter().filter(same).max_by_key(|before| (before.opened, before.id))
}

/// Whether an open failure is past its time: not acknowledged, or not made good, by then (R2).
pub fn late(failure: &Failure, now: Moment) -> bool {
    let acknowledged = failure.acknowledged.is_some_and(|at| at <= now);
    failure.open_at(now) && (now > failure.resolve_by || now > failure.acknowledge_by && !acknowledged)
}

/// The failures of one customer as the score counts them, on the clock that is theirs. A failure on no
/// stage, or on one the journey no longer has, is dealt with at `current`, where the customer is now, else
/// at the first stage; it drags the relationship and no cell.
pub fn failures(incidents: &[Incident], current: Option<usize>, course: &Course, clock: &Clock) -> Vec<Failure> {
    let failure = |incident: &Incident| {
        let repeat = incidents.iter().any(|before| repeats(incident, before));
        let level = course.service_level(incident.stage.as_deref());
        let q = quality(incident, incidents, level, clock).map_or(0.0, |quality| quality.q);
        let stage = incident.stage.as_deref().and_then(|stage| course.journey.position(stage));
        Failure {
            stage,
            here: stage.or(current).unwrap_or_default(),
            word: incident.severity,
            severity: severity(incident.severity) * if repeat { REPEATED } else { 1.0 },
            opened: incident.opened,
            acknowledged: incident.acknowledged,
            acknowledge_by: acknowledge_by(incident, level, clock),
            resolve_by: resolve_by(incident, level, clock),
            loss: incident.loss,
            resolved: incident.resolved.map(|resolved| (resolved, q)),
        }
    };
    incidents.iter().map(failure).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::calendar::DAY_MS;
    use crate::domain::incident::RecoveryTerms;
    use crate::domain::journey::{Journey, Stage};
    use crate::domain::model::Model;
    use crate::domain::touchpoint::CustomerId;

    fn incident(id: i64, day: i64, severity: Severity, kind: &str) -> Incident {
        Incident { id, severity, kind: kind.into(), ..Incident::new(CustomerId(1), "", Moment(day * DAY_MS)) }
    }

    fn hour(hour: i64) -> Moment {
        Moment(hour * 3_600_000)
    }

    /// Buying, where everything is quick, and using, where the workspace's hours hold.
    fn course() -> Course {
        let stage = |id: &str| Stage { id: id.into(), ..Stage::default() };
        let quick = Stage { acknowledge: Some(1.0), resolve: Some(4.0), ..stage("buy") };
        let journey = Journey { id: "j".into(), title: "J".into(), stages: vec![quick, stage("ask"), stage("use")] };
        let level = ServiceLevel { acknowledge: 24.0, resolve: 72.0 };
        Course::new(journey, &Model::default()).recovering(RecoveryTerms { level, working: None })
    }

    fn of(incidents: &[Incident], current: Option<usize>) -> Vec<Failure> {
        failures(incidents, current, &course(), &Clock::new(None, |_| 0))
    }

    #[test]
    fn r6_repeats_weigh_more() {
        let all = [
            incident(1, 0, Severity::Minor, ""),
            incident(2, 100, Severity::Moderate, ""),
            incident(3, 100, Severity::Severe, ""),
            incident(4, 500, Severity::Severe, ""),
        ];
        assert_eq!(of(&all, None).iter().map(|failure| failure.severity).collect::<Vec<_>>(), [0.5, 1.5, 3.0, 2.0]);
    }

    #[test]
    fn a_failure_without_a_stage_is_dealt_with_where_the_customer_is() {
        let on = |stage: &str| Incident { stage: Some(stage.into()), ..incident(1, 0, Severity::Minor, "") };
        let of = |incident: Incident, current| of(&[incident], current).pop().map(|failure| (failure.stage, failure.here));
        assert_eq!(of(on("use"), Some(1)), Some((Some(2), 2)));
        assert_eq!(of(on("gone"), Some(1)), Some((None, 1)));
        assert_eq!(of(incident(1, 0, Severity::Minor, ""), None), Some((None, 0)));
    }

    #[test]
    fn r2_an_open_failure_has_its_time() {
        let of = |incident: Incident| of(&[incident], None)[0];
        let open = of(incident(1, 0, Severity::Minor, ""));
        let told = of(Incident { acknowledged: Some(hour(20)), ..incident(1, 0, Severity::Minor, "") });
        let solved = of(Incident { resolved: Some(hour(100)), ..incident(1, 0, Severity::Minor, "") });
        let quick = of(Incident { stage: Some("buy".into()), ..incident(1, 0, Severity::Minor, "") });
        assert_eq!([open.acknowledge_by, open.resolve_by, quick.acknowledge_by, quick.resolve_by], [24, 72, 1, 4].map(hour));
        assert_eq!([late(&open, hour(24)), late(&open, hour(25))], [false, true]);
        assert_eq!([late(&told, hour(72)), late(&told, hour(73))], [false, true]);
        assert_eq!([late(&solved, hour(99)), late(&solved, hour(100))], [true, false]);
        assert_eq!([late(&quick, hour(1)), late(&quick, hour(2))], [false, true]);
    }

    #[test]
    fn r6_the_same_kind_within_a_year_has_a_cause() {
        let now = incident(3, 300, Severity::Minor, "Één");
        let before =
            [incident(1, 10, Severity::Minor, "één"), incident(2, 20, Severity::Minor, "één"), incident(4, 30, Severity::Minor, "")];
        assert_eq!(same_kind_before(&now, &before).map(|before| before.id), Some(2));
        assert_eq!(same_kind_before(&incident(5, 300, Severity::Minor, ""), &before), None, "no kind is not a kind");
        assert_eq!(same_kind_before(&incident(5, 386, Severity::Minor, "één"), &before), None, "more than a year");
    }
}
