#![no_main]

attent_fuzz::target!("calendar_written");
