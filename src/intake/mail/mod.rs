//! Mail: mbox files, Maildir messages and single messages, of which only the headers are read.
