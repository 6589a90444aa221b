#![no_main]

attent_fuzz::target!("export");
