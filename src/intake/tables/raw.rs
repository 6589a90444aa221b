//! A profile as it is written in `attent.yaml`.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Deserialize;

use crate::domain::words::{Channel, Direction, Kind, Personal, Sender};
use crate::intake::raw::OneOrMany;

/// How the columns of somebody else's table are to be read.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RawProfile {
    /// The columns by which a file is recognised; all columns named below when left out.
    pub header: Option<OneOrMany<String>>,
    /// What stands between two columns; read off the file when left out.
    pub delimiter: Option<RawDelimiter>,
    /// The character set, such as windows-1252; read off the file when left out.
    #[schemars(example = &"windows-1252")]
    pub encoding: Option<String>,
    /// The decimal sign of amounts; read off the amounts when left out.
    pub decimal: Option<RawDecimal>,
    /// How dates are written, in the signs of strftime, such as "%d-%m-%Y %H:%M"; the usual ways when left out.
    #[schemars(example = &"%d-%m-%Y %H:%M")]
    pub dates: Option<OneOrMany<String>>,
    /// True when times that name no zone are in UTC, not in the zone of this computer.
    pub utc: Option<bool>,
    /// Which columns of the file hold what attent wants to know.
    pub columns: RawColumns,
    /// What the words in the file mean.
    pub values: Option<RawValues>,
    /// What holds of every row that does not say otherwise.
    pub always: Option<RawAlways>,
    /// By a column of the file: the only words that count; rows with others are left out.
    pub only: Option<BTreeMap<String, OneOrMany<String>>>,
    /// What a row tells: contacts when `at` has a column, customers otherwise.
    pub gives: Option<Gives>,
    /// True when several rows with the same `id` are one contact, of which the first row counts.
    pub once: Option<bool>,
}

/// What stands between two columns.
#[derive(Debug, Clone, Copy, Deserialize, JsonSchema)]
pub enum RawDelimiter {
    /// A comma.
    #[serde(rename = ",")]
    Comma,
    /// A semicolon.
    #[serde(rename = ";")]
    Semicolon,
    /// A tab.
    #[serde(rename = "tab")]
    Tab,
    /// A bar.
    #[serde(rename = "|")]
    Bar,
}

/// The decimal sign of amounts.
#[derive(Debug, Clone, Copy, Deserialize, JsonSchema)]
pub enum RawDecimal {
    /// As in 12,50.
    #[serde(rename = ",")]
    Comma,
    /// As in 12.50.
    #[serde(rename = ".")]
    Point,
}

/// What the rows of a table tell.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Gives {
    /// Each row is a contact.
    Contacts,
    /// Each row is a customer.
    Customers,
    /// Each row is a contact, and says who the customer is.
    Both,
}

/// A column of the file, several that are joined with a space, or a choice.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(untagged)]
#[schemars(inline)]
pub enum RawColumn {
    /// One column.
    One(String),
    /// Several, joined with a space.
    Joined(Vec<String>),
    /// The first of these that the row has something in.
    Choice(RawChoice),
}

/// Columns of which a file has one or another.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RawChoice {
    /// The columns, the best first; each may be a list of columns that are joined.
    pub any: Vec<OneOrMany<String>>,
}

/// Which columns of the file hold what attent wants to know.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RawColumns {
    /// When it happened.
    pub at: Option<RawColumn>,
    /// The customer's name.
    pub customer: Option<RawColumn>,
    /// The customer's mail address.
    pub email: Option<RawColumn>,
    /// The customer's telephone number.
    pub phone: Option<RawColumn>,
    /// The firm the customer belongs to; the customer when nobody is named.
    pub organisation: Option<RawColumn>,
    /// The amount of money.
    pub amount: Option<RawColumn>,
    /// What happened.
    pub note: Option<RawColumn>,
    /// The number of the row itself, by which it is known again.
    pub id: Option<RawColumn>,
    /// Through which medium.
    pub channel: Option<RawColumn>,
    /// From the customer, to the customer or both.
    pub direction: Option<RawColumn>,
    /// A person, a person with help, or a machine.
    pub sender: Option<RawColumn>,
    /// How far it was about this customer.
    pub personal: Option<RawColumn>,
    /// What it was about.
    pub kind: Option<RawColumn>,
    /// How it felt to the customer, from -1 to 1.
    pub sentiment: Option<RawColumn>,
    /// The stage of the journey.
    pub stage: Option<RawColumn>,
    /// How many minutes it took.
    pub minutes: Option<RawColumn>,
    /// Labels, parted by commas.
    pub tags: Option<RawColumn>,
    /// Since when they are a customer.
    pub since: Option<RawColumn>,
    /// The customer's birthday.
    pub birthday: Option<RawColumn>,
    /// The group the customer belongs to.
    pub segment: Option<RawColumn>,
    /// The customer's postal address.
    pub postal: Option<RawColumn>,
}

/// What the words in the file mean, whatever their capitals.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RawValues {
    /// Words for a channel.
    #[serde(default)]
    pub channel: Option<BTreeMap<String, Channel>>,
    /// Words for a direction.
    #[serde(default)]
    pub direction: Option<BTreeMap<String, Direction>>,
    /// Words for a sender.
    #[serde(default)]
    pub sender: Option<BTreeMap<String, Sender>>,
    /// Words for how personal it was.
    #[serde(default)]
    pub personal: Option<BTreeMap<String, Personal>>,
    /// Words for what it was about.
    #[serde(default)]
    pub kind: Option<BTreeMap<String, Kind>>,
    /// Words for how it felt, each a number from -1 to 1.
    #[serde(default)]
    pub sentiment: Option<BTreeMap<String, f64>>,
    /// Words for a stage, each its id; a word that is not here then says nothing about the stage.
    #[serde(default)]
    pub stage: Option<BTreeMap<String, String>>,
}

/// What holds of every row that does not say otherwise.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RawAlways {
    /// The channel.
    pub channel: Option<Channel>,
    /// The direction; that of the channel when left out.
    pub direction: Option<Direction>,
    /// Who made it; that of the channel when left out.
    pub sender: Option<Sender>,
    /// How personal it was; when left out generic for a machine's, else that of the channel.
    pub personal: Option<Personal>,
    /// What it was about; that of the channel when left out.
    pub kind: Option<Kind>,
    /// How it felt, from -1 to 1.
    #[schemars(range(min = -1, max = 1))]
    pub sentiment: Option<f64>,
    /// The id of the stage.
    pub stage: Option<String>,
    /// Labels, beside those of the row.
    pub tags: Option<OneOrMany<String>>,
    /// The group of customers that have no group of their own.
    pub segment: Option<String>,
}
