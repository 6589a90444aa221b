//! A block of lines → what it says.

use calcard::icalendar::{
    ICalendarClassification as Class, ICalendarComponent, ICalendarEntry, ICalendarFeatureType as Feature, ICalendarParameterName as Name,
    ICalendarParameterValue, ICalendarPeriod, ICalendarProperty as Property, ICalendarRecurrenceRule, ICalendarStatus as Status,
    ICalendarValue as Value,
};
use calcard::{Entry, Parser};

use crate::domain::limits::LONGEST_NAME;

use super::people::{Person, clean, person};
use super::stamp::Stamp;

/// More people than this at one appointment are not told one by one.
const MOST_PEOPLE: usize = 500;

/// More categories than this are not kept.
const MOST_CATEGORIES: usize = 20;

/// An appointment as written.
#[derive(Debug, Clone, Default)]
pub(super) struct Event {
    pub(super) uid: String,
    pub(super) sequence: i64,
    pub(super) start: Option<Stamp>,
    /// What stands as its start when that cannot be read.
    pub(super) unread_start: String,
    pub(super) end: Option<Stamp>,
    /// Seconds.
    pub(super) duration: Option<i64>,
    pub(super) rules: Vec<ICalendarRecurrenceRule>,
    /// Whether a rule was there that cannot be read.
    pub(super) broken_rule: bool,
    pub(super) added: Vec<Stamp>,
    pub(super) removed: Vec<Stamp>,
    /// Which instance of a series it tells anew.
    pub(super) instance: Option<Stamp>,
    /// Whether it does so for those that follow as well.
    pub(super) and_future: bool,
    pub(super) cancelled: bool,
    pub(super) private: bool,
    pub(super) all_day: bool,
    pub(super) summary: String,
    pub(super) location: String,
    /// Everything else in which a link to a meeting may stand.
    pub(super) texts: Vec<String>,
    /// Ways to take part from afar (RFC 7986 §5.11).
    pub(super) conferences: Vec<Conference>,
    pub(super) categories: Vec<String>,
    pub(super) people: Vec<Person>,
}

/// A way to take part from afar.
#[derive(Debug, Clone)]
pub(super) struct Conference {
    pub(super) link: String,
    /// Whether it is for voice alone.
    pub(super) phone: bool,
}

impl Event {
    /// Reads the lines between BEGIN:VEVENT and END:VEVENT.
    pub(super) fn read(lines: &str) -> Self {
        let text = format!("BEGIN:VEVENT\n{lines}END:VEVENT\n");
        let mut event = Self::default();
        if let Entry::ICalendar(parsed) = Parser::new(&text).entry()
            && let Some(component) = parsed.components.first()
        {
            event.take(component);
        }
        event
    }

    fn take(&mut self, component: &ICalendarComponent) {
        for entry in &component.entries {
            match &entry.name {
                Property::Dtstart => {
                    self.start = self.start.take().or_else(|| stamps(entry).next());
                    self.unread_start =
                        entry.values.first().cloned().and_then(Value::into_text).map_or(String::new(), |text| clean(&text, 40));
                }
                Property::Dtend => self.end = stamps(entry).next(),
                Property::Rdate => self.added.extend(stamps(entry)),
                Property::Exdate => self.removed.extend(stamps(entry)),
                Property::RecurrenceId => {
                    self.instance = stamps(entry).next();
                    self.and_future = entry.has_parameter(&Name::Range);
                }
                Property::Attendee | Property::Organizer if self.people.len() < MOST_PEOPLE => self.people.extend(person(entry)),
                Property::Categories => {
                    let room = MOST_CATEGORIES.saturating_sub(self.categories.len());
                    self.categories.extend(entry.values.iter().filter_map(Value::as_text).map(|text| clean(text, LONGEST_NAME)).take(room));
                }
                Property::Conference => self.conferences.extend(conference(entry)),
                Property::Other(name) => self.take_other(name, entry),
                property => self.take_value(property, entry),
            }
        }
        self.all_day |= self.start.as_ref().is_some_and(|start| start.clock == super::stamp::Clock::Day);
    }

    fn take_value(&mut self, property: &Property, entry: &ICalendarEntry) {
        let Some(value) = entry.values.first() else { return };
        let text = || value.as_text().unwrap_or_default();
        match (property, value) {
            (Property::Uid, _) => self.uid = text().trim().to_owned(),
            (Property::Summary, _) => self.summary = clean(text(), LONGEST_NAME),
            (Property::Location, _) => self.location = clean(text(), LONGEST_NAME),
            (Property::Description | Property::Url, _) => self.texts.push(text().to_owned()),
            (Property::Sequence, Value::Integer(number)) => self.sequence = *number,
            (Property::Duration, Value::Duration(duration)) => self.duration = Some(duration.as_seconds()),
            (Property::Rrule, Value::RecurrenceRule(rule)) => self.rules.push((**rule).clone()),
            (Property::Rrule, _) => self.broken_rule = true,
            (Property::Status, Value::Status(status)) => self.cancelled = *status == Status::Cancelled,
            (Property::Class, Value::Classification(class)) => self.private = *class != Class::Public,
            _ => {}
        }
    }

    fn take_other(&mut self, name: &str, entry: &ICalendarEntry) {
        let text = entry.values.first().and_then(Value::as_text).unwrap_or_default().trim();
        match name.to_ascii_uppercase().as_str() {
            "X-MICROSOFT-CDO-ALLDAYEVENT" => self.all_day |= text.eq_ignore_ascii_case("TRUE"),
            _ if text.is_empty() => {}
            _ => self.conferences.push(Conference { link: text.to_owned(), phone: false }),
        }
    }
}

fn stamps(entry: &ICalendarEntry) -> impl Iterator<Item = Stamp> {
    entry.values.iter().filter_map(|value| match value {
        Value::PartialDateTime(time) => Stamp::read(time, entry),
        Value::Period(ICalendarPeriod::Range { start, .. } | ICalendarPeriod::Duration { start, .. }) => Stamp::read(start, entry),
        _ => None,
    })
}

fn conference(entry: &ICalendarEntry) -> Option<Conference> {
    let link = entry.values.first().and_then(Value::as_text)?.trim().to_owned();
    let features = || entry.parameters(&Name::Feature);
    let voice = |value: &ICalendarParameterValue| matches!(value, ICalendarParameterValue::Feature(Feature::Phone | Feature::Audio));
    let video = |value: &ICalendarParameterValue| matches!(value, ICalendarParameterValue::Feature(Feature::Video | Feature::Screen));
    let phone =
        link.get(..4).is_some_and(|scheme| scheme.eq_ignore_ascii_case("tel:")) || (features().any(voice) && !features().any(video));
    (!link.is_empty()).then_some(Conference { link, phone })
}
