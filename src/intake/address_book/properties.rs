//! The properties of one card, each on one line and in UTF-8, as the parser of vCards wants them.

use encoding_rs::{Encoding, WINDOWS_1252};

/// The most that is kept of one card, in bytes; photographs do not count.
const LARGEST: usize = 1024 * 1024;

/// Properties that say nothing of a customer and may be megabytes long.
const PASSED_OVER: &[&str] = &["PHOTO", "LOGO", "SOUND", "KEY", "X-PHOTO", "X-MS-CARDPICTURE", "X-IMAGE", "X-WAB-PHOTO"];

/// Properties with a date.
const DATES: &[&str] = &["BDAY", "ANNIVERSARY"];

/// The properties of a card, as they are taken in line by line.
#[derive(Default)]
pub(super) struct Properties {
    done: String,
    /// The property that the next line may go on with.
    current: Vec<u8>,
    /// Its lines end in `=` where they go on (QUOTED-PRINTABLE).
    soft: bool,
    passing_over: bool,
    too_large: bool,
}

impl Properties {
    /// Takes in the next line of the file.
    pub fn take(&mut self, line: &[u8]) {
        let folded = matches!(line.first(), Some(b' ' | b'\t'));
        if self.passing_over && (folded || !line.contains(&b':')) {
            return;
        }
        if self.soft && self.current.ends_with(b"=") {
            self.current.pop();
            return self.go_on(line);
        }
        if folded {
            return self.go_on(&line[1..]);
        }
        self.close();
        let head = head(line);
        self.passing_over = is_passed_over(&head);
        self.soft = head.contains("QUOTED-PRINTABLE");
        // What has no colon is no property.
        if !self.passing_over && line.contains(&b':') {
            self.go_on(line);
        }
    }

    /// Whether a card within this card comes next.
    pub fn expect_a_card(&self) -> bool {
        self.current.trim_ascii().eq_ignore_ascii_case(b"AGENT:")
    }

    /// The card as text; `None` when it is too large.
    pub fn written(&self) -> Option<String> {
        let last = whole(&self.current);
        (!self.too_large).then(|| format!("BEGIN:VCARD\r\n{}{last}END:VCARD\r\n", self.done))
    }

    fn go_on(&mut self, part: &[u8]) {
        self.too_large |= self.done.len() + self.current.len() + part.len() > LARGEST;
        if !self.too_large {
            self.current.extend_from_slice(part);
        }
    }

    fn close(&mut self) {
        self.done.push_str(&whole(&self.current));
        self.current.clear();
    }
}

/// What stands before the value, in capitals.
fn head(line: &[u8]) -> String {
    let end = line.iter().position(|byte| *byte == b':').unwrap_or(line.len()).min(1_000);
    String::from_utf8_lossy(&line[..end]).to_ascii_uppercase()
}

/// The name of a property, without the group before it: `item1.TEL;TYPE=HOME` is `TEL`.
fn name(head: &str) -> &str {
    let name = head.split(';').next().unwrap_or_default();
    name.rsplit('.').next().unwrap_or_default()
}

fn is_passed_over(head: &str) -> bool {
    PASSED_OVER.contains(&name(head)) || head.split(';').skip(1).any(|part| matches!(part, "BASE64" | "ENCODING=BASE64" | "ENCODING=B"))
}

/// A property as text with its end of line; nothing for nothing.
fn whole(property: &[u8]) -> String {
    if property.is_empty() {
        return String::new();
    }
    let head = head(property);
    let named = head.split(';').find_map(|part| part.strip_prefix("CHARSET="));
    let encoding = named.and_then(|label| Encoding::for_label(label.trim_matches('"').as_bytes())).unwrap_or(WINDOWS_1252);
    let mut text = match std::str::from_utf8(property) {
        Ok(text) => text.to_owned(),
        Err(_) => encoding.decode_without_bom_handling(property).0.into_owned(),
    };
    if head.contains("QUOTED-PRINTABLE") {
        // One `=` too many would take the end of the line with it.
        text.truncate(text.trim_end_matches('=').len());
    }
    // The parser knows dates only as the version of the card has them; `date.rs` knows more.
    if let Some(end) = text.find([';', ':']).filter(|_| DATES.contains(&name(&head))) {
        text.insert_str(end, ";VALUE=TEXT");
    }
    if let Some(colon) = text.find(':') {
        text.insert_str(colon, &hints(&head, named.is_some(), &text[colon..]));
    }
    text.push_str("\r\n");
    text
}

/// Parameters that make the parser read what the writer meant.
fn hints(head: &str, has_set: bool, value: &str) -> String {
    let mut hints = String::new();
    if head.split(';').any(|part| part == "QUOTED-PRINTABLE") {
        hints.push_str(";ENCODING=QUOTED-PRINTABLE");
    }
    // Telephones leave out the character set, and mean UTF-8.
    if head.contains("QUOTED-PRINTABLE") && !has_set {
        hints.push_str(if is_utf8_when_decoded(value.as_bytes()) { ";CHARSET=UTF-8" } else { ";CHARSET=WINDOWS-1252" });
    }
    hints
}

/// Whether a QUOTED-PRINTABLE value is UTF-8.
fn is_utf8_when_decoded(value: &[u8]) -> bool {
    let digit = |byte: Option<&u8>| byte.and_then(|byte| char::from(*byte).to_digit(16));
    let mut bytes = Vec::new();
    let mut at = 0;
    while at < value.len() {
        let pair = digit(value.get(at + 1)).zip(digit(value.get(at + 2))).filter(|_| value[at] == b'=');
        bytes.push(pair.map_or(value[at], |(high, low)| (high * 16 + low) as u8));
        at += if pair.is_some() { 3 } else { 1 };
    }
    std::str::from_utf8(&bytes).is_ok()
}
