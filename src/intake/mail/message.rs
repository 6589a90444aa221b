//! One message: headers → a record.

use crate::domain::calendar::{DAY_MS, Moment};
use crate::domain::party::Party;
use crate::domain::text::Text;
use crate::domain::touchpoint::{Facts, Touchpoint};
use crate::domain::words::{Channel, Direction, Kind, Personal, Sender};
use crate::intake::contact_words::Words;
use crate::intake::records::{Aside, Contact, Identity, Me, Record, RecordError, Told, digest};
use crate::text;

use super::dates;
use super::headers::{Headers, readable};
use super::nature::{Nature, nature, set_aside};
use super::people::{People, Way};
use super::separator::envelope as envelope_date;
use super::subject::{fingerprint, is_reply, shortened};

/// The most others on a message that is still personal.
const FEW: usize = 3;

/// 1980-01-01: no mail is older; a date before it is a clock that was never set.
const EARLIEST: Moment = Moment(315_532_800_000);

/// What is to be known for reading mail.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MailRules {
    /// My own addresses.
    pub me: Me,
    /// The words by which a subject says what it is about.
    pub words: Words,
    /// The most recipients a person writes to: mail to more is mass mail.
    pub crowd: usize,
    /// A date more than a day after this is not believed.
    pub now: Moment,
}

impl MailRules {
    /// Rules with the usual crowd of ten.
    pub fn new(me: Me, words: Words, now: Moment) -> Self {
        Self { me, words, crowd: 10, now }
    }

    fn believes(&self, at: Moment) -> bool {
        at >= EARLIEST && at.0 <= self.now.0.saturating_add(DAY_MS)
    }
}

/// Reads one message by its headers, which [`headers_of`](super::headers_of) gives: a file of a Maildir, an `.eml`, a message of
/// an mbox. `line` is where it begins, `envelope` the date its mbox or file system gives it; what stands after the
/// first blank line is not looked at.
///
/// # Errors
/// When it does not say who sent it or when; never fatal.
pub fn message(bytes: &[u8], line: u64, rules: &MailRules, envelope: Option<Moment>) -> Result<Record, RecordError> {
    let bytes = bytes.strip_prefix("\u{feff}".as_bytes()).unwrap_or(bytes).trim_ascii_start();
    // a Maildir may keep the separator of the mbox it came from; to the parser it is an unknown header
    let first = bytes.split_inclusive(|&byte| byte == b'\n').next().unwrap_or_default();
    let envelope = envelope.or_else(|| envelope_date(first));
    let text = readable(bytes);
    let headers = Headers::read(&text);
    let letter = Letter {
        subject: shortened(headers.text("Subject").unwrap_or_default()),
        people: People::of(&headers, &rules.me),
        headers: &headers,
        rules,
        envelope,
    };
    let told = letter.tell().map_err(|reason| RecordError { line, reason, fatal: false })?;
    Ok(Record { line, identity: letter.identity(), told })
}

/// A message being read.
struct Letter<'a> {
    headers: &'a Headers<'a>,
    people: People,
    subject: String,
    rules: &'a MailRules,
    envelope: Option<Moment>,
}

/// What was made out of a message, but for when it was and its tags.
struct Reading {
    parties: Vec<Party>,
    direction: Direction,
    nature: Nature,
    reasons: Vec<Text>,
}

impl Letter<'_> {
    fn tell(&self) -> Result<Told, Text> {
        if let Some(why) = set_aside(self.headers) {
            return Ok(self.aside(why, Text::default(), false));
        }
        let way = self.people.way()?;
        let nature = nature(self.headers, &self.people, self.rules.crowd);
        let newsletter = |sign| Ok(self.aside(text!("a newsletter", "een nieuwsbrief"), sign, true));
        let (parties, direction, nature, reason) = match (way, nature) {
            (Way::Nobody(why), _) => return Ok(self.aside(why, Text::default(), false)),
            (Way::Out, nature) => (self.people.others.clone(), Direction::Out, nature, None),
            (Way::In(_), Nature::List(sign)) => return newsletter(sign),
            // the form of my own website may be marked as bulk; that of another may be a newsletter
            (Way::Form(..), Nature::List(sign)) if !self.people.from_me => return newsletter(sign),
            (Way::Form(visitors, why), _) => (visitors, Direction::In, Nature::Person(why), None),
            (Way::In(_), Nature::Reply(sign)) => {
                return Ok(self.aside(text!("an automatic reply", "een automatisch antwoord"), sign, false));
            }
            (Way::In(_), Nature::Notice(sign)) => {
                return Ok(self.aside(text!("an automatic message", "een automatisch bericht"), sign, true));
            }
            (Way::In(why), nature) => (self.people.authors.clone(), Direction::In, nature, why),
        };
        let reasons = reason.into_iter().collect();
        self.contact(Reading { parties, direction, nature, reasons }).map(Told::Contact)
    }

    fn aside(&self, why: Text, sign: Text, machine: bool) -> Told {
        let from = self.people.authors.iter().flat_map(|party| &party.addresses).next().cloned().unwrap_or_default();
        Told::Aside(Aside { why, sign, at: self.at().ok().map(|(at, _)| at), from, machine })
    }

    fn is_form(&self) -> bool {
        matches!(self.people.way(), Ok(Way::Form(..)))
    }

    fn contact(&self, reading: Reading) -> Result<Contact, Text> {
        let Reading { parties, direction, nature, mut reasons } = reading;
        let (at, source) = self.at()?;
        let human = matches!(nature, Nature::Person(_));
        let channel = if matches!(nature, Nature::List(_)) { Channel::Newsletter } else { Channel::Email };
        let others = if direction == Direction::In { self.people.others.len() } else { parties.len() };
        let (sender, personal, kind) = self.kind_of_contact(&nature, direction, others);
        let (Nature::Person(why) | Nature::Reply(why) | Nature::Notice(why) | Nature::List(why)) = nature;
        reasons.insert(0, why);
        reasons.extend(source);
        Ok(Contact {
            may_be_new: human && self.people.reached_me() && self.people.count_of_others() <= FEW,
            parties,
            named_in: String::new(),
            touchpoint: Touchpoint {
                facts: Facts { at, channel, direction, sender, personal, kind, sentiment: None },
                stage: None,
                amount: None,
                minutes: None,
                note: String::new(),
                tags: self.tags(),
            },
            reasons,
        })
    }

    /// The table of the module: from the defaults of the channel to what this message is.
    fn kind_of_contact(&self, nature: &Nature, direction: Direction, others: usize) -> (Sender, Personal, Kind) {
        let usual = Channel::Email.defaults();
        let said = || self.rules.words.infer(&self.subject).kind;
        match nature {
            Nature::List(_) => {
                let usual = Channel::Newsletter.defaults();
                (usual.sender, usual.personal, usual.kind)
            }
            Nature::Person(_) => {
                let personal = if others <= FEW { Personal::Personal } else { Personal::Merged };
                let kind = match said() {
                    // A reply about an invoice, or a customer who writes about one, is a conversation; a
                    // form that was filled in is an order.
                    Some(Kind::Transactional) if self.is_reply() || (direction == Direction::In && !self.is_form()) => Kind::Service,
                    said => said.unwrap_or(usual.kind),
                };
                (Sender::Human, personal, kind)
            }
            Nature::Reply(_) | Nature::Notice(_) => {
                let personal = if others == 1 { Personal::Merged } else { Personal::Generic };
                (Sender::Automated, personal, said().unwrap_or(usual.kind))
            }
        }
    }

    /// When it was: the first of its dates that can be believed, with a reason when that is not its own.
    fn at(&self) -> Result<(Moment, Option<Text>), Text> {
        let read = |value: &str| dates::read(value).filter(|at| self.rules.believes(*at));
        if let Some(at) = self.headers.text("Date").and_then(read) {
            return Ok((at, None));
        }
        // the newest trace stands on top, its date after the last semicolon (RFC 5321 §4.4)
        let received = self.headers.text("Received").and_then(|trace| trace.rsplit(';').next());
        if let Some(at) = received.and_then(read) {
            let why =
                text!("its date cannot be read: taken from when it was received", "de datum is onleesbaar: gerekend vanaf de ontvangst");
            return Ok((at, Some(why)));
        }
        if let Some(at) = self.envelope.filter(|at| self.rules.believes(*at)) {
            let why = text!(
                "its date cannot be read: taken from the line before the message",
                "de datum is onleesbaar: genomen van de regel vóór het bericht"
            );
            return Ok((at, Some(why)));
        }
        Err(text!("it has no date that can be read", "er staat geen leesbare datum in"))
    }

    fn is_reply(&self) -> bool {
        self.headers.has("In-Reply-To") || self.headers.has("References") || is_reply(&self.subject)
    }

    /// Sorted: `reply` comes before `subject-…`.
    fn tags(&self) -> Vec<String> {
        let reply = self.is_reply().then(|| "reply".to_owned());
        let subject = fingerprint(&self.subject).map(|print| format!("subject-{print}"));
        reply.into_iter().chain(subject).collect()
    }

    fn identity(&self) -> Identity {
        let id: String =
            self.headers.text("Message-ID").unwrap_or_default().chars().filter(|c| !c.is_whitespace() && !"<>".contains(*c)).collect();
        if !id.is_empty() {
            return Identity::Own(digest(&[b"mail", id.as_bytes()]));
        }
        let addresses = |parties: &[Party]| parties.iter().flat_map(|party| party.addresses.clone()).collect::<Vec<_>>().join(" ");
        let (from, to) = (addresses(&self.people.authors), [addresses(&self.people.others), self.people.to_me.join(" ")].join(" "));
        let date = self.headers.text("Date").unwrap_or_default();
        let subject = self.headers.text("Subject").unwrap_or_default();
        Identity::Own(digest(&[b"mail without an id", date.as_bytes(), from.as_bytes(), to.as_bytes(), subject.as_bytes()]))
    }
}
