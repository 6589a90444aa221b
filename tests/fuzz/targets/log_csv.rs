#![no_main]

attent_fuzz::target!("log_csv");
