//! Blocks → records.

use std::collections::VecDeque;
use std::io::{Read, Seek};

use chrono::TimeZone;

use crate::domain::calendar::Moment;
use crate::domain::text::Text;
use crate::intake::contact_words::Words;
use crate::intake::records::{Contact, Identity, Me, Record, RecordError, Records, Told, digest};
use crate::text;

use super::blocks::{Block, Blocks, Method, fatal, unreadable};
use super::contact::{cancelled, contact};
use super::event::Event;
use super::instances::{Instances, instances};
use super::repeats::Budget;
use super::stamp::Stamp;
use super::survey::Survey;

/// How the UIDs of attent's own items end: a domain that is nobody's (RFC 2606).
pub const OWN_UIDS: &str = "@attent.invalid";

/// What a workspace says about reading calendars.
#[derive(Debug, Clone, Default)]
pub struct CalendarRules {
    /// My own addresses, so that I am not met myself.
    pub me: Me,
    /// The words by which channels are known.
    pub words: Words,
}

/// An appointment whose instances are being told.
struct Telling {
    line: u64,
    /// What its instances are recognised by, but for the instance.
    name: Vec<u8>,
    named: bool,
    contact: Contact,
    instances: Instances,
}

/// Reads a calendar appointment by appointment; see the module for what it makes of them.
pub struct Calendar<R: Read + Seek, U: TimeZone> {
    blocks: Blocks<R>,
    survey: Survey<U>,
    rules: CalendarRules,
    until: Moment,
    budget: Budget,
    telling: Option<Telling>,
    /// What is told behind the instances of an appointment.
    behind: VecDeque<Result<Record, RecordError>>,
    due: Option<Moment>,
    done: bool,
}

impl<R: Read + Seek, U: TimeZone> Calendar<R, U> {
    /// Reads the source once for what its appointments need to know of each other. Times without a
    /// zone are in `zone`; appointments that begin after `until` are not told.
    ///
    /// # Errors
    /// When the source cannot be read or is no calendar; always fatal.
    pub fn open(source: R, rules: &CalendarRules, zone: U, until: Moment) -> Result<Self, RecordError> {
        let mut budget = Budget::of_a_file();
        let mut blocks = Blocks::new(source);
        let survey = Survey::read(&mut blocks, zone, until, &mut budget)?;
        let mut source = blocks.into_source();
        source.rewind().map_err(|error| fatal(1, unreadable(&error)))?;
        Ok(Self {
            blocks: Blocks::new(source),
            survey,
            rules: rules.clone(),
            until,
            budget,
            telling: None,
            behind: VecDeque::new(),
            due: None,
            done: false,
        })
    }

    /// Reads the next block; what it comes to lies in `telling` and `behind`.
    fn advance(&mut self) -> Result<(), RecordError> {
        match self.blocks.next()? {
            Some(block) if !block.zone => self.read(&block),
            Some(_) => {}
            None => {
                self.done = true;
                if let (line, true) = self.blocks.end() {
                    self.behind.push_back(Err(RecordError { line, reason: broken_off(), fatal: false }));
                }
            }
        }
        Ok(())
    }

    fn read(&mut self, block: &Block) {
        let mistake = |reason| Err(RecordError { line: block.line, reason, fatal: false });
        if block.too_long {
            return self.behind.push_back(mistake(too_long()));
        }
        let event = Event::read(&block.text);
        let start = event.start.as_ref().or(event.instance.as_ref());
        if start.is_none() && block.method == Method::Told {
            self.behind.push_back(mistake(no_start(&event.unread_start)));
        } else {
            self.tell(block, &event, start);
        }
        if !block.ended {
            self.behind.push_back(mistake(no_end()));
        }
    }

    fn tell(&mut self, block: &Block, event: &Event, start: Option<&Stamp>) {
        let (name, named) = name(event);
        let key = event.instance.as_ref().map(|instance| self.key(event, instance));
        let start = start.map(|start| if event.all_day { self.survey.zones.day(start) } else { start.clone() });
        let read = match (self.refused(block, event), start) {
            (Some(why), _) => Err(why),
            (None, None) => Err(cancelled()),
            (None, Some(start)) => contact(event, &self.rules, self.minutes(event, &start)).map(|contact| (contact, start)),
        };
        match read {
            Err(why) => {
                let identity = identity(&name, named, key);
                self.behind.push_back(Ok(Record { line: block.line, identity, told: Told::Nothing(why) }));
            }
            Ok((contact, start)) => {
                let instances = self.instances(block, event, &start, key);
                self.due = [self.due, instances.due].into_iter().flatten().min();
                if let Some(reason) = instances.trouble.clone() {
                    self.behind.push_back(Err(RecordError { line: block.line, reason, fatal: false }));
                }
                self.telling = Some(Telling { line: block.line, name, named, contact, instances });
            }
        }
    }

    /// By what an instance that is told anew is recognised: as its series would have called it.
    fn key(&self, event: &Event, instance: &Stamp) -> i64 {
        let zones = &self.survey.zones;
        match &event.start {
            _ if event.all_day => zones.key(&zones.day(instance)),
            Some(start) => zones.key(&instance.clone().on_clock_of(start)),
            None => zones.key(instance),
        }
    }

    /// Why a block counts for nothing before its contents are looked at.
    fn refused(&self, block: &Block, event: &Event) -> Option<Text> {
        if is_own(&event.uid) {
            return Some(text!("attent's own reminder", "een herinnering van attent zelf"));
        }
        if self.survey.is_outdated(block) {
            return Some(text!("an older version of an appointment", "een oudere versie van een afspraak"));
        }
        match block.method {
            Method::Told => None,
            Method::Cancel => Some(cancelled()),
            Method::Answer => Some(text!("an answer to an invitation", "een antwoord op een uitnodiging")),
        }
    }

    fn instances(&mut self, block: &Block, event: &Event, start: &Stamp, key: Option<i64>) -> Instances {
        let series = !event.rules.is_empty() || !event.added.is_empty() || event.broken_rule;
        if key.is_some() || !series {
            return Instances::one(self.survey.zones.moment(start), key, self.until);
        }
        instances(event, start, &self.survey.zones, self.survey.changed(block), self.until, &mut self.budget)
    }

    /// How long it takes, in minutes.
    fn minutes(&self, event: &Event, start: &Stamp) -> Option<i64> {
        let end = event.end.as_ref().map(|end| {
            let end = end.clone().on_clock_of(start);
            (self.survey.zones.moment(&end).0 - self.survey.zones.moment(start).0) / 60_000
        });
        end.or(event.duration.map(|seconds| seconds / 60))
    }

    /// The next instance of the appointment at hand.
    fn instance(&mut self) -> Option<Record> {
        let telling = self.telling.as_mut()?;
        let Some(instance) = telling.instances.begun.pop_front() else {
            self.telling = None;
            return None;
        };
        let mut contact = telling.contact.clone();
        contact.touchpoint.facts.at = instance.at;
        if instance.key.is_some() {
            contact.reasons.push(text!("one of a series", "een van een reeks"));
        }
        let identity = identity(&telling.name, telling.named, instance.key);
        Some(Record { line: telling.line, identity, told: Told::Contact(contact) })
    }
}

impl<R: Read + Seek, U: TimeZone> Records for Calendar<R, U> {
    /// When the earliest appointment after `until` begins, of those read so far: until then an
    /// unchanged file has nothing new to tell. Of a series whose next instance is far off it is the
    /// moment to look again.
    fn next_due(&self) -> Option<Moment> {
        self.due
    }

    fn next(&mut self) -> Option<Result<Record, RecordError>> {
        loop {
            if let Some(record) = self.instance() {
                return Some(Ok(record));
            }
            if let Some(record) = self.behind.pop_front() {
                return Some(record);
            }
            if self.done {
                return None;
            }
            if let Err(error) = self.advance() {
                self.done = true;
                return Some(Err(error));
            }
        }
    }
}

/// By what an appointment is recognised, and whether that is a name of its own.
fn name(event: &Event) -> (Vec<u8>, bool) {
    if !event.uid.is_empty() {
        return (event.uid.as_bytes().to_vec(), true);
    }
    let written = |stamp: &Option<Stamp>| stamp.as_ref().map(|stamp| format!("{:?}", (stamp.wall, &stamp.clock))).unwrap_or_default();
    (digest(&[event.summary.as_bytes(), written(&event.start).as_bytes(), written(&event.end).as_bytes()]).to_vec(), false)
}

fn identity(name: &[u8], named: bool, key: Option<i64>) -> Identity {
    let tag: &[u8] = if named { b"event" } else { b"event without a UID" };
    let instance = key.map(i64::to_le_bytes);
    Identity::Own(digest(&[tag, name, instance.as_ref().map_or(&[], |key| key.as_slice())]))
}

/// Whether an item is attent's own: what is still to be done, or was, would count as a contact twice.
fn is_own(uid: &str) -> bool {
    uid.len().checked_sub(OWN_UIDS.len()).and_then(|at| uid.get(at..)).is_some_and(|end| end.eq_ignore_ascii_case(OWN_UIDS))
}

fn too_long() -> Text {
    text!("the appointment is longer than a megabyte", "de afspraak is langer dan een megabyte")
}

fn no_start(written: &str) -> Text {
    if written.is_empty() {
        return text!("the appointment does not say when it begins (DTSTART)", "de afspraak zegt niet wanneer ze begint (DTSTART)");
    }
    text!(
        "`{written}` is not a moment an appointment can begin (DTSTART)",
        "`{written}` is geen moment waarop een afspraak kan beginnen (DTSTART)"
    )
}

fn no_end() -> Text {
    text!(
        "the appointment breaks off (END:VEVENT is missing); what stands there was read",
        "de afspraak breekt af (END:VEVENT ontbreekt); wat er staat is gelezen"
    )
}

fn broken_off() -> Text {
    text!(
        "the file breaks off (END:VCALENDAR is missing); it may not be complete",
        "het bestand breekt af (END:VCALENDAR ontbreekt); misschien is het niet compleet"
    )
}
