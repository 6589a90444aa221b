//! The page of `attent config`.

use serde_json::{Value, json};

use crate::domain::text::Text;
use crate::render::cell::{Cell, Word};
use crate::render::document::{Block, Column, Document, Row, Table, Tone};
use crate::render::format::Answer;
use crate::text;

/// One setting.
#[derive(Debug, Clone)]
pub struct SettingLine {
    /// The key, with a point for each level.
    pub key: String,
    /// The value as it would be written in a file; empty when there is none.
    pub shown: String,
    /// The value for machines.
    pub json: Value,
    /// Where it came from.
    pub origin: Text,
    /// Whether anybody said it.
    pub changed: bool,
}

/// What the page is made from.
#[derive(Debug, Clone)]
pub struct ConfigPage {
    /// The workspace and what led to it.
    pub workspace: Option<(String, Word)>,
    /// The user's own settings file, and whether it is there.
    pub own_file: Option<(String, bool)>,
    /// The settings.
    pub lines: Vec<SettingLine>,
    /// How many rules are off, when only the rules are shown of which something is said.
    pub rules_off: Option<usize>,
}

impl ConfigPage {
    /// The answer.
    pub fn answer(&self) -> Answer {
        let mut table = Table::new(vec![
            Column::left("key", text!("setting", "instelling")),
            Column::left("value", text!("value", "waarde")),
            Column::left("origin", text!("from", "herkomst")),
        ])
        .main();
        self.lines.iter().for_each(|line| table.push(row(line)));
        let document = Document::new(text!("Settings", "Instellingen")).with(Block::Facts(self.facts())).with(Block::Table(table));
        Answer {
            schema: "attent.config/1",
            json: json!({
                "workspace": self.workspace.as_ref().map(|(path, _)| path),
                "found_by": self.workspace.as_ref().map(|(_, rule)| rule.id.as_str()),
                "own_file": self.own_file.as_ref().map(|(path, _)| path),
                "settings": self.lines.iter().map(|line| json!({
                    "key": line.key, "value": line.json, "origin": line.origin.en,
                })).collect::<Vec<_>>(),
            }),
            rows_key: "settings",
            ids: self.lines.iter().map(|line| line.key.clone()).collect(),
            document,
            calendar: None,
        }
    }

    fn facts(&self) -> Vec<(Text, Cell)> {
        let mut facts = Vec::new();
        match &self.workspace {
            Some((path, rule)) => {
                facts.push((text!("workspace", "werkmap"), Cell::name(path.clone())));
                facts.push((text!("found as", "gevonden als"), Cell::Word(rule.clone())));
            }
            None => facts.push((
                text!("workspace", "werkmap"),
                Cell::Text(text!("none here; `attent init` makes one", "hier geen; `attent init` maakt er een")),
            )),
        }
        if let Some((path, there)) = &self.own_file {
            let absent = if *there { Text::default() } else { text!(" (not there)", " (bestaat niet)") };
            let shown = Text::new(format!("{path}{}", absent.en), format!("{path}{}", absent.nl));
            facts.push((text!("your own file", "eigen bestand"), Cell::Text(shown)));
        }
        if let Some(off) = self.rules_off {
            let how_many = match off {
                0 => text!("all on", "allemaal aan"),
                off => text!("{off} off", "{off} uit"),
            };
            let shown = Text::new(
                format!("{}; `attent config rules` shows them", how_many.en),
                format!("{}; `attent config rules` toont ze", how_many.nl),
            );
            facts.push((text!("rules", "regels"), Cell::Text(shown)));
        }
        facts
    }
}

fn row(line: &SettingLine) -> Row {
    let value = if line.shown.is_empty() { Cell::Empty } else { Cell::name(line.shown.clone()) };
    let row: Row = vec![Cell::name(line.key.clone()), value, Cell::word(line.origin.en.clone(), line.origin.clone())].into();
    if line.changed { row } else { row.tone(Tone::Quiet) }
}
