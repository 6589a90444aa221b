//! From what the ledger keeps to what the pages show.

use std::collections::BTreeMap;

use chrono::Offset as _;

use super::context::{Context, at};
use crate::domain::calendar::Moment;
use crate::domain::course::Course;
use crate::domain::customer::Customer;
use crate::domain::incident::Incident;
use crate::domain::text::Text;
use crate::domain::touchpoint::CustomerId;
use crate::ledger::LoggedTouchpoint;
use crate::measure::clock::Clock;
use crate::measure::recovery::{acknowledge_by, known_at, quality, resolve_by, waits_for};
use crate::render::cell::Word;
use crate::render::format::Format;
use crate::render::pages::incidents::IncidentLine;
use crate::render::pages::timeline::TouchpointLine;

/// A stage with its title, where the journey still has it.
pub fn stage_word(course: &Course, id: &str) -> Word {
    let title = course.journey.position(id).map_or(id, |place| &course.journey.stages[place].title);
    Word::new(id, Text::same(title))
}

/// A touchpoint as it is shown.
pub fn touchpoint_line(context: &Context, course: &Course, name: &str, logged: LoggedTouchpoint) -> TouchpointLine {
    let planned = logged.touchpoint.facts.at > context.now();
    let counted = logged.counted_in.as_ref().filter(|_| !planned).or(logged.touchpoint.stage.as_ref());
    TouchpointLine {
        id: logged.id.0,
        customer: name.to_owned(),
        at: context.local(logged.touchpoint.facts.at),
        planned,
        stage: counted.map(|stage| stage_word(course, stage)),
        source: logged.source,
        touchpoint: logged.touchpoint,
    }
}

/// The clock of failures on a journey, in local time.
pub fn clock(course: &Course) -> Clock {
    Clock::new(course.recovery.working, offset)
}

/// Local time minus UTC at a moment, in seconds.
fn offset(moment: Moment) -> i32 {
    at(moment).offset().fix().local_minus_utc()
}

/// A failure as it stood at now; `all` are the customer's.
pub fn incident_line(context: &Context, course: &Course, name: &str, incident: &Incident, all: &[Incident]) -> IncidentLine {
    let (now, clock) = (context.now(), clock(course));
    let (incident, level) = (known_at(incident, now), course.service_level(incident.stage.as_deref()));
    let local = |at: Moment| context.local(at);
    IncidentLine {
        customer: name.to_owned(),
        stage: incident.stage.as_deref().map(|stage| stage_word(course, stage)),
        opened: local(incident.opened),
        acknowledged: incident.acknowledged.map(local),
        resolved: incident.resolved.map(local),
        checked: incident.checked.map(local),
        acknowledge_by: local(acknowledge_by(&incident, level, &clock)),
        resolve_by: local(resolve_by(&incident, level, &clock)),
        waits: waits_for(&incident, level, &clock, now).map(|(step, by)| (step, local(by))),
        quality: quality(&incident, all, level, &clock),
        working: clock.rests(),
        as_of: local(now),
        incident,
    }
}

/// Whether the answer goes to a format that knows only tables.
pub fn as_table(context: &Context) -> bool {
    let asked = context.globals.format.or_else(|| context.globals.output.as_deref().and_then(Format::from_extension));
    matches!(asked, Some(Format::Csv | Format::Tsv))
}

/// The name behind a number.
pub fn name_of(names: &BTreeMap<CustomerId, Customer>, id: CustomerId) -> String {
    names.get(&id).map(|customer| customer.name.clone()).unwrap_or_default()
}
