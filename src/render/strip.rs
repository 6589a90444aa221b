//! A year at a glance: a row for people, one for machines and one for failures, with a mark a week.
//!
//! The marks differ in height and not only in colour, the rows have names, and a line below says what
//! the marks mean: nothing needs colour to be understood.

use chrono::{Datelike as _, Days, NaiveDate};

use super::document::Tone;
use super::locale::Look;
use crate::domain::text::Text;
use crate::measure::weeks::Amount;
use crate::text;

/// Consecutive weeks, oldest first; the last is this week.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Strip {
    /// The weeks.
    pub weeks: Vec<Marked>,
}

/// What a week has to show.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Marked {
    /// Its Monday.
    pub begins: NaiveDate,
    /// How much contact by people.
    pub people: Amount,
    /// How much contact by machines.
    pub automated: Amount,
    /// Whether something went wrong.
    pub failed: bool,
}

/// A row of the strip: its name, and a mark a week.
pub struct Line {
    /// The name.
    pub name: Text,
    /// The marks.
    pub marks: Vec<Mark>,
}

/// The mark of a week.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Mark {
    /// The sign, one column wide.
    pub sign: &'static str,
    /// Its colour.
    pub tone: Tone,
    /// Its height in a drawing, from 0 to 3.
    pub height: u8,
}

impl Strip {
    /// The same, with only so many weeks: the last ones.
    pub fn last(&self, most: usize) -> Self {
        Self { weeks: self.weeks[self.weeks.len().saturating_sub(most)..].to_vec() }
    }

    /// The rows: people, machines, and failures when there were any.
    pub fn lines(&self, look: &Look) -> Vec<Line> {
        let row = |name, mark: &dyn Fn(&Marked) -> Mark| Line { name, marks: self.weeks.iter().map(mark).collect() };
        let mut lines = vec![
            row(text!("by people", "door mensen"), &|week| amount(week.people, Tone::Cordial, look)),
            row(text!("automated", "automatisch"), &|week| amount(week.automated, Tone::Cold, look)),
        ];
        if self.weeks.iter().any(|week| week.failed) {
            lines.push(row(text!("failures", "missers"), &|week| match week.failed {
                true => Mark { sign: look.sign("×", "x"), tone: Tone::Alert, height: 2 },
                false => amount(Amount::Nothing, Tone::Quiet, look),
            }));
        }
        lines
    }

    /// The names of the months above the weeks they begin in, as one line; the last name may reach two
    /// columns further than the weeks.
    pub fn months(&self, look: &Look) -> String {
        let mut line = String::new();
        for (at, first) in self.firsts() {
            line.push_str(&" ".repeat(at.saturating_sub(line.len())));
            line.push_str(look.short_month(first));
        }
        line
    }

    /// The places of the weeks that a month begins in, with its first day.
    pub fn firsts(&self) -> Vec<(usize, NaiveDate)> {
        let first_of = |begins: NaiveDate| {
            let days = (0..7).filter_map(|day| begins.checked_add_days(Days::new(day)));
            days.into_iter().find(|day| day.day() == 1)
        };
        self.weeks.iter().enumerate().filter_map(|(at, week)| Some((at, first_of(week.begins)?))).collect()
    }

    /// What the marks mean.
    pub fn legend(&self, look: &Look) -> Text {
        let [nothing, little, mail, call] = AMOUNTS.map(|(_, sign, ascii)| look.sign(sign, ascii));
        let failed = look.sign("×", "x");
        let failures = if self.weeks.iter().any(|week| week.failed) {
            text!("; {failed} something went wrong", "; {failed} er ging iets mis")
        } else {
            Text::default()
        };
        let (en, nl) = (failures.en, failures.nl);
        text!(
            "A mark is a week, the last one this week: {nothing} nothing, {little} a little, {mail} as much as a mail, {call} as a call or more{en}.",
            "Een teken is een week, het laatste deze week: {nothing} niets, {little} een beetje, {mail} zoveel als een mail, {call} als een telefoontje of meer{nl}."
        )
    }

    /// What the bars of a drawing mean.
    pub fn drawn_legend(&self) -> Text {
        text!(
            "A bar is a week, the last one this week: low is a little contact, half as much as a mail, full as a call or more.",
            "Een balkje is een week, het laatste deze week: laag is een beetje contact, half zoveel als een mail, vol als een telefoontje of meer."
        )
    }
}

/// The signs, typographic and in ASCII.
const AMOUNTS: [(Amount, &str, &str); 4] =
    [(Amount::Nothing, "·", "."), (Amount::Little, "▂", "-"), (Amount::Mail, "▅", "="), (Amount::Call, "█", "#")];

fn amount(amount: Amount, tone: Tone, look: &Look) -> Mark {
    let (height, (_, sign, ascii)) = (0..).zip(AMOUNTS).find(|(_, (known, ..))| *known == amount).unwrap_or((0, AMOUNTS[0]));
    Mark { sign: look.sign(sign, ascii), tone: if height == 0 { Tone::Quiet } else { tone }, height }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::text::Lang;

    /// Weeks from this Monday on, with this much contact by people in each.
    fn strip(month: u32, day: u32, people: &[Amount]) -> Strip {
        let first = NaiveDate::from_ymd_opt(2026, month, day).unwrap();
        let begins = |n: usize| first.checked_add_days(Days::new(7 * n as u64)).unwrap();
        let marked =
            |(n, people): (usize, &Amount)| Marked { begins: begins(n), people: *people, automated: Amount::Nothing, failed: false };
        Strip { weeks: people.iter().enumerate().map(marked).collect() }
    }

    fn signs(line: &Line) -> String {
        line.marks.iter().map(|mark| mark.sign).collect()
    }

    #[test]
    fn marks_differ_in_height_in_every_script() {
        let strip = strip(11, 2, &[Amount::Nothing, Amount::Little, Amount::Mail, Amount::Call]);
        let ascii = Look { ascii: true, ..Look::default() };
        for (look, people, automated) in [(Look::default(), "·▂▅█", "····"), (ascii, ".-=#", "....")] {
            let lines = strip.lines(&look);
            assert_eq!((signs(&lines[0]).as_str(), signs(&lines[1]).as_str(), lines.len()), (people, automated, 2));
            assert!(lines[0].marks.iter().map(|mark| mark.height).eq(0..4));
            let legend = strip.legend(&look);
            assert!(people.chars().all(|sign| legend.en.contains(sign) && legend.nl.contains(sign)), "{legend}");
            assert!(!legend.en.contains("wrong") && !legend.nl.contains("mis."), "{legend}");
        }
    }

    #[test]
    fn a_failure_has_a_row_and_a_word_of_its_own() {
        let mut strip = strip(11, 2, &[Amount::Call; 3]);
        strip.weeks[1].failed = true;
        let lines = strip.lines(&Look::default());
        assert_eq!((signs(&lines[2]).as_str(), lines[2].marks[1].tone), ("·×·", Tone::Alert));
        assert!(strip.legend(&Look::default()).nl.contains("× er ging iets mis"));
        assert_eq!(strip.last(1).lines(&Look::default()).len(), 2, "it lies before what is shown");
    }

    #[test]
    fn months_stand_above_the_week_of_their_first_day() {
        let dutch = Look { lang: Lang::Nl, ..Look::default() };
        // 1 March 2026 is the Sunday of the first week, 1 April a Wednesday; 1 June a Monday.
        for (month, day, weeks, months) in
            [(2, 23, 6, "mrt  apr"), (3, 2, 4, ""), (3, 30, 10, "apr mei  jun"), (6, 1, 1, "jun"), (6, 2, 1, "")]
        {
            assert_eq!(strip(month, day, &vec![Amount::Nothing; weeks]).months(&dutch), months, "{month}-{day}");
        }
        assert_eq!(Strip::default().months(&dutch), "");
    }
}
