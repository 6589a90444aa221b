//! Mail: mbox files, Maildir messages and single messages, of which only the headers are read.
//!
//! A message is read as a contact by its headers alone; no body is ever kept, and of the subject only
//! what it is about and a short fingerprint, by which the messages of one conversation are known.
//!
//! **Where a message begins** in an mbox (`mbox`): at a line `From sender date` (mbox(5), RFC 4155,
//! with the liberties programs take) that is followed by a line that looks like a header field. A
//! blank line before it is usual but is not asked for, since some programs leave it out, and a
//! sentence that begins with "From" has no date of that shape. `Content-Length` is not believed,
//! for where it is wrong it costs messages; the price is that an mbox that stands unquoted in a body gives the
//! messages in it as well.
//!
//! **Which way:** mail from me goes out to its other recipients; all else comes in from its author. A
//! message of which I am sender and only recipient is a contact form when its Reply-To is somebody
//! else (it came in from them), and otherwise nothing. The same holds for a no-reply sender whose
//! Reply-To lies at another organisation.
//!
//! **A person or a machine** (`nature`), the first that holds:
//! 1. a report of a mail server (RFC 3464, 8098), junk and drafts tell nothing;
//! 2. Auto-Submitted, a null Return-Path and words like `X-Autoreply` (RFC 3834) are a machine, always;
//! 3. a list header (RFC 2369, 2919, 8058), `Precedence: bulk` and the marks of mailing services are list
//!    mail, and so is what I send to a crowd at once; but not a reply (In-Reply-To) that I write or that
//!    is addressed to me by a sender who can be answered, for gateways add such headers to a person's mail,
//!    and not what comes in through a list that is one of my own addresses (`info@` as a group);
//! 4. a no-reply sender and `X-Auto-Response-Suppress` are a machine, the latter again not for a reply;
//! 5. all else is a person.
//!
//! **What becomes of it:**
//!
//! | | in | out |
//! |---|---|---|
//! | a person | e-mail, human | e-mail, human |
//! | list mail | nothing: a newsletter is no contact of a customer with me | newsletter, with its defaults |
//! | a machine | nothing: nobody wrote it | e-mail, automated: my own shop or reminders |
//!
//! **How personal:** a person to at most three others is personal, to more merged; a machine to one is
//! merged, to more generic. **Kind:** what the subject says, or the default of the channel; in a person's
//! reply, and in what a person writes to me, a word of transactions means a conversation about one
//! (service). List mail keeps the default of a newsletter.
//!
//! **Identity:** the Message-ID, or without one the date, the people and the subject.

mod dates;
mod headers;
mod lines;
mod mbox;
mod message;
mod nature;
mod people;
mod separator;
mod subject;

#[cfg(test)]
mod tests;

pub use mbox::{Mbox, headers_of};
pub use message::{MailRules, message};
