//! Which kind of file something is, told from how it begins.

use super::near::shorten;
use crate::domain::text::Text;
use crate::text;

/// The kinds of files that are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum FileKind {
    /// Cards of an address book.
    Vcf,
    /// A table with a line for each row.
    Csv,
    /// An Excel workbook.
    Xlsx,
    /// An event log.
    Xes,
    /// Many messages in one file.
    Mbox,
    /// One message.
    Eml,
    /// A folder with a file for each message.
    Maildir,
    /// A calendar.
    Ics,
    /// Everything a log knows, as `attent export` writes it.
    Jsonl,
}

impl FileKind {
    /// Every kind. Those that say who somebody is come first, those that look for people last.
    pub const ALL: &[Self] = &[Self::Vcf, Self::Csv, Self::Xlsx, Self::Xes, Self::Mbox, Self::Eml, Self::Maildir, Self::Ics, Self::Jsonl];

    /// The kind as it is typed.
    pub fn word(self) -> &'static str {
        match self {
            Self::Vcf => "vcf",
            Self::Csv => "csv",
            Self::Xlsx => "xlsx",
            Self::Xes => "xes",
            Self::Mbox => "mbox",
            Self::Eml => "eml",
            Self::Maildir => "maildir",
            Self::Ics => "ics",
            Self::Jsonl => "jsonl",
        }
    }

    /// Where the contacts of such a file come from, as the log keeps it.
    pub fn source(self) -> &'static str {
        match self {
            Self::Vcf => "address book",
            Self::Csv | Self::Xlsx => "csv",
            Self::Xes => "xes",
            Self::Mbox | Self::Eml | Self::Maildir => "mail",
            Self::Ics => "calendar",
            Self::Jsonl => "export",
        }
    }

    /// Whether people who are no customers yet become customers by being in such a file.
    pub fn makes_customers(self) -> bool {
        matches!(self, Self::Vcf | Self::Csv | Self::Xlsx | Self::Xes)
    }
}

impl std::str::FromStr for FileKind {
    type Err = Text;

    fn from_str(typed: &str) -> Result<Self, Text> {
        let wanted = typed.trim().to_lowercase();
        FileKind::ALL.iter().copied().find(|kind| kind.word() == wanted).ok_or_else(|| {
            let (shown, all) = (shorten(typed), FileKind::ALL.iter().map(|kind| kind.word()).collect::<Vec<_>>().join(", "));
            text!("`{shown}` is not a kind of file; there are {all}", "`{shown}` is geen soort bestand; er zijn {all}")
        })
    }
}

/// How a file compressed by gzip begins (RFC 1952 §2.3.1).
pub const GZIP: &[u8] = &[0x1f, 0x8b];

/// How an export of a whole log begins, whatever its version.
const EXPORT: &str = "{\"schema\":\"attent.export/";

/// So much of a file is enough to tell its kind.
pub const ENOUGH: usize = 8 * 1024;

/// Headers by which a single message is known.
const MESSAGE_HEADERS: &[&str] = &[
    "return-path",
    "received",
    "delivered-to",
    "x-original-to",
    "from",
    "to",
    "date",
    "message-id",
    "mime-version",
    "subject",
    "dkim-signature",
    "content-type",
    "arc-seal",
    "authentication-results",
    "x-mozilla-status",
];

/// The kind of a file that begins like this, already unpacked; `name` helps where the beginning says
/// little. `None` when it is nothing that can be read.
pub fn sniff(head: &[u8], name: &str) -> Option<FileKind> {
    if head.starts_with(b"PK\x03\x04") {
        return Some(FileKind::Xlsx);
    }
    let plain = plain(head);
    let text = plain.trim_start();
    let begins = |word: &str| text.get(..word.len()).is_some_and(|start| start.eq_ignore_ascii_case(word));
    if begins("BEGIN:VCALENDAR") {
        return Some(FileKind::Ics);
    }
    if begins("BEGIN:VCARD") {
        return Some(FileKind::Vcf);
    }
    if begins("From ") || begins(">From ") {
        return Some(FileKind::Mbox);
    }
    if text.starts_with(EXPORT) {
        return Some(FileKind::Jsonl);
    }
    if text.starts_with('<') {
        return ["<log", "<xes"].iter().any(|tag| text.contains(tag)).then_some(FileKind::Xes);
    }
    if is_message(text) {
        return Some(FileKind::Eml);
    }
    by_name(name, text)
}

/// Text of any encoding, near enough to look at.
fn plain(head: &[u8]) -> String {
    let wide = head.starts_with(&[0xff, 0xfe]) || head.starts_with(&[0xfe, 0xff]) || head.iter().take(64).any(|&b| b == 0);
    let bytes: Vec<u8> = if wide { head.iter().copied().filter(|&b| b != 0 && b < 0xfe).collect() } else { head.to_vec() };
    String::from_utf8_lossy(bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&bytes)).into_owned()
}

fn is_message(text: &str) -> bool {
    let first = text.lines().next().unwrap_or_default();
    let name = first.split(':').next().unwrap_or_default().to_ascii_lowercase();
    first.contains(':') && MESSAGE_HEADERS.contains(&name.as_str())
}

fn by_name(name: &str, text: &str) -> Option<FileKind> {
    let name = name.to_ascii_lowercase();
    let name = name.strip_suffix(".gz").unwrap_or(&name);
    let extension = name.rsplit('.').next().unwrap_or_default();
    let first = text.lines().next().unwrap_or_default();
    let kind = FileKind::ALL.iter().copied().find(|kind| kind.word() == extension);
    match (kind, extension) {
        (Some(kind), _) if kind != FileKind::Xlsx && kind != FileKind::Maildir => Some(kind),
        (_, "tsv" | "txt" | "tab") => Some(FileKind::Csv),
        (_, "ical" | "ifb") => Some(FileKind::Ics),
        (_, "vcard") => Some(FileKind::Vcf),
        (_, "ndjson") => Some(FileKind::Jsonl),
        _ if first.contains([',', ';', '\t']) && !first.contains(|c: char| c == '\u{fffd}' || c.is_control() && c != '\t') => {
            Some(FileKind::Csv)
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_beginning_tells_the_kind() {
        let wide: Vec<u8> = "\u{feff}BEGIN:VCARD".encode_utf16().flat_map(u16::to_le_bytes).collect();
        let table: &[(&[u8], &str, Option<FileKind>)] = &[
            (b"BEGIN:VCALENDAR\r\n", "x", Some(FileKind::Ics)),
            (b"\xef\xbb\xbf\nbegin:vcard\n", "x.txt", Some(FileKind::Vcf)),
            (&wide, "contacts.vcf", Some(FileKind::Vcf)),
            (b"From anna@x.nl Mon Jan  1 10:00:00 2026\n", "Inbox", Some(FileKind::Mbox)),
            (b"Return-Path: <a@x.nl>\r\nReceived: by", "1.eml", Some(FileKind::Eml)),
            (b"From: a@x.nl\n", "-", Some(FileKind::Eml)),
            (b"<?xml version=\"1.0\"?>\n<!-- c -->\n<log xes.version=\"1.0\">", "x", Some(FileKind::Xes)),
            (b"<html><body>", "x.html", None),
            (b"PK\x03\x04....", "orders.xlsx", Some(FileKind::Xlsx)),
            (b"at,customer,channel\n", "-", Some(FileKind::Csv)),
            (b"Datum;Klant\n", "export", Some(FileKind::Csv)),
            (b"naam\n", "klanten.csv", Some(FileKind::Csv)),
            (b"naam\n", "klanten", None),
            (b"{\"schema\":\"attent.export/1\",\"attent\"", "alles", Some(FileKind::Jsonl)),
            (b"{\"a\":1}\n", "alles.jsonl.gz", Some(FileKind::Jsonl)),
            (b"", "leeg.mbox", Some(FileKind::Mbox)),
            (b"", "leeg", None),
            (b"\x7fELF\x02\x01,", "attent", None),
            (b"\x18\xe2\x2d\0\t,\x05", "attent.db-shm", None),
            (b"Datum\tKlant\n", "export", Some(FileKind::Csv)),
        ];
        for (head, name, kind) in table {
            assert_eq!(sniff(head, name), *kind, "{name} {:?}", String::from_utf8_lossy(head));
        }
    }

    #[test]
    fn every_kind_reads_back() {
        for kind in FileKind::ALL {
            assert_eq!(kind.word().parse(), Ok(*kind));
        }
        assert!("pdf".parse::<FileKind>().is_err());
    }
}
