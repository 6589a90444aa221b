//! One sentence about a contact: who, when, how, what.
