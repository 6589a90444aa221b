//! The pages of `attent referral add`, `outcome`, `thank` and `told`: one referral or a few.

use chrono::{DateTime, FixedOffset};
use serde_json::{Value, json};

use super::gifts::{Stop, against};
use super::stamp;
use crate::domain::money::Cents;
use crate::domain::names::slug;
use crate::domain::text::Text;
use crate::render::cell::Cell;
use crate::render::document::{Block, Column, Document, Table};
use crate::render::format::Answer;
use crate::text;

/// One referral.
#[derive(Debug, Clone)]
pub struct ReferralLine {
    /// Who came.
    pub customer: String,
    /// Who sent them.
    pub referred_by: String,
    /// When.
    pub at: DateTime<FixedOffset>,
    /// When the referrer was thanked.
    pub thanked: Option<DateTime<FixedOffset>>,
    /// When the referrer heard what became of it.
    pub told: Option<DateTime<FixedOffset>>,
    /// What became of it, or empty.
    pub outcome: String,
    /// What the referrer got.
    pub reward: Cents,
    /// What who came got.
    pub reward_referred: Cents,
}

impl ReferralLine {
    /// The referral as JSON has it.
    pub fn json(&self) -> Value {
        json!({
            "customer": self.customer,
            "id": slug(&self.customer),
            "referred_by": self.referred_by,
            "at": stamp(self.at),
            "thanked": self.thanked.map(stamp),
            "told": self.told.map(stamp),
            "outcome": self.outcome,
            "reward": self.reward.units(),
            "reward_referred": self.reward_referred.units(),
        })
    }

    /// The same fields for a customer nobody sent.
    pub fn json_of_nobody(customer: &str) -> Value {
        json!({
            "customer": customer,
            "id": slug(customer),
            "referred_by": null,
            "at": null,
            "thanked": null,
            "told": null,
            "outcome": "",
            "reward": 0.0,
            "reward_referred": 0.0,
        })
    }
}

/// What was done to referrals.
#[derive(Debug, Clone)]
pub struct Done {
    /// The referrals as they are now.
    pub lines: Vec<ReferralLine>,
    /// What was done, in a sentence.
    pub said: Text,
    /// What to try next, or nothing.
    pub hints: Vec<Text>,
    /// The number of the contact that was written.
    pub touchpoint: Option<i64>,
    /// The rules that a present given with it goes against, which is kept with it.
    pub against: Vec<Stop>,
}

impl Done {
    /// The answer. For formats that know only tables, `as_table` makes it one.
    pub fn answer(self, as_table: bool) -> Answer {
        let mut document = Document::new(Text::default()).named(text!("Referral", "Aanbeveling"));
        document = document.with(if as_table { Block::Table(table(&self.lines)) } else { Block::Text(self.said) });
        document = against(document, &self.against);
        for hint in self.hints.into_iter().filter(|hint| !hint.is_empty()) {
            document = document.with(Block::Hint(hint));
        }
        let json = json!({
            "referrals": self.lines.iter().map(ReferralLine::json).collect::<Vec<_>>(),
            "touchpoint": self.touchpoint,
            "against": self.against.iter().map(|(rule, _)| rule).collect::<Vec<_>>(),
        });
        let ids = self.lines.iter().map(|line| slug(&line.customer)).collect();
        Answer { schema: "attent.referral/1", json, rows_key: "referrals", ids, document, calendar: None }
    }
}

fn table(lines: &[ReferralLine]) -> Table {
    let mut table = Table::new(vec![
        Column::left("customer", Text::new("customer", "klant")),
        Column::left("referred_by", Text::new("sent by", "gestuurd door")),
        Column::left("at", Text::new("came", "kwam")),
        Column::left("thanked", Text::new("thanked", "bedankt")),
        Column::left("told", Text::new("told", "verteld")),
        Column::left("outcome", Text::new("what became of it", "wat het werd")),
        Column::right("reward", Text::new("reward", "beloning")),
        Column::right("reward_referred", Text::new("reward for who came", "beloning voor wie kwam")),
    ])
    .main();
    for line in lines {
        table.push(vec![
            Cell::name(line.customer.clone()),
            Cell::name(line.referred_by.clone()),
            Cell::Day(line.at),
            Cell::maybe(line.thanked, Cell::Day),
            Cell::maybe(line.told, Cell::Day),
            Cell::name(line.outcome.clone()),
            Cell::Money(line.reward),
            Cell::Money(line.reward_referred),
        ]);
    }
    table
}
