//! When it happened: the phrase of a sentence that the date grammar reads and that can mean nothing
//! else. A bare number, `mei`, `zo` or `Jan 5` is no date here, though it is one after `--at`.

use std::ops::Range;

use chrono::{DateTime, TimeZone};

use super::course::is_to_come;
use super::duration::hours_and_minutes;
use super::range::{self, Stretch};
use super::sentence::{Sentence, Use};
use super::vocabulary::{begins_a_date, is_calendar, ties_a_date};
use crate::domain::calendar::Moment;
use crate::domain::text::Text;
use crate::intake::dates::{Lean, parse_moment, slip_of};

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
    /// Where the words of that moment stand.
    pub ahead_words: Range<usize>,
    /// How many minutes it took, where it says from when to when.
    pub minutes: Option<u32>,
    /// What is wrong with a date that the calendar does not have.
    pub slip: Option<Text>,
}

/// Finds the times and takes their words. Of several moments the first counts; of two that begin at
/// one word, the longer. A time of the day goes with a day said elsewhere.
pub(super) fn take<Tz: TimeZone>(sentence: &mut Sentence<'_>, now: &DateTime<Tz>) -> Times {
    let stretch = range::take(sentence);
    let mut found = Times { minutes: stretch.as_ref().map(|stretch| stretch.minutes), ..Times::default() };
    let mut place = 0;
    while place < sentence.words.len() {
        let Some((length, at)) = longest_at(sentence, place, now) else {
            if found.slip.is_none() {
                found.slip = slip_at(sentence, place, now);
            }
            place += 1;
            continue;
        };
        let words = place..place + length;
        sentence.take(words.clone(), Use::Time);
        place += length;
        if !is_about_something_else(sentence, &words) {
            found.learn(Said { at, typed: sentence.typed(words.clone()).to_owned() }, words, now);
        }
    }
    if let Some(stretch) = stretch {
        found.begin(&stretch, now);
    }
    if found.past.is_some() {
        found.ahead = None;
    }
    found
}

impl Times {
    fn learn<Tz: TimeZone>(&mut self, said: Said, words: Range<usize>, now: &DateTime<Tz>) {
        let (first, lean) = if self.past.is_some() { (&mut self.past, Lean::Past) } else { (&mut self.ahead, Lean::Future) };
        if let Some(day) = first
            && let Some(at) = read_together(&day.typed, &said.typed, now, lean)
        {
            *day = Said { at, typed: format!("{} {}", day.typed, said.typed) };
        } else if said.at.0 <= now.timestamp_millis() {
            self.past.get_or_insert(said);
        } else if self.ahead.is_none() {
            (self.ahead, self.ahead_words) = (Some(said), words);
        }
    }

    /// The time a stretch of the day began goes with the day that was said, or with today.
    fn begin<Tz: TimeZone>(&mut self, stretch: &Stretch, now: &DateTime<Tz>) {
        let lean = if self.past.is_none() && self.ahead.is_some() { Lean::Future } else { Lean::Past };
        let day = self.past.as_ref().or(self.ahead.as_ref()).map_or("", |said| said.typed.as_str());
        let typed = format!("{day} {}", stretch.from).trim().to_owned();
        if let Ok(at) = parse_moment(&typed, now, lean) {
            let slot = if at.0 > now.timestamp_millis() { &mut self.ahead } else { &mut self.past };
            *slot = Some(Said { at, typed });
        }
    }
}

/// A day and a time of the day that stand apart: `3 november … om half tien`.
fn read_together<Tz: TimeZone>(first: &str, second: &str, now: &DateTime<Tz>, lean: Lean) -> Option<Moment> {
    let lower = second.to_lowercase();
    let begins = lower.split(' ').next().unwrap_or_default();
    if !matches!(begins, "at" | "om" | "rond" | "around") && !begins.contains(':') {
        return None;
    }
    let lower = format!("{first} {second}").to_lowercase();
    let words: Vec<&str> = lower.split(' ').map(|word| word.trim_end_matches(',')).collect();
    read(&words, now, lean)
}

/// What is wrong with the words here, if they can only be a date and the calendar has none such.
fn slip_at<Tz: TimeZone>(sentence: &Sentence<'_>, place: usize, now: &DateTime<Tz>) -> Option<Text> {
    let most = 4.min(sentence.words.len() - place);
    (1..=most).rev().find_map(|length| {
        let words = place..place + length;
        let about = is_about_something_else(sentence, &words);
        let lower: Vec<String> = sentence.words[words.clone()].iter().map(|word| word.text.to_lowercase()).collect();
        let bare = if matches!(lower[0].as_str(), "on" | "op") { &lower[1..] } else { &lower[..] };
        let numbers = |word: &str| word.bytes().filter(u8::is_ascii_digit).count();
        let written = match bare {
            [.., day, month] if is_month(month) && !is_also_a_name(month) => (1..=2).contains(&numbers(day)),
            [date] => date.split(['-', '/']).count() == 3 && (6..=8).contains(&numbers(date)),
            _ => false,
        };
        let free = sentence.is_free(words.clone()) && !about && written;
        free.then(|| slip_of(sentence.typed(words), now)).flatten()
    })
}

fn longest_at<Tz: TimeZone>(sentence: &Sentence<'_>, place: usize, now: &DateTime<Tz>) -> Option<(usize, Moment)> {
    if !may_begin(mended(&sentence.words[place].text.to_lowercase())) {
        return None;
    }
    let lean = if is_to_come(sentence, place) { Lean::Future } else { Lean::Past };
    let most = LONGEST.min(sentence.words.len() - place);
    (1..=most).rev().find_map(|length| {
        let words = place..place + length;
        if !sentence.is_free(words.clone()) {
            return None;
        }
        let lower: Vec<String> = sentence.words[words.clone()].iter().map(|word| word.text.to_lowercase()).collect();
        let lower: Vec<&str> = lower.iter().map(|word| mended(word)).collect();
        if lower.iter().any(|word| is_a_fraction(word)) {
            return None;
        }
        let at = read(&lower, now, lean)?;
        is_sure(sentence, &words, &lower).then_some((length, at))
    })
}

/// A word for a day with one slip of the keyboard, as it was meant: `yesteday`.
fn mended(word: &str) -> &str {
    let meant = ["yesterday", "gisteren", "eergisteren", "tomorrow", "vanochtend", "vanmorgen", "vanmiddag", "gisteravond"];
    let slipped = |meant: &&&str| word.len().abs_diff(meant.len()) <= 1 && strsim::osa_distance(word, meant) == 1;
    if word.len() < 7 || word.len() > 12 { word } else { meant.iter().find(slipped).map_or(word, |meant| meant) }
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
fn read<Tz: TimeZone>(lower: &[&str], now: &DateTime<Tz>, lean: Lean) -> Option<Moment> {
    let plain = parse_moment(&lower.join(" "), now, lean).ok()?;
    let fits = |later: &Moment| later.0 <= now.timestamp_millis() || plain.0 > now.timestamp_millis();
    if is_spoken(lower) && !lower.iter().any(|word| is_part_of_day(word)) {
        let afternoon = [lower, &["afternoon"]].concat().join(" ");
        let later = parse_moment(&afternoon, now, lean).ok().filter(fits);
        let spoken = lower.iter().skip_while(|word| !is_spoken(&[word])).take(3);
        let small = spoken.into_iter().any(|word| small_hour(word) || spoken_small_hour(word));
        return Some(later.filter(|_| small).unwrap_or(plain));
    }
    let clock = lower.windows(2).position(|pair| matches!(pair[0], "at" | "om" | "rond" | "around") && small_hour(pair[1]));
    // At the front `morgen` is tomorrow.
    let said_which = lower.iter().enumerate().any(|(place, word)| is_part_of_day(word) && (place, *word) != (0, "morgen"));
    let Some(clock) = clock.filter(|_| !said_which) else { return Some(plain) };
    let mut words = lower.to_vec();
    let o_clock = words.get(clock + 2).is_some_and(|word| matches!(*word, "uur" | "u" | "h" | "o'clock"));
    words.insert(clock + 2 + usize::from(o_clock), "afternoon");
    Some(parse_moment(&words.join(" "), now, lean).ok().filter(fits).unwrap_or(plain))
}

fn small_hour(word: &str) -> bool {
    matches!(word, "1" | "2" | "3" | "4" | "5" | "6")
}

/// `1,5`: half of something, not a day and an hour.
fn is_a_fraction(word: &str) -> bool {
    word.split_once(',').is_some_and(|(whole, rest)| [whole, rest].iter().all(|digits| digits.bytes().all(|byte| byte.is_ascii_digit())))
}

/// `half vier`, `kwart over 3`.
fn is_spoken(words: &[&str]) -> bool {
    words.iter().any(|word| matches!(*word, "half" | "kwart" | "quarter"))
}

fn spoken_small_hour(word: &str) -> bool {
    matches!(word, "one" | "two" | "three" | "four" | "five" | "six" | "een" | "één" | "twee" | "drie" | "vier" | "vijf" | "zes")
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
                bare.iter().any(|word| word.contains(':') || is_month(word) || is_day_in_figures(word))
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
        let both = hours_and_minutes(word).is_some();
        let short = both || count.and_then(|count| count.parse::<u32>().ok()).is_some_and(|count| count < 7);
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
    if is_day_in_figures(word) && word.contains('-') {
        return led || words.start == 0 || words.end == sentence.words.len();
    }
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

/// `16-11`, `3/11`, `16-11-2026`.
fn is_day_in_figures(word: &str) -> bool {
    let pieces: Vec<&str> = word.split(['-', '/']).collect();
    (2..=3).contains(&pieces.len()) && pieces.iter().all(|piece| !piece.is_empty() && piece.bytes().all(|byte| byte.is_ascii_digit()))
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
