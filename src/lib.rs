//! attent: customer-journey mapping in the terminal. `ARCHITECTURE.md` beside this file shows the
//! floors; a folder uses only folders that sort before it.

pub mod domain;
pub mod intake;
pub mod ledger;
pub mod measure;
pub mod plan;
pub mod render;
pub mod settings;
pub mod subcommands;
