//! Values that are typed as one word: on the command line or in the environment.

use crate::domain::rule::switch;
use crate::domain::text::{Lang, Text};
use crate::text;

/// Clocks that run day and night.
const CALENDAR: &str = "calendar";

/// Clocks that run while somebody is there.
const WORKING: &str = "working";

/// nl or en.
pub(super) fn language(typed: &str) -> Result<Lang, Text> {
    Lang::from_locale(typed.trim())
        .ok_or_else(|| text!("`{typed}` is not a language here; it is nl or en", "`{typed}` is hier geen taal; het is nl of en"))
}

/// Three capitals.
pub(super) fn currency(typed: &str) -> Result<String, Text> {
    let code = typed.trim();
    if code.len() == 3 && code.bytes().all(|b| b.is_ascii_uppercase()) {
        return Ok(code.to_owned());
    }
    Err(text!("`{typed}` is not a currency code, such as EUR", "`{typed}` is geen valutacode, zoals EUR"))
}

/// Two letters.
pub(super) fn country(typed: &str) -> Result<String, Text> {
    let code = typed.trim();
    if code.len() == 2 && code.bytes().all(|b| b.is_ascii_alphabetic()) {
        return Ok(code.to_ascii_uppercase());
    }
    Err(text!("`{typed}` is not a country in two letters, such as NL", "`{typed}` is geen land in twee letters, zoals NL"))
}

/// A number within limits.
pub(super) fn number(typed: &str, least: f64, most: f64) -> Result<f64, Text> {
    match typed.trim().replace(',', ".").parse::<f64>() {
        Ok(value) if (least..=most).contains(&value) => Ok(value),
        _ => Err(text!("`{typed}` is not a number from {least} to {most}", "`{typed}` is geen getal van {least} tot {most}")),
    }
}

/// A whole number within limits.
pub(super) fn whole(typed: &str, least: u32, most: u32) -> Result<u32, Text> {
    let wrong = || text!("`{typed}` is not a whole number from {least} to {most}", "`{typed}` is geen heel getal van {least} tot {most}");
    typed.trim().parse().ok().filter(|value| (least..=most).contains(value)).ok_or_else(wrong)
}

/// A switch: on or off.
pub(super) fn on_or_off(typed: &str) -> Result<bool, Text> {
    switch(typed).ok_or_else(|| text!("`{typed}` is neither on nor off", "`{typed}` is geen aan of uit"))
}

/// Whether clocks run in working hours, or day and night.
pub(super) fn clock(typed: &str) -> Result<bool, Text> {
    match typed.trim().to_lowercase().as_str() {
        WORKING => Ok(true),
        CALENDAR => Ok(false),
        _ => Err(text!("`{typed}` is neither calendar nor working", "`{typed}` is geen calendar en geen working")),
    }
}

/// A switch as it is shown.
pub(super) fn show_switch(on: bool) -> String {
    if on { "on".to_owned() } else { "off".to_owned() }
}

/// A clock as it is shown.
pub(super) fn show_clock(working: bool) -> String {
    if working { WORKING.to_owned() } else { CALENDAR.to_owned() }
}
