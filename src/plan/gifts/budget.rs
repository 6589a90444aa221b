//! What was given, and what a present may cost now: the value ladder within the recipient's policy
//! (METHOD §3.2, G5–G7).

use crate::domain::calendar::Moment;
use crate::domain::customer::{Customer, GiftPolicy, GiftsReceived};
use crate::domain::gift::{Gift, GiftState};
use crate::domain::money::Cents;

/// Days before an occasion to begin: to choose, order, write and pack, and for the post **[J]**.
pub const LEAD_DAYS: u64 = 7;
/// Days after an occasion in which a gift still marks it (G2).
pub const AFTER_DAYS: u64 = 14;

/// What a present for somebody may cost now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fitting {
    /// Nothing is accepted.
    Nothing,
    /// It is not known what is accepted: a card, and ask first.
    AskFirst,
    /// From the value of the last gift (nothing when there was none) to the most that fits.
    Between(Cents, Cents),
    /// The last gift was worth more than what fits now: a card this time.
    CardOnly,
}

/// What a present may cost: never below the last one, and at most what the ladder, the recipient's cap
/// and what is left of their year allow. `ladder` is the most that fits the relationship (G6), `spent`
/// what was given this calendar year; the customer has the policy that holds for them.
pub fn fitting(customer: &Customer, ladder: Cents, last: Option<Cents>, spent: Cents) -> Fitting {
    let cap = match customer.gifts {
        GiftPolicy::None => return Fitting::Nothing,
        GiftPolicy::Unknown => return Fitting::AskFirst,
        GiftPolicy::UpTo(cap) => cap,
    };
    let left = customer.gift_terms.a_year.map(|most| Cents((most.0 - spent.0).max(0)));
    let most = [Some(cap), Some(ladder), left].into_iter().flatten().min().unwrap_or_default();
    let least = last.unwrap_or_default();
    if most.0 == 0 || least > most { Fitting::CardOnly } else { Fitting::Between(least, most) }
}

/// Adds the presents that are planned for somebody up to a moment to those they received: what is meant for somebody counts
/// for how often and how much (G5, G7), but not as what the last one was worth. One whose day has just
/// passed is still meant for them.
pub fn with_plans<'a>(
    received: Option<GiftsReceived>,
    plans: impl Iterator<Item = &'a Gift>,
    now: Moment,
    until: Moment,
) -> Option<GiftsReceived> {
    let from = now.minus_days(AFTER_DAYS as f64);
    plans.filter(|gift| gift.state == GiftState::Planned).fold(received, |received, plan| {
        let Some(day) = plan.day.filter(|day| (from..=until).contains(day)) else { return received };
        let all = received.unwrap_or(GiftsReceived { count: 0, last: day, given: None, value: Cents(0), last_value: None });
        let value = [Some(all.value), plan.value].into_iter().flatten().sum();
        Some(GiftsReceived { count: all.count + 1, last: all.last.max(day), value, ..all })
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::customer::GiftTerms;
    use crate::domain::touchpoint::CustomerId;

    #[test]
    fn a_present_is_worth_the_last_one_to_what_fits() {
        let euros = |units: i64| Cents(units * 100);
        for (cap, ladder, a_year, last, spent, expected) in [
            (30, 25, None, None, 0, Fitting::Between(Cents(0), euros(25))),
            (20, 25, None, Some(10), 10, Fitting::Between(euros(10), euros(20))),
            (30, 50, Some(40), Some(15), 15, Fitting::Between(euros(15), euros(25))),
            (30, 50, Some(40), Some(15), 40, Fitting::CardOnly),
            (30, 50, None, Some(35), 0, Fitting::CardOnly),
            (30, 0, None, None, 0, Fitting::CardOnly),
        ] {
            let gift_terms = GiftTerms { a_year: a_year.map(euros), ..GiftTerms::default() };
            let customer = Customer { gifts: GiftPolicy::UpTo(euros(cap)), gift_terms, ..Customer::named("Anna") };
            assert_eq!(fitting(&customer, euros(ladder), last.map(euros), euros(spent)), expected, "{cap} {ladder} {a_year:?} {last:?}");
        }
        let of = |gifts| fitting(&Customer { gifts, ..Customer::named("Anna") }, euros(25), None, Cents(0));
        assert_eq!([of(GiftPolicy::None), of(GiftPolicy::Unknown)], [Fitting::Nothing, Fitting::AskFirst]);
    }

    fn gift(state: GiftState, day: i64, value: Option<i64>) -> Gift {
        Gift { state, day: Some(Moment(day)), value: value.map(Cents), ..Gift::idea(CustomerId(1), "a book") }
    }

    #[test]
    fn plans_count_for_how_often_and_not_as_the_last_value() {
        let received = GiftsReceived { count: 1, last: Moment(5), given: Some(Moment(5)), value: Cents(500), last_value: Some(Cents(500)) };
        let forgotten = Moment(15).minus_days(AFTER_DAYS as f64).0;
        let plans = [
            gift(GiftState::Planned, 15, Some(70)),
            gift(GiftState::Idea, 15, Some(70)),
            gift(GiftState::Planned, 99, Some(1)),
            gift(GiftState::Planned, forgotten, Some(1)),
        ];
        let with = |received| with_plans(received, plans.iter(), Moment(20), Moment(50));
        let both = GiftsReceived { count: 2, last: Moment(15), value: Cents(570), ..received };
        assert_eq!(with(Some(received)), Some(both));
        assert_eq!(with(None), Some(GiftsReceived { count: 1, last: Moment(15), given: None, value: Cents(70), last_value: None }));
    }
}
