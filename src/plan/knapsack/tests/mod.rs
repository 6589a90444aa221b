//! The solver against expected optima, against brute force, and against another solver.

mod exhaustive;
mod expected;
mod instances;
mod large;
mod limits;
mod oracle;
mod shape;
