//! Service recovery: what a failure weighs and how well it was made good (METHOD §2.2, §2.3).

use crate::domain::calendar::Moment;
use crate::domain::incident::{Failure, Incident};
use crate::domain::words::Severity;

/// Hours within which a person should acknowledge a failure (R2).
pub const ACKNOWLEDGE_HOURS: f64 = 24.0;
/// Hours within which it should be made good (R2).
pub const RESOLVE_HOURS: f64 = 72.0;
/// A second failure within so many days is a repeat (R6).
pub const REPEAT_DAYS: f64 = 365.0;

/// sev of METHOD §1.2 before repeats.
pub fn severity(severity: Severity) -> f64 {
    match severity {
        Severity::Minor => 0.5,
        Severity::Moderate => 1.0,
        Severity::Severe => 2.0,
    }
}

/// What each term of recovery quality weighs: acknowledged, made good, personal, generous (§2.3).
pub const QUALITY_WEIGHTS: [f64; 4] = [0.35, 0.25, 0.25, 0.15];

/// The terms of recovery quality, each in \[0, 1].
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Quality {
    /// How soon it was acknowledged.
    pub acknowledged: f64,
    /// How soon it was made good.
    pub resolved: f64,
    /// Whether a named person handled it.
    pub personal: f64,
    /// How generous it was.
    pub generous: f64,
    /// The most it can be, after repeats and severity (R6, R7).
    pub cap: f64,
    /// q.
    pub q: f64,
}

/// clamp(1 − (hours − SLA)/(2·SLA), 0, 1).
fn speed(hours: f64, sla: f64) -> f64 {
    (1.0 - (hours - sla) / (2.0 * sla)).clamp(0.0, 1.0)
}

/// q = min(cap, .35·ack + .25·resolve + .25·personal + .15·generous) of a resolved failure; `None`
/// while it is open. `earlier` are the customer's failures opened before it.
pub fn quality<'a>(incident: &Incident, earlier: impl IntoIterator<Item = &'a Incident>) -> Option<Quality> {
    let resolved_at = incident.resolved?;
    let hours = |moment: Moment| moment.days_since(incident.opened) * 24.0;
    // A failure nobody acknowledged apart was acknowledged when it was made good.
    let acknowledged = speed(hours(incident.acknowledged.unwrap_or(resolved_at)), ACKNOWLEDGE_HOURS);
    let resolved = speed(hours(resolved_at), RESOLVE_HOURS);
    let personal = f64::from(u8::from(incident.personal));
    let generous = incident.generous.clamp(0.0, 1.0);
    let cap = cap(incident, earlier);
    let sum = QUALITY_WEIGHTS.iter().zip([acknowledged, resolved, personal, generous]).map(|(weight, term)| weight * term).sum();
    let q = incident.stated_quality.unwrap_or(sum).min(cap);
    Some(Quality { acknowledged, resolved, personal, generous, cap, q })
}

/// R6: a repeat is capped at .5, of the same kind at .3; R7: severe at .7.
fn cap<'a>(incident: &Incident, earlier: impl IntoIterator<Item = &'a Incident>) -> f64 {
    let mut cap: f64 = if incident.severity == Severity::Severe { 0.7 } else { 1.0 };
    for before in earlier.into_iter().filter(|before| repeats(incident, before)) {
        let same = !incident.kind.is_empty() && incident.kind.eq_ignore_ascii_case(&before.kind);
        cap = cap.min(if same { 0.3 } else { 0.5 });
    }
    cap
}

/// Whether `before` lies within the year before `incident`, so that this one is a repeat.
pub fn repeats(incident: &Incident, before: &Incident) -> bool {
    let days = incident.opened.days_since(before.opened);
    let later = (before.opened, before.id) < (incident.opened, incident.id);
    later && (0.0..=REPEAT_DAYS).contains(&days)
}

/// Whether an open failure is past its time: not acknowledged within a day, or not made good
/// within three (R2).
pub fn late(failure: &Failure, now: Moment) -> bool {
    let hours = now.days_since(failure.opened) * 24.0;
    let acknowledged = failure.acknowledged.is_some_and(|at| at <= now);
    failure.open_at(now) && (hours > RESOLVE_HOURS || hours > ACKNOWLEDGE_HOURS && !acknowledged)
}

/// The failures of one customer as the score counts them. `place` finds a stage in the journey.
/// A failure on no stage, or on one the journey no longer has, is dealt with at `current`, where
/// the customer is now, else at the first stage; it drags the relationship and no cell.
pub fn failures(incidents: &[Incident], current: Option<usize>, place: impl Fn(&str) -> Option<usize>) -> Vec<Failure> {
    incidents
        .iter()
        .map(|incident| {
            let repeat = incidents.iter().any(|before| repeats(incident, before));
            let q = quality(incident, incidents).map_or(0.0, |quality| quality.q);
            let stage = incident.stage.as_deref().and_then(&place);
            Failure {
                stage,
                here: stage.or(current).unwrap_or_default(),
                word: incident.severity,
                severity: severity(incident.severity) * if repeat { 1.5 } else { 1.0 },
                opened: incident.opened,
                acknowledged: incident.acknowledged,
                acknowledge_by: incident.opened.minus_days(-ACKNOWLEDGE_HOURS / 24.0),
                resolve_by: incident.opened.minus_days(-RESOLVE_HOURS / 24.0),
                loss: incident.loss,
                resolved: incident.resolved.map(|resolved| (resolved, q)),
            }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::calendar::DAY_MS;
    use crate::domain::touchpoint::CustomerId;

    fn incident(id: i64, day: i64, severity: Severity, kind: &str) -> Incident {
        Incident {
            id,
            severity,
            kind: kind.into(),
            personal: true,
            generous: 1.0,
            ..Incident::new(CustomerId(1), "", Moment(day * DAY_MS))
        }
    }

    fn hours(hours: i64) -> Option<Moment> {
        Some(Moment(hours * 3_600_000))
    }

    #[test]
    fn the_example_of_the_method_gives_its_quality() {
        let example = Incident { acknowledged: hours(20), resolved: hours(96), ..incident(1, 0, Severity::Moderate, "") };
        let quality = quality(&example, []).unwrap();
        assert!((quality.resolved - 0.8333).abs() < 1e-4);
        assert!((quality.q - 0.9583).abs() < 1e-4);
    }

    #[test]
    fn repeats_and_severe_failures_are_capped_and_weigh_more() {
        let first = Incident { resolved: hours(1), ..incident(1, 0, Severity::Minor, "late") };
        let day = 24 * 100;
        let other = Incident { resolved: hours(day + 1), ..incident(2, 100, Severity::Moderate, "wrong") };
        let same = Incident { resolved: hours(day + 2), ..incident(3, 100, Severity::Severe, "Late") };
        let far = Incident { resolved: hours(24 * 500), ..incident(4, 500, Severity::Severe, "late") };
        assert_eq!(quality(&other, [&first]).unwrap().q, 0.5);
        assert_eq!(quality(&same, [&first]).unwrap().q, 0.3);
        assert_eq!(quality(&far, [&first]).unwrap().cap, 0.7);
        let all = failures(&[first, other, same], None, |_| None);
        assert_eq!(all.iter().map(|failure| failure.severity).collect::<Vec<_>>(), [0.5, 1.5, 3.0]);
    }

    #[test]
    fn a_failure_without_a_stage_is_dealt_with_where_the_customer_is() {
        let on = |stage: &str| Incident { stage: Some(stage.into()), ..incident(1, 0, Severity::Minor, "") };
        let place = |stage: &str| (stage == "use").then_some(2);
        let of = |incident: Incident, current| failures(&[incident], current, place).pop().map(|failure| (failure.stage, failure.here));
        assert_eq!(of(on("use"), Some(1)), Some((Some(2), 2)));
        assert_eq!(of(on("gone"), Some(1)), Some((None, 1)));
        assert_eq!(of(incident(1, 0, Severity::Minor, ""), None), Some((None, 0)));
    }

    #[test]
    fn r2_an_open_failure_has_its_time() {
        let of = |incident: Incident| failures(&[incident], None, |_| None)[0];
        let open = of(incident(1, 0, Severity::Minor, ""));
        let told = of(Incident { acknowledged: hours(20), ..incident(1, 0, Severity::Minor, "") });
        let solved = of(Incident { resolved: hours(100), ..incident(1, 0, Severity::Minor, "") });
        let at = |hour| hours(hour).unwrap();
        assert_eq!([late(&open, at(24)), late(&open, at(25))], [false, true]);
        assert_eq!([late(&told, at(72)), late(&told, at(73))], [false, true]);
        assert_eq!([late(&solved, at(99)), late(&solved, at(100))], [true, false]);
    }
}
