//! The words of dates in English and Dutch. Tokens come in lower case, without a full stop.

use chrono::Weekday;

/// Which way a word points from now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Turn {
    Last,
    This,
    Next,
}

/// A unit people count in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Unit {
    Minute,
    Hour,
    Day,
    Week,
    Month,
    Year,
}

/// A part of the day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Part {
    Morning,
    Afternoon,
    Evening,
}

impl Part {
    /// The hour it stands for when none is said.
    pub(super) fn hour(self) -> u32 {
        match self {
            Self::Morning => 9,
            Self::Afternoon => 14,
            Self::Evening => 20,
        }
    }
}

/// Days from today.
pub(super) fn day_word(word: &str) -> Option<i64> {
    Some(match word {
        "eergisteren" | "eergister" => -2,
        "yesterday" | "gisteren" | "gister" => -1,
        "today" | "vandaag" | "tonight" => 0,
        "tomorrow" | "morgen" => 1,
        "overmorgen" => 2,
        _ => return None,
    })
}

pub(super) fn weekday(word: &str) -> Option<Weekday> {
    Some(match word {
        "monday" | "mon" | "maandag" | "ma" => Weekday::Mon,
        "tuesday" | "tue" | "tues" | "dinsdag" | "di" => Weekday::Tue,
        "wednesday" | "wed" | "woensdag" | "wo" => Weekday::Wed,
        "thursday" | "thu" | "thur" | "thurs" | "donderdag" | "do" => Weekday::Thu,
        "friday" | "fri" | "vrijdag" | "vr" => Weekday::Fri,
        "saturday" | "sat" | "zaterdag" | "za" => Weekday::Sat,
        "sunday" | "sun" | "zondag" | "zo" => Weekday::Sun,
        _ => return None,
    })
}

pub(super) fn month(word: &str) -> Option<u32> {
    Some(match word {
        "january" | "jan" | "januari" => 1,
        "february" | "feb" | "februari" => 2,
        "march" | "mar" | "maart" | "mrt" => 3,
        "april" | "apr" => 4,
        "may" | "mei" => 5,
        "june" | "jun" | "juni" => 6,
        "july" | "jul" | "juli" => 7,
        "august" | "aug" | "augustus" => 8,
        "september" | "sep" | "sept" => 9,
        "october" | "oct" | "oktober" | "okt" => 10,
        "november" | "nov" => 11,
        "december" | "dec" => 12,
        _ => return None,
    })
}

pub(super) fn turn(word: &str) -> Option<Turn> {
    Some(match word {
        "last" | "previous" | "past" | "vorige" | "vorig" | "afgelopen" | "laatste" => Turn::Last,
        "this" | "deze" | "dit" => Turn::This,
        "next" | "coming" | "volgende" | "volgend" | "komende" | "komend" | "aankomende" | "aanstaande" => Turn::Next,
        _ => return None,
    })
}

pub(super) fn unit(word: &str) -> Option<Unit> {
    Some(match word {
        "minute" | "minutes" | "min" | "mins" | "minuut" | "minuten" => Unit::Minute,
        "hour" | "hours" | "h" | "hr" | "hrs" | "uur" | "uren" | "u" => Unit::Hour,
        "day" | "days" | "d" | "dag" | "dagen" => Unit::Day,
        "week" | "weeks" | "w" | "weken" => Unit::Week,
        "month" | "months" | "maand" | "maanden" => Unit::Month,
        "year" | "years" | "y" | "jaar" | "jaren" => Unit::Year,
        _ => return None,
    })
}

/// A count in digits, at most six of them, or as a word up to twelve.
pub(super) fn count(word: &str) -> Option<u32> {
    Some(match word {
        "a" | "an" | "one" | "een" | "één" => 1,
        "two" | "twee" => 2,
        "three" | "drie" => 3,
        "four" | "vier" => 4,
        "five" | "vijf" => 5,
        "six" | "zes" => 6,
        "seven" | "zeven" => 7,
        "eight" | "acht" => 8,
        "nine" | "negen" => 9,
        "ten" | "tien" => 10,
        "eleven" | "elf" => 11,
        "twelve" | "twaalf" => 12,
        digits => return number(digits, 6),
    })
}

/// Plain digits, at most so many.
pub(super) fn number(digits: &str, most: usize) -> Option<u32> {
    let plain = !digits.is_empty() && digits.len() <= most && digits.bytes().all(|b| b.is_ascii_digit());
    plain.then(|| digits.parse().ok()).flatten()
}

/// A part of the day; here `morgen` is the morning, as in `maandag morgen`.
pub(super) fn part(word: &str) -> Option<Part> {
    Some(match word {
        "morning" | "ochtend" | "ochtends" | "morgen" | "morgens" => Part::Morning,
        "afternoon" | "middag" | "middags" => Part::Afternoon,
        "evening" | "avond" | "avonds" => Part::Evening,
        _ => return None,
    })
}
