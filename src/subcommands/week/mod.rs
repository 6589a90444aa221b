//! This week: the plan, the digest, and what becomes of what it proposes.

mod context_lines;
mod desk;
// done
// nudge
// nudges
pub mod plan;
// put_off
// today
// which
mod why_not;
mod week_of;
