//! The pages of `attent nudge`: what to do, with everything one wants to know before doing it.

use chrono::{DateTime, FixedOffset, NaiveDate};
use serde_json::{Value, json};

use super::actions::{ActionLine, table};
use super::plan::no_room;
use super::{lower, stamp};
use crate::domain::finding::FindingKind;
use crate::domain::numbers::{count, counted};
use crate::domain::rule::RuleId;
use crate::domain::text::{Lang, Text};
use crate::domain::words::Channel;
use crate::plan::week::Closed;
use crate::render::cell::Cell;
use crate::render::document::{Block, Document};
use crate::render::format::Answer;
use crate::render::ics::Calendar;
use crate::render::locale::Look;
use crate::text;

/// A contact of before.
#[derive(Debug, Clone, PartialEq)]
pub struct Contact {
    /// When.
    pub at: DateTime<FixedOffset>,
    /// Through which channel.
    pub channel: Channel,
    /// What was said, or empty.
    pub note: String,
}

/// What is known around a nudge.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Around {
    /// The last contacts, the latest first.
    pub contacts: Vec<Contact>,
    /// What they like, where they live, what was noted.
    pub good_to_know: Vec<String>,
}

/// One nudge of a digest.
#[derive(Debug, Clone, PartialEq)]
pub struct NudgeLine {
    /// The action.
    pub line: ActionLine,
    /// Whether it was brought up with this digest.
    pub new: bool,
    /// Its place among what is new, until it has a number.
    pub place: Option<usize>,
    /// What is known around it.
    pub around: Around,
}

/// A nudge that closed by itself.
#[derive(Debug, Clone, PartialEq)]
pub struct ClosedLine {
    /// Its number.
    pub id: i64,
    /// The name of the customer.
    pub customer: String,
    /// What was to be done.
    pub action: Text,
    /// The finding or the rule it was about.
    pub rule: String,
    /// Why it closed.
    pub why: Closed,
}

/// A digest.
#[derive(Debug, Clone)]
pub struct Digest {
    /// The moment.
    pub as_of: DateTime<FixedOffset>,
    /// The Monday of the week.
    pub monday: NaiveDate,
    /// What stands, the most pressing first.
    pub lines: Vec<NudgeLine>,
    /// How many are shown.
    pub most: usize,
    /// What closed by itself.
    pub closed: Vec<ClosedLine>,
    /// Days that passed while no digest was made.
    pub missed: Vec<Text>,
    /// How many are put off.
    pub asleep: usize,
    /// How many people there is something to do for that does not fit in the week.
    pub waiting: usize,
    /// How many people have a failure that is open.
    pub open_failures: usize,
    /// Whether anybody is in the log.
    pub anybody: bool,
    /// The same as a calendar, when that was asked for, with what ended lately.
    pub calendar: Option<Calendar>,
}

impl Digest {
    /// Whether there is nothing to do and nothing to tell.
    pub fn says_nothing(&self) -> bool {
        if let Some(calendar) = &self.calendar {
            return calendar.items.is_empty();
        }
        self.lines.is_empty() && self.closed.is_empty() && self.missed.is_empty()
    }

    /// What closed and what passed, as sentences.
    pub fn asides(&self) -> Vec<Text> {
        self.closed.iter().map(closed_sentence).chain(self.missed.iter().cloned()).collect()
    }

    /// The answer. For formats that know only tables, `as_table` makes it one.
    pub fn answer(&self, as_table: bool) -> Answer {
        let shown = &self.lines[..self.lines.len().min(self.most)];
        let mut document = Document::new(self.title()).subtitle(super::as_of(self.as_of));
        if as_table {
            document = document.with(Block::Table(table(&shown.iter().map(|nudge| nudge.line.clone()).collect::<Vec<_>>())));
        } else {
            for nudge in shown {
                document = nudge_blocks(document, nudge);
            }
            if self.lines.is_empty() {
                document = document.with(Block::Text(self.nothing()));
            }
            document = self.rest(document);
        }
        Answer {
            schema: "attent.nudge/1",
            json: self.json(shown),
            rows_key: "nudges",
            ids: shown.iter().map(|nudge| nudge.line.name()).collect(),
            document,
            calendar: self.calendar.clone(),
        }
    }

    fn json(&self, shown: &[NudgeLine]) -> Value {
        json!({
            "as_of": stamp(self.as_of),
            "week": self.monday.format("%G-W%V").to_string(),
            "nudges": shown.iter().map(nudge_json).collect::<Vec<_>>(),
            "more": self.lines.len() - shown.len(),
            "snoozed": self.asleep,
            "waiting": self.waiting,
            "closed": self.closed.iter().map(|closed| json!({
                "nudge": closed.id, "customer": closed.customer, "action": closed.action.en, "why": closed.why.code(), "said": said(closed).en,
            })).collect::<Vec<_>>(),
            "missed": self.missed.iter().map(|missed| missed.en.clone()).collect::<Vec<_>>(),
        })
    }

    /// `3 for this week`, `3 for this week, 1 of them late`.
    fn title(&self) -> Text {
        let late = self.lines.iter().filter(|nudge| nudge.line.overdue).count() as u64;
        let n = count(self.lines.len() as u64);
        match (self.lines.len(), late) {
            (0, _) => text!("This week", "Deze week"),
            (_, 0) => Text::new(format!("{} for this week", n.en), format!("{} voor deze week", n.nl)),
            (_, late) => {
                let (their, late) = (if late == 1 { "its" } else { "their" }, count(late));
                Text::new(
                    format!("{} for this week, {} past {their} day", n.en, late.en),
                    format!("{} voor deze week, waarvan {} met een verstreken datum", n.nl, late.nl),
                )
            }
        }
    }

    fn nothing(&self) -> Text {
        if !self.anybody {
            return text!("Nobody is in the log yet.", "Er staat nog niemand in het logboek.");
        }
        if self.waiting > 0 {
            return no_room(self.waiting);
        }
        if self.open_failures > 0 {
            let n = counted(self.open_failures as u64, ["failure is", "failures are"], ["misser staat", "missers staan"]);
            return Text::new(
                format!("Nothing new needs doing now; {} still open: `attent incidents`.", n.en),
                format!("Er hoeft nu niets nieuws; {} nog open: `attent incidents`.", n.nl),
            );
        }
        text!("All warm: nothing needs doing now.", "Alles warm: er hoeft nu niets.")
    }

    fn rest(&self, mut document: Document) -> Document {
        let more = self.lines.len().saturating_sub(self.most) as u64;
        let kept = self.lines.iter().all(|nudge| nudge.line.nudge.is_some());
        if more > 0 && !kept {
            let more = count(more);
            document = document.with(Block::Text(Text::new(
                format!("And {} more: a larger --max shows them.", more.en),
                format!("En nog {}: een grotere --max toont ze.", more.nl),
            )));
        } else if more > 0 {
            let more = counted(more, ["more stands", "more stand"], ["andere staat", "andere staan"]);
            document = document.with(Block::Text(Text::new(
                format!("{}: `attent nudges` shows them all.", more.en),
                format!("Nog {} open: `attent nudges` toont ze allemaal.", more.nl),
            )));
        }
        if self.asleep > 0 {
            let n = count(self.asleep as u64);
            document =
                document.with(Block::Text(Text::new(format!("{} put off for later.", n.en), format!("{} uitgesteld tot later.", n.nl))));
        }
        if !self.closed.is_empty() {
            document = document.with(Block::Heading(text!("No longer needed", "Niet meer nodig")));
            document = document.with(Block::List(self.closed.iter().map(closed_sentence).collect()));
        }
        if !self.missed.is_empty() {
            document = document.with(Block::Heading(text!("Passed since the last digest", "Voorbijgegaan sinds het vorige overzicht")));
            document = document.with(Block::List(self.missed.clone()));
        }
        document
    }
}

/// The heading and the facts of one nudge.
fn nudge_blocks(document: Document, nudge: &NudgeLine) -> Document {
    let line = &nudge.line;
    let number = line.nudge.map_or_else(String::new, |id| format!("#{id} "));
    let who = &line.customer;
    let heading = Text::new(format!("{number}{who}: {}", lower(&line.action.en)), format!("{number}{who}: {}", lower(&line.action.nl)));
    let mut facts = vec![(text!("why", "waarom"), Cell::Text(line.because.clone()))];
    if !line.how.is_empty() {
        facts.push((text!("how", "hoe"), Cell::Text(line.how.clone())));
    }
    for (at, contact) in nudge.around.contacts.iter().enumerate() {
        let name = if at == 0 { text!("before", "eerder") } else { Text::default() };
        facts.push((name, Cell::Text(contact_said(contact))));
    }
    for (at, known) in nudge.around.good_to_know.iter().enumerate() {
        let name = if at == 0 { text!("good to know", "goed om te weten") } else { Text::default() };
        facts.push((name, Cell::name(known)));
    }
    facts.push((text!("when", "wanneer"), Cell::Text(when(line))));
    if line.cost.0 > 0 {
        facts.push((text!("cost", "kosten"), Cell::Money(line.cost)));
    }
    if let Some(id) = line.nudge {
        let then = format!("attent done {id} · attent snooze {id} 2w · attent skip {id}");
        facts.push((text!("then", "daarna"), Cell::name(then)));
    }
    document.with(Block::Heading(heading)).with(Block::Facts(facts))
}

/// `by Sun 5 Jul, 10 minutes`.
fn when(line: &ActionLine) -> Text {
    let of = |lang: Lang| {
        let look = Look { lang, ..Look::default() };
        let day = look.weekday(line.due.date_naive());
        let minutes = counted(u64::from(line.minutes), ["minute", "minutes"], ["minuut", "minuten"]);
        let late = if line.overdue { lang.pick(" (past)", " (voorbij)") } else { "" };
        format!("{} {day}{late}, {}", lang.pick("by", "uiterlijk"), minutes.get(lang))
    };
    Text::new(of(Lang::En), of(Lang::Nl))
}

/// `20 May 2026, phone: talked about the oak`.
pub(super) fn contact_said(contact: &Contact) -> Text {
    let of = |lang: Lang| {
        let look = Look { lang, ..Look::default() };
        let note = contact.note.lines().next().unwrap_or_default();
        let note = if note.is_empty() { String::new() } else { format!(": {note}") };
        format!("{}, {}{note}", look.date(contact.at.date_naive()), contact.channel.label().get(lang))
    };
    Text::new(of(Lang::En), of(Lang::Nl))
}

fn nudge_json(nudge: &NudgeLine) -> Value {
    let mut json = nudge.line.json();
    if let Value::Object(map) = &mut json {
        map.insert("new".into(), json!(nudge.new));
        map.insert("how".into(), json!(nudge.line.how.en));
        let contacts = nudge.around.contacts.iter();
        map.insert(
            "contacts".into(),
            contacts.map(|contact| json!({"at": stamp(contact.at), "channel": contact.channel.word(), "note": contact.note})).collect(),
        );
        map.insert("good_to_know".into(), json!(nudge.around.good_to_know));
    }
    json
}

fn closed_sentence(closed: &ClosedLine) -> Text {
    let (id, who, why) = (closed.id, &closed.customer, said(closed));
    Text::new(
        format!("#{id} {who}, {}: {}", lower(&closed.action.en), why.en),
        format!("#{id} {who}, {}: {}", lower(&closed.action.nl), why.nl),
    )
}

/// Why a nudge closed, as a person reads it.
fn said(closed: &ClosedLine) -> Text {
    match closed.why {
        Closed::Rule(rule) => {
            let reason = crate::plan::rules::rule(rule).map(|own| (own.reason)()).unwrap_or_default();
            Text::new(format!("{rule}: {}", reason.en), format!("{rule}: {}", reason.nl))
        }
        Closed::PlayGone => text!("this play is not in your playbook any more", "deze actie staat niet meer in je draaiboek"),
        Closed::CauseGone => gone(&closed.rule),
    }
}

fn gone(rule: &str) -> Text {
    match rule.parse::<RuleId>() {
        Ok(RuleId::R1) => text!("it was answered, made good or taken back", "er is op gereageerd, het is goedgemaakt of teruggenomen"),
        Ok(RuleId::R2 | RuleId::R5) => {
            text!("it was made good, or its time has passed", "het is goedgemaakt, of de tijd ervoor is voorbij")
        }
        Ok(RuleId::R6) => text!("the cause was looked into", "de oorzaak is bekeken"),
        Ok(RuleId::R8) => text!(
            "somebody has asked, or there is nothing to ask about any more",
            "er is naar gevraagd, of er is niets meer om naar te vragen"
        ),
        Ok(RuleId::Ref4) => text!("the good moment has passed", "het goede moment is voorbij"),
        Ok(RuleId::Ref6) => text!("they were thanked, or there is no referral any more", "ze zijn bedankt, of er is geen aanbeveling meer"),
        Ok(RuleId::Ref7) => text!("they know, or there is nothing to tell any more", "ze weten het, of er is niets meer te vertellen"),
        _ if rule == "occasion" => text!("the day has passed", "de dag is voorbij"),
        _ => match rule.parse::<FindingKind>() {
            Ok(kind) => {
                let found = kind.label();
                Text::new(format!("no longer {}, or in another stage", found.en), format!("niet meer {}, of in een andere fase", found.nl))
            }
            Err(_) => text!("the reason for it is gone", "de reden is er niet meer"),
        },
    }
}
