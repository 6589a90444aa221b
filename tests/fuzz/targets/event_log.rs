#![no_main]

attent_fuzz::target!("event_log");
