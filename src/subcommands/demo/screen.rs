//! The one screen of the demo, made of the answers of `score` and `suggest`.

use std::borrow::Cow;
use std::path::Path;

use serde_json::{Map, Value, json};

use crate::domain::course::Course;
use crate::domain::finding::FindingKind;
use crate::domain::shell;
use crate::domain::text::Text;
use crate::render::cell::Cell;
use crate::render::document::{Block, Document, Table};
use crate::render::format::Answer;
use crate::render::rows::Rows;
use crate::subcommands::gather::Board;
use crate::text;

/// The findings that are told in a sentence, each for the coldest stage that has it.
const TOLD: [FindingKind; 5] =
    [FindingKind::Cold, FindingKind::TooDigital, FindingKind::Hollow, FindingKind::Transactional, FindingKind::Wounded];

/// What the screen is made from.
pub struct Screen<'a> {
    /// The journey.
    pub course: &'a Course,
    /// Its scores and findings.
    pub board: &'a Board,
    /// The answer of `score`.
    pub score: &'a Answer,
    /// The answer of `suggest`.
    pub suggest: &'a Answer,
    /// The answer of `suggest` with one action a stage.
    pub first: &'a Answer,
    /// The folder the business stands in.
    pub folder: &'a Path,
    /// `--now` as it was typed.
    pub now: Option<&'a str>,
}

impl Screen<'_> {
    /// The answer.
    pub fn answer(&self) -> Answer {
        let json = json!({
            "as_of": self.score.json["as_of"],
            "folder": self.folder.display().to_string(),
            "score": named(self.score),
            "suggest": named(self.suggest),
            "commands": self.commands().map(|command| json!({ "command": command })),
        });
        Answer {
            schema: "attent.demo/1",
            json,
            rows_key: "commands",
            ids: self.score.ids.clone(),
            document: self.document(),
            calendar: None,
        }
    }

    fn document(&self) -> Document {
        let score = &self.score.document;
        let mut document = Document { title: score.title.clone(), subtitle: score.subtitle.clone(), ..Document::default() }
            .with(Block::Text(self.about()))
            .with(Block::Table(kept(score, &["stage", "warmth", "band", "customers", "findings"]).main()))
            .with(Block::List(self.findings()))
            .with(Block::Heading(text!("What to do first", "Hiermee beginnen")))
            .with(Block::Table(kept(&hurt_first(&self.first.document), &["stage", "play", "expected_gain", "minutes", "customers"])))
            .with(Block::Hint(text!("Try next:", "Probeer hierna:")));
        document.blocks.extend(self.commands().into_iter().map(|command| Block::Hint(Text::same(command))));
        document
    }

    fn about(&self) -> Text {
        let folder = self.folder.display();
        text!(
            "A made-up garden studio. Its journey, its log and its settings are in {folder}.",
            "Een verzonnen tuinstudio. De klantreis, het logboek en de instellingen staan in {folder}."
        )
    }

    fn findings(&self) -> Vec<Text> {
        let mut stages: Vec<usize> = (0..self.board.findings.len()).collect();
        let rank = |stage: usize| self.board.scores.stages[stage].rank.unwrap_or(f64::INFINITY);
        stages.sort_by(|&a, &b| rank(a).total_cmp(&rank(b)));
        let sentence = |kind: &FindingKind| {
            let of = |&stage: &usize| Some((stage, self.board.findings[stage].iter().find(|finding| finding.kind == *kind)?));
            let (stage, finding) = stages.iter().find_map(of)?;
            let (title, kind, because) = (&self.course.journey.stages[stage].title, kind.label(), &finding.because);
            Some(Text::new(format!("{title}, {}: {}.", kind.en, because.en), format!("{title}, {}: {}.", kind.nl, because.nl)))
        };
        TOLD.iter().filter_map(sentence).collect()
    }

    fn commands(&self) -> [String; 3] {
        let folder = shell::path(&self.folder.display().to_string());
        let now = self.now.map(|typed| format!(" --now {}", shell::path(typed))).unwrap_or_default();
        ["plan", "why care", "timeline Willem"].map(|verb| format!("attent -w {folder} {verb}{now}"))
    }
}

/// The JSON of an answer as its own verb writes it.
fn named(answer: &Answer) -> Value {
    let mut whole = Map::from_iter([("schema".to_owned(), json!(answer.schema))]);
    whole.extend(answer.json.as_object().cloned().unwrap_or_default());
    Value::Object(whole)
}

/// The document with the actions for hurt customers before the others.
fn hurt_first(document: &Document) -> Document {
    let mut sorted = document.clone();
    let wounded = |cell: &Cell| matches!(cell, Cell::List(words) if words.iter().any(|word| word.id == FindingKind::Wounded.id()));
    for block in &mut sorted.blocks {
        if let Block::Table(table) = block {
            let mut rows: Vec<_> = table.rows.iter().map(Cow::into_owned).collect();
            rows.sort_by_key(|row| !row.cells.iter().any(wounded));
            table.rows = Rows::Held(rows);
        }
    }
    sorted
}

/// The main table of a document with these columns only.
fn kept(document: &Document, keys: &[&str]) -> Table {
    let Some(table) = document.main_table() else { return Table::default() };
    let places: Vec<usize> = (0..table.columns.len()).filter(|&place| keys.contains(&table.columns[place].key)).collect();
    let mut kept = Table::new(places.iter().map(|&place| table.columns[place].clone()).collect());
    kept.rows = table.rows.of_columns(&places);
    kept
}
