//! The page of `attent why`.
