//! Who takes part (RFC 5545 §3.8.4.1, §3.8.4.3).

use calcard::icalendar::utils::strip_mailto_scheme;
use calcard::icalendar::{
    ICalendarEntry, ICalendarParameterName as Name, ICalendarParameterValue as Value, ICalendarParticipationStatus as Status,
    ICalendarUserTypes as UserType,
};

use crate::domain::limits::LONGEST_NAME;
use crate::domain::party::Party;

/// The longest e-mail address there is (RFC 5321).
const LONGEST_ADDRESS: usize = 254;

/// Somebody who is invited, or who invites.
#[derive(Debug, Clone)]
pub(super) struct Person {
    pub(super) party: Party,
    pub(super) declined: bool,
}

/// Reads an ATTENDEE or ORGANIZER; `None` for rooms and things.
pub(super) fn person(entry: &ICalendarEntry) -> Option<Person> {
    if matches!(entry.parameter(&Name::Cutype), Some(Value::Cutype(UserType::Resource | UserType::Room))) {
        return None;
    }
    let parameter = |name: &Name| entry.parameter(name).and_then(Value::as_text).unwrap_or_default();
    let written = entry.values.first().and_then(|value| value.as_text()).unwrap_or_default();
    let mut party = Party::default();
    for candidate in [strip_mailto_scheme(written), strip_mailto_scheme(parameter(&Name::Email))] {
        party.addresses.extend(address(candidate).filter(|address| !party.addresses.contains(address)));
    }
    if written.get(..4).is_some_and(|scheme| scheme.eq_ignore_ascii_case("tel:")) {
        party.phones.push(clean(&written[4..], LONGEST_NAME));
    }
    let name = clean(parameter(&Name::Cn), LONGEST_NAME);
    // many programs repeat the address as the name
    if address(strip_mailto_scheme(&name)).is_none() {
        party.name = name;
    }
    let declined = matches!(entry.parameter(&Name::Partstat), Some(Value::Partstat(Status::Declined)));
    (party != Party::default()).then_some(Person { party, declined })
}

/// An address in lower case, if it is one.
fn address(text: &str) -> Option<String> {
    let text = text.trim().trim_matches(['<', '>']);
    let sound = text.len() <= LONGEST_ADDRESS && !text.chars().any(|c| c.is_control() || c.is_whitespace());
    let (name, domain) = text.rsplit_once('@')?;
    (sound && !name.is_empty() && !domain.is_empty()).then(|| text.to_lowercase())
}

/// Text on one line, without control characters and at most so many characters long.
pub(super) fn clean(text: &str, most: usize) -> String {
    let plain: String = text.chars().take(most * 4).map(|c| if c.is_control() { ' ' } else { c }).collect();
    let line = plain.split_whitespace().collect::<Vec<_>>().join(" ");
    line.chars().take(most).collect::<String>().trim_end().to_owned()
}
