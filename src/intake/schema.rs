//! JSON Schemas of the files people write, for editors and for `attent check`. They are derived from the types,
//! and kept as they were derived, under `schemas/`: every start of the program needs them, and reading is less work.
//! `ATTENT_RENEW=1 cargo test --lib schema` derives them anew.

use serde_json::Value;

/// The schema of `journeys/*.yaml`.
pub fn journey_schema() -> Value {
    read(include_str!("schemas/journey.json"))
}

/// The schema of `playbook.yaml`.
pub fn playbook_schema() -> Value {
    read(include_str!("schemas/playbook.json"))
}

/// The schema of `attent.yaml`.
pub fn workspace_schema() -> Value {
    read(include_str!("schemas/workspace.json"))
}

/// A test reads each of them.
fn read(kept: &str) -> Value {
    serde_json::from_str(kept).unwrap_or_default()
}

#[cfg(test)]
#[path = "schema_tests.rs"]
mod tests;
