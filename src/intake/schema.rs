//! JSON Schemas of the files people write, for editors and for `attent check`. They are derived from the types,
//! and kept as they were derived, under `schemas/`: every start of the program needs them, and reading is less work.
//! `ATTENT_RENEW=1 cargo test --lib schema` derives them anew.

/// The schema of `journeys/*.yaml`.
pub const JOURNEY: &str = include_str!("schemas/journey.json");
/// The schema of `playbook.yaml`.
pub const PLAYBOOK: &str = include_str!("schemas/playbook.json");
/// The schema of `attent.yaml`.
pub const WORKSPACE: &str = include_str!("schemas/workspace.json");

/// A schema, or a part of one. Its words stay where they are in the text.
pub type Schema<'a> = serde_json_borrow::Value<'a>;

/// A kept schema as files are held against it. A test reads each of them.
pub(super) fn read(kept: &'static str) -> Schema<'static> {
    serde_json::from_str(kept).unwrap_or_default()
}

#[cfg(test)]
#[path = "schema_tests.rs"]
mod tests;
