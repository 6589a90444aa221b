#![no_main]

attent_fuzz::target!("any_file");
