//! From what the ledger keeps to what the pages show.

use std::collections::HashMap;

use super::context::Context;
use crate::domain::calendar::Moment;
use crate::domain::course::Course;
use crate::domain::customer::Customer;
use crate::domain::incident::Incident;
use crate::domain::text::Text;
use crate::domain::touchpoint::CustomerId;
use crate::ledger::LoggedTouchpoint;
use crate::measure::recovery::quality;
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

/// A failure as it stood at now; `all` are the customer's.
pub fn incident_line(context: &Context, course: &Course, name: &str, incident: &Incident, all: &[Incident]) -> IncidentLine {
    let mut incident = incident.clone();
    let known = |moment: &Moment| *moment <= context.now();
    incident.resolved = incident.resolved.filter(known);
    incident.acknowledged = incident.acknowledged.filter(known);
    IncidentLine {
        customer: name.to_owned(),
        stage: incident.stage.as_deref().map(|stage| stage_word(course, stage)),
        opened: context.local(incident.opened),
        acknowledged: incident.acknowledged.map(|at| context.local(at)),
        resolved: incident.resolved.map(|at| context.local(at)),
        quality: quality(&incident, all),
        incident,
    }
}

/// Whether the answer goes to a format that knows only tables.
pub fn as_table(context: &Context) -> bool {
    let asked = context.globals.format.or_else(|| context.globals.output.as_deref().and_then(Format::from_extension));
    matches!(asked, Some(Format::Csv | Format::Tsv))
}

/// The name behind a number.
pub fn name_of(names: &HashMap<CustomerId, Customer>, id: CustomerId) -> String {
    names.get(&id).map(|customer| customer.name.clone()).unwrap_or_default()
}
