//! What customers were given and will be given, as the rules count it.

use std::collections::{BTreeMap, HashMap};

use anyhow::Result;

use crate::domain::calendar::Moment;
use crate::domain::customer::{Customer, GiftPolicy, GiftsReceived};
use crate::domain::gift::{Gift, GiftState};
use crate::domain::money::Cents;
use crate::domain::touchpoint::CustomerId;
use crate::ledger::Ledger;
use crate::plan::gifts::with_plans;
use crate::plan::rules::GIFTS_APART_DAYS;

/// What a group of customers, or one, received and will receive.
#[derive(Debug, Default)]
pub struct Received {
    log: HashMap<CustomerId, GiftsReceived>,
    plans: HashMap<CustomerId, Vec<Gift>>,
    now: Moment,
    until: Moment,
}

impl Received {
    /// Reads it, as it stands at a moment; these customers are all of them, or one.
    ///
    /// # Errors
    /// When the log cannot be read.
    pub fn read(ledger: &Ledger, customers: &BTreeMap<CustomerId, Customer>, now: Moment) -> Result<Self> {
        let only = customers.keys().next().copied().filter(|_| customers.len() == 1);
        let until = now.minus_days(-GIFTS_APART_DAYS);
        let mut log = ledger.gifts(now.minus_days(365.0), until, now, only)?;
        // Only who accepts gifts may be given one, and they are few.
        let asked = customers.values().filter(|customer| only.is_some() || matches!(customer.gifts, GiftPolicy::UpTo(_)));
        for customer in asked {
            if let Some((last, value)) = ledger.last_gift(customer.id, now)? {
                let none = GiftsReceived { count: 0, last, given: None, value: Cents(0), last_value: None };
                log.entry(customer.id).or_insert(none).last_value = Some(value);
            }
        }
        let mut plans: HashMap<CustomerId, Vec<Gift>> = HashMap::new();
        for plan in ledger.gift_plans()?.into_iter().filter(|gift| gift.state == GiftState::Planned) {
            plans.entry(plan.customer).or_default().push(plan);
        }
        Ok(Self { log, plans, now, until })
    }

    /// What is planned for a customer.
    pub fn planned(&self, id: CustomerId) -> &[Gift] {
        self.plans.get(&id).map(Vec::as_slice).unwrap_or_default()
    }

    /// What a customer receives.
    pub fn of(&self, id: CustomerId) -> Option<GiftsReceived> {
        self.without(id, 0)
    }

    /// What a customer receives apart from the plan of this number: a plan is not in its own way.
    pub fn without(&self, id: CustomerId, plan: i64) -> Option<GiftsReceived> {
        let others = self.planned(id).iter().filter(|other| other.id != plan);
        with_plans(self.log.get(&id).copied(), others, self.now, self.until)
    }
}
