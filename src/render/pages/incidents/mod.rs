//! The pages of `attent incident` and `attent incidents`: one failure, how it was made good, and all that
//! wait for something.

mod board;
mod clocks;
mod line;
mod made_good;
mod steps;

pub use board::{Board, Place};
pub use line::{IncidentLine, list};
pub use made_good::resolved;
pub use steps::{Before, acknowledged, assigned, checked, opened};
