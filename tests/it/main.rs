//! The tests of attent from the outside: the ledger against brute force, the method's reference
//! numbers, and the program as a person runs it.

mod ledger;
mod properties;
mod support;
