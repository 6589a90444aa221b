//! Telephone numbers in any notation.
