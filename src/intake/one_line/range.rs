//! From when to when: `10:00-11:30`, `van 10 tot 11:30`, `from 2pm to 3`.

use super::sentence::{Sentence, Use};

/// A stretch of the day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Stretch {
    /// When it began, as the date grammar reads it.
    pub from: String,
    /// How many minutes it took.
    pub minutes: u32,
}

/// Finds the first stretch and takes its words.
pub(super) fn take(sentence: &mut Sentence<'_>) -> Option<Stretch> {
    for place in 0..sentence.words.len() {
        if let Some((stretch, length)) = at(sentence, place) {
            sentence.take(place..place + length, Use::Time);
            return Some(stretch);
        }
    }
    None
}

fn at(sentence: &Sentence<'_>, place: usize) -> Option<(Stretch, usize)> {
    let most = 6.min(sentence.words.len() - place);
    let free = (place..place + most).take_while(|&at| sentence.words[at].used.is_none()).count();
    let lower: Vec<String> = sentence.words[place..place + free].iter().map(|word| word.text.to_lowercase()).collect();
    let mut words: &[String] = &lower;
    let led = words.first().is_some_and(|word| matches!(word.as_str(), "van" | "from" | "between" | "tussen"));
    if led {
        words = &words[1..];
    }
    if let [both, ..] = words
        && let Some((from, to)) = both.split_once(['-', '–'])
        && (from.contains([':', '.']) || from.ends_with('u'))
        && to.len() > 1
    {
        return Some((stretch(from, to)?, usize::from(led) + 1));
    }
    let [from, more @ ..] = words else { return None };
    let hour = usize::from(more.first().is_some_and(|word| word == "uur"));
    let [until, to, ..] = &more[hour..] else { return None };
    let between = led && matches!(until.as_str(), "tot" | "to" | "until" | "till" | "en" | "and" | "-" | "–");
    let clocks = from.contains(':') && to.contains(':') && matches!(until.as_str(), "tot" | "to" | "until" | "till" | "t/m");
    if !between && !clocks {
        return None;
    }
    let uur = usize::from(more.get(hour + 2).is_some_and(|word| matches!(word.as_str(), "uur" | "u" | "o'clock")));
    Some((stretch(from, to)?, usize::from(led) + 1 + hour + 2 + uur))
}

/// The stretch between two times; an end before the beginning is half a day later (`from 11 to 1`).
fn stretch(from: &str, to: &str) -> Option<Stretch> {
    let (from, to) = (minute_of_day(from)?, minute_of_day(to)?);
    let to = if to <= from { to + 12 * 60 } else { to };
    let minutes = to.checked_sub(from).filter(|minutes| (1..=12 * 60).contains(minutes))?;
    Some(Stretch { from: format!("{:02}:{:02}", from / 60, from % 60), minutes })
}

/// `10`, `10:30`, `10.30`, `10u30`, `2pm`.
fn minute_of_day(word: &str) -> Option<u32> {
    let bare = word.trim_end_matches("am").trim_end_matches("pm").trim_end_matches(['u', 'h']);
    let (hour, minute) = bare.split_once([':', '.', 'u', 'h']).unwrap_or((bare, "00"));
    let plain = |digits: &str| (1..=2).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit());
    if !plain(hour) || !plain(minute) || minute.len() != 2 {
        return None;
    }
    let (hour, minute): (u32, u32) = (hour.parse().ok()?, minute.parse().ok()?);
    let hour = if word.ends_with("pm") && hour < 12 { hour + 12 } else { hour };
    (hour < 24 && minute < 60).then_some(hour * 60 + minute)
}
