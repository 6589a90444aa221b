//! The page of `attent why`.

mod tables;

use chrono::{DateTime, FixedOffset};
use serde_json::{Value, json};

use super::{as_of, stamp};
use crate::domain::course::Course;
use crate::domain::journey::Stage;
use crate::domain::model::Band;
use crate::domain::names::slug;
use crate::domain::text::Text;
use crate::domain::touchpoint::Facts;
use crate::measure::explain;
use crate::measure::warmth::Warmth;
use crate::measure::why::{Leaders, Term, terms, weakest};
use crate::render::cell::Cell;
use crate::render::document::{Block, Document};
use crate::render::format::Answer;
use crate::text;

/// What is explained.
#[derive(Debug, Clone)]
pub enum Subject {
    /// A stage.
    Stage {
        /// The stage.
        stage: Stage,
        /// Customers who have been there.
        customers: usize,
    },
    /// The relationship with a customer.
    Customer {
        /// The name.
        name: String,
        /// Where they are now.
        stage: Option<Stage>,
    },
}

/// A score with all it was made of.
#[derive(Debug, Clone)]
pub struct Explained {
    /// The score with its terms.
    pub warmth: Warmth,
    /// The evidence it stands on.
    pub evidence: f64,
    /// Open failures.
    pub open: usize,
    /// The contacts that matter most, with what each adds, and the others.
    pub leaders: Leaders<Touch>,
}

/// One touchpoint.
#[derive(Debug, Clone)]
pub struct Touch {
    /// When.
    pub at: DateTime<FixedOffset>,
    /// How.
    pub facts: Facts,
    /// With whom.
    pub customer: String,
    /// What happened.
    pub note: String,
}

/// What the score was.
#[derive(Debug, Clone, Copy)]
pub struct Before {
    /// So many days ago.
    pub days: u32,
    /// At this moment.
    pub at: DateTime<FixedOffset>,
    /// The score; `None` before the first contact.
    pub warmth: Option<f64>,
}

/// What the page is made from.
#[derive(Debug, Clone)]
pub struct WhyPage<'a> {
    /// The journey.
    pub course: &'a Course,
    /// What is explained.
    pub subject: Subject,
    /// The explanation; `None` without contact.
    pub explained: Option<Explained>,
    /// Whether the workspace has other journeys too.
    pub several: bool,
    /// What the score was.
    pub before: Vec<Before>,
    /// The moment.
    pub as_of: DateTime<FixedOffset>,
}

impl WhyPage<'_> {
    /// The answer.
    pub fn answer(self) -> Answer {
        let terms = self.terms();
        let document = Document::new(Text::same(self.title().to_owned())).subtitle(as_of(self.as_of));
        let document = match (&self.explained, &terms) {
            (Some(explained), Some(terms)) => self.explanation(document, explained, terms),
            _ => document.with(Block::Text(self.nothing_yet())).with(Block::Hint(self.first_step())),
        };
        let ids = terms.iter().flatten().map(|term| id(term).to_owned()).collect();
        Answer { schema: "attent.why/1", json: self.json(terms.as_ref()), rows_key: "terms", ids, document, calendar: None }
    }

    fn terms(&self) -> Option<[Term; 6]> {
        let Warmth { components, contributions, .. } = &self.explained.as_ref()?.warmth;
        Some(terms(components, contributions, &self.course.model.weights))
    }

    fn title(&self) -> &str {
        match &self.subject {
            Subject::Stage { stage, .. } => &stage.title,
            Subject::Customer { name, .. } => name,
        }
    }

    fn nothing_yet(&self) -> Text {
        let title = self.title();
        match self.subject {
            Subject::Stage { .. } => {
                text!(
                    "Nobody has had contact in {title} yet, so it has no warmth.",
                    "Nog niemand had contact in {title}, dus er is nog geen warmte."
                )
            }
            Subject::Customer { .. } => text!(
                "There has been no contact with {title} yet, so there is nothing to explain.",
                "Er is nog geen contact geweest met {title}, dus er valt nog niets uit te leggen."
            ),
        }
    }

    fn first_step(&self) -> Text {
        match &self.subject {
            Subject::Stage { stage, .. } => {
                let id = &stage.id;
                text!(
                    "Record the first one with: attent log CUSTOMER \"what happened\" --stage {id}",
                    "Het eerste leg je vast met: attent log KLANT \"wat er gebeurde\" --stage {id}"
                )
            }
            Subject::Customer { name, .. } => {
                let name = slug(name);
                text!(
                    "Record the first one with: attent log {name} \"what happened\"",
                    "Het eerste leg je vast met: attent log {name} \"wat er gebeurde\""
                )
            }
        }
    }

    fn next_step(&self) -> Text {
        match &self.subject {
            Subject::Stage { stage, .. } => {
                // What another command needs to mean the same journey.
                let journey = if self.several { format!(" --journey {}", self.course.journey.id) } else { String::new() };
                let id = &stage.id;
                text!("What would help: attent suggest --stage {id}{journey}", "Wat zou helpen: attent suggest --stage {id}{journey}")
            }
            Subject::Customer { name, .. } => {
                let name = slug(name);
                text!("Every contact: attent timeline {name}", "Elk contact: attent timeline {name}")
            }
        }
    }

    fn explanation(&self, document: Document, explained: &Explained, terms: &[Term; 6]) -> Document {
        document
            .with(Block::Facts(self.facts(explained)))
            .with(Block::Heading(text!("What it is made of", "Waaruit het is opgebouwd")))
            .with(Block::Table(tables::terms(terms, explained.warmth.score)))
            .with(Block::Text(tables::weakest_in_words(&weakest(terms))))
            .with(Block::Heading(text!("The contacts that matter most", "De contacten die het meest tellen")))
            .with(Block::Table(tables::touches(&explained.leaders, explained.warmth.score, matches!(self.subject, Subject::Stage { .. }))))
            .with(Block::Heading(text!("Before", "Eerder")))
            .with(Block::Table(tables::before(&self.before, explained.warmth.score)))
            .with(Block::Hint(self.next_step()))
    }

    fn facts(&self, explained: &Explained) -> Vec<(Text, Cell)> {
        let band = Band::of(explained.warmth.score, explained.evidence);
        let mut facts = vec![
            (Text::new("warmth", "warmte"), Cell::Warmth(Some(explained.warmth.score))),
            (Text::new("band", "oordeel"), Cell::word(band.word(), band.label())),
            (Text::new("evidence", "gegevens"), Cell::Number { value: explained.evidence, decimals: 1 }),
        ];
        match &self.subject {
            Subject::Stage { customers, .. } => facts.push((Text::new("customers", "klanten"), Cell::Count(*customers as i64))),
            Subject::Customer { stage: Some(stage), .. } => {
                facts.push((Text::new("stage now", "fase nu"), Cell::word(stage.id.clone(), Text::same(stage.title.clone()))));
            }
            Subject::Customer { stage: None, .. } => {}
        }
        if explained.open > 0 {
            facts.push((Text::new("open failures", "open missers"), Cell::Count(explained.open as i64)));
        }
        facts
    }

    fn json(&self, terms: Option<&[Term; 6]>) -> Value {
        let explained = self.explained.as_ref();
        let score = explained.map(|explained| explained.warmth.score);
        let band = Band::of(score.unwrap_or_default(), explained.map_or(0.0, |explained| explained.evidence));
        json!({
            "as_of": stamp(self.as_of),
            "journey": self.course.journey.id,
            "subject": self.subject_json(),
            "warmth": score,
            "band": band.word(),
            "evidence": explained.map_or(0.0, |explained| explained.evidence),
            "terms": terms.map_or(&[][..], |terms| &terms[..5]).iter().map(term_json).collect::<Vec<_>>(),
            "failures": terms.map(|terms| {
                let mut failures = term_json(&terms[5]);
                failures["open"] = json!(explained.map_or(0, |explained| explained.open));
                failures
            }),
            "touchpoints": explained.map_or_else(Vec::new, |explained| explained.leaders.kept().iter().map(touch_json).collect()),
            "others": explained.map_or(0.0, |explained| explained.leaders.others),
            "others_count": explained.map_or(0, |explained| explained.leaders.count),
            "before": self.before.iter().map(|before| json!({
                "days": before.days,
                "as_of": stamp(before.at),
                "warmth": before.warmth,
                "difference": score.zip(before.warmth).map(|(now, then)| now - then),
            })).collect::<Vec<_>>(),
            "weakest": terms.map(|terms| {
                let term = weakest(terms);
                json!({"term": id(&term), "pillar": pillar(&term).en, "missing": term.missing()})
            }),
        })
    }

    fn subject_json(&self) -> Value {
        match &self.subject {
            Subject::Stage { stage, customers } => json!({"kind": "stage", "id": stage.id, "title": stage.title, "customers": customers}),
            Subject::Customer { name, stage } => {
                json!({"kind": "customer", "id": slug(name), "name": name, "stage": stage.as_ref().map(|stage| &stage.id)})
            }
        }
    }
}

fn id(term: &Term) -> &'static str {
    term.component.map_or("failures", |component| component.id())
}

fn pillar(term: &Term) -> Text {
    term.component.map_or_else(explain::failure_pillar, explain::pillar)
}

fn term_json(term: &Term) -> Value {
    json!({"term": id(term), "value": term.value, "weight": term.weight, "contribution": term.contribution, "pillar": pillar(term).en})
}

fn touch_json((share, touch): &(f64, Touch)) -> Value {
    json!({
        "at": stamp(touch.at),
        "customer": touch.customer,
        "channel": touch.facts.channel.word(),
        "direction": touch.facts.direction.word(),
        "sender": touch.facts.sender.word(),
        "note": touch.note,
        "share": share,
    })
}
