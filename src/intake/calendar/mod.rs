//! iCalendar (RFC 5545): appointments, with recurrences expanded.
