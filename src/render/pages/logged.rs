//! The page of `attent log`: a line for each thing done.

use chrono::{DateTime, FixedOffset, NaiveTime};
use serde_json::json;

use super::timeline::{TouchpointLine, felt, fill, table};
use crate::domain::text::{Lang, Text};
use crate::domain::touchpoint::Touchpoint;
use crate::domain::words::{Channel, Direction, Sender};
use crate::render::cell::Word;
use crate::render::document::{Block, Document};
use crate::render::format::Answer;
use crate::render::locale::Look;
use crate::render::sanitize::visible;
use crate::render::wrap::clip;
use crate::text;

/// How the channel was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Assumed {
    /// It was said.
    Nothing,
    /// A word of the note named it.
    Channel(Channel),
    /// Nothing named it.
    Message,
}

/// What the answer of `log` adds to the contacts themselves.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Remarks {
    /// How the channel was found.
    pub assumed: Assumed,
    /// A time to come that the words name, which is not when it happened.
    pub ahead: Option<String>,
    /// A day without a year that was read as last year's, and how it is written when it is still to come.
    pub last_year: Option<(String, String)>,
    /// The customers made with this entry.
    pub newcomers: Vec<String>,
    /// The words that how it felt was read from.
    pub felt: Option<String>,
    /// The nudges that stand for whom it was with.
    pub nudges: Vec<i64>,
}

/// The answer of `log`. For formats that know only tables, `as_table` makes it one.
pub fn logged(lines: &[TouchpointLine], remarks: &Remarks, as_table: bool) -> Answer {
    let name = text!("Logged", "Vastgelegd");
    let mut document = Document::new(Text::default()).named(name).with(if as_table {
        let mut rows = table();
        fill(&mut rows, lines);
        Block::Table(rows)
    } else if let [line] = lines {
        Block::Text(sentence(line))
    } else {
        Block::List(lines.iter().map(sentence).collect())
    });
    let last_year = remarks.last_year.as_ref().map(|(typed, date)| {
        text!(
            "`{typed}` was read as last year's; if it is still to come, undo this and add --at {date}.",
            "`{typed}` is gelezen als die van vorig jaar; komt die nog, maak dit dan ongedaan en zet er --at {date} bij."
        )
    });
    let felt = remarks.felt.as_ref().map(|words| {
        text!(
            "How it felt was read from your words (`{words}`); --felt says it otherwise.",
            "Het gevoel is gelezen uit je woorden (`{words}`); met --felt zeg je het anders."
        )
    });
    let names = visible(&remarks.newcomers.join(", ")).into_owned();
    let newcomers = (!names.is_empty()).then(|| text!("New customer: {names}.", "Nieuwe klant: {names}."));
    let ahead = remarks.ahead.as_deref().map(plan);
    let nudges = nudges(&remarks.nudges);
    for hint in [newcomers, hint(remarks.assumed), ahead, last_year, felt, nudges].into_iter().flatten() {
        document = document.with(Block::Hint(hint));
    }
    answer(lines, document)
}

/// How a contact that is on the log already counts for the nudge that asked for it.
fn nudges(ids: &[i64]) -> Option<Text> {
    let listed = ids.iter().map(|id| format!("#{id}")).collect::<Vec<_>>().join(", ");
    match ids {
        [] => None,
        [id] => Some(text!(
            "Nudge {id} stands for them. Was it this? attent done {id} --logged",
            "Voor deze klant staat nudge {id}. Was het dit? attent done {id} --logged"
        )),
        [id, ..] => Some(text!(
            "Nudges {listed} stand for them. Was it one of these? attent done {id} --logged",
            "Voor deze klant staan nudges {listed}. Was het een daarvan? attent done {id} --logged"
        )),
    }
}

fn answer(lines: &[TouchpointLine], document: Document) -> Answer {
    Answer {
        schema: "attent.log/1",
        json: json!({"touchpoints": lines.iter().map(TouchpointLine::json).collect::<Vec<_>>()}),
        rows_key: "touchpoints",
        ids: lines.iter().map(|line| line.id.to_string()).collect(),
        document,
        calendar: None,
    }
}

/// The answer of `log --last`: what was logged last, the latest entry first.
pub fn last(lines: &[TouchpointLine], as_table: bool) -> Answer {
    let mut document = Document::new(Text::default()).named(text!("What was logged last", "Wat het laatst is vastgelegd"));
    if as_table {
        let mut rows = table();
        fill(&mut rows, lines);
        document = document.with(Block::Table(rows));
    } else if lines.is_empty() {
        document = document.with(Block::Text(text!("Nothing has been logged yet.", "Er is nog niets vastgelegd.")));
    } else {
        document = document.with(Block::List(lines.iter().map(|line| with_note(sentence(line), &line.touchpoint.note)).collect()));
        document = document.with(Block::Hint(text!(
            "The number before a name is that of the contact.",
            "Het nummer voor een naam is dat van het contact."
        )));
    }
    answer(lines, document)
}

fn with_note(line: Text, note: &str) -> Text {
    let note = clip(note, 200, "…");
    Text::new(format!("{} · {note}", line.en), format!("{} · {note}", line.nl))
}

/// A contact that is not stored yet: `Anna Jansen · phone, both ways, by a person · 21 Nov 2026 14:00`.
pub fn summary(names: &str, touchpoint: &Touchpoint, at: DateTime<FixedOffset>) -> Text {
    let (how, at, more) = (how(touchpoint), when(at), more(touchpoint));
    Text::new(format!("{names} · {} · {}{}", how.en, at.en, more.en), format!("{names} · {} · {}{}", how.nl, at.nl, more.nl))
}

/// `#123 Anna Jansen · phone, both ways, by a person · stage Use · 21 Nov 2026 14:00`.
fn sentence(line: &TouchpointLine) -> Text {
    let (id, name) = (line.id, &line.customer);
    let (how, at, more) = (how(&line.touchpoint), when(line.at), more(&line.touchpoint));
    let stage = line.stage.as_ref().map_or_else(Text::default, |Word { label, .. }| {
        let (en, nl) = (&label.en, &label.nl);
        text!(" · stage {en}", " · fase {nl}")
    });
    let planned =
        if line.planned { text!(" · planned, it counts from then on", " · gepland, telt vanaf dan mee") } else { Text::default() };
    Text::new(
        format!("#{id} {name} · {}{} · {}{}{}", how.en, stage.en, at.en, more.en, planned.en),
        format!("#{id} {name} · {}{} · {}{}{}", how.nl, stage.nl, at.nl, more.nl, planned.nl),
    )
}

/// The channel, who started it, and who made it.
fn how(touchpoint: &Touchpoint) -> Text {
    let facts = &touchpoint.facts;
    let (channel, direction, sender) = (facts.channel.label(), direction(facts.direction), sender(facts.sender));
    Text::new(format!("{}, {}, {}", channel.en, direction.en, sender.en), format!("{}, {}, {}", channel.nl, direction.nl, sender.nl))
}

/// How long it took and how it felt, as far as that is known.
fn more(touchpoint: &Touchpoint) -> Text {
    let minutes = touchpoint.minutes.map(|minutes| text!(" · {minutes} min", " · {minutes} min"));
    let felt = touchpoint.facts.sentiment.map(|value| {
        let of = |lang| felt(value).show(&Look { lang, ..Look::default() });
        Text::new(format!(" · felt {}", of(Lang::En)), format!(" · gevoel {}", of(Lang::Nl)))
    });
    let (en, nl): (Vec<_>, Vec<_>) = [minutes, felt].into_iter().flatten().map(|part| (part.en, part.nl)).unzip();
    Text::new(en.concat(), nl.concat())
}

fn plan(ahead: &str) -> Text {
    text!(
        "`{ahead}` lies ahead, so this counts as now; if it is still to happen, add --at \"{ahead}\".",
        "`{ahead}` komt nog, dus dit telt als nu; moet het nog gebeuren, zet er dan --at \"{ahead}\" bij."
    )
}

fn direction(direction: Direction) -> Text {
    match direction {
        Direction::In => text!("from the customer", "van de klant"),
        Direction::Out => text!("to the customer", "naar de klant"),
        Direction::Both => text!("both ways", "over en weer"),
    }
}

fn sender(sender: Sender) -> Text {
    match sender {
        Sender::Human => text!("by a person", "door een mens"),
        Sender::Assisted => text!("by a person with a machine's help", "door een mens met hulp van een machine"),
        Sender::Automated => text!("by a machine", "door een machine"),
    }
}

/// A day and a time in both languages; a day that was given without a time has none.
pub fn when(at: DateTime<FixedOffset>) -> Text {
    let local = at.naive_local();
    let of = |lang| {
        let look = Look { lang, ..Look::default() };
        if local.time() == NaiveTime::MIN { look.date(local.date()) } else { look.date_time(local) }
    };
    Text::new(of(Lang::En), of(Lang::Nl))
}

fn hint(assumed: Assumed) -> Option<Text> {
    match assumed {
        Assumed::Nothing => None,
        Assumed::Channel(channel) => {
            let (en, nl) = (channel.label().en, channel.label().nl);
            Some(text!(
                "Read as {en} from your words; if it was not, say so with --channel, --in, --out or --both.",
                "Gelezen als {nl} uit je woorden; is het anders, zeg het dan met --channel, --in, --out of --both."
            ))
        }
        Assumed::Message => Some(text!(
            "No word named a channel, so it counts as a message; if it was not, say for example --channel phone.",
            "Geen woord noemde een kanaal, dus het telt als bericht; is het anders, zeg dan bijvoorbeeld --channel telefoon."
        )),
    }
}
