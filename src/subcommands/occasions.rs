//! The occasions of customers, on the reader's calendar.

use std::collections::HashMap;

use anyhow::Result;
use chrono::NaiveDate;

use super::context::Context;
use crate::domain::calendar::Moment;
use crate::domain::customer::Customer;
use crate::domain::occasion::Occasion;
use crate::domain::touchpoint::CustomerId;
use crate::intake::dates::parse_stamp;
use crate::ledger::Ledger;
use crate::plan::occasions::{BEHIND_DAYS, Horizon, LocalDays, occasions};

/// The occasions of these customers, from those of the last months to so many days ahead, each list by
/// day. Who has none is not in it.
///
/// # Errors
/// When the log cannot be read.
pub fn of_customers(
    context: &Context,
    ledger: &Ledger,
    customers: &HashMap<CustomerId, Customer>,
    now: Moment,
    ahead: u64,
) -> Result<HashMap<CustomerId, Vec<Occasion>>> {
    let horizon = Horizon::around(day_of(context, now), BEHIND_DAYS, ahead);
    // A day more on both sides: what the horizon holds is for the reader's calendar to say.
    let only = customers.keys().next().copied().filter(|_| customers.len() == 1);
    let noted =
        ledger.noted_occasions(midnight(context, horizon.from).minus_days(1.0), midnight(context, horizon.until).minus_days(-2.0), only)?;
    let yearly = ledger.yearly_days()?;
    let (day_of, midnight) = (|at| day_of(context, at), |day| midnight(context, day));
    let days = LocalDays { day_of: &day_of, midnight: &midnight };
    let mut found = HashMap::new();
    for (&id, customer) in customers {
        let theirs = occasions(
            customer,
            yearly.get(&id).map(Vec::as_slice).unwrap_or_default(),
            noted.get(&id).map(Vec::as_slice).unwrap_or_default(),
            horizon,
            days,
        );
        if !theirs.is_empty() {
            found.insert(id, theirs);
        }
    }
    Ok(found)
}

/// The day a moment lies in where the reader is.
pub fn day_of(context: &Context, at: Moment) -> NaiveDate {
    context.local(at).date_naive()
}

/// When a day begins where the reader is; in a year no date is written in, where UTC begins it.
pub fn midnight(context: &Context, day: NaiveDate) -> Moment {
    let in_utc = || Moment(day.and_time(chrono::NaiveTime::MIN).and_utc().timestamp_millis());
    parse_stamp(&day.to_string(), &context.clock.timezone()).unwrap_or_else(|_| in_utc())
}
