//! For which occasion a planned present is meant.

use super::budget::AFTER_DAYS;
use crate::domain::calendar::Moment;
use crate::domain::gift::Gift;
use crate::domain::occasion::{Occasion, OccasionKind};
use crate::domain::play::Play;
use crate::plan::rules::AHEAD_DAYS;

/// Whether a plan is still to be given: its day lies ahead, or has just passed.
pub fn still_meant(plan: &Gift, now: Moment) -> bool {
    plan.day.is_some_and(|day| now.days_since(day) <= AFTER_DAYS as f64)
}

/// Whether a plan is meant for an occasion that a play marks: it says so, or it names no other and its day
/// lies in the time in which the play may mark it.
pub fn meant_for(plan: &Gift, occasion: &Occasion, play: &Play) -> bool {
    let within = play.occasion.as_ref().map_or(0.0, |own| own.within);
    let in_time = |day: Moment| (-(AHEAD_DAYS + play.lead_time)..=within).contains(&day.days_since(occasion.at).floor());
    plan.occasion == occasion.key() || !names_another(plan, occasion) && plan.day.is_some_and(in_time)
}

/// The plan that is given when a play is done for a cause: the one that names it, else the only one whose
/// day fits its occasion.
pub fn plan_for<'a>(plans: &'a [Gift], place: &str, occasion: Option<&Occasion>, play: &Play) -> Option<&'a Gift> {
    let mut near = plans.iter().filter(|plan| occasion.is_some_and(|occasion| meant_for(plan, occasion, play)));
    let named = plans.iter().find(|plan| plan.occasion == place);
    named.or_else(|| near.next().filter(|_| near.next().is_none()))
}

/// Whether it names another cause than this occasion, by a key such as `birthday:2026-07-03` and `incident:3`
/// or by its sort alone; words of the user's own may be about anything.
fn names_another(plan: &Gift, occasion: &Occasion) -> bool {
    let (word, key) = plan.occasion.split_once(':').map_or((plan.occasion.as_str(), None), |(word, key)| (word, Some(key)));
    match word.parse::<OccasionKind>() {
        Ok(kind) => key.is_some() || kind != occasion.kind,
        Err(_) => word == "incident" && key.is_some(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::calendar::DAY_MS;
    use crate::domain::gift::GiftState;
    use crate::domain::play::Occasion as Marks;
    use crate::domain::touchpoint::CustomerId;
    use crate::plan::gifts::as_play;
    use crate::plan::rules::Present;
    use chrono::NaiveDate;

    fn plan(occasion: &str, day: i64) -> Gift {
        let gift = Gift::idea(CustomerId(1), "a book");
        Gift { id: day, state: GiftState::Planned, occasion: occasion.to_owned(), day: Some(Moment(day * DAY_MS)), ..gift }
    }

    /// A birthday on day 100, and a play that may mark it for a week.
    fn birthday() -> (Occasion, Play) {
        let day = NaiveDate::from_ymd_opt(2026, 7, 3).unwrap();
        let occasion = Occasion { kind: OccasionKind::Birthday, day, at: Moment(100 * DAY_MS), note: String::new(), years: None };
        let marks = Marks { tags: vec!["birthday".to_owned()], within: 7.0 };
        (occasion, Play { occasion: Some(marks), lead_time: 3.0, ..as_play(&Present::default()) })
    }

    #[test]
    fn a_plan_is_meant_for_the_occasion_it_names_or_else_for_the_one_its_day_fits() {
        let (occasion, play) = birthday();
        for (plan, meant) in [
            (plan("birthday:2026-07-03", 300), true),
            (plan("birthday:2025-07-03", 100), false),
            (plan("milestone:2026-07-03", 100), false),
            (plan("milestone", 100), false),
            (plan("incident:3", 100), false),
            (plan("birthday", 100), true),
            (plan("her new shop", 100), true),
            (plan("", 90), true),
            (plan("", 89), false),
            (plan("", 107), true),
            (plan("", 108), false),
        ] {
            assert_eq!(meant_for(&plan, &occasion, &play), meant, "{} {:?}", plan.occasion, plan.day);
        }
    }

    #[test]
    fn of_two_plans_that_fit_none_is_taken_unless_it_names_the_cause() {
        let (occasion, play) = birthday();
        let found = |plans: &[Gift]| plan_for(plans, "birthday:2026-07-03", Some(&occasion), &play).map(|plan| plan.id);
        assert_eq!(found(&[plan("", 100), plan("", 200)]), Some(100));
        assert_eq!(found(&[plan("", 100), plan("", 101)]), None);
        assert_eq!(found(&[plan("", 100), plan("birthday:2026-07-03", 101)]), Some(101));
        assert_eq!(plan_for(&[plan("incident:3", 1)], "incident:3", None, &play).map(|plan| plan.id), Some(1));
        assert_eq!(plan_for(&[plan("", 100)], "incident:3", None, &play), None);
    }
}
