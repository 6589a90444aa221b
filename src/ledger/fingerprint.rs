//! What the sums depend on, as one short text: when it changes they are rebuilt from the log.

use std::fmt::Write as _;

use sha2::{Digest, Sha256};

use crate::domain::course::Course;

/// Counts up whenever the meaning of the stored sums changes.
const FORMULA: u32 = 2;

/// The fingerprint of stage rules, half-lives and channel table of all journeys.
pub fn fingerprint(courses: &[Course], default_course: usize) -> String {
    let mut basis = format!("formula {FORMULA}; default {default_course}\n");
    for course in courses {
        let _ = writeln!(basis, "journey {:?}; half-life {:?}; mass {:?}", course.journey.id, course.model.half_life, course.model.mass);
        for (stage, half_life) in course.journey.stages.iter().zip(&course.half_lives) {
            let _ = writeln!(basis, "stage {:?}; half-life {half_life:?}; rules {:?}", stage.id, stage.rules);
        }
    }
    Sha256::digest(basis.as_bytes()).iter().fold(String::new(), |mut hex, byte| {
        let _ = write!(hex, "{byte:02x}");
        hex
    })
}
