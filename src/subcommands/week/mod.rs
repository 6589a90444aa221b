//! This week: the plan, the digest, and what becomes of what it proposes.

mod context_lines;
mod desk;
pub mod nudge;
pub mod plan;
mod surroundings;
mod week_of;
mod why_not;
