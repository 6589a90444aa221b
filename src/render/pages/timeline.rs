//! The page of `attent timeline`.
