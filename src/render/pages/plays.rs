//! The page of `attent plays`: the playbook, and one play whole.

use serde_json::{Value, json};

use crate::domain::accumulators::{personal_factor, sender_factor, transactional_factor};
use crate::domain::model::Model;
use crate::domain::play::Play;
use crate::domain::text::Text;
use crate::domain::words::Direction;
use crate::plan::rules::checklist;
use crate::render::cell::{Cell, Word};
use crate::render::document::{Block, Column, Document, Row, Table};
use crate::render::format::Answer;
use crate::text;

/// Whose a play is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Origin {
    /// It comes with the program.
    Shipped,
    /// The workspace's own.
    Own,
    /// The workspace's own in the place of a shipped one.
    Changed,
}

impl Origin {
    fn word(self) -> Word {
        match self {
            Self::Shipped => Word::new("shipped", text!("shipped", "meegeleverd")),
            Self::Own => Word::new("own", text!("own", "eigen")),
            Self::Changed => Word::new("changed", text!("changed", "aangepast")),
        }
    }
}

/// One play as it is shown.
#[derive(Debug, Clone)]
pub struct PlayLine {
    play: Play,
    origin: Origin,
    /// The only stages it fits in, with their titles where a journey has them.
    stages: Vec<Word>,
    worth: Worth,
}

/// What each word of a play's touchpoint is worth in the score.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Worth {
    mass: f64,
    pressure: f64,
    human: f64,
    personal: f64,
    relational: f64,
}

impl PlayLine {
    /// A play; `stages` are those of all journeys.
    pub fn new(play: &Play, origin: Origin, stages: &[Word], model: &Model) -> Self {
        let word = |id: &String| stages.iter().find(|stage| stage.id == *id).cloned().unwrap_or_else(|| Word::new(id, Text::same(id)));
        let contact = &play.contact;
        let worth = Worth {
            mass: model.mass(contact.channel),
            pressure: match contact.direction {
                Direction::In => 0.0,
                Direction::Out => 1.0,
                Direction::Both => 0.5,
            },
            human: sender_factor(contact.sender),
            personal: personal_factor(contact.personal),
            relational: 1.0 - transactional_factor(contact.kind),
        };
        Self { stages: play.stages.iter().map(word).collect(), play: play.clone(), origin, worth }
    }

    fn answers(&self) -> Cell {
        Cell::List(self.play.answers.iter().map(|kind| Word::new(kind.id(), kind.label())).collect())
    }

    fn row(&self) -> Row {
        let play = &self.play;
        vec![
            Cell::name(play.id.clone()),
            Cell::Text(play.title.clone()),
            Cell::word(play.theme.word(), play.theme.label()),
            self.answers(),
            Cell::word(play.contact.channel.word(), play.contact.channel.label()),
            Cell::Count(play.minutes.into()),
            Cell::Money(play.cost),
            Cell::word(play.grade.word(), play.grade.label()),
            Cell::Word(self.origin.word()),
        ]
        .into()
    }

    fn json(&self) -> Value {
        let (play, contact, worth) = (&self.play, &self.play.contact, &self.worth);
        let lang = |text: &Text| json!({"en": text.en, "nl": text.nl});
        json!({
            "play": play.id,
            "title": play.title.en,
            "theme": play.theme,
            "answers": play.answers,
            "stages": play.stages,
            "minutes": play.minutes,
            "cost": play.cost.units(),
            "lead_time_days": play.lead_time,
            "touchpoint": {
                "channel": contact.channel,
                "direction": contact.direction,
                "sender": contact.sender,
                "personal": contact.personal,
                "kind": contact.kind,
                "sentiment": contact.sentiment,
                "worth": {
                    "mass": worth.mass,
                    "pressure": worth.pressure,
                    "human": worth.human,
                    "personal": worth.personal,
                    "relational": worth.relational,
                },
            },
            "checklist": checklist(play).iter().map(lang).collect::<Vec<_>>(),
            "occasion": play.occasion.as_ref().map(|occasion| json!({"tags": occasion.tags, "within_days": occasion.within})),
            "after_recovery": play.after_recovery,
            "evidence": {"grade": play.grade, "note": lang(&play.evidence), "source": play.source},
            "origin": self.origin.word().id,
            "texts": {"title": lang(&play.title), "action": lang(&play.action), "not_for": lang(&play.not_for)},
        })
    }
}

fn table(lines: &[PlayLine]) -> Table {
    // Whose a play is says something only where not all of them are shipped.
    let whose = if lines.iter().any(|line| line.origin != Origin::Shipped) { 1 } else { 6 };
    let mut table = Table::new(vec![
        Column::left("play", Text::new("play", "actie")),
        Column::left("title", Text::new("title", "titel")),
        Column::left("theme", Text::new("theme", "thema")).expendable(4),
        Column::left("answers", Text::new("answers", "helpt bij")),
        Column::left("channel", Text::new("channel", "kanaal")).expendable(5),
        Column::right("minutes", Text::new("minutes", "minuten")).expendable(2),
        Column::right("cost", Text::new("cost", "kosten")).expendable(3),
        Column::left("evidence", Text::new("research", "onderzoek")).expendable(3),
        Column::left("origin", Text::new("whose", "van wie")).expendable(whose),
    ])
    .main();
    lines.iter().for_each(|line| table.push(line.row()));
    table
}

fn answer(document: Document, lines: &[PlayLine], hidden: &[String]) -> Answer {
    let json = json!({"plays": lines.iter().map(PlayLine::json).collect::<Vec<_>>(), "hidden": hidden});
    let ids = lines.iter().map(|line| line.play.id.clone()).collect();
    Answer { schema: "attent.plays/1", json, rows_key: "plays", ids, document, calendar: None }
}

/// The list.
#[derive(Debug, Clone)]
pub struct ListPage {
    /// The plays, in the order of the playbook.
    pub lines: Vec<PlayLine>,
    /// The ids of shipped plays that the workspace does not want.
    pub hidden: Vec<String>,
}

impl ListPage {
    /// The answer.
    pub fn answer(&self) -> Answer {
        let mut document = Document::new(text!("Plays", "Acties"));
        document = if let Some(first) = self.lines.first() {
            let id = &first.play.id;
            let hint = text!("Everything about one: attent plays {id}", "Alles over een ervan: attent plays {id}");
            document.with(Block::Table(table(&self.lines))).with(Block::Hint(hint))
        } else {
            document.with(Block::Text(text!("No play fits that.", "Geen actie past daarbij.")))
        };
        if !self.hidden.is_empty() {
            let hidden = self.hidden.join(", ");
            document = document.with(Block::Text(text!("Hidden by playbook.yaml: {hidden}.", "Verborgen door playbook.yaml: {hidden}.")));
        }
        answer(document, &self.lines, &self.hidden)
    }
}

/// One play whole.
#[derive(Debug, Clone)]
pub struct PlayPage {
    /// The play.
    pub line: PlayLine,
}

impl PlayPage {
    /// The answer; `as_table` for formats that know only tables.
    pub fn answer(&self, as_table: bool) -> Answer {
        let play = &self.line.play;
        let mut document = Document::new(play.title.clone());
        if as_table {
            document = document.with(Block::Table(table(std::slice::from_ref(&self.line))));
        } else {
            document = document.subtitle(play.action.clone()).with(Block::Facts(self.facts()));
            for block in [self.not_for(), self.contact(), self.checklist(), self.evidence()].into_iter().flatten() {
                document = document.with(block);
            }
            let id = &play.id;
            document = document.with(Block::Hint(text!(
                "Where it would help now: attent suggest --play {id}",
                "Waar het nu zou helpen: attent suggest --play {id}"
            )));
        }
        answer(document, std::slice::from_ref(&self.line), &[])
    }

    fn facts(&self) -> Vec<(Text, Cell)> {
        let (line, play) = (&self.line, &self.line.play);
        let stages = if line.stages.is_empty() { Cell::Text(text!("every stage", "elke fase")) } else { Cell::List(line.stages.clone()) };
        let mut facts = vec![
            (text!("play", "actie"), Cell::name(play.id.clone())),
            (text!("theme", "thema"), Cell::word(play.theme.word(), play.theme.label())),
            (text!("whose", "van wie"), Cell::Word(line.origin.word())),
            (text!("answers", "helpt bij"), line.answers()),
            (text!("stages", "fasen"), stages),
            (text!("minutes", "minuten"), Cell::Count(play.minutes.into())),
            (text!("cost", "kosten"), Cell::Money(play.cost)),
            (text!("lead time", "doorlooptijd"), Cell::Text(lead_time(play.lead_time))),
            (text!("research", "onderzoek"), Cell::word(play.grade.word(), play.grade.label())),
        ];
        if let Some(occasion) = &play.occasion {
            let within = days(occasion.within);
            let said = Text::new(
                format!("only when the log has {} in the last {}", occasion.tags.join(" or "), within.en),
                format!("alleen als {} in het logboek staat, hooguit {} geleden", occasion.tags.join(" of "), within.nl),
            );
            facts.push((text!("occasion", "aanleiding"), Cell::Text(said)));
        }
        if play.after_recovery {
            let said = text!("only in the two weeks after it has been made good", "alleen in de twee weken nadat het is goedgemaakt");
            facts.push((text!("occasion", "aanleiding"), Cell::Text(said)));
        }
        facts
    }

    fn not_for(&self) -> Vec<Block> {
        let said = &self.line.play.not_for;
        section(text!("Where it does not fit", "Waar het niet past"), (!said.is_empty()).then(|| Block::Text(said.clone())))
    }

    fn checklist(&self) -> Vec<Block> {
        let list = checklist(&self.line.play);
        let heading = text!("Before it counts as done", "Voordat het als gedaan telt");
        section(heading, (!list.is_empty()).then_some(Block::List(list)))
    }

    /// The touchpoint it becomes, word for word.
    fn contact(&self) -> Vec<Block> {
        let (contact, worth) = (&self.line.play.contact, &self.line.worth);
        let mut table = Table::new(vec![
            Column::left("part", Text::new("part", "deel")),
            Column::left("word", Text::new("word", "woord")),
            Column::right("worth", Text::new("worth", "waarde")),
            Column::left("of", Text::new("of what", "waarvan")),
        ]);
        let mut part = |name: Text, word: Cell, value: f64, of: Text| {
            table.push(vec![Cell::Text(name), word, Cell::Number { value, decimals: 2 }, Cell::Text(of)]);
        };
        let cell = |word: &str, label: Text| Cell::word(word, label);
        let channel = cell(contact.channel.word(), contact.channel.label());
        part(text!("channel", "kanaal"), channel, worth.mass, text!("mass; a visit is 1", "gewicht; een bezoek is 1"));
        let direction = cell(contact.direction.word(), contact.direction.label());
        part(text!("direction", "richting"), direction, worth.pressure, text!("contact pressure", "contactdruk"));
        let sender = cell(contact.sender.word(), contact.sender.label());
        part(text!("sender", "afzender"), sender, worth.human, text!("human", "menselijk"));
        let personal = cell(contact.personal.word(), contact.personal.label());
        part(text!("personal", "persoonlijk"), personal, worth.personal, text!("personal", "persoonlijk"));
        let kind = cell(contact.kind.word(), contact.kind.label());
        part(text!("kind", "soort"), kind, worth.relational, text!("relation", "relatie"));
        let felt = Cell::Text(text!("assumed", "aangenomen"));
        part(text!("felt", "gevoel"), felt, contact.sentiment, text!("from −1 to 1", "van −1 tot 1"));
        section(text!("The contact it becomes", "Het contact dat het wordt"), Some(Block::Table(table)))
    }

    fn evidence(&self) -> Vec<Block> {
        let play = &self.line.play;
        let source = if play.source.is_empty() { String::new() } else { format!("({})", play.source) };
        let said = |note: &str| [note, &source].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ");
        let text = Text::new(said(&play.evidence.en), said(&play.evidence.nl));
        section(text!("Research", "Onderzoek"), (!text.is_empty()).then_some(Block::Text(text)))
    }
}

fn section(heading: Text, body: Option<Block>) -> Vec<Block> {
    body.map(|body| vec![Block::Heading(heading), body]).unwrap_or_default()
}

fn lead_time(time: f64) -> Text {
    if time > 0.0 { days(time) } else { text!("none: it can be done today", "geen: het kan vandaag") }
}

/// A length of time in days, or in hours when it is not whole days.
fn days(time: f64) -> Text {
    let hours = (time * 24.0).round();
    match time {
        1.0 => text!("1 day", "1 dag"),
        whole if whole.fract() == 0.0 => text!("{whole} days", "{whole} dagen"),
        _ => text!("{hours} hours", "{hours} uur"),
    }
}
