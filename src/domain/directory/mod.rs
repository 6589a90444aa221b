//! Whom a record is about.
