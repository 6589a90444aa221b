//! Where revenue comes from: who came on their own, who was sent, and who came through which channel.
//!
//! What revenue is, the ledger says (`Ledger::revenue`). Figures only: that referred customers are worth
//! more was found elsewhere (Schmitt, Skiera & Van den Bulte 2011), and says nothing of one's own.

use std::cmp::Reverse;
use std::collections::{BTreeMap, HashMap, HashSet};

use crate::domain::customer::Customer;
use crate::domain::money::Cents;
use crate::domain::names::identity;
use crate::domain::touchpoint::CustomerId;

/// How customers came.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Origin {
    /// Nobody sent them, and nothing is said of how they came.
    Own,
    /// Another customer sent them, whatever else is said.
    Referred,
    /// Through a channel: website, fair, instagram; as first written.
    Channel(String),
}

/// Customers of one origin together.
#[derive(Debug, Clone, PartialEq)]
pub struct OriginRevenue {
    /// How they came.
    pub origin: Origin,
    /// How many.
    pub customers: usize,
    /// What they paid.
    pub revenue: Cents,
    /// Their part of all revenue, 0…1; `None` when there is none to have a part of.
    pub share: Option<f64>,
}

/// Revenue by origin: own and referred first, then the channels, those that brought most first.
pub fn by_origin<'a>(
    customers: impl IntoIterator<Item = &'a Customer>,
    sent: &HashSet<CustomerId>,
    revenue: &HashMap<CustomerId, Cents>,
) -> Vec<OriginRevenue> {
    let mut sums: BTreeMap<(bool, bool, String), (Origin, usize, Cents)> = BTreeMap::new();
    for customer in customers {
        let origin = match (sent.contains(&customer.id), customer.origin.trim()) {
            (true, _) => Origin::Referred,
            (false, "") => Origin::Own,
            (false, channel) => Origin::Channel(channel.to_owned()),
        };
        let key = match &origin {
            Origin::Own => (false, false, String::new()),
            Origin::Referred => (false, true, String::new()),
            Origin::Channel(channel) => (true, true, identity(channel)),
        };
        let (_, count, sum) = sums.entry(key).or_insert((origin, 0, Cents(0)));
        *count += 1;
        sum.0 = sum.0.saturating_add(revenue.get(&customer.id).map_or(0, |paid| paid.0));
    }
    let all = sums.values().fold(0_i64, |all, (.., sum)| all.saturating_add(sum.0));
    let share = |sum: Cents| (all > 0).then(|| sum.0 as f64 / all as f64);
    let mut found: Vec<_> = sums
        .into_values()
        .map(|(origin, customers, revenue)| OriginRevenue { origin, customers, revenue, share: share(revenue) })
        .collect();
    // The map had own, referred and the channels in this order already.
    found.sort_by_key(|line| match line.origin {
        Origin::Own | Origin::Referred => (false, Reverse(Cents(0))),
        Origin::Channel(_) => (true, Reverse(line.revenue)),
    });
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn customer(id: i64, origin: &str) -> Customer {
        Customer { id: CustomerId(id), origin: origin.into(), ..Customer::named(format!("c{id}")) }
    }

    #[test]
    fn who_was_sent_is_referred_and_channels_are_one_in_any_case() {
        let customers = [customer(1, ""), customer(2, "website"), customer(3, "fair"), customer(4, "Fair "), customer(5, "")];
        let paid = HashMap::from([(CustomerId(1), Cents(100)), (CustomerId(2), Cents(500)), (CustomerId(3), Cents(150))]);
        let found = by_origin(&customers, &HashSet::from([CustomerId(2)]), &paid);
        let lines: Vec<_> = found.iter().map(|line| (line.origin.clone(), line.customers, line.revenue.0)).collect();
        let channel = |word: &str| Origin::Channel(word.to_owned());
        assert_eq!(lines, [(Origin::Own, 2, 100), (Origin::Referred, 1, 500), (channel("fair"), 2, 150)]);
        let shares: f64 = found.iter().filter_map(|line| line.share).sum();
        assert!((shares - 1.0).abs() < 1e-12 && (found[1].share.unwrap_or_default() - 500.0 / 750.0).abs() < 1e-12);
    }

    #[test]
    fn the_channel_that_brought_most_stands_first_and_without_revenue_there_is_no_share() {
        let customers = [customer(1, "a"), customer(2, "b")];
        let found = by_origin(&customers, &HashSet::new(), &HashMap::from([(CustomerId(2), Cents(1))]));
        assert_eq!(found[0].origin, Origin::Channel("b".into()));
        let none = by_origin(&customers, &HashSet::new(), &HashMap::from([(CustomerId(2), Cents(-1))]));
        assert!(none.iter().all(|line| line.share.is_none()));
    }
}
