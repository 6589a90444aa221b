//! Copies of the log, and putting them back.
//!
//! A copy is made by SQLite's online backup: page by page under one snapshot, so that others write on
//! meanwhile and the copy is of one moment, what still stands in the write-ahead file included. `VACUUM
//! INTO` would give the same rows, but sorts every index anew (minutes and temporary files for a large log)
//! and works in one direction only; the online backup also writes a copy back into a log in one transaction.
//!
//! A copy is a log like any other, in one file: who has no attent at hand can read it with `sqlite3`, and who
//! moves it over `attent.db` by hand has restored it. The files that people wrote (settings, journeys,
//! playbook) go along in a table of their own, because who loses a folder loses those too.
//!
//! It is made under a temporary name in its own folder, looked through, synced and only then named: a copy
//! that has its name is whole.

mod contents;
mod copy;
mod place;
mod restore;
mod whose;

pub(super) use contents::{COMPANIONS, untouched};
pub use contents::{Companion, Contents, Written, companions, contents, contents_now, is_untouched};
pub(super) use copy::connect;
pub use copy::{Kept, back_up, copy_as_it_is};
pub(super) use place::ANEW;
pub(super) use place::reach;
pub use place::{DRAFT, Target, is_draft, private_folder};
pub use restore::{Places, Replaced, Restored, restore, would_be_back};
pub use whose::{log_of, name_log};

pub(super) use copy::keep_before_migration;
