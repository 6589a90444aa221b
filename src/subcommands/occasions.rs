//! The occasions of customers, on the reader's calendar.

use std::collections::{BTreeMap, HashMap};

use anyhow::Result;
use chrono::{Local, NaiveDate, NaiveTime, TimeDelta, TimeZone as _};

use super::context::Context;
use crate::domain::calendar::Moment;
use crate::domain::customer::Customer;
use crate::domain::occasion::Occasion;
use crate::domain::touchpoint::CustomerId;
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
    customers: &BTreeMap<CustomerId, Customer>,
    now: Moment,
    ahead: u64,
) -> Result<HashMap<CustomerId, Vec<Occasion>>> {
    let horizon = Horizon::around(day_of(context, now), BEHIND_DAYS, ahead);
    // A day more on both sides: what the horizon holds is for the reader's calendar to say.
    let only = customers.keys().next().copied().filter(|_| customers.len() == 1);
    let noted = ledger.noted_occasions(midnight(horizon.from).minus_days(1.0), midnight(horizon.until).minus_days(-2.0), only)?;
    let yearly = ledger.yearly_days()?;
    let day_of = |at| day_of(context, at);
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

/// When a day begins where the reader is; where the clock skips midnight, its first moment after it.
pub fn midnight(day: NaiveDate) -> Moment {
    let naive = day.and_time(NaiveTime::MIN);
    let at = |hour| Local.from_local_datetime(&(naive + TimeDelta::hours(hour))).earliest();
    (0..=3).find_map(at).map_or_else(|| Moment(naive.and_utc().timestamp_millis()), |at| Moment(at.timestamp_millis()))
}
