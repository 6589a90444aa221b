//! The page of `attent log`: a line for each thing done.

use chrono::{DateTime, FixedOffset, NaiveTime};
use serde_json::json;

use super::timeline::{TouchpointLine, fill, table};
use crate::domain::text::{Lang, Text};
use crate::domain::words::{Channel, Direction, Sender};
use crate::render::cell::Word;
use crate::render::document::{Block, Document};
use crate::render::format::Answer;
use crate::render::locale::Look;
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

/// The answer of `log`. For formats that know only tables, `as_table` makes it one.
pub fn logged(lines: &[TouchpointLine], assumed: Assumed, as_table: bool) -> Answer {
    let mut document = Document::new(Text::default()).with(if as_table {
        let mut rows = table();
        fill(&mut rows, lines);
        Block::Table(rows)
    } else if let [line] = lines {
        Block::Text(sentence(line))
    } else {
        Block::List(lines.iter().map(sentence).collect())
    });
    if let Some(hint) = hint(assumed) {
        document = document.with(Block::Hint(hint));
    }
    Answer {
        schema: "attent.log/1",
        json: json!({"touchpoints": lines.iter().map(TouchpointLine::json).collect::<Vec<_>>()}),
        rows_key: "touchpoints",
        ids: lines.iter().map(|line| line.id.to_string()).collect(),
        document,
    }
}

/// `#123 Anna Jansen · phone, both ways, by a person · stage Use · 21 Nov 2026 14:00`.
fn sentence(line: &TouchpointLine) -> Text {
    let (id, name, facts) = (line.id, &line.customer, &line.touchpoint.facts);
    let (channel, direction, at) = (facts.channel.label(), direction(facts.direction), when(line.at));
    let sender = sender(facts.sender);
    let stage = line.stage.as_ref().map_or_else(Text::default, |Word { label, .. }| {
        let (en, nl) = (&label.en, &label.nl);
        text!(" · stage {en}", " · fase {nl}")
    });
    let planned =
        if line.planned { text!(" · planned, it counts from then on", " · gepland, telt vanaf dan mee") } else { Text::default() };
    Text::new(
        format!("#{id} {name} · {}, {}, {}{} · {}{}", channel.en, direction.en, sender.en, stage.en, at.en, planned.en),
        format!("#{id} {name} · {}, {}, {}{} · {}{}", channel.nl, direction.nl, sender.nl, stage.nl, at.nl, planned.nl),
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
