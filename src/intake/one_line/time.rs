//! When it happened: the phrase of a sentence that the date grammar reads and that can mean nothing
//! else. A bare number, `mei`, `zo` or `Jan 5` is no date here, though it is one after `--at`.

use std::ops::Range;

use chrono::{DateTime, TimeZone};

use super::sentence::{Sentence, Use};
use super::vocabulary::{begins_a_date, is_calendar, ties_a_date};
use crate::domain::calendar::Moment;
use crate::intake::dates::{Lean, parse_moment};

/// The most words of a date: `the day before yesterday at half past` and some.
const LONGEST: usize = 8;

/// A time in the words of the sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Said {
    /// The moment.
    pub at: Moment,
    /// The words, as typed.
    pub typed: String,
}

/// What the sentence says about time.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Times {
    /// When it happened.
    pub past: Option<Said>,
    /// A moment to come, if no other is said.
    pub ahead: Option<Said>,
}

/// Finds the times and takes their words. Of several moments the first counts; of two that begin at
/// one word, the longer.
pub(super) fn take<Tz: TimeZone>(sentence: &mut Sentence<'_>, now: &DateTime<Tz>) -> Times {
    let mut found = Times::default();
    let mut place = 0;
    while place < sentence.words.len() {
        let Some((length, at)) = longest_at(sentence, place, now) else {
            place += 1;
            continue;
        };
        let words = place..place + length;
        sentence.take(words.clone(), Use::Time);
        place += length;
        if is_about_something_else(sentence, &words) {
            continue;
        }
        let said = Said { at, typed: sentence.typed(words).to_owned() };
        let slot = if at.0 > now.timestamp_millis() { &mut found.ahead } else { &mut found.past };
        slot.get_or_insert(said);
    }
    if found.past.is_some() {
        found.ahead = None;
    }
    found
}

fn longest_at<Tz: TimeZone>(sentence: &Sentence<'_>, place: usize, now: &DateTime<Tz>) -> Option<(usize, Moment)> {
    if !may_begin(&sentence.words[place].text.to_lowercase()) {
        return None;
    }
    let most = LONGEST.min(sentence.words.len() - place);
    (1..=most).rev().find_map(|length| {
        let words = place..place + length;
        if !sentence.is_free(words.clone()) {
            return None;
        }
        let lower: Vec<String> = sentence.words[words.clone()].iter().map(|word| word.text.to_lowercase()).collect();
        let lower: Vec<&str> = lower.iter().map(String::as_str).collect();
        let at = read(&lower, now)?;
        is_sure(sentence, &words, &lower).then_some((length, at))
    })
}

/// Most words of most sentences can begin no date: the grammar is asked about the others only.
fn may_begin(word: &str) -> bool {
    let begun = ["vorig", "afgelopen", "volgend", "komend", "aankomend", "aanstaand", "gister", "eergister", "vandaag", "van", "over"];
    word.starts_with(|sign: char| sign.is_ascii_digit())
        || begins_a_date(word)
        || begun.iter().any(|begin| word.starts_with(begin))
        || is_calendar(word)
        || names_a_day(word)
        || is_short_month(word)
        || is_short_day(word)
}

/// `maandagmiddag`, `mondays` not.
fn names_a_day(word: &str) -> bool {
    ["maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag"].iter().any(|day| word.starts_with(day))
}

fn is_short_month(word: &str) -> bool {
    matches!(word, "jan" | "feb" | "mar" | "mrt" | "apr" | "jun" | "jul" | "aug" | "sep" | "sept" | "oct" | "okt" | "nov" | "dec")
}

fn is_short_day(word: &str) -> bool {
    let english = matches!(word, "mon" | "tue" | "tues" | "wed" | "thu" | "thur" | "thurs" | "fri" | "sat" | "sun");
    english || matches!(word, "ma" | "di" | "wo" | "do" | "vr" | "za" | "zo")
}

/// Reads the words. Between one and six o'clock, without a word for the part of the day, people mean
/// the afternoon, as far as that has been.
fn read<Tz: TimeZone>(lower: &[&str], now: &DateTime<Tz>) -> Option<Moment> {
    let plain = parse_moment(&lower.join(" "), now, Lean::Past).ok()?;
    let clock = lower.windows(2).position(|pair| matches!(pair[0], "at" | "om" | "rond" | "around") && small_hour(pair[1]));
    let said_which = lower.iter().any(|word| is_part_of_day(word));
    let Some(clock) = clock.filter(|_| !said_which) else { return Some(plain) };
    let mut words = lower.to_vec();
    let o_clock = words.get(clock + 2).is_some_and(|word| matches!(*word, "uur" | "u" | "h" | "o'clock"));
    words.insert(clock + 2 + usize::from(o_clock), "afternoon");
    let later = parse_moment(&words.join(" "), now, Lean::Past).ok();
    Some(later.filter(|later| later.0 <= now.timestamp_millis()).unwrap_or(plain))
}

fn small_hour(word: &str) -> bool {
    matches!(word, "1" | "2" | "3" | "4" | "5" | "6")
}

fn is_part_of_day(word: &str) -> bool {
    let ends =
        ["ochtend", "ochtends", "morgen", "morgens", "middag", "middags", "avond", "avonds", "morning", "afternoon", "evening", "am", "pm"];
    ends.iter().any(|end| word.ends_with(end))
}

/// Whether the words can mean nothing but a time.
fn is_sure(sentence: &Sentence<'_>, words: &Range<usize>, lower: &[&str]) -> bool {
    let preceded = matches!(lower[0], "on" | "op" | "at" | "om" | "rond" | "around");
    let bare = if preceded { &lower[1..] } else { lower };
    !is_vague(lower)
        && !holds_a_length(lower)
        && match bare {
            [] => false,
            [one] => is_sure_alone(one, lower[0], sentence, words),
            _ if bare.iter().any(|word| is_short_day(word)) => {
                bare.iter().any(|word| word.contains(':') || is_month(word))
                    || lower.contains(&"om") && !bare.contains(&"zo")
                    || is_turned(bare)
            }
            [month, day] if is_month(month) => preceded || !is_also_a_name(month) || !day.bytes().all(|b| b.is_ascii_digit()),
            [day, "may" | "mar"] if day.bytes().all(|b| b.is_ascii_digit()) => preceded || sentence.words[words.end - 1].is_capitalised(),
            _ => true,
        }
}

/// `deze week`, `last year` and `2 years ago` say nothing about a day.
fn is_vague(lower: &[&str]) -> bool {
    let years = lower.iter().any(|word| matches!(*word, "year" | "years" | "jaar" | "jaren"));
    let now = matches!(lower, ["now" | "nu"] | ["this" | "deze" | "dit", "week" | "month" | "maand"]);
    years || now
}

/// `2 uur` behind a day is how long it took, unless it says `om`; `14 uur` is no length.
fn holds_a_length(lower: &[&str]) -> bool {
    lower.iter().enumerate().any(|(place, word)| {
        let unit = matches!(lower.get(place + 1).copied(), Some("uur" | "u" | "h" | "hours" | "uren"));
        let glued = word.strip_suffix(['u', 'h']).filter(|count| count.bytes().all(|b| b.is_ascii_digit()));
        let count = if unit { Some(*word) } else { glued.filter(|count| !count.is_empty()) };
        let short = count.and_then(|count| count.parse::<u32>().ok()).is_some_and(|count| count < 7);
        let at = place > 0 && matches!(lower[place - 1], "om" | "at" | "rond" | "around");
        let ago = lower.iter().any(|word| matches!(*word, "geleden" | "ago"));
        let day_part = lower.iter().any(|word| is_part_of_day(word));
        short && !at && !ago && !day_part
    })
}

/// A date or time of one word.
fn is_sure_alone(word: &str, first: &str, sentence: &Sentence<'_>, words: &Range<usize>) -> bool {
    let led = first != word;
    let digits = word.bytes().filter(u8::is_ascii_digit).count();
    if word.bytes().all(|b| b.is_ascii_digit()) {
        return led && matches!(first, "om" | "at") && sentence.words.get(words.end).is_none() && digits <= 2;
    }
    if digits > 0 {
        return led || is_written_in_full(word);
    }
    if is_short_day(word) || is_month(word) {
        return false;
    }
    // `…, maandag komt de monteur` tells what will be.
    let alone = words.start > 0 && sentence.words[words.start - 1].stop_after;
    let ends = words.end == sentence.words.len() || sentence.words[words.end - 1].stop_after;
    !(is_calendar(word) && alone && !ends)
}

/// `2026-11-20`, `20-11-2026`, `14:30`, `14u30`, `3pm`; not `3/4`, `14.30` or `1.2.3`.
fn is_written_in_full(word: &str) -> bool {
    let pieces: Vec<&str> = word.split(['-', '/', '.']).collect();
    let dated = pieces.len() == 3 && pieces.iter().any(|piece| piece.len() >= 4) || word.contains('t') && pieces.len() >= 3;
    let half = word.ends_with("am") || word.ends_with("pm");
    let hours = word.split_once('u').is_some_and(|(hour, minute)| !hour.is_empty() && minute.len() == 2);
    dated || half || hours || (word.contains(':') && pieces.len() == 1)
}

fn is_month(word: &str) -> bool {
    is_calendar(word) && !word.ends_with("dag") && !word.ends_with("day") || is_short_month(word)
}

fn is_also_a_name(month: &str) -> bool {
    matches!(month, "jan" | "may" | "mei" | "mar" | "april" | "june" | "august" | "juni" | "maart" | "march" | "dec" | "sep")
}

/// `last fri`, `vorige week di`.
fn is_turned(words: &[&str]) -> bool {
    matches!(words[0], "last" | "vorige" | "afgelopen" | "this" | "deze" | "past" | "previous")
}

/// Whether the time belongs to what was talked about: `de offerte van 12 november`.
fn is_about_something_else(sentence: &Sentence<'_>, words: &Range<usize>) -> bool {
    let before = words.start.checked_sub(1).map(|place| &sentence.words[place]);
    before.is_some_and(|before| before.used.is_none() && !before.stop_after && ties_a_date(&before.folded))
}
