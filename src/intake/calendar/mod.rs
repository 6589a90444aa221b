//! iCalendar (RFC 5545): appointments, with recurrences expanded.
//!
//! A calendar is read twice from the front. The first pass remembers only what later or earlier
//! appointments depend on: the time zones, which instances of a series are told anew elsewhere
//! (RECURRENCE-ID), and which appointment is an older version of another (UID, SEQUENCE). That is
//! sixteen bytes an appointment and a little for every changed instance; the second pass holds one
//! appointment at a time. Of an appointment only the lines that are needed are kept, so that
//! attachments of any size pass by.
//!
//! calcard reads the properties, knows Outlook's names of time zones and expands the rules; its
//! input is bounded beforehand (`repeats.rs`). What is decided here:
//!
//! * appointments that have not begun are not told; [`Calendar::next_due`] says when to look again;
//! * what is cancelled, what I declined, answers to invitations and older versions count as nothing;
//!   tasks, journals and free/busy times are not told at all;
//! * what attent itself put into a calendar is no appointment with anybody;
//! * an entry for a whole day counts at its midnight and only finds those it names; birthdays and
//!   jubilees are no contact;
//! * the channel comes from, in this order: a link to a video meeting, words in the summary, a
//!   telephone number as the place, anything else as the place; an appointment without any of them
//!   is taken as a visit; more than twenty people are an event;
//! * times without a zone, and zones nobody knows, are in the zone of whoever reads;
//! * of a series at most the last [`MOST_INSTANCES`] instances are told; rules by the minute or the
//!   second are no appointments and refused;
//! * a change of "this and all that follow" (RANGE=THISANDFUTURE) moves or cancels those that
//!   follow; their other particulars stay those of the series;
//! * of two versions with the same SEQUENCE the later in the file counts.

mod blocks;
mod channel;
mod contact;
mod event;
mod instances;
mod lines;
mod people;
mod reader;
mod repeats;
mod stamp;
mod survey;
mod zones;

#[cfg(test)]
mod tests;

pub use instances::MOST_INSTANCES;
pub use reader::{Calendar, CalendarRules, OWN_UIDS};
