//! The tests of attent from the outside: the ledger against brute force, the method's reference
//! numbers, and the program as a person runs it.

#![allow(dead_code, reason = "helpers are shared by tests that use different parts of them")]
#![allow(clippy::unwrap_used, reason = "clippy knows tests by their attribute; what they share fails the test just as well")]

mod chapters;
mod cli;
mod cli_address_book;
mod cli_ask;
mod cli_backup;
mod cli_calendar;
mod cli_check;
mod cli_clocks;
mod cli_customers;
mod cli_demo;
mod cli_doctor;
mod cli_done;
mod cli_done_times;
mod cli_dossier;
mod cli_edit;
mod cli_first_monday;
mod cli_forget;
mod cli_gift_rules;
mod cli_gifts;
mod cli_help;
mod cli_ics;
mod cli_incident;
mod cli_incidents;
mod cli_init;
mod cli_log;
mod cli_log_line;
mod cli_mail;
mod cli_merge;
mod cli_nudge;
mod cli_owed;
mod cli_passphrase;
mod cli_plays;
mod cli_pseudonymise;
mod cli_referrals;
mod cli_rules;
mod cli_score;
mod cli_suggest;
mod cli_sync;
mod cli_tables;
mod cli_tidy;
mod cli_timeline;
mod cli_week;
mod cli_why;
mod crash;
mod docs;
mod edges_damage;
mod edges_disk;
mod edges_import;
mod edges_output;
mod edges_permissions;
#[cfg(all(target_os = "linux", target_env = "gnu", target_pointer_width = "64"))]
mod edges_share;
mod edges_sources;
mod edges_week;
mod edges_workspace;
mod event_log;
mod examples;
mod exporting;
mod fuzzed;
mod generated;
mod hostile;
mod ledger;
mod memory;
mod migrations;
mod properties;
mod reference;
mod suggest_edges;
mod support;
mod tidy;
mod together;
mod undoing;
mod year;
