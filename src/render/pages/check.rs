//! The page of `attent check`.
