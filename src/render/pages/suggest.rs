//! The page of `attent suggest`.

use std::collections::BTreeMap;

use chrono::{DateTime, FixedOffset};
use serde_json::{Value, json};

use super::{as_of, stamp};
use crate::domain::course::Course;
use crate::domain::customer::Customer;
use crate::domain::numbers::{count, counted};
use crate::domain::text::Text;
use crate::domain::touchpoint::CustomerId;
use crate::plan::rules::checklist;
use crate::plan::suggest::{Advice, Suggestion};
use crate::render::cell::{Cell, Word};
use crate::render::document::{Block, Column, Document, Table};
use crate::render::format::Answer;
use crate::text;

/// How many customers are named in a table.
const NAMED: usize = 3;

/// What the page is made from.
#[derive(Debug, Clone, Copy)]
pub struct SuggestPage<'a> {
    /// The journey.
    pub course: &'a Course,
    /// The advice for each stage, the coldest first.
    pub advice: &'a [(usize, Advice<'a>)],
    /// Whether no stage has enough recent contact for a judgement.
    pub thin: bool,
    /// Everybody by number.
    pub customers: &'a BTreeMap<CustomerId, Customer>,
    /// The moment.
    pub as_of: DateTime<FixedOffset>,
}

impl SuggestPage<'_> {
    /// The answer.
    pub fn answer(&self) -> Answer {
        let all: Vec<&Suggestion<'_>> = self.advice.iter().flat_map(|(_, advice)| &advice.suggestions).collect();
        let mut document = Document::new(text!("What to do", "Wat je kunt doen")).subtitle(as_of(self.as_of));
        document = if all.is_empty() { document.with(Block::Text(self.nothing())) } else { document.with(Block::Table(self.table(&all))) };
        for (stage, advice) in self.advice.iter().filter(|(_, advice)| !advice.suggestions.is_empty()) {
            document = document.with(Block::Heading(Text::same(self.course.journey.stages[*stage].title.clone())));
            document = document.with(Block::List(advice.suggestions.iter().map(action).collect()));
        }
        let stopped = self.stopped();
        if !stopped.is_empty() {
            document = document.with(Block::List(stopped));
        }
        let json = json!({
            "as_of": stamp(self.as_of),
            "journey": self.course.journey.id,
            "suggestions": all.iter().map(|suggestion| self.json(suggestion)).collect::<Vec<_>>(),
            "stopped": self.quiet().map(|(stage, (rule, reason, n))| json!({
                "stage": self.course.journey.stages[stage].id,
                "rule": rule,
                "customers": n,
                "texts": {"reason": {"en": reason.en, "nl": reason.nl}},
            })).collect::<Vec<_>>(),
        });
        let ids = all.iter().map(|suggestion| suggestion.play.id.clone()).collect();
        Answer { schema: "attent.suggest/1", json, rows_key: "suggestions", ids, document, calendar: None }
    }

    fn nothing(&self) -> Text {
        if !self.advice.is_empty() {
            text!("There is nothing that fits just now.", "Er is nu even niets wat past.")
        } else if self.thin {
            text!("There is too little recent contact to say anything yet.", "Er is nog te weinig recent contact om iets te kunnen zeggen.")
        } else {
            text!("No stage asks for anything extra now. Well kept.", "Geen fase vraagt nu om iets extra's. Mooi bijgehouden.")
        }
    }

    fn table(&self, all: &[&Suggestion<'_>]) -> Table {
        let mut table = Table::new(vec![
            Column::left("stage", Text::new("stage", "fase")),
            Column::left("play", Text::new("action", "actie")),
            Column::right("expected_gain", Text::new("gain", "effect")),
            Column::right("minutes", Text::new("minutes", "minuten")).expendable(2),
            Column::right("cost", Text::new("cost", "kosten")).expendable(1),
            Column::left("customers", Text::new("for whom first", "voor wie eerst")),
            Column::left("findings", Text::new("because of", "vanwege")).expendable(3),
        ])
        .main();
        for suggestion in all {
            let (stage, play) = (&self.course.journey.stages[suggestion.stage], suggestion.play);
            let findings = suggestion.findings.iter().map(|kind| Word::new(kind.id(), kind.label()));
            table.push(vec![
                Cell::word(stage.id.clone(), Text::same(stage.title.clone())),
                Cell::word(play.id.clone(), play.title.clone()),
                Cell::Signed { value: suggestion.gain, decimals: 1 },
                Cell::Count(play.minutes.into()),
                Cell::Money(play.cost),
                Cell::Word(Word::new(self.everybody(suggestion), self.for_whom(suggestion))),
                Cell::List(findings.collect()),
            ]);
        }
        table
    }

    fn name(&self, id: CustomerId) -> &str {
        self.customers.get(&id).map(|customer| customer.name.as_str()).unwrap_or_default()
    }

    /// Every name, for machine formats.
    fn everybody(&self, suggestion: &Suggestion<'_>) -> String {
        suggestion.customers.iter().map(|&id| self.name(id)).collect::<Vec<_>>().join(";")
    }

    fn for_whom(&self, suggestion: &Suggestion<'_>) -> Text {
        let names = suggestion.customers.iter().take(NAMED).map(|&id| self.name(id)).collect::<Vec<_>>().join(", ");
        match suggestion.customers.len() {
            0 => Text::new("whoever comes next", "wie hierna komt"),
            n if n > NAMED => {
                let more = count((n - NAMED) as u64);
                Text::new(format!("{names} and {} more", more.en), format!("{names} en nog {}", more.nl))
            }
            _ => Text::same(names),
        }
    }

    /// For stages without advice: which rules stopped how many customers.
    fn quiet(&self) -> impl Iterator<Item = (usize, &(&'static str, Text, usize))> {
        let quiet = self.advice.iter().filter(|(_, advice)| advice.suggestions.is_empty());
        quiet.flat_map(|(stage, advice)| advice.stopped.iter().map(move |stopped| (*stage, stopped)))
    }

    /// The same in words.
    fn stopped(&self) -> Vec<Text> {
        let words = |(stage, (rule, reason, n)): (usize, &(&str, Text, usize))| {
            let title = &self.course.journey.stages[stage].title;
            let who = counted(*n as u64, ["customer", "customers"], ["klant", "klanten"]);
            Text::new(
                format!("{title}, nothing for {}: {} (rule {rule}).", who.en, reason.en),
                format!("{title}, niets voor {}: {} (regel {rule}).", who.nl, reason.nl),
            )
        };
        self.quiet().map(words).collect()
    }

    fn json(&self, suggestion: &Suggestion<'_>) -> Value {
        let play = suggestion.play;
        let lang = |text: &Text| json!({"en": text.en, "nl": text.nl});
        json!({
            "stage": self.course.journey.stages[suggestion.stage].id,
            "findings": suggestion.findings.iter().map(|kind| kind.id()).collect::<Vec<_>>(),
            "play": play.id,
            "title": play.title.en,
            "reason": suggestion.reason.en,
            "expected_gain": suggestion.gain,
            "minutes": play.minutes,
            "cost": play.cost.units(),
            "customers": suggestion.customers.iter().map(|&id| self.name(id)).collect::<Vec<_>>(),
            "texts": {"title": lang(&play.title), "action": lang(&play.action), "reason": lang(&suggestion.reason), "not_for": lang(&play.not_for)},
            "checklist": checklist(play).iter().map(lang).collect::<Vec<_>>(),
            "evidence": {"grade": play.grade, "note": lang(&play.evidence), "source": play.source},
        })
    }
}

/// The play in words: what to do, and why.
fn action(suggestion: &Suggestion<'_>) -> Text {
    let play = suggestion.play;
    let stop = |title: &str| if title.ends_with(['.', '!', '?']) { "" } else { "." };
    let pick = |lang: fn(&Text) -> &str| {
        let title = lang(&play.title);
        format!("{title}{} {} {}", stop(title), lang(&play.action), lang(&suggestion.reason))
    };
    Text::new(pick(|text| &text.en), pick(|text| &text.nl))
}
