#![no_main]

attent_fuzz::target!("command_line");
