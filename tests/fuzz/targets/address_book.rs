#![no_main]

attent_fuzz::target!("address_book");
