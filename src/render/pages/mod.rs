//! One page for each answer: the document people read and the frozen JSON machines read, made from
//! the same values.

pub mod actions;
pub mod backup;
pub mod calendar_items;
pub mod check;
pub mod config;
pub mod considered;
pub mod customers;
pub mod doctor;
pub mod edited;
pub mod ended;
pub mod forget;
pub mod gift_calendar;
pub mod gifts;
pub mod history;
pub mod import;
pub mod imported_log;
pub mod incidents;
pub mod logged;
pub mod mapped;
pub mod merge;
pub mod nudges;
pub mod passphrase;
pub mod plan;
pub mod plays;
pub mod referral;
pub mod referral_ask;
pub mod referrals;
pub mod score;
pub mod suggest;
pub mod sync;
pub mod tidy;
pub mod timeline;
pub mod today;
pub mod undone;
pub mod why;

use chrono::{DateTime, FixedOffset, SecondsFormat};
use serde_json::{Map, Value, json};

use super::cell::Cell;
use crate::domain::model::Component;
use crate::domain::text::Text;

/// A moment as JSON has it: RFC 3339.
pub fn stamp(moment: DateTime<FixedOffset>) -> Value {
    let precision = if moment.timestamp_subsec_millis() == 0 { SecondsFormat::Secs } else { SecondsFormat::Millis };
    json!(moment.to_rfc3339_opts(precision, false))
}

/// The contributions by name, as every JSON answer has them.
pub fn contributions(values: &[f64; 6]) -> Value {
    let names = Component::ALL.iter().map(|component| component.id()).chain(["failures"]);
    // −0 says nothing more than 0.
    json!(names.zip(values).map(|(name, value)| (name.to_owned(), json!(value + 0.0))).collect::<Map<_, _>>())
}

/// "As of" a day, for under a title.
pub fn as_of(moment: DateTime<FixedOffset>) -> Text {
    let long = |lang| super::locale::Look { lang, ..super::locale::Look::default() }.long_date(moment.date_naive());
    let (en, nl) = (long(crate::domain::text::Lang::En), long(crate::domain::text::Lang::Nl));
    Text::new(format!("as of {en}"), format!("op {nl}"))
}

/// A title inside a sentence.
pub fn lower(title: &str) -> String {
    let mut letters = title.chars();
    letters.next().map(|first| first.to_lowercase().chain(letters).collect()).unwrap_or_default()
}

/// A number with one decimal, or nothing.
pub fn tenth(value: Option<f64>) -> Cell {
    Cell::maybe(value, |value| Cell::Number { value, decimals: 1 })
}
