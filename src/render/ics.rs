//! A calendar file (iCalendar, RFC 5545): what is to be done and when, for the calendar people look at.
//!
//! The same answer always gives the same bytes: the moment of writing is given, and every item and alarm
//! has a UID of its own, so that a file imported again changes what it brought before instead of adding
//! to it. SEQUENCE and LAST-MODIFIED say which version is newer. There is no METHOD: a file with one is an
//! invitation (RFC 5546) and wants an organiser. Items are CLASS:PRIVATE, because they are about customers
//! and calendars are shared. Whatever a text holds stays text: line ends and the signs of the format are
//! escaped, and hidden characters are shown instead of obeyed.

use std::io::{self, Write};

use chrono::{DateTime, NaiveDate};

use super::locale::Look;
use super::sanitize::visible;
use crate::domain::calendar::Moment;
use crate::domain::text::Text;

/// The most octets of a line (RFC 5545 §3.1).
const LONGEST_LINE: usize = 75;

/// The first and the last moment a year of four digits can say.
const YEARS: (i64, i64) = (-62_135_596_800_000, 253_402_300_799_999);

/// A calendar.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Calendar {
    /// What a calendar program may call it.
    pub name: Text,
    /// What is in it, in the order it is written.
    pub items: Vec<Item>,
}

/// A thing to do, or something that happens.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    /// Its name for machines, the same in every file: `nudge-12@…`. Two items of one calendar never
    /// share it.
    pub uid: String,
    /// What it is.
    pub kind: ItemKind,
    /// One line.
    pub summary: Text,
    /// The rest, lines and all; may be empty.
    pub description: Text,
    /// By when it is to be done, or when it happens.
    pub at: When,
    /// How long an event at a moment takes, in minutes; 0 when that is not known.
    pub minutes: u32,
    /// When to be reminded, in minutes before `at`; less than 0 is after it, such as -540 for nine o'clock
    /// on a day. What is done or off reminds nobody.
    pub alarm_minutes_before: Vec<i64>,
    /// What became of it.
    pub status: ItemStatus,
    /// When the file is written (DTSTAMP).
    pub stamp: Moment,
    /// How many times it was changed since it was first told.
    pub sequence: u32,
    /// When it was last changed.
    pub last_modified: Moment,
    /// What it may be grouped by.
    pub categories: Vec<Text>,
}

/// What an item is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ItemKind {
    /// To be done by a moment (VTODO).
    Todo,
    /// It happens at a moment (VEVENT). Programs that know no things to do show these.
    Event,
}

impl ItemKind {
    fn component(self) -> &'static str {
        match self {
            Self::Todo => "VTODO",
            Self::Event => "VEVENT",
        }
    }
}

/// When.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum When {
    /// At a moment, written in UTC.
    Moment(Moment),
    /// On a day, wherever the reader is.
    Day(NaiveDate),
}

/// What became of an item.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ItemStatus {
    /// It stands.
    NeedsAction,
    /// It was done, at this moment.
    Completed(Moment),
    /// It is off.
    Cancelled,
}

/// Writes a calendar in the reader's language.
///
/// # Errors
/// When `out` fails.
pub fn write(calendar: &Calendar, look: &Look, out: &mut dyn Write) -> io::Result<()> {
    let mut lines = Lines { look, out };
    let name = lines.text(&calendar.name);
    lines.put("BEGIN", "VCALENDAR")?;
    lines.put("VERSION", "2.0")?;
    lines.put("PRODID", &format!("-//attent//attent//{}", look.lang.code().to_uppercase()))?;
    lines.put("CALSCALE", "GREGORIAN")?;
    lines.put("NAME", &name)?;
    lines.put("X-WR-CALNAME", &name)?;
    calendar.items.iter().try_for_each(|item| lines.item(item))?;
    lines.put("END", "VCALENDAR")
}

struct Lines<'a> {
    look: &'a Look,
    out: &'a mut dyn Write,
}

impl Lines<'_> {
    fn item(&mut self, item: &Item) -> io::Result<()> {
        let (summary, description) = (self.text(&item.summary), self.text(&item.description));
        self.put("BEGIN", item.kind.component())?;
        self.put("UID", &escaped(&item.uid))?;
        self.put("DTSTAMP", &utc(item.stamp))?;
        self.put("SEQUENCE", &item.sequence.to_string())?;
        self.put("LAST-MODIFIED", &utc(item.last_modified))?;
        self.time(item)?;
        self.put("SUMMARY", &summary)?;
        if !description.is_empty() {
            self.put("DESCRIPTION", &description)?;
        }
        if !item.categories.is_empty() {
            let categories: Vec<String> = item.categories.iter().map(|category| self.text(category)).collect();
            self.put("CATEGORIES", &categories.join(","))?;
        }
        self.put("CLASS", "PRIVATE")?;
        self.status(item)?;
        self.alarms(item, &summary)?;
        self.put("END", item.kind.component())
    }

    fn time(&mut self, item: &Item) -> io::Result<()> {
        let name = match item.kind {
            ItemKind::Todo => "DUE",
            ItemKind::Event => "DTSTART",
        };
        match (item.at, item.kind) {
            (When::Day(day), kind) => {
                self.put(&format!("{name};VALUE=DATE"), &date(day))?;
                // a birthday takes nobody's day
                if kind == ItemKind::Event { self.put("TRANSP", "TRANSPARENT") } else { Ok(()) }
            }
            (When::Moment(at), ItemKind::Event) if item.minutes > 0 => {
                self.put(name, &utc(at))?;
                self.put("DURATION", &format!("PT{}M", item.minutes))
            }
            (When::Moment(at), _) => self.put(name, &utc(at)),
        }
    }

    /// An event that was done has taken place, for which iCalendar has no word of its own.
    fn status(&mut self, item: &Item) -> io::Result<()> {
        let word = match (item.status, item.kind) {
            (ItemStatus::Cancelled, _) => "CANCELLED",
            (_, ItemKind::Event) => "CONFIRMED",
            (ItemStatus::NeedsAction, ItemKind::Todo) => "NEEDS-ACTION",
            (ItemStatus::Completed(at), ItemKind::Todo) => {
                self.put("COMPLETED", &utc(at))?;
                self.put("PERCENT-COMPLETE", "100")?;
                "COMPLETED"
            }
        };
        self.put("STATUS", word)
    }

    fn alarms(&mut self, item: &Item, summary: &str) -> io::Result<()> {
        if item.status != ItemStatus::NeedsAction {
            return Ok(());
        }
        // a thing to do has an end only: the moment it is due
        let trigger = match item.kind {
            ItemKind::Todo => "TRIGGER;RELATED=END",
            ItemKind::Event => "TRIGGER",
        };
        let mut alarms = item.alarm_minutes_before.clone();
        alarms.sort_unstable();
        alarms.dedup();
        for minutes in alarms.into_iter().rev() {
            let sign = if minutes > 0 { "-" } else { "" };
            self.put("BEGIN", "VALARM")?;
            self.put("UID", &escaped(&format!("{}-alarm-{minutes}", item.uid)))?;
            self.put("ACTION", "DISPLAY")?;
            self.put("DESCRIPTION", summary)?;
            self.put(trigger, &format!("{sign}PT{}M", minutes.unsigned_abs()))?;
            self.put("END", "VALARM")?;
        }
        Ok(())
    }

    fn text(&self, text: &Text) -> String {
        escaped(text.get(self.look.lang))
    }

    /// One property, folded where a line would get too long.
    fn put(&mut self, name: &str, value: &str) -> io::Result<()> {
        let line = format!("{name}:{value}");
        let mut rest = line.as_str();
        let mut room = LONGEST_LINE;
        while rest.len() > room {
            let whole_signs = (0..=room).rev().find(|&at| rest.is_char_boundary(at)).unwrap_or(room);
            let (now, later) = rest.split_at(whole_signs);
            write!(self.out, "{now}\r\n ")?;
            // the space that begins a folded line takes one
            (rest, room) = (later, LONGEST_LINE - 1);
        }
        write!(self.out, "{rest}\r\n")
    }
}

/// A text as a value (RFC 5545 §3.3.11), with nothing hidden in it.
fn escaped(text: &str) -> String {
    let lines = text.replace("\r\n", "\n").replace('\r', "\n");
    let mut value = String::with_capacity(lines.len() + 8);
    for (n, line) in lines.trim_end_matches('\n').split('\n').enumerate() {
        value.push_str(if n > 0 { "\\n" } else { "" });
        for sign in visible(line).chars() {
            if matches!(sign, '\\' | ';' | ',') {
                value.push('\\');
            }
            value.push(sign);
        }
    }
    value
}

fn utc(moment: Moment) -> String {
    let moment = DateTime::from_timestamp_millis(moment.0.clamp(YEARS.0, YEARS.1)).unwrap_or_default();
    moment.format("%Y%m%dT%H%M%SZ").to_string()
}

fn date(day: NaiveDate) -> String {
    let year = |milliseconds: i64| DateTime::from_timestamp_millis(milliseconds).unwrap_or_default().date_naive();
    day.clamp(year(YEARS.0), year(YEARS.1)).format("%Y%m%d").to_string()
}
