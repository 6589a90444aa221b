//! A year of contact with one customer, week by week.

use chrono::{Datelike as _, Days, NaiveDate};

use crate::domain::accumulators::terms;
use crate::domain::model::Model;
use crate::domain::touchpoint::Facts;
use crate::domain::words::Channel;

/// The weeks of a year: fifty-two whole ones and the one that is not over.
pub const WEEKS: usize = 53;

/// How much contact there was, in words people have: each level is reached by one contact through the
/// channel it is named after, or by as much of less (METHOD §1.2, m).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub enum Amount {
    /// None.
    #[default]
    Nothing,
    /// Less than a mail, such as a newsletter.
    Little,
    /// As much as a mail.
    Mail,
    /// As much as a telephone call, or more.
    Call,
}

impl Amount {
    /// The amount of a contact mass.
    pub fn of(mass: f64, model: &Model) -> Self {
        // Four tenths twice is not always eight tenths.
        let reaches = |channel| mass + 1e-9 >= model.mass(channel);
        match mass {
            mass if mass <= 0.0 => Self::Nothing,
            _ if reaches(Channel::Phone) => Self::Call,
            _ if reaches(Channel::Email) => Self::Mail,
            _ => Self::Little,
        }
    }
}

/// One week.
#[derive(Debug, Clone, PartialEq)]
pub struct Week {
    /// Its Monday.
    pub begins: NaiveDate,
    /// How many contacts there were.
    pub contacts: u32,
    /// The mass of contact by people: m·h.
    pub people: f64,
    /// The mass of contact by machines: m·(1 − h).
    pub automated: f64,
    /// How many times something went wrong.
    pub failures: u32,
}

impl Week {
    fn beginning(begins: NaiveDate) -> Self {
        Self { begins, contacts: 0, people: 0.0, automated: 0.0, failures: 0 }
    }
}

/// The last [`WEEKS`] weeks up to and with that of `today`, oldest first. What lies outside them is
/// passed over.
pub fn year(
    today: NaiveDate,
    contacts: impl IntoIterator<Item = (NaiveDate, Facts)>,
    failures: impl IntoIterator<Item = NaiveDate>,
    model: &Model,
) -> Vec<Week> {
    let this = monday(today);
    let begins = |ago: usize| this.checked_sub_days(Days::new(ago as u64 * 7)).unwrap_or(this);
    let mut weeks: Vec<Week> = (0..WEEKS).rev().map(|ago| Week::beginning(begins(ago))).collect();
    let place = |day: NaiveDate| {
        let ago = (this - monday(day)).num_weeks();
        (day <= today).then(|| usize::try_from(ago).ok()).flatten().and_then(|ago| (WEEKS - 1).checked_sub(ago))
    };
    for (day, facts) in contacts {
        let Some(week) = place(day).and_then(|at| weeks.get_mut(at)) else { continue };
        let terms = terms(&facts, model);
        week.contacts += 1;
        week.automated += terms.automated;
        week.people += terms.mass - terms.automated;
    }
    for day in failures {
        if let Some(week) = place(day).and_then(|at| weeks.get_mut(at)) {
            week.failures += 1;
        }
    }
    weeks
}

fn monday(day: NaiveDate) -> NaiveDate {
    day.checked_sub_days(Days::new(day.weekday().num_days_from_monday().into())).unwrap_or(day)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::calendar::Moment;
    use crate::domain::words::Sender;

    fn day(month: u32, day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, month, day).unwrap()
    }

    fn facts(channel: Channel, sender: Sender) -> Facts {
        let usual = channel.defaults();
        let (direction, personal, kind) = (usual.direction, usual.personal, usual.kind);
        Facts { at: Moment(0), channel, direction, sender, personal, kind, sentiment: None }
    }

    #[test]
    fn a_year_is_the_weeks_up_to_this_one() {
        let today = day(11, 20);
        let call = facts(Channel::Phone, Sender::Human);
        let letter = facts(Channel::Newsletter, Sender::Automated);
        let mail = facts(Channel::Email, Sender::Assisted);
        let early = NaiveDate::from_ymd_opt(2025, 11, 17).unwrap();
        let contacts = [
            (day(11, 16), call),
            (day(11, 15), letter),
            (day(11, 15), mail),
            (early, call),
            (early.pred_opt().unwrap(), call),
            (day(11, 21), call),
        ];
        let weeks = year(today, contacts, [day(11, 18), day(11, 19), day(11, 25)], &Model::default());
        assert_eq!((weeks.len(), weeks[0].begins, weeks[52].begins), (53, early, day(11, 16)));
        let counts: Vec<u32> = weeks.iter().map(|week| week.contacts).collect();
        assert_eq!((counts[0], counts[51], counts[52], counts.iter().sum::<u32>()), (1, 2, 1, 4));
        assert!((weeks[51].people - 0.2).abs() < 1e-9 && (weeks[51].automated - 0.35).abs() < 1e-9, "{:?}", weeks[51]);
        assert_eq!((weeks[52].failures, weeks[52].people), (2, 0.8));
    }

    #[test]
    fn amounts_are_named_after_channels() {
        let model = Model::default();
        for (mass, amount) in
            [(0.0, Amount::Nothing), (0.15, Amount::Little), (0.4, Amount::Mail), (0.4 + 0.4, Amount::Call), (3.0, Amount::Call)]
        {
            assert_eq!(Amount::of(mass, &model), amount, "{mass}");
        }
    }
}
