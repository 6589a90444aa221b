//! The working week as people write it: `mon-fri`, `ma, di en do`, `9:00-17:00`.

use std::fmt;
use std::str::FromStr;

use super::incident::WorkingWeek;
use super::text::Text;
use crate::text;

/// The days in settings, Monday first.
const DAYS: [&str; 7] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];

/// What each day may also be called: English and Dutch, whole and short.
const CALLED: [&[&str]; 7] = [
    &["mon", "monday", "ma", "maandag"],
    &["tue", "tues", "tuesday", "di", "dinsdag"],
    &["wed", "wednesday", "wo", "woensdag"],
    &["thu", "thur", "thurs", "thursday", "do", "donderdag"],
    &["fri", "friday", "vr", "vrijdag"],
    &["sat", "saturday", "za", "zaterdag"],
    &["sun", "sunday", "zo", "zondag"],
];

const MINUTES_A_DAY: u32 = 24 * 60;

impl Default for WorkingWeek {
    /// Monday to Friday, nine to five.
    fn default() -> Self {
        Self { days: [true, true, true, true, true, false, false], from: 9 * 60, until: 17 * 60 }
    }
}

impl WorkingWeek {
    /// Reads working days: single ones and stretches, in English or Dutch.
    ///
    /// # Errors
    /// When a word is no day, or there is no day at all.
    pub fn read_days(typed: &str) -> Result<[bool; 7], Text> {
        let lower = typed.to_lowercase().replace(['–', '—'], "-").replace(" - ", "-");
        let lower = lower.replace(" to ", "-").replace(" t/m ", "-").replace(" tot ", "-");
        let mut days = [false; 7];
        let words = lower.split(|c: char| c == ',' || c == '&' || c.is_whitespace());
        for word in words.filter(|word| !matches!(*word, "" | "and" | "en")) {
            let (first, last) = word.split_once('-').unwrap_or((word, word));
            let (first, last) = (day(first)?, day(last)?);
            // a stretch may pass the weekend: `sat-mon`
            (0..=(last + 7 - first) % 7).for_each(|on| days[(first + on) % 7] = true);
        }
        if days == [false; 7] {
            return Err(text!("there must be at least one working day", "er moet minstens één werkdag zijn"));
        }
        Ok(days)
    }

    /// Reads the hours of a working day, in minutes after midnight: `9:00-17:00`, `9-17`, `8.30 tot 17u`.
    ///
    /// # Errors
    /// When they are no two times of one day, the earlier first.
    pub fn read_hours(typed: &str) -> Result<(u32, u32), Text> {
        let wrong = || {
            text!(
                "`{typed}` are no working hours, such as 9:00-17:00; the end comes after the beginning, on the same day",
                "`{typed}` zijn geen werktijden, zoals 9:00-17:00; het einde komt na het begin, op dezelfde dag"
            )
        };
        let lower = typed.to_lowercase().replace(['–', '—'], "-").replace(" to ", "-").replace(" tot ", "-");
        let (from, until) = lower.split_once('-').ok_or_else(wrong)?;
        let hours = time(from).zip(time(until)).filter(|(from, until)| from < until);
        hours.ok_or_else(wrong)
    }

    /// The working days as settings write them: `mon-fri`, `mon, tue, thu`.
    pub fn days_shown(&self) -> String {
        let mut shown: Vec<String> = Vec::new();
        let mut place = 0;
        while place < 7 {
            let length = self.days[place..].iter().take_while(|works| **works).count();
            match length {
                0..=2 => shown.extend(DAYS[place..place + length].iter().map(|&day| day.to_owned())),
                _ => shown.push(format!("{}-{}", DAYS[place], DAYS[place + length - 1])),
            }
            place += length.max(1);
        }
        shown.join(", ")
    }

    /// The hours of a working day as settings write them: `9:00-17:00`.
    pub fn hours_shown(&self) -> String {
        let clock = |minutes: u32| format!("{}:{:02}", minutes / 60, minutes % 60);
        format!("{}-{}", clock(self.from), clock(self.until))
    }
}

impl fmt::Display for WorkingWeek {
    /// The days and the hours: `mon-fri 9:00-17:00`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.days_shown(), self.hours_shown())
    }
}

impl FromStr for WorkingWeek {
    type Err = Text;

    /// Reads the days and then the hours, as they are displayed.
    fn from_str(typed: &str) -> Result<Self, Text> {
        let split = typed.find(|c: char| c.is_ascii_digit()).unwrap_or(typed.len());
        let (days, hours) = typed.split_at(split);
        let (from, until) = Self::read_hours(hours)?;
        Ok(Self { days: Self::read_days(days)?, from, until })
    }
}

fn day(word: &str) -> Result<usize, Text> {
    CALLED.iter().position(|names| names.contains(&word.trim_end_matches('.'))).ok_or_else(|| {
        text!("`{word}` is not a day of the week, such as mon, tue or mon-fri", "`{word}` is geen dag van de week, zoals ma, di of ma-vr")
    })
}

/// A time of the day in minutes after midnight; 24:00 is the end of the day.
fn time(typed: &str) -> Option<u32> {
    let plain = typed.trim().trim_end_matches([' ', 'u', 'h']).trim_end_matches(" uur");
    let (hours, minutes) = plain.split_once([':', '.', 'u', 'h']).unwrap_or((plain, "00"));
    let figures = |digits: &str| !digits.is_empty() && digits.len() <= 2 && digits.bytes().all(|byte| byte.is_ascii_digit());
    let fits = figures(hours) && figures(minutes) && minutes.len() == 2;
    let (hours, minutes): (u32, u32) = fits.then(|| Some((hours.parse().ok()?, minutes.parse().ok()?))).flatten()?;
    Some(hours * 60 + minutes).filter(|&time| minutes < 60 && time <= MINUTES_A_DAY)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_read_in_both_languages_and_shown_in_one_way() {
        for (typed, shown) in [
            ("mon-fri", "mon-fri"),
            ("ma t/m vr", "mon-fri"),
            ("Maandag - Donderdag", "mon-thu"),
            ("mon, tue, wed, thu, fri", "mon-fri"),
            ("ma, di en do", "mon, tue, thu"),
            ("za zo", "sat, sun"),
            ("sat-mon", "mon, sat, sun"),
            ("mon-sun", "mon-sun"),
            ("wo.", "wed"),
        ] {
            let days = WorkingWeek::read_days(typed).unwrap();
            assert_eq!(WorkingWeek { days, ..WorkingWeek::default() }.days_shown(), shown, "{typed}");
            assert_eq!(WorkingWeek::read_days(shown), Ok(days), "{typed}");
        }
        for wrong in ["", " , ", "mon-fry", "weekdays", "1-5", "mon-", "-"] {
            assert!(WorkingWeek::read_days(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn hours_are_two_times_of_one_day() {
        for (typed, from, until, shown) in [
            ("9:00-17:00", 540, 1020, "9:00-17:00"),
            ("9-17", 540, 1020, "9:00-17:00"),
            ("08.30 – 17u", 510, 1020, "8:30-17:00"),
            ("9 tot 12:15", 540, 735, "9:00-12:15"),
            ("8u30 - 17 uur", 510, 1020, "8:30-17:00"),
            ("0-24", 0, 1440, "0:00-24:00"),
        ] {
            assert_eq!(WorkingWeek::read_hours(typed), Ok((from, until)), "{typed}");
            assert_eq!(WorkingWeek { from, until, ..WorkingWeek::default() }.hours_shown(), shown);
        }
        for wrong in ["", "9", "17-9", "9-9", "22-24:01", "9:5-10", "9:60-11", "25-26", "-9-17", "9-17-18", "nine-five"] {
            assert!(WorkingWeek::read_hours(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn a_week_reads_back_what_it_shows() {
        let week = WorkingWeek { days: [true, true, false, true, false, false, true], from: 495, until: 1440 };
        assert_eq!(week.to_string(), "mon, tue, thu, sun 8:15-24:00");
        assert_eq!(week.to_string().parse(), Ok(week));
        assert_eq!("mon-fri 9:00-17:00".parse(), Ok(WorkingWeek::default()));
        assert!("9:00-17:00".parse::<WorkingWeek>().is_err());
    }
}
