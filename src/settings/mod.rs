//! What the program was told outside the command line: the environment, the settings files, and
//! where the workspace is. The only reader of the environment; knows where every value came from.

pub mod env;
pub mod keys;
pub mod layers;
pub mod locate;
mod typed;
mod values;
