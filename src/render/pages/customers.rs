//! The pages of `attent customers`.
