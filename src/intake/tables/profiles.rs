//! The shipped profiles, and which profile a file asks for.

use std::sync::LazyLock;

use super::profile::Profile;
use crate::intake::csv_log;
use crate::intake::workspace::parse_workspace;

/// Read with the code that reads `attent.yaml`; a test says that nothing in it is complained of.
static SHIPPED: LazyLock<Vec<Profile>> =
    LazyLock::new(|| parse_workspace(include_bytes!("../profiles.yaml")).value.map(|file| file.profiles).unwrap_or_default());

/// The profiles that come with attent, by id.
pub fn shipped() -> &'static [Profile] {
    &SHIPPED
}

/// The profile that knows this header by the most columns; of equals the first. The header of
/// attent's own log is nobody's.
pub fn recognise<'p>(header: &[String], profiles: impl IntoIterator<Item = &'p Profile>) -> Option<&'p Profile> {
    if is_own_log(header) {
        return None;
    }
    let mut best: Option<(usize, &Profile)> = None;
    for profile in profiles {
        if let Some(count) = profile.fits(header).filter(|count| best.is_none_or(|(most, _)| *count > most)) {
            best = Some((count, profile));
        }
    }
    best.map(|(_, profile)| profile)
}

/// Whether the log's own reader takes this header.
pub fn is_own_log(header: &[String]) -> bool {
    let known = |name: &String| csv_log::COLUMNS.contains(&name.trim().to_lowercase().as_str());
    let needed = |column: &&str| header.iter().any(|name| name.trim().eq_ignore_ascii_case(column));
    header.iter().all(known) && csv_log::COLUMNS[..3].iter().all(needed)
}
