//! The time of day: `14:30`, `om 14.30`, `3pm`, `9 uur`, `'s ochtends`.

use chrono::{NaiveTime, Timelike as _};

use super::fault::Fault;
use super::vocabulary::{Part, count, number, part};

/// Reads a time from the front of the tokens; `None` when none stands there.
pub(super) fn time<'a, 't>(tokens: &'a [&'t str]) -> Option<(Result<NaiveTime, Fault>, &'a [&'t str])> {
    let (said_at, tokens) = match tokens {
        ["at" | "om" | "@" | "around" | "rond", rest @ ..] => (true, rest),
        _ => (false, tokens),
    };
    if let Some((part, rest)) = part_of_day(tokens) {
        return Some(after_part(part, rest).unwrap_or((clock(part.hour(), 0, 0), rest)));
    }
    figured(tokens, said_at)
}

/// A part of the day and then the hour: `middag om 3 uur`.
fn after_part<'a, 't>(part: Part, rest: &'a [&'t str]) -> Option<(Result<NaiveTime, Fault>, &'a [&'t str])> {
    let (said_at, tokens) = match rest {
        ["at" | "om" | "@" | "around" | "rond", rest @ ..] => (true, rest),
        _ => (false, rest),
    };
    let (time, rest) = figured(tokens, said_at)?;
    let later = |time: NaiveTime| hour_in(time.hour(), None, Some(part)).and_then(|hour| clock(hour, time.minute(), time.second()));
    Some((time.and_then(later), rest))
}

/// A time in figures, or named; without `at` it must look like one.
fn figured<'a, 't>(tokens: &'a [&'t str], said_at: bool) -> Option<(Result<NaiveTime, Fault>, &'a [&'t str])> {
    let (first, rest) = tokens.split_first()?;
    if let Some(hour) = named(first) {
        return Some((clock(hour, 0, 0), rest));
    }
    if let Some((hour, minute, rest)) = spoken(tokens) {
        return Some(halved(hour, minute, rest));
    }
    let in_words = said_at.then(|| hour_word(first)).flatten().map(|hour| (hour, 0, 0, false));
    let (hour, minute, second, sure) = in_words.or_else(|| figures(first))?;
    let (half, rest) = match half_of_day(first, rest) {
        Some((half, rest)) => (Some(half), rest),
        None => (None, rest),
    };
    let (o_clock, rest) = match rest {
        ["uur" | "u" | "h", rest @ ..] => (true, rest),
        ["o'clock" | "oclock", rest @ ..] => (true, rest),
        _ => (false, rest),
    };
    if !(sure || said_at || o_clock || half.is_some()) {
        return None;
    }
    let (part, rest) = part_of_day(rest).map_or((None, rest), |(part, rest)| (Some(part), rest));
    Some((hour_in(hour, half, part).and_then(|hour| clock(hour, minute, second)), rest))
}

/// `half tien`, `half past nine`, `kwart over 9`, `quarter to ten`: the hour and the minute, and what is left.
fn spoken<'a, 't>(tokens: &'a [&'t str]) -> Option<(u32, u32, &'a [&'t str])> {
    let tokens = tokens.strip_prefix(&["a"]).unwrap_or(tokens);
    let (before, minute, word, rest) = match tokens {
        ["half", "past", hour, rest @ ..] => (false, 30, hour, rest),
        ["kwart" | "quarter", "over" | "past", hour, rest @ ..] => (false, 15, hour, rest),
        ["kwart" | "quarter", "voor" | "to", hour, rest @ ..] => (true, 45, hour, rest),
        ["half", hour, rest @ ..] => (true, 30, hour, rest),
        _ => return None,
    };
    let hour = hour_word(word).or_else(|| number(word, 2)).filter(|hour| (1..=12).contains(hour))?;
    let hour = match (before, hour) {
        (true, 1) => 12,
        (true, hour) => hour - 1,
        (false, hour) => hour,
    };
    Some((hour, minute, rest.strip_prefix(&["uur"]).unwrap_or(rest)))
}

/// A spoken time with the part of the day that may follow it.
fn halved<'a, 't>(hour: u32, minute: u32, rest: &'a [&'t str]) -> (Result<NaiveTime, Fault>, &'a [&'t str]) {
    let (half, rest) = half_of_day("", rest).map_or((None, rest), |(half, rest)| (Some(half), rest));
    let (part, rest) = part_of_day(rest).map_or((None, rest), |(part, rest)| (Some(part), rest));
    (hour_in(hour, half, part).and_then(|hour| clock(hour, minute, 0)), rest)
}

/// An hour in words: `negen`, `nine`.
fn hour_word(word: &str) -> Option<u32> {
    count(word).filter(|_| !word.starts_with(|sign: char| sign.is_ascii_digit()) && !matches!(word, "a" | "an"))
}

fn clock(hour: u32, minute: u32, second: u32) -> Result<NaiveTime, Fault> {
    NaiveTime::from_hms_opt(hour, minute, second).ok_or(Fault::NoSuchDay)
}

fn named(word: &str) -> Option<u32> {
    match word {
        "noon" => Some(12),
        "midnight" | "middernacht" => Some(0),
        _ => None,
    }
}

/// `in the morning`, `'s ochtends`, `evening`.
fn part_of_day<'a, 't>(tokens: &'a [&'t str]) -> Option<(Part, &'a [&'t str])> {
    let tokens = match tokens {
        ["in", "the" | "de", rest @ ..] | ["'s" | "’s" | "this", rest @ ..] => rest,
        _ => tokens,
    };
    let (first, rest) = tokens.split_first()?;
    part(first).map(|part| (part, rest))
}

/// The figures of one token, and whether they can only be a time: `14:30`, `14.30`, `14u30`, `3pm`, `14u`, `9`.
fn figures(token: &str) -> Option<(u32, u32, u32, bool)> {
    let bare = token.strip_suffix("am").or_else(|| token.strip_suffix("pm")).unwrap_or(token);
    let mut pieces = bare.split([':', '.', 'u', 'h']);
    let hour = number(pieces.next()?, 2)?;
    let minute = pieces.next();
    let second = pieces.next();
    if pieces.next().is_some() || (second.is_some() && !bare.contains(':')) {
        return None;
    }
    let minutes = match minute {
        None => 0,
        Some("") if bare.ends_with(['u', 'h']) => 0,
        Some(digits) if digits.len() == 2 => number(digits, 2)?,
        Some(_) => return None,
    };
    let seconds = second.map_or(Some(0), |digits| number(digits, 2))?;
    Some((hour, minutes, seconds, minute.is_some() || bare != token))
}

/// Whether the time was said to be before or after noon: `3pm`, `3 pm`.
fn half_of_day<'a, 't>(token: &str, rest: &'a [&'t str]) -> Option<(Part, &'a [&'t str])> {
    match rest {
        ["am" | "a.m", rest @ ..] => Some((Part::Morning, rest)),
        ["pm" | "p.m", rest @ ..] => Some((Part::Afternoon, rest)),
        _ if token.ends_with("am") => Some((Part::Morning, rest)),
        _ if token.ends_with("pm") => Some((Part::Afternoon, rest)),
        _ => None,
    }
}

/// The hour of 24: `am` and `pm` need an hour of 12, a part of the day only moves a small hour.
fn hour_in(hour: u32, half: Option<Part>, part: Option<Part>) -> Result<u32, Fault> {
    match (half, part) {
        (Some(_), _) if !(1..=12).contains(&hour) => Err(Fault::NoSuchDay),
        (Some(Part::Morning), _) => Ok(hour % 12),
        (Some(_), _) => Ok(hour % 12 + 12),
        (None, Some(Part::Afternoon | Part::Evening)) if hour < 12 => Ok(hour + 12),
        _ => Ok(hour),
    }
}
