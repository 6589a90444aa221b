//! How long it took: `20 minuten`, `half uur`, `1,5 uur`, `een uur en een kwartier`.

use std::ops::Range;

use super::sentence::{Sentence, Use};
use super::vocabulary::{follows_another_length, is_about, is_waiting, ties_a_length};

/// A contact longer than this is a slip.
const LONGEST: u32 = 7 * 24 * 60;

/// Finds the first duration and takes its words; whole minutes.
pub(super) fn take(sentence: &mut Sentence<'_>) -> Option<u32> {
    let mut place = 0;
    while place < sentence.words.len() {
        if let Some((times, minutes, length)) = repeated_at(sentence, place) {
            let words = place..place + length;
            if is_of_the_contact(sentence, &words) {
                sentence.take(words, Use::Time);
                let minutes = minutes.saturating_mul(times);
                return Some(minutes).filter(|minutes| (1..=LONGEST).contains(minutes));
            }
            place += length;
        } else {
            place += 1;
        }
    }
    None
}

/// A length, or so many times one: `2x 10 min`, `2 x 10 min`.
fn repeated_at(sentence: &Sentence<'_>, place: usize) -> Option<(u32, u32, usize)> {
    let times = |word: &str| word.parse().ok().filter(|times| (2..=20).contains(times));
    let word = |on: usize| sentence.words.get(place + on).filter(|word| word.used.is_none()).map_or("", |word| word.text);
    let glued = word(0).strip_suffix(['x', '×']).and_then(times).map(|times| (times, 1));
    let apart = || times(word(0)).filter(|_| matches!(word(1), "x" | "×" | "keer" | "times")).map(|times| (times, 2));
    let many = glued.or_else(apart).and_then(|(times, taken)| {
        let (minutes, length) = several_at(sentence, place + taken)?;
        Some((times, minutes, taken + length))
    });
    many.or_else(|| several_at(sentence, place).map(|(minutes, length)| (1, minutes, length)))
}

/// One length, or hours and then minutes.
fn several_at(sentence: &Sentence<'_>, place: usize) -> Option<(u32, usize)> {
    let (first, length) = one_at(sentence, place)?;
    if let [and, a, half, ..] = &sentence.words[place + length..]
        && matches!((and.folded.as_str(), a.folded.as_str(), half.folded.as_str()), ("and", "a", "half") | ("en", "een", "half"))
        && first % 60 == 0
    {
        return Some((first.saturating_add(30), length + 3));
    }
    let joined = usize::from(sentence.words.get(place + length).is_some_and(|word| matches!(word.folded.as_str(), "en" | "and")));
    match one_at(sentence, place + length + joined) {
        Some((more, also)) if first % 60 == 0 && more < 60 && !sentence.words[place + length - 1].stop_after => {
            Some((first.saturating_add(more), length + joined + also))
        }
        _ => Some((first, length)),
    }
}

fn one_at(sentence: &Sentence<'_>, place: usize) -> Option<(u32, usize)> {
    let most = 4.min(sentence.words.len().saturating_sub(place));
    let lower: Vec<String> = (place..place + most)
        .take_while(|&at| sentence.words[at].used.is_none())
        .map(|at| sentence.words[at].text.to_lowercase())
        .collect();
    let lower: Vec<&str> = lower.iter().map(String::as_str).collect();
    match lower.as_slice() {
        ["half", "an", "hour", ..] => Some((30, 3)),
        ["a", "half", "hour", ..] | ["een", "half", "uur" | "uurtje", ..] => Some((30, 3)),
        ["half", "uur" | "uurtje" | "hour", ..] => Some((30, 2)),
        ["een", "halfuur" | "halfuurtje", ..] => Some((30, 2)),
        ["halfuur" | "halfuurtje", ..] => Some((30, 1)),
        ["quarter", "of", "an", "hour"] => Some((15, 4)),
        ["drie", "kwartier", ..] => Some((45, 2)),
        ["een", "kwartier" | "kwartiertje", ..] => Some((15, 2)),
        ["kwartier" | "kwartiertje", ..] => Some((15, 1)),
        ["anderhalf" | "anderhalve", "uur", ..] => Some((90, 2)),
        ["hour", "and", "a", "half"] => Some((90, 4)),
        [count, unit, ..] if unit_of(unit).is_some() => Some((minutes(amount(count)?, unit)?, 2)),
        [glued, ..] if hours_and_minutes(glued).is_some() => Some((hours_and_minutes(glued)?, 1)),
        [glued, ..] if glued.ends_with(['\'', '’', '′']) => {
            let count = glued.trim_end_matches(['\'', '’', '′']);
            Some((count.parse().ok().filter(|minutes| (1..=240).contains(minutes) && count.len() + 3 >= glued.len())?, 1))
        }
        [glued, ..] => {
            let digits = glued.find(|sign: char| sign.is_alphabetic())?;
            let (count, unit) = glued.split_at(digits);
            Some((minutes(count.replace(',', ".").parse().ok().filter(|_| digits > 0)?, unit)?, 1))
        }
        [] => None,
    }
}

/// `1u30`, `1h15`: so many hours and minutes. From seven on it is a time of the day.
pub(super) fn hours_and_minutes(word: &str) -> Option<u32> {
    let (hours, minutes) = word.split_once(['u', 'h'])?;
    let figures = |digits: &str, most: usize| digits.len() == most && digits.bytes().all(|byte| byte.is_ascii_digit());
    let (hours, minutes): (u32, u32) = match (figures(hours, 1), figures(minutes, 2)) {
        (true, true) => (hours.parse().ok()?, minutes.parse().ok()?),
        _ => return None,
    };
    (hours < 7 && minutes < 60).then_some(hours * 60 + minutes)
}

fn minutes(count: f64, unit: &str) -> Option<u32> {
    let minutes = (count * unit_of(unit)?).round();
    (1.0..=f64::from(LONGEST)).contains(&minutes).then_some(minutes as u32)
}

fn unit_of(word: &str) -> Option<f64> {
    match word {
        "min" | "mins" | "minuut" | "minuten" | "minuutje" | "minuutjes" | "minute" | "minutes" => Some(1.0),
        "uur" | "uren" | "uurtje" | "u" | "hour" | "hours" | "hr" | "hrs" | "h" => Some(60.0),
        _ => None,
    }
}

fn amount(word: &str) -> Option<f64> {
    Some(match word {
        "a" | "an" | "een" | "één" | "one" => 1.0,
        "twee" | "two" => 2.0,
        "drie" | "three" => 3.0,
        "vier" | "four" => 4.0,
        "vijf" | "five" => 5.0,
        "tien" | "ten" => 10.0,
        "twintig" | "twenty" => 20.0,
        "dertig" | "thirty" => 30.0,
        "1½" => 1.5,
        digits if digits.len() <= 6 && digits.bytes().all(|b| b.is_ascii_digit() || matches!(b, b',' | b'.')) => {
            digits.replace(',', ".").parse().ok()?
        }
        _ => return None,
    })
}

/// Whether it is the contact that took so long: not `om 3 uur`, `in 20 minuten`, `20 minuten te laat`,
/// `een vertraging van 2 uur`, `half uur geleden`.
fn is_of_the_contact(sentence: &Sentence<'_>, words: &Range<usize>) -> bool {
    let near = |place: Option<usize>| place.and_then(|place| sentence.words.get(place)).map_or("", |word| word.folded.as_str());
    // A length behind a comma is that of the whole sentence: `about the delay, 20 minutes`.
    let apart = words.start.checked_sub(1).is_some_and(|before| sentence.words[before].stop_after);
    let before = if apart { "" } else { near(words.start.checked_sub(1)) };
    let earlier = if apart { "" } else { near(words.start.checked_sub(2)) };
    let stops = sentence.words[words.end - 1].stop_after;
    let after = if stops { "" } else { near(Some(words.end)) };
    let later = if stops { "" } else { near(Some(words.end + 1)) };
    let elsewhere = ties_a_length(before) || follows_another_length(after);
    let waited = [before, earlier, after].iter().any(|word| is_waiting(word)) || is_waiting(later) && !is_about(after);
    !elsewhere && !waited
}
