#![no_main]

attent_fuzz::target!("small_words");
