//! What can be wrong with a date, and how it is said.

use crate::domain::text::Text;
use crate::text;

/// Why a date was not read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fault {
    /// It is not shaped like any date.
    Shape,
    /// The calendar or the clock has no such day or time.
    NoSuchDay,
    /// The year is not believable.
    Year,
    /// The weekday and the date do not go together.
    Weekday,
}

impl Fault {
    /// The complaint about what a person typed.
    pub(super) fn of_people(self, typed: &str) -> Text {
        match self {
            Self::Shape => text!(
                "`{typed}` is not a date I know; try `yesterday`, `3 days ago`, `last friday 14:30`, `21 november` or `2026-11-21`",
                "`{typed}` is geen datum die ik ken; probeer `gisteren`, `3 dagen geleden`, `vorige week dinsdag`, `21 november` of `21-11-2026`"
            ),
            Self::NoSuchDay => text!(
                "`{typed}` is not in the calendar; in numbers the day comes first, as in `21-11-2026`, or write `2026-11-21`",
                "`{typed}` staat niet in de kalender; schrijf eerst de dag, zoals `21-11-2026`, of `2026-11-21`"
            ),
            Self::Year => text!("`{typed}` lies outside the years 1900 to 2199", "`{typed}` ligt buiten de jaren 1900 tot en met 2199"),
            Self::Weekday => text!(
                "`{typed}`: that date is another day of the week; leave one of the two out",
                "`{typed}`: die datum is een andere dag van de week; laat een van de twee weg"
            ),
        }
    }

    /// The complaint about what stands in a file.
    pub(super) fn of_files(self, typed: &str) -> Text {
        match self {
            Self::NoSuchDay => text!("`{typed}` is not in the calendar", "`{typed}` staat niet in de kalender"),
            Self::Year => self.of_people(typed),
            Self::Shape | Self::Weekday => text!(
                "`{typed}` is not a date such as 2026-06-30, 2026-06-30 14:30 or 2026-06-30T14:30:00+02:00",
                "`{typed}` is geen datum zoals 2026-06-30, 2026-06-30 14:30 of 2026-06-30T14:30:00+02:00"
            ),
        }
    }
}
