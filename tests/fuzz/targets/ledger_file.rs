#![no_main]

attent_fuzz::target!("ledger_file");
