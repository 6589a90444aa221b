//! The pages of `attent score`.

use std::sync::Arc;

use chrono::{DateTime, FixedOffset};
use serde_json::{Value, json};

use super::{as_of, contributions, stamp, tenth};
use crate::domain::course::Course;
use crate::domain::finding::{Finding, FindingKind};
use crate::domain::journey::Stage;
use crate::domain::model::Band;
use crate::domain::names::slug;
use crate::domain::numbers::decimal;
use crate::domain::text::Text;
use crate::measure::scoreboard::{Scoreboard, ScoredCell, StageScore};
use crate::measure::warmth::Warmth;
use crate::render::cell::{Cell, Word};
use crate::render::document::{Block, Column, Document, Row, Table, Tone};
use crate::render::format::Answer;
use crate::render::rows::Many;

/// What the page of stages is made from.
#[derive(Debug, Clone, Copy)]
pub struct StagePage<'a> {
    /// The journey.
    pub course: &'a Course,
    /// The scores.
    pub scores: &'a Scoreboard,
    /// What was found, a list for each stage.
    pub findings: &'a [Vec<Finding>],
    /// Only this stage.
    pub only: Option<usize>,
    /// How often each stage is the coldest under other weights.
    pub shares: Option<&'a [f64]>,
    /// The moment.
    pub as_of: DateTime<FixedOffset>,
}

impl StagePage<'_> {
    /// The answer.
    pub fn answer(&self) -> Answer {
        let stages: Vec<usize> = (0..self.scores.stages.len()).filter(|stage| self.only.is_none_or(|only| only == *stage)).collect();
        let mut table = Table::new(self.columns()).main();
        stages.iter().for_each(|&stage| table.push(self.row(stage)));
        let title = Text::same(self.course.journey.title.clone());
        let mut document = Document::new(title).subtitle(as_of(self.as_of)).with(Block::Table(table));
        let said = self.sentences(&stages);
        if !said.is_empty() {
            document = document.with(Block::List(said));
        }
        if let Some(robust) = self.robust() {
            document = document.with(Block::Text(robust));
        }
        let mut json = json!({
            "as_of": stamp(self.as_of),
            "journey": self.course.journey.id,
            "stages": stages.iter().map(|&stage| self.json(stage)).collect::<Vec<_>>(),
        });
        if let Some(shares) = self.shares {
            json["robust"] = self.robust_json(shares);
        }
        let ids = stages.iter().map(|&stage| self.course.journey.stages[stage].id.clone()).collect();
        Answer { schema: "attent.score/1", json, rows_key: "stages", ids, document, calendar: None }
    }

    fn columns(&self) -> Vec<Column> {
        vec![
            Column::left("stage", Text::new("stage", "fase")),
            Column::left("warmth", Text::new("warmth", "warmte")),
            Column::left("band", Text::new("band", "oordeel")).expendable(2),
            Column::right("rank", Text::new("cautious", "voorzichtig")).expendable(4),
            Column::right("interval", Text::new("range", "marge")).expendable(5),
            Column::right("evidence", Text::new("evidence", "gegevens")).expendable(6),
            Column::right("customers", Text::new("customers", "klanten")).expendable(1),
            Column::right("touchpoints", Text::new("contacts", "contacten")).expendable(3),
            Column::left("findings", Text::new("findings", "bevindingen")),
        ]
    }

    fn row(&self, at: usize) -> Row {
        let (stage, score) = (&self.course.journey.stages[at], &self.scores.stages[at]);
        let band = score.warmth.map(|warmth| Band::of(warmth, score.evidence));
        let findings = self.findings[at].iter().map(|finding| Word::new(finding.kind.id(), finding.kind.label()));
        let row: Row = vec![
            Cell::word(stage.id.clone(), Text::same(stage.title.clone())),
            Cell::Warmth(score.warmth),
            Cell::maybe(band, |band| Cell::word(band.word(), band.label())),
            tenth(score.rank),
            Cell::Interval(score.interval),
            Cell::Number { value: score.evidence, decimals: 1 },
            Cell::Count(score.customers as i64),
            Cell::Count(score.touchpoints as i64),
            Cell::List(findings.collect()),
        ]
        .into();
        if score.warmth.is_none() { row.tone(Tone::Quiet) } else { row }
    }

    /// What was found, in sentences; an empty stage is said by the table already.
    fn sentences(&self, stages: &[usize]) -> Vec<Text> {
        let of = |stage: &usize| {
            let title = self.course.journey.stages[*stage].title.clone();
            self.findings[*stage].iter().filter(|finding| finding.kind != FindingKind::Empty).map(move |finding| {
                let (kind, because) = (finding.kind.label(), &finding.because);
                Text::new(format!("{title}, {}: {}.", kind.en, because.en), format!("{title}, {}: {}.", kind.nl, because.nl))
            })
        };
        stages.iter().flat_map(of).collect()
    }

    fn robust(&self) -> Option<Text> {
        let (stage, share) = self.coldest(self.shares?)?;
        let title = &self.course.journey.stages[stage].title;
        let times = decimal(share * 1000.0, 0);
        Some(Text::new(
            format!(
                "With every weight picked at random, up to 30% higher or lower, {title} is the coldest stage {} times out of 1,000.",
                times.en
            ),
            format!(
                "Als elk gewicht willekeurig tot 30% hoger of lager uitvalt, is {title} {} van de 1.000 keer de koudste fase.",
                times.nl
            ),
        ))
    }

    /// The stage that is coldest with the weights as they are, and how often it stays so.
    fn coldest(&self, shares: &[f64]) -> Option<(usize, f64)> {
        let stage = crate::measure::robust::coldest(self.scores, &self.course.model.weights)?;
        Some((stage, shares[stage]))
    }

    fn robust_json(&self, shares: &[f64]) -> Value {
        let id = |stage: usize| self.course.journey.stages[stage].id.clone();
        json!({
            "draws": crate::measure::robust::DRAWS,
            "spread": crate::measure::robust::SPREAD,
            "seed": crate::measure::robust::SEED,
            "coldest": self.coldest(shares).map(|(stage, _)| id(stage)),
            "share": self.coldest(shares).map(|(_, share)| share),
            "shares": shares.iter().enumerate().map(|(stage, share)| (id(stage), json!(share))).collect::<serde_json::Map<_, _>>(),
        })
    }

    fn json(&self, at: usize) -> Value {
        let (stage, score) = (&self.course.journey.stages[at], &self.scores.stages[at]);
        json!({
            "stage": stage.id,
            "title": stage.title,
            "customers": score.customers,
            "touchpoints": score.touchpoints,
            "warmth": score.warmth,
            "rank": score.rank,
            "interval": score.interval.map(|(low, high)| [low, high]),
            "evidence": score.evidence,
            "band": band(score),
            "contributions": contributions(&score.contributions),
            "findings": self.findings[at].iter().map(|finding| finding.kind.id()).collect::<Vec<_>>(),
        })
    }
}

fn band(score: &StageScore) -> &'static str {
    Band::of(score.warmth.unwrap_or_default(), score.evidence).word()
}

/// One customer's relationship.
#[derive(Debug, Clone)]
pub struct CustomerLine {
    /// The name.
    pub name: Box<str>,
    /// The current stage's place on the journey.
    pub stage: Option<usize>,
    /// W.
    pub score: f64,
    /// What it is made of.
    pub contributions: [f64; 6],
    /// N, the evidence it stands on.
    pub evidence: f64,
    /// The latest contact.
    pub last: Option<DateTime<FixedOffset>>,
}

impl CustomerLine {
    /// A customer with whom there was contact.
    pub fn new(name: String, stage: Option<usize>, warmth: &Warmth, evidence: f64, last: Option<DateTime<FixedOffset>>) -> Self {
        Self { name: name.into(), stage, score: warmth.score, contributions: warmth.contributions, evidence, last }
    }

    /// A customer nobody had contact with yet.
    pub fn without_contact(name: String) -> Self {
        Self::new(name, None, &Warmth::default(), 0.0, None)
    }

    fn band(&self) -> Band {
        Band::of(self.score, self.evidence)
    }
}

/// The customers of a journey, each a row.
struct Customers {
    stages: Box<[Stage]>,
    lines: Box<[CustomerLine]>,
}

impl Customers {
    fn stage(&self, line: &CustomerLine) -> Option<&Stage> {
        self.stages.get(line.stage?)
    }
}

impl Many for Customers {
    fn count(&self) -> usize {
        self.lines.len()
    }

    fn row(&self, at: usize) -> Row {
        let line = &self.lines[at];
        Row::from(vec![
            Cell::name(&*line.name),
            Cell::maybe(self.stage(line), stage_cell),
            Cell::Warmth(line.stage.map(|_| line.score)),
            Cell::word(line.band().word(), line.band().label()),
            Cell::maybe(line.last, Cell::Day),
        ])
    }

    fn json(&self, at: usize) -> Value {
        let line = &self.lines[at];
        json!({
            "customer": line.name,
            "stage": self.stage(line).map(|stage| &stage.id),
            "warmth": line.score,
            "band": line.band().word(),
            "evidence": line.evidence,
            "last": line.last.map(stamp),
            "contributions": contributions(&line.contributions),
        })
    }

    fn id(&self, at: usize) -> String {
        slug(&self.lines[at].name)
    }
}

fn stage_cell(stage: &Stage) -> Cell {
    Cell::word(stage.id.clone(), Text::same(stage.title.clone()))
}

/// The page of customers, the coldest first, those without contact last.
pub fn customers(course: &Course, mut lines: Vec<CustomerLine>, moment: DateTime<FixedOffset>) -> Answer {
    lines.sort_by(|a, b| a.stage.is_none().cmp(&b.stage.is_none()).then(a.score.total_cmp(&b.score)).then_with(|| a.name.cmp(&b.name)));
    let columns = vec![
        Column::left("customer", Text::new("customer", "klant")),
        Column::left("stage", Text::new("stage", "fase")),
        Column::left("warmth", Text::new("warmth", "warmte")),
        Column::left("band", Text::new("band", "oordeel")).expendable(1),
        Column::left("last", Text::new("last contact", "laatste contact")).expendable(2),
    ];
    let rows = Customers { stages: course.journey.stages.clone().into(), lines: lines.into() };
    of_many(course, "customers", columns, Arc::new(rows), moment)
}

/// The page of many rows.
fn of_many(course: &Course, key: &'static str, columns: Vec<Column>, rows: Arc<dyn Many>, moment: DateTime<FixedOffset>) -> Answer {
    let table = Block::Table(Table::of_many(columns, rows));
    Answer {
        schema: "attent.score/1",
        json: json!({"as_of": stamp(moment), "journey": course.journey.id, key: []}),
        rows_key: key,
        ids: Vec::new(),
        document: Document::new(Text::same(course.journey.title.clone())).subtitle(as_of(moment)).with(table),
        calendar: None,
    }
}

/// One cell.
#[derive(Debug, Clone)]
pub struct CellLine {
    /// The customer.
    pub name: Arc<str>,
    /// The stage's place on the journey.
    pub stage: usize,
    /// Whether they are in it now.
    pub current: bool,
    /// How many contacts there were.
    pub count: u32,
    /// W.
    pub score: f64,
    /// What it is made of.
    pub contributions: [f64; 6],
    /// N, the evidence it stands on.
    pub evidence: f64,
}

impl CellLine {
    /// A cell of this customer.
    pub fn new(name: Arc<str>, cell: &ScoredCell) -> Self {
        let (warmth, evidence) = (&cell.warmth, cell.sums.mass);
        let (stage, current, count) = (cell.stage, cell.current, cell.count);
        Self { name, stage, current, count, score: warmth.score, contributions: warmth.contributions, evidence }
    }
}

/// The cells of a journey, each a row.
struct Cells {
    stages: Box<[Stage]>,
    lines: Box<[CellLine]>,
}

impl Many for Cells {
    fn count(&self) -> usize {
        self.lines.len()
    }

    fn row(&self, at: usize) -> Row {
        let line = &self.lines[at];
        Row::from(vec![
            Cell::name(&*line.name),
            stage_cell(&self.stages[line.stage]),
            Cell::Warmth(Some(line.score)),
            Cell::Count(line.count.into()),
            if line.current { Cell::word("yes", Text::new("yes", "ja")) } else { Cell::Empty },
        ])
    }

    fn json(&self, at: usize) -> Value {
        let line = &self.lines[at];
        json!({
            "customer": &*line.name,
            "stage": self.stages[line.stage].id,
            "warmth": line.score,
            "current": line.current,
            "touchpoints": line.count,
            "evidence": line.evidence,
            "contributions": contributions(&line.contributions),
        })
    }

    fn id(&self, at: usize) -> String {
        slug(&self.lines[at].name)
    }
}

/// The page of cells: by stage, the coldest first.
pub fn cells(course: &Course, mut lines: Vec<CellLine>, moment: DateTime<FixedOffset>) -> Answer {
    lines.sort_by(|a, b| a.stage.cmp(&b.stage).then(a.score.total_cmp(&b.score)).then_with(|| a.name.cmp(&b.name)));
    let columns = vec![
        Column::left("customer", Text::new("customer", "klant")),
        Column::left("stage", Text::new("stage", "fase")),
        Column::left("warmth", Text::new("warmth", "warmte")),
        Column::right("touchpoints", Text::new("contacts", "contacten")).expendable(1),
        Column::left("current", Text::new("here now", "nu hier")).expendable(2),
    ];
    let rows = Cells { stages: course.journey.stages.clone().into(), lines: lines.into() };
    of_many(course, "cells", columns, Arc::new(rows), moment)
}
