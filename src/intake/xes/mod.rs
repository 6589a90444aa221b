//! XES event logs (IEEE 1849).
