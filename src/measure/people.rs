//! What the findings need to know of the customers behind a stage's cells.

use crate::domain::calendar::Moment;
use crate::domain::course::Course;
use crate::domain::incident::Failure;
use crate::domain::journey::Promise;
use crate::domain::standing::Standing;

use super::findings::People;

/// Empty counts for every stage of a journey.
pub fn nobody(course: &Course) -> Vec<People> {
    let stages = course.journey.stages.iter();
    stages
        .map(|stage| People {
            promises: stage.promises.iter().map(|promise| promise.title.clone()).collect(),
            promises_missed: vec![0; stage.promises.len()],
            maximum_gap: stage.gap.maximum.unwrap_or_default(),
            ..People::default()
        })
        .collect()
}

/// Contact pressure of one customer over all stages at now.
pub fn pressure(standing: &Standing, course: &Course, now: Moment) -> f64 {
    standing.overall.map_or(0.0, |cell| cell.sums_at(now, course.model.half_life).pressure)
}

/// Counts one customer in.
pub fn observe(people: &mut [People], standing: &Standing, failures: &[Failure], course: &Course, now: Moment) {
    for failure in failures.iter().filter(|failure| failure.open_at(now)) {
        if let Some(stage) = failure.stage {
            people[stage].wounded_days = people[stage].wounded_days.max(now.days_since(failure.opened));
        }
    }
    for (stage, people) in people.iter_mut().enumerate() {
        people.wounded += u32::from(failures.iter().any(|failure| failure.stage == Some(stage) && failure.open_at(now)));
        for (place, promise) in course.journey.stages[stage].promises.iter().enumerate() {
            people.promises_missed[place] += u32::from(missed(promise, stage, standing, now));
        }
    }
    let Some(current) = standing.current else { return };
    let here = &mut people[current];
    let pressure = pressure(standing, course, now);
    if pressure > course.model.pressure_cap {
        here.crowded += 1;
        here.pressure = here.pressure.max(pressure);
    }
    let silence = standing.moved.or(standing.latest).map_or(0.0, |(last, _)| now.days_since(last));
    if course.journey.stages[current].gap.maximum.is_some_and(|most| silence > most) {
        here.gaps_passed += 1;
        here.longest_gap = here.longest_gap.max(silence);
    }
}

/// A promise is missed when its time has run out and the firm made no such contact in the stage.
/// It runs for customers who are in the stage now, or in the stage its time runs from.
pub fn missed(promise: &Promise, stage: usize, standing: &Standing, now: Moment) -> bool {
    let from = promise.after.unwrap_or(stage);
    let here = standing.current == Some(stage) || standing.current == Some(from);
    let Some(start) = standing.cells[from].map(|cell| cell.first) else { return false };
    let kept = standing.cells[stage].is_some_and(|cell| cell.kept(promise.channel, promise.who));
    here && !kept && now.days_since(start) > promise.within
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
        let mut people = nobody(&course());
        observe(&mut people, standing, &[], &course(), Moment(day * DAY_MS));
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
