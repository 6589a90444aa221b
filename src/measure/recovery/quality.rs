//! Recovery quality q, term by term, and what caps it (METHOD §2.3, R6, R7).

use super::{repeats, same_kind_before};
use crate::domain::incident::{Incident, ServiceLevel};
use crate::domain::words::Severity;
use crate::measure::clock::Clock;

/// What each term of recovery quality weighs: acknowledged, made good, personal, generous (§2.3, a
/// judgement).
pub const QUALITY_WEIGHTS: [f64; 4] = [0.35, 0.25, 0.25, 0.15];

/// Why a quality is held down (METHOD §2.2).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cap {
    /// R6: the same kind of thing went wrong within a year.
    SameKind,
    /// R6: something else went wrong within a year. There is no recovery paradox after a second failure
    /// (Maxham & Netemeyer 2002).
    Repeat,
    /// R7: it was severe (Magnini et al. 2007).
    Severe,
}

impl Cap {
    /// The most a quality can be under it: a judgement.
    pub fn most(self) -> f64 {
        match self {
            Self::SameKind => 0.3,
            Self::Repeat => 0.5,
            Self::Severe => 0.7,
        }
    }

    /// The lowest cap that holds for a failure; `earlier` are the customer's failures.
    fn of<'a>(incident: &Incident, earlier: impl IntoIterator<Item = &'a Incident> + Clone) -> Option<Self> {
        if same_kind_before(incident, earlier.clone()).is_some() {
            return Some(Self::SameKind);
        }
        if earlier.into_iter().any(|before| repeats(incident, before)) {
            return Some(Self::Repeat);
        }
        (incident.severity == Severity::Severe).then_some(Self::Severe)
    }
}

/// The terms of recovery quality, each in \[0, 1], and what they were made from.
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
    /// Hours on the clock until it was acknowledged and until it was made good.
    pub hours: [f64; 2],
    /// The hours it was held against.
    pub level: ServiceLevel,
    /// Why it cannot be 1, when it cannot (R6, R7).
    pub cap: Option<Cap>,
    /// q.
    pub q: f64,
}

impl Quality {
    /// The terms in the order of [`QUALITY_WEIGHTS`].
    pub fn terms(&self) -> [f64; 4] {
        [self.acknowledged, self.resolved, self.personal, self.generous]
    }

    /// The terms times their weights, added up: q before any cap.
    pub fn sum(&self) -> f64 {
        QUALITY_WEIGHTS.iter().zip(self.terms()).map(|(weight, term)| weight * term).sum()
    }

    /// The most it can be.
    pub fn most(&self) -> f64 {
        self.cap.map_or(1.0, Cap::most)
    }
}

/// clamp(1 − (hours − SLA)/(2·SLA), 0, 1).
fn speed(hours: f64, sla: f64) -> f64 {
    (1.0 - (hours - sla) / (2.0 * sla)).clamp(0.0, 1.0)
}

/// q = min(cap, .35·ack + .25·resolve + .25·personal + .15·generous) of a resolved failure; `None`
/// while it is open. `earlier` are the customer's failures, itself and later ones may be among them.
pub fn quality<'a>(
    incident: &Incident,
    earlier: impl IntoIterator<Item = &'a Incident> + Clone,
    level: ServiceLevel,
    clock: &Clock,
) -> Option<Quality> {
    let resolved_at = incident.resolved?;
    // A failure nobody acknowledged apart was acknowledged when it was made good.
    let hours = [incident.acknowledged.unwrap_or(resolved_at), resolved_at].map(|at| clock.elapsed(incident.opened, at));
    let mut quality = Quality {
        acknowledged: speed(hours[0], level.acknowledge),
        resolved: speed(hours[1], level.resolve),
        personal: f64::from(u8::from(incident.personal)),
        generous: incident.generous.clamp(0.0, 1.0),
        hours,
        level,
        cap: Cap::of(incident, earlier),
        q: 0.0,
    };
    quality.q = incident.stated_quality.unwrap_or(quality.sum()).min(quality.most());
    Some(quality)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::calendar::{DAY_MS, Moment};
    use crate::domain::incident::WorkingWeek;
    use crate::domain::touchpoint::CustomerId;

    fn incident(id: i64, day: i64, severity: Severity, kind: &str) -> Incident {
        let opened = Moment(day * DAY_MS);
        let hour = |hour: i64| Some(Moment(opened.0 + hour * 3_600_000));
        Incident {
            id,
            severity,
            kind: kind.into(),
            personal: true,
            generous: 1.0,
            acknowledged: hour(20),
            resolved: hour(96),
            ..Incident::new(CustomerId(1), "", opened)
        }
    }

    fn calendar() -> Clock {
        Clock::new(None, |_| 0)
    }

    fn of(incident: &Incident, earlier: &[Incident]) -> Quality {
        quality(incident, earlier, ServiceLevel::default(), &calendar()).unwrap()
    }

    #[test]
    fn the_example_of_the_method_gives_its_quality() {
        let quality = of(&incident(1, 0, Severity::Moderate, ""), &[]);
        assert_eq!(quality.hours, [20.0, 96.0]);
        assert!((quality.resolved - 0.8333).abs() < 1e-4);
        assert!((quality.q - 0.9583).abs() < 1e-4);
    }

    #[test]
    fn a_stage_may_ask_for_more_or_less_speed() {
        let example = incident(1, 0, Severity::Moderate, "");
        for (acknowledge, resolve, terms) in [(10.0, 48.0, [0.5, 0.5]), (5.0, 24.0, [0.0, 0.0]), (48.0, 96.0, [1.0, 1.0])] {
            let quality = quality(&example, [], ServiceLevel { acknowledge, resolve }, &calendar()).unwrap();
            assert_eq!([quality.acknowledged, quality.resolved], terms, "{acknowledge} and {resolve}");
        }
    }

    #[test]
    fn on_a_working_clock_a_weekend_takes_no_time() {
        // 1970-01-02 was a Friday: made good on Tuesday at the same hour, after two working days.
        let week = WorkingWeek { days: [true, true, true, true, true, false, false], from: 0, until: 1440 };
        let friday = incident(1, 1, Severity::Moderate, "");
        let quality = quality(&friday, [], ServiceLevel::default(), &Clock::new(Some(week), |_| 0)).unwrap();
        assert_eq!((quality.hours, quality.q), ([20.0, 48.0], 1.0));
    }

    #[test]
    fn r6_and_r7_hold_a_quality_down() {
        assert_eq!([Cap::SameKind, Cap::Repeat, Cap::Severe].map(Cap::most), [0.3, 0.5, 0.7]);
        let first = incident(1, 0, Severity::Minor, "late");
        let year_and_a_day = incident(9, 366, Severity::Minor, "late");
        for (failure, earlier, cap) in [
            (incident(2, 100, Severity::Moderate, "wrong"), &first, Some(Cap::Repeat)),
            (incident(2, 100, Severity::Moderate, "Late"), &first, Some(Cap::SameKind)),
            (incident(2, 100, Severity::Severe, "wrong"), &first, Some(Cap::Repeat)),
            (incident(2, 365, Severity::Severe, "late"), &first, Some(Cap::SameKind)),
            (incident(2, 366, Severity::Severe, "late"), &first, Some(Cap::Severe)),
            (incident(2, 366, Severity::Moderate, "late"), &first, None),
            (incident(2, 100, Severity::Moderate, "late"), &year_and_a_day, None),
        ] {
            let quality = of(&failure, std::slice::from_ref(earlier));
            assert_eq!(quality.cap, cap, "{failure:?}");
            let most = cap.map_or(1.0, Cap::most);
            assert_eq!(quality.q, quality.sum().min(most));
            let stated = Incident { stated_quality: Some(1.0), ..failure };
            assert_eq!(of(&stated, std::slice::from_ref(earlier)).q, most, "what is stated is held down too");
        }
    }
}
