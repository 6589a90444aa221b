//! How long what is kept: nothing goes unless somebody asked for it.

use super::calendar::Days;
use super::numbers::counted;
use super::text::Text;
use crate::text;

/// Something that is kept for as long as was asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Retention {
    /// What happened with customers: contacts, and nudges, failures and gifts that are over.
    Contacts,
    /// Customers with whom there was no contact.
    Customers,
    /// Contacts that a machine made.
    MachineMail,
    /// What the journal keeps so that it can be undone.
    Journal,
    /// Copies of the log.
    Backups,
}

/// The shortest time that can be asked, in days: a slip of the pen must not empty a log **[J]**.
const SHORTEST: f64 = 30.0;

/// The word for what is kept for good.
pub const KEEP: &str = "keep";

impl Retention {
    /// Everything, in the order in which it is told.
    pub const ALL: [Self; 5] = [Self::Customers, Self::Contacts, Self::MachineMail, Self::Journal, Self::Backups];

    /// The name in `attent.yaml` and in output.
    pub fn id(self) -> &'static str {
        match self {
            Self::Contacts => "contacts",
            Self::Customers => "customers_without_contact",
            Self::MachineMail => "machine_mail",
            Self::Journal => "journal",
            Self::Backups => "backups",
        }
    }
}

/// Reads for how long something is kept, in days; `None` for good.
///
/// # Errors
/// When it is no duration, or shorter than 30 days.
pub fn read(typed: &str) -> Result<Option<f64>, Text> {
    if [KEEP, "bewaren"].contains(&typed.trim().to_lowercase().as_str()) {
        return Ok(None);
    }
    let Days(days) = typed.parse()?;
    if days < SHORTEST {
        let typed = typed.trim();
        return Err(text!("`{typed}` is shorter than 30 days", "`{typed}` is korter dan 30 dagen"));
    }
    Ok(Some(days))
}

/// The days of a year, as people write years.
const YEAR: f64 = 365.0;
/// The days of a month where people write one.
const MONTH: f64 = 30.0;

/// The whole years that so many days are; `None` for a time that is none.
pub fn years(days: f64) -> Option<u32> {
    (days >= YEAR && days % YEAR == 0.0).then_some((days / YEAR) as u32)
}

/// How long something is kept, as it is written.
pub fn show(days: Option<f64>) -> String {
    match days.map(|days| (days, years(days))) {
        None => KEEP.to_owned(),
        Some((_, Some(years))) => format!("{years}y"),
        Some((days, None)) => Days(days).to_string(),
    }
}

/// How long something is kept, as people say it.
pub fn said(days: f64) -> Text {
    match years(days) {
        Some(years) => counted(years.into(), ["year", "years"], ["jaar", "jaar"]),
        None if days > MONTH && days % MONTH == 0.0 => counted((days / MONTH) as u64, ["month", "months"], ["maand", "maanden"]),
        None => counted(days.ceil() as u64, ["day", "days"], ["dag", "dagen"]),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_is_read_as_people_write_it_and_never_too_short() {
        for (typed, days) in [
            ("5 years", Some(1825.0)),
            ("5 jaar", Some(1825.0)),
            ("18m", Some(540.0)),
            ("30d", Some(30.0)),
            ("Keep", None),
            ("bewaren", None),
        ] {
            assert_eq!(read(typed), Ok(days), "{typed}");
            assert_eq!(read(&show(days)), Ok(days), "{typed}");
            assert_eq!(days.and_then(years), typed.starts_with('5').then_some(5), "{typed}");
        }
        assert_eq!(
            [show(Some(1825.0)), show(Some(540.0)), said(365.0).nl, said(540.0).en, said(30.0).en, said(40.0).nl],
            ["5y", "540d", "1 jaar", "18 months", "30 days", "40 dagen"]
        );
        for wrong in ["29d", "1h", "0y", "forever", "", "-5y"] {
            assert!(read(wrong).is_err(), "{wrong}");
        }
    }
}
