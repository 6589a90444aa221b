//! The mathematics: facts → scores. Pure; it uses only the domain and should read like the
//! method's formulas (METHOD §1, §2.3).

pub mod attribution;
pub mod clock;
pub mod explain;
pub mod findings;
pub mod people;
pub mod recovery;
pub mod revenue;
pub mod robust;
pub mod scoreboard;
pub mod warmth;
pub mod weeks;
pub mod why;
