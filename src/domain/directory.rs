//! Whom a record is about: the customers there are, by address, telephone number and name.
