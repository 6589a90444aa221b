//! The pages of `attent skip`, `attent snooze` and `attent done`.

use chrono::{DateTime, FixedOffset};
use serde_json::{Value, json};

use super::gifts::{Stop, against};
use super::{lower, stamp};
use crate::domain::numbers::decimal;
use crate::domain::text::{Lang, Text};
use crate::render::document::{Block, Document};
use crate::render::format::Answer;
use crate::render::locale::Look;
use crate::text;

/// What became of a nudge.
#[derive(Debug, Clone, PartialEq)]
pub enum EndedKind {
    /// It will not be done.
    Skipped {
        /// Until when the same is not brought up again; never when `None`.
        rests: Option<DateTime<FixedOffset>>,
    },
    /// It is put off.
    Snoozed {
        /// Until when.
        until: DateTime<FixedOffset>,
        /// Whether it is owed, and late by then.
        late: bool,
    },
    /// It was done.
    Done {
        /// What was done.
        action: Text,
        /// The contact it became.
        touchpoint: Option<i64>,
        /// The warmth of the relationship before and after.
        warmth: Option<(f64, f64)>,
        /// What else was recorded with it.
        besides: Vec<Text>,
        /// The rules that a present goes against, which is kept with it.
        against: Vec<Stop>,
    },
}

/// One nudge and what became of it.
#[derive(Debug, Clone, PartialEq)]
pub struct Ended {
    /// Its number.
    pub id: i64,
    /// The name of the customer.
    pub customer: String,
    /// What became of it.
    pub kind: EndedKind,
}

impl Ended {
    /// The answer.
    pub fn answer(&self) -> Answer {
        let mut document = Document::new(Text::default()).named(text!("This week", "Deze week")).with(Block::Text(self.said()));
        if let EndedKind::Done { besides, warmth, against: stops, .. } = &self.kind {
            if let Some((before, after)) = warmth {
                document = document.with(Block::Text(warmed(&self.customer, *before, *after)));
            }
            for besides in besides {
                document = document.with(Block::Text(besides.clone()));
            }
            document = against(document, stops);
        }
        document = document.with(Block::Hint(text!("`attent undo` takes it back.", "`attent undo` neemt het terug.")));
        Answer {
            schema: self.schema(),
            json: json!({"nudges": [self.json()]}),
            rows_key: "nudges",
            ids: vec![self.id.to_string()],
            document,
            calendar: None,
        }
    }

    fn schema(&self) -> &'static str {
        match self.kind {
            EndedKind::Skipped { .. } => "attent.skip/1",
            EndedKind::Snoozed { .. } => "attent.snooze/1",
            EndedKind::Done { .. } => "attent.done/1",
        }
    }

    fn json(&self) -> Value {
        let mut json = json!({"nudge": self.id, "customer": self.customer});
        let more = match &self.kind {
            EndedKind::Skipped { rests } => json!({"state": "skipped", "rests_until": rests.map(stamp)}),
            EndedKind::Snoozed { until, .. } => json!({"state": "open", "snoozed_until": stamp(*until)}),
            EndedKind::Done { action, touchpoint, warmth, against, .. } => json!({
                "state": "done", "action": action.en, "touchpoint": touchpoint,
                "warmth_before": warmth.map(|(before, _)| before), "warmth_after": warmth.map(|(_, after)| after),
                "against": against.iter().map(|(rule, _)| rule).collect::<Vec<_>>(),
            }),
        };
        if let (Value::Object(json), Value::Object(more)) = (&mut json, more) {
            json.extend(more);
        }
        json
    }

    fn said(&self) -> Text {
        let (id, who) = (self.id, &self.customer);
        match &self.kind {
            EndedKind::Skipped { rests: Some(rests) } => {
                let day = day(*rests);
                Text::new(
                    format!("Nudge {id} for {who} is skipped; the same is not brought up before {}.", day.en),
                    format!("Nudge {id} voor {who} is overgeslagen; hetzelfde komt niet terug voor {}.", day.nl),
                )
            }
            EndedKind::Skipped { rests: None } => text!(
                "Nudge {id} for {who} is skipped and will not come back.",
                "Nudge {id} voor {who} is overgeslagen en komt niet terug."
            ),
            EndedKind::Snoozed { until, late } => {
                let day = day(*until);
                let late = if *late {
                    text!(" It is owed, and late by then.", " Het is iets wat je nog moet doen, en dan is het te laat.")
                } else {
                    Text::default()
                };
                Text::new(
                    format!("Nudge {id} for {who} comes back on {}.{}", day.en, late.en),
                    format!("Nudge {id} voor {who} komt terug op {}.{}", day.nl, late.nl),
                )
            }
            EndedKind::Done { action, .. } => {
                Text::new(format!("Done: {} for {who}.", lower(&action.en)), format!("Gedaan: {} voor {who}.", lower(&action.nl)))
            }
        }
    }
}

/// A day in full, in a sentence.
fn day(at: DateTime<FixedOffset>) -> Text {
    let of = |lang| Look { lang, ..Look::default() }.date(at.date_naive());
    Text::new(of(Lang::En), of(Lang::Nl))
}

fn warmed(who: &str, before: f64, after: f64) -> Text {
    let (before, after) = (decimal(before, 0), decimal(after, 0));
    Text::new(
        format!("The relationship with {who} goes from {} to {} of 100.", before.en, after.en),
        format!("De relatie met {who} gaat van {} naar {} van 100.", before.nl, after.nl),
    )
}
