//! What the findings need to know of the customers behind a stage's cells.

use crate::domain::calendar::Moment;
use crate::domain::course::Course;
use crate::domain::finding::FindingKind;
use crate::domain::incident::Failure;
use crate::domain::journey::Promise;
use crate::domain::standing::Standing;

use super::findings::People;
use super::recovery::late;

/// Empty counts for every stage of a journey.
pub fn nobody(course: &Course) -> Vec<People> {
    let stages = course.journey.stages.iter();
    stages
        .map(|stage| People {
            promises: stage.promises.iter().map(|promise| promise.title.clone()).collect(),
            promises_missed: vec![0; stage.promises.len()],
            maximum_gap: stage.gap.maximum.unwrap_or_default(),
            level: course.service_level(Some(&stage.id)),
            working: course.recovery.working.is_some(),
            ..People::default()
        })
        .collect()
}

/// Contact pressure of one customer over all stages at now.
pub fn pressure(standing: &Standing, course: &Course, now: Moment) -> f64 {
    standing.overall.map_or(0.0, |cell| cell.sums_at(now, course.model.half_life).pressure)
}

/// What is found about one customer in one stage.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Concern {
    /// How long their oldest open failure here has been open, in days.
    pub wounded: Option<f64>,
    /// Whether an open failure here is past its time (R2).
    pub late: bool,
    /// Which promises of the stage are overdue, by their places.
    pub missed: Vec<usize>,
    /// How long they have been without contact, in days, when that is longer than the maximum gap.
    pub silence: Option<f64>,
    /// Their contact pressure, when it is above the cap.
    pub crowded: Option<f64>,
}

impl Concern {
    /// Whether nothing is found.
    pub fn is_none(&self) -> bool {
        self.wounded.is_none() && !self.overdue() && self.crowded.is_none()
    }

    /// Whether a promise to them, or the maximum gap, has passed.
    pub fn overdue(&self) -> bool {
        !self.missed.is_empty() || self.silence.is_some()
    }

    /// Whether a finding of the stage is about this very customer.
    pub fn is_about(&self, kind: FindingKind) -> bool {
        match kind {
            FindingKind::Wounded => self.wounded.is_some(),
            FindingKind::Overdue => self.overdue(),
            FindingKind::Crowded => self.crowded.is_some(),
            FindingKind::Cold
            | FindingKind::TooDigital
            | FindingKind::Transactional
            | FindingKind::OneWay
            | FindingKind::Hollow
            | FindingKind::Empty => false,
        }
    }
}

/// What is found about one customer in one stage. Silence and pressure are those of the stage they
/// are in; a failure is found where it is dealt with.
pub fn concern(stage: usize, standing: &Standing, failures: &[Failure], course: &Course, now: Moment) -> Concern {
    let open = || failures.iter().filter(|failure| failure.here == stage && failure.open_at(now));
    let promises = course.journey.stages[stage].promises.iter().enumerate();
    let mut concern = Concern {
        wounded: open().map(|failure| now.days_since(failure.opened)).max_by(f64::total_cmp),
        late: open().any(|failure| late(failure, now)),
        missed: promises.filter(|(_, promise)| missed(promise, stage, standing, now)).map(|(place, _)| place).collect(),
        ..Concern::default()
    };
    if standing.current == Some(stage) {
        let silence = standing.moved.or(standing.latest).map_or(0.0, |(last, _)| now.days_since(last));
        concern.silence = course.journey.stages[stage].gap.maximum.and_then(|most| (silence > most).then_some(silence));
        concern.crowded = crowded(standing, course, now);
    }
    concern
}

/// Contact pressure above the cap. It only falls, so that most need not be asked what is left of it.
fn crowded(standing: &Standing, course: &Course, now: Moment) -> Option<f64> {
    let (overall, cap) = (standing.overall.as_ref()?, course.model.pressure_cap);
    if overall.sums.pressure <= cap && overall.last <= now {
        return None;
    }
    Some(pressure(standing, course, now)).filter(|&pressure| pressure > cap)
}

/// What is found about one customer, by the place of the stage, in the order of the journey; stages where nothing is
/// are left out. `into` is emptied first.
pub fn concerns(standing: &Standing, failures: &[Failure], course: &Course, now: Moment, into: &mut Vec<(usize, Concern)>) {
    into.clear();
    for (stage, of) in course.journey.stages.iter().enumerate() {
        // Elsewhere nothing can be found.
        let here = standing.current == Some(stage);
        if !here && failures.is_empty() && !of.promises.iter().any(|promise| promise.after.is_some() && promise.after == standing.current) {
            continue;
        }
        let concern = concern(stage, standing, failures, course, now);
        if !concern.is_none() {
            into.push((stage, concern));
        }
    }
}

/// Counts one customer in, by what is found about them.
pub fn observe(people: &mut [People], concerns: &[(usize, Concern)]) {
    concerns.iter().for_each(|(stage, concern)| add(&mut people[*stage], concern));
}

fn add(people: &mut People, concern: &Concern) {
    people.wounded += u32::from(concern.wounded.is_some());
    people.wounded_days = people.wounded_days.max(concern.wounded.unwrap_or_default());
    people.late += u32::from(concern.late);
    concern.missed.iter().for_each(|&place| people.promises_missed[place] += 1);
    people.gaps_passed += u32::from(concern.silence.is_some());
    people.longest_gap = people.longest_gap.max(concern.silence.unwrap_or_default());
    people.crowded += u32::from(concern.crowded.is_some());
    people.pressure = people.pressure.max(concern.crowded.unwrap_or_default());
}

/// A promise is missed when its time has run out and the firm made no such contact in the stage.
/// It runs for customers who are in the stage now, or in the stage its time runs from.
///
/// Contact keeps a promise from its start on. A promise that runs from entering its own stage is
/// judged exactly: nothing in the stage comes before entering it. One that runs from another stage
/// is judged by what the cell remembers, which is that there was such contact and when the latest
/// contact of any kind was: a call before the start followed by a mail after it counts as kept,
/// which only the log could tell.
pub fn missed(promise: &Promise, stage: usize, standing: &Standing, now: Moment) -> bool {
    let from = promise.after.unwrap_or(stage);
    if standing.current != Some(stage) && standing.current != Some(from) {
        return false;
    }
    let Some(start) = standing.cells[from].as_ref().map(|cell| cell.first) else { return false };
    let kept = || standing.cells[stage].as_ref().is_some_and(|cell| cell.last >= start && cell.kept(promise.channel, promise.who));
    now.days_since(start) > promise.within && !kept()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::calendar::DAY_MS;
    use crate::domain::journey::{Gap, Journey, Stage};
    use crate::domain::model::Model;
    use crate::domain::touchpoint::{Facts, TouchpointId};
    use crate::domain::words::{Channel, Sender};

    fn course() -> Course {
        let call = Promise { title: "call".into(), channel: Channel::Phone, who: Sender::Human, within: 2.0, after: None };
        let card = Promise { title: "card".into(), channel: Channel::Card, who: Sender::Human, within: 10.0, after: Some(0) };
        let gap = Gap { ideal: None, maximum: Some(30.0) };
        let stages = vec![
            Stage { id: "buy".into(), promises: vec![call], gap, ..Stage::default() },
            Stage { id: "use".into(), promises: vec![card], ..Stage::default() },
        ];
        Course::new(Journey { id: "j".into(), title: "J".into(), stages }, &Model::default())
    }

    fn contact(standing: &mut Standing, day: i64, channel: Channel, stage: usize) {
        let d = channel.defaults();
        let at = Moment(day * DAY_MS);
        let facts = Facts { at, channel, direction: d.direction, sender: d.sender, personal: d.personal, kind: d.kind, sentiment: None };
        standing.append(TouchpointId(day), &facts, Some(stage), &course());
    }

    fn seen(standing: &Standing, day: i64) -> Vec<People> {
        let (mut people, mut found) = (nobody(&course()), Vec::new());
        concerns(standing, &[], &course(), Moment(day * DAY_MS), &mut found);
        observe(&mut people, &found);
        people
    }

    #[test]
    fn promises_run_from_entering_and_are_kept_by_the_promised_contact() {
        let mut standing = Standing::new(2);
        contact(&mut standing, 0, Channel::Email, 0);
        assert_eq!(seen(&standing, 2)[0].promises_missed, [0], "its time is not over");
        assert_eq!(seen(&standing, 3)[0].promises_missed, [1]);
        assert_eq!(seen(&standing, 11)[1].promises_missed, [1], "runs from the stage it names");
        contact(&mut standing, 4, Channel::Phone, 0);
        assert_eq!(seen(&standing, 5)[0].promises_missed, [0]);
        contact(&mut standing, 12, Channel::Card, 1);
        assert_eq!(seen(&standing, 13)[1].promises_missed, [0]);
    }

    #[test]
    fn a_contact_before_the_clock_started_keeps_no_promise() {
        let mut standing = Standing::new(2);
        contact(&mut standing, 0, Channel::Card, 1);
        contact(&mut standing, 5, Channel::Phone, 0);
        assert_eq!(seen(&standing, 16)[1].promises_missed, [1]);
        contact(&mut standing, 17, Channel::Card, 1);
        assert_eq!(seen(&standing, 18)[1].promises_missed, [0]);
    }

    #[test]
    fn a_concern_says_whom_a_finding_is_about() {
        let mut standing = Standing::new(2);
        contact(&mut standing, 0, Channel::Email, 0);
        let concern = concern(0, &standing, &[], &course(), Moment(40 * DAY_MS));
        assert!(concern.is_about(FindingKind::Overdue) && !concern.is_about(FindingKind::Wounded));
        assert_eq!((concern.missed, concern.silence), (vec![0], Some(40.0)));
    }

    #[test]
    fn silence_and_pressure_are_those_of_the_current_stage() {
        let mut standing = Standing::new(2);
        contact(&mut standing, 0, Channel::Phone, 0);
        contact(&mut standing, 20, Channel::Newsletter, 0);
        assert_eq!(seen(&standing, 30)[0].gaps_passed, 0);
        assert_eq!(seen(&standing, 31)[0].gaps_passed, 1, "a newsletter does not break a silence");
        assert_eq!(seen(&standing, 31)[0].crowded, 0);
        (0..5).for_each(|n| contact(&mut standing, 32 + n, Channel::Push, 0));
        let people = seen(&standing, 36);
        assert_eq!((people[0].crowded, people[1].crowded), (1, 0));
        assert!(people[0].pressure > 4.0);
    }
}
