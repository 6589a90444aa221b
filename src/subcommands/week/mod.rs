//! This week: the plan, the digest, and what becomes of what it proposes.

pub mod checked;
mod context_lines;
mod desk;
pub mod diary;
pub mod done;
mod matter;
pub mod nudge;
pub mod nudges;
pub mod plan;
pub mod put_off;
mod settle;
mod surroundings;
pub mod today;
mod week_of;
mod which;
mod why_not;

pub use context_lines::asked;
