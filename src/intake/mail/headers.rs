//! The headers of one message, parsed by `mail-parser` and looked up by name.

use std::sync::LazyLock;

use encoding_rs::WINDOWS_1252;
use mail_parser::parsers::MessageStream;
use mail_parser::{Address, Header, HeaderValue, MessageParser};

use crate::domain::limits::LONGEST_NAME;
use crate::domain::party::Party;

/// Which header is read how; all others are passed over.
static HEADERS: LazyLock<MessageParser> = LazyLock::new(|| {
    const ADDRESSES: [&str; 10] =
        ["From", "Sender", "Reply-To", "To", "Cc", "Bcc", "Delivered-To", "X-Original-To", "Envelope-To", "Apparently-To"];
    const IDS: [&str; 3] = ["Message-ID", "In-Reply-To", "References"];
    const RAW: [&str; 26] = [
        "Date",
        "Received",
        "Return-Path",
        "Auto-Submitted",
        "List-Id",
        "List-Post",
        "List-Unsubscribe",
        "List-Unsubscribe-Post",
        "Precedence",
        "Feedback-ID",
        "X-Auto-Response-Suppress",
        "X-Autoreply",
        "X-Auto-Reply",
        "X-Autoreply-From",
        "X-Autorespond",
        "X-Autoresponder",
        "X-Mailer",
        "X-Campaign",
        "X-CampaignId",
        "X-Campaign-Id",
        "X-MC-User",
        "X-Mailchimp-Campaign-Id",
        "X-Spam-Flag",
        "X-Spam-Status",
        "X-Gmail-Labels",
        "X-Unsent",
    ];
    let parser = MessageParser::new().default_header_ignore().header_text("Subject").header_content_type("Content-Type");
    let parser = ADDRESSES.iter().fold(parser, |parser, name| parser.header_address(*name));
    let parser = IDS.iter().fold(parser, |parser, name| parser.header_id(*name));
    RAW.iter().fold(parser, |parser, name| parser.header_raw(*name))
});

/// An opened encoded word (RFC 2047) that is not closed within so many bytes is none. The RFC allows 75.
const LONGEST_ENCODED_WORD: usize = 1_000;

/// The longest address (RFC 5321 §4.5.3.1), in bytes.
const LONGEST_ADDRESS: usize = 320;

/// The headers of a message.
pub(super) struct Headers<'x> {
    /// Each with the length of its name, which tells most names apart.
    fields: Vec<(usize, Header<'x>)>,
}

impl<'x> Headers<'x> {
    /// Parses headers that [`readable`] made ready.
    pub(super) fn read(readable: &'x [u8]) -> Self {
        let mut fields = Vec::new();
        MessageStream::new(readable).parse_headers(&HEADERS, &mut fields);
        Self { fields: fields.into_iter().map(|field| (field.name.as_str().len(), field)).collect() }
    }

    fn all(&self, name: &str) -> impl Iterator<Item = &HeaderValue<'x>> {
        let called = move |(length, field): &&(usize, Header)| *length == name.len() && field.name.as_str().eq_ignore_ascii_case(name);
        self.fields.iter().filter(called).map(|(_, field)| &field.value)
    }

    /// The value of the first header of a name that has one; of several ids the first.
    pub(super) fn text(&self, name: &str) -> Option<&str> {
        self.all(name).find_map(|value| match value {
            HeaderValue::Text(text) => Some(text.as_ref()),
            HeaderValue::TextList(ids) => ids.first().map(AsRef::as_ref),
            _ => None,
        })
    }

    /// Whether there is a header of this name with something in it.
    pub(super) fn has(&self, name: &str) -> bool {
        self.text(name).is_some_and(|value| !value.trim().is_empty())
    }

    /// The media type in lower case, such as `multipart/report`; empty when it is not said.
    pub(super) fn media_type(&self) -> String {
        let found = self.all("Content-Type").find_map(HeaderValue::as_content_type);
        found.map(|kind| format!("{}/{}", kind.ctype(), kind.subtype().unwrap_or_default()).to_lowercase()).unwrap_or_default()
    }

    /// Everybody in the headers of these names, each address once, those without a usable address left out.
    pub(super) fn parties(&self, names: &[&str]) -> Vec<Party> {
        let mut found: Vec<Party> = Vec::new();
        let mut known = rustc_hash::FxHashMap::default();
        for value in names.iter().flat_map(|name| self.all(name)) {
            for party in mailboxes(value) {
                let place = *known.entry(party.addresses[0].clone()).or_insert(found.len());
                match found.get_mut(place) {
                    None => found.push(party),
                    Some(before) if before.name.is_empty() => before.name = party.name,
                    Some(_) => {}
                }
            }
        }
        found
    }
}

/// The mailboxes of an address header, those of groups among them.
fn mailboxes(value: &HeaderValue) -> Vec<Party> {
    let found: Vec<_> = match value {
        HeaderValue::Address(Address::List(list)) => list.iter().collect(),
        HeaderValue::Address(Address::Group(groups)) => groups.iter().flat_map(|group| &group.addresses).collect(),
        _ => Vec::new(),
    };
    let party = |address: &str, name: &str| {
        let address = usable_address(address)?;
        let name = Some(clean(name)).filter(|name| name.to_lowercase() != address).unwrap_or_default();
        Some(Party { name, addresses: vec![address], phones: Vec::new() })
    };
    found.into_iter().filter_map(|one| party(one.address.as_deref()?, one.name.as_deref().unwrap_or_default())).collect()
}

/// An address in lower case; `None` for what is none. A route before it (RFC 5322 §4.4) is left off.
fn usable_address(written: &str) -> Option<String> {
    let written = written.trim();
    let written = if written.starts_with('@') { written.rsplit(':').next()? } else { written };
    let address = written.strip_prefix("mailto:").unwrap_or(written).to_lowercase();
    let (local, domain) = address.split_once('@')?;
    let odd = |c: char| c.is_control() || c.is_whitespace() || matches!(c, '<' | '>' | ',' | ';');
    let fine = !local.is_empty() && !domain.is_empty() && !domain.contains('@') && !address.contains(odd);
    (fine && address.len() <= LONGEST_ADDRESS).then_some(address)
}

/// A display name as a name is kept: on one line, without control characters and the quotes that some programs
/// leave around it, of at most the length of a name.
fn clean(name: &str) -> String {
    let tame: String = name.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    let words = tame.split_whitespace().collect::<Vec<_>>().join(" ");
    let bare = words.trim_matches(['"', '\'', ' ']);
    bare.chars().take(LONGEST_NAME).collect::<String>().trim_end().to_owned()
}

/// The value of a header as a reason quotes it: short, and without anything that moves a terminal.
pub(super) fn quoted(value: &str) -> String {
    clean(value).chars().take(60).collect()
}

/// Headers as the parser wants them: UTF-8 (a line that is not is read as Windows-1252, which covers Latin-1), ended by a
/// blank line, and without encoded words that never close, over which the parser would go again and again.
pub(super) fn readable(bytes: &[u8]) -> Vec<u8> {
    let mut text = Vec::with_capacity(bytes.len() + 2);
    if std::str::from_utf8(bytes).is_ok() {
        text.extend_from_slice(bytes);
    } else {
        for line in bytes.split_inclusive(|&byte| byte == b'\n') {
            match std::str::from_utf8(line) {
                Ok(_) => text.extend_from_slice(line),
                Err(_) => text.extend_from_slice(WINDOWS_1252.decode_without_bom_handling(line).0.as_bytes()),
            }
        }
    }
    text.extend_from_slice(b"\n\n");
    let (mut closed, mut end) = (usize::MAX, text.len() - 1);
    while let Some(mark) = text[1..end].iter().rposition(|&byte| byte == b'?').map(|before| before + 1) {
        if text[mark + 1] == b'=' {
            closed = mark;
        } else if text[mark - 1] == b'=' && closed.saturating_sub(mark - 1) > LONGEST_ENCODED_WORD {
            text[mark - 1] = b' ';
        }
        end = mark;
    }
    text
}
