#![no_main]

attent_fuzz::target!("week_solver");
