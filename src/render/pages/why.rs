//! The page of `attent why`.

use chrono::{DateTime, FixedOffset};
use serde_json::{Value, json};

use super::{as_of, stamp, tenth};
use crate::domain::course::Course;
use crate::domain::journey::Stage;
use crate::domain::model::Band;
use crate::domain::names::slug;
use crate::domain::text::Text;
use crate::domain::touchpoint::Facts;
use crate::domain::words::Sender;
use crate::measure::explain;
use crate::measure::warmth::Warmth;
use crate::measure::why::{Leaders, Term, terms, weakest};
use crate::render::cell::{Cell, Word};
use crate::render::document::{Block, Column, Document, Row, Table, Tone};
use crate::render::format::Answer;
use crate::text;

/// How much of a note people see; machines see all of it.
const NOTE: usize = 80;

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
    /// The touchpoints that matter most, with what each adds, and the others.
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
        Answer { schema: "attent.why/1", json: self.json(terms.as_ref()), rows_key: "terms", ids, document }
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
                    "attent log CUSTOMER \"what happened\" --stage {id}   records the first",
                    "attent log KLANT \"wat er gebeurde\" --stage {id}   legt het eerste vast"
                )
            }
            Subject::Customer { name, .. } => {
                let name = slug(name);
                text!(
                    "attent log {name} \"what happened\"   records the first",
                    "attent log {name} \"wat er gebeurde\"   legt het eerste vast"
                )
            }
        }
    }

    fn next_step(&self) -> Text {
        let (journey, name) = (&self.course.journey.id, slug(self.title()));
        match &self.subject {
            Subject::Stage { stage, .. } => {
                let id = &stage.id;
                text!(
                    "attent suggest --journey {journey} --stage {id}   says what would help",
                    "attent suggest --journey {journey} --stage {id}   zegt wat zou helpen"
                )
            }
            Subject::Customer { .. } => {
                text!("attent timeline {name}   shows every contact", "attent timeline {name}   toont elk contact")
            }
        }
    }

    fn explanation(&self, document: Document, explained: &Explained, terms: &[Term; 6]) -> Document {
        document
            .with(Block::Facts(self.facts(explained)))
            .with(Block::Heading(text!("What it is made of", "Waaruit het is opgebouwd")))
            .with(Block::Table(term_table(terms, explained.warmth.score)))
            .with(Block::Text(weakest_in_words(&weakest(terms))))
            .with(Block::Heading(text!("The touchpoints that matter most", "De contacten die het meest tellen")))
            .with(Block::Table(self.touch_table(explained)))
            .with(Block::Heading(text!("Before", "Eerder")))
            .with(Block::Table(self.before_table(explained.warmth.score)))
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
            Subject::Stage { customers, .. } => facts.push((Text::new("people", "klanten"), Cell::Count(*customers as i64))),
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

    fn touch_table(&self, explained: &Explained) -> Table {
        let many = matches!(self.subject, Subject::Stage { .. });
        let mut columns = vec![Column::left("at", Text::new("date", "datum"))];
        if many {
            columns.push(Column::left("customer", Text::new("customer", "klant")));
        }
        columns.extend([
            Column::left("how", Text::new("how", "hoe")),
            Column::right("share", Text::new("points", "punten")),
            Column::right("percent", Text::new("share", "deel")),
            Column::left("note", Text::new("note", "notitie")).expendable(1),
        ]);
        let mut table = Table::new(columns);
        let score = explained.warmth.score;
        for (share, touch) in explained.leaders.kept() {
            let who = many.then(|| Cell::name(touch.customer.clone()));
            let how = [Cell::List(how(&touch.facts)), tenth(Some(*share)), percent(*share, score), Cell::name(clipped(&touch.note))];
            table.push([Cell::Day(touch.at)].into_iter().chain(who).chain(how).collect::<Vec<_>>());
        }
        let (others, n) = (explained.leaders.others, explained.leaders.count);
        if n > 0 {
            let all = if n == 1 { text!("1 other", "1 ander") } else { text!("{n} others", "{n} andere") };
            let who = many.then(blank);
            let rest = [blank(), tenth(Some(others)), percent(others, score), blank()];
            table.push(Row::from([Cell::Text(all)].into_iter().chain(who).chain(rest).collect::<Vec<_>>()).tone(Tone::Quiet));
        }
        table
    }

    fn before_table(&self, now: f64) -> Table {
        let mut table = Table::new(vec![
            Column::left("when", Text::new("when", "wanneer")),
            Column::left("warmth", Text::new("warmth", "warmte")),
            Column::right("difference", Text::new("since then", "sindsdien")),
        ]);
        for before in &self.before {
            let days = before.days;
            let since = before.warmth.map_or_else(
                || Cell::Text(text!("no contact yet", "nog geen contact")),
                |warmth| Cell::Signed { value: now - warmth, decimals: 1 },
            );
            table.push(vec![Cell::Text(text!("{days} days ago", "{days} dagen geleden")), Cell::Warmth(before.warmth), since]);
        }
        table
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

fn name(term: &Term) -> Text {
    term.component.map_or_else(|| text!("failures", "missers"), explain::name)
}

fn question(term: &Term) -> Text {
    term.component.map_or_else(|| text!("is everything made good?", "is alles goedgemaakt?"), explain::question)
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

fn term_table(terms: &[Term; 6], score: f64) -> Table {
    let mut table = Table::new(vec![
        Column::left("term", Text::new("term", "onderdeel")),
        Column::right("value", Text::new("value", "waarde")),
        Column::right("weight", Text::new("×\u{a0}weight", "×\u{a0}gewicht")),
        Column::right("contribution", Text::new("points", "punten")),
        Column::left("question", Text::new("asks", "vraagt")),
        Column::left("pillar", Text::new("KPMG pillar", "pijler van KPMG")).expendable(1),
    ])
    .main();
    for term in terms {
        // A failure that never was has nothing to multiply.
        let shown =
            |value, decimals| if term.component.is_none() && term.value == 0.0 { blank() } else { Cell::Number { value, decimals } };
        table.push(vec![
            Cell::word(id(term), name(term)),
            shown(term.value, 2),
            shown(term.weight, if term.weight.fract() == 0.0 { 0 } else { 1 }),
            tenth(Some(term.contribution)),
            Cell::Text(question(term)),
            Cell::Text(pillar(term)),
        ]);
    }
    let sum = Cell::word("warmth", text!("warmth", "warmte"));
    table.push(Row::from(vec![sum, blank(), blank(), tenth(Some(score)), blank(), blank()]).tone(Tone::Strong));
    table
}

fn weakest_in_words(term: &Term) -> Text {
    let (name, pillar, question) = (name(term), pillar(term), question(term));
    let (en, nl) = (format!("{:.1}", term.missing()), format!("{:.1}", term.missing()).replace('.', ","));
    let lacks = if term.component.is_some() {
        let weight = term.weight.to_string();
        let gewicht = weight.replace('.', ",");
        Text::new(format!("{en} of its {weight} points are missing"), format!("{nl} van de {gewicht} punten ontbreken"))
    } else {
        Text::new(format!("they take {en} points"), format!("ze kosten {nl} punten"))
    };
    Text::new(
        format!("The weakest term is {}: {}. It asks “{}” (pillar: {}).", name.en, lacks.en, question.en, pillar.en),
        format!("Het zwakste onderdeel is {}: {}. De vraag is “{}” (pijler: {}).", name.nl, lacks.nl, question.nl, pillar.nl),
    )
}

/// Through what, which way, and who when it was no person.
fn how(facts: &Facts) -> Vec<Word> {
    let sender = (facts.sender != Sender::Human).then(|| Word::new(facts.sender.word(), facts.sender.label()));
    let both = [Word::new(facts.channel.word(), facts.channel.label()), Word::new(facts.direction.word(), facts.direction.label())];
    both.into_iter().chain(sender).collect()
}

/// Where a value would say nothing, which is not the same as one that is missing.
fn blank() -> Cell {
    Cell::Text(Text::default())
}

fn percent(share: f64, score: f64) -> Cell {
    if score > 0.0 { Cell::Percent(share / score) } else { Cell::Empty }
}

fn clipped(note: &str) -> String {
    match note.char_indices().nth(NOTE) {
        Some((end, _)) => format!("{}…", note[..end].trim_end()),
        None => note.to_owned(),
    }
}
