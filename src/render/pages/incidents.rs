//! The page of `attent incident list`.
