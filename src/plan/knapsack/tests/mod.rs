//! The solver against expected optima, against brute force, and against another solver.

mod exhaustive;
mod expected;
mod instances;
mod large;
mod oracle;
mod shape;
