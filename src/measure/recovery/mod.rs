//! Service recovery: what a failure weighs, until when it should be dealt with, how well it was made
//! good, and how people are afterwards (METHOD §2).
//!
//! Recovery is damage control with an upside in satisfaction, and that only after one failure that was
//! not grave (Magnini et al. 2007; de Matos et al. 2007; Maxham & Netemeyer 2002). So repeats and severe
//! failures cap the quality, and satisfaction is told apart from who stays.

mod afterwards;
mod extra;
mod failures;
mod life;
mod quality;

pub use afterwards::{Afterwards, CONTACT_DAYS, YEAR_DAYS, afterwards};
pub use extra::{Overdone, extra_limit, overdone};
pub use failures::{REPEAT_DAYS, acknowledge_by, failures, late, repeats, resolve_by, same_kind_before, severity};
pub use life::{CHECK_DAYS, State, Step, WAIT_DAYS, known_at, state, waits_for};
pub use quality::{Cap, QUALITY_WEIGHTS, Quality, quality};
