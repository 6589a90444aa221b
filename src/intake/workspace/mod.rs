//! `attent.yaml`: what a workspace says about itself. Everything may be left out, and nothing is filled
//! in here: which layer a default comes from is for `settings` to say.

mod file;
mod gift_policies;
mod raw;
mod read;
mod retention;
mod rules;

#[cfg(test)]
mod tests;

pub use file::WorkspaceFile;
pub use gift_policies::{RawGiftPolicy, RawGiftTerms};
pub use raw::{RawBudget, RawLanguage, RawNudge, RawWeights, RawWorkspace};
pub use read::{parse_own_settings, parse_workspace};
pub use retention::RawRetention;
