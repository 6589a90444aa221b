//! The page of `attent config`.
