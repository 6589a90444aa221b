#![no_main]

attent_fuzz::target!("packed_sums");
