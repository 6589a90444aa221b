//! Who wrote a message to whom, seen from me.

use crate::domain::party::Party;
use crate::domain::text::Text;
use crate::intake::records::Me;
use crate::text;

use super::headers::Headers;

/// The parts before the @ of senders that cannot be answered: whole, or up to a sign after which a number or a name of
/// the sender's own may follow.
const UNANSWERED: &[&str] = &[
    "noreply",
    "no-reply",
    "no_reply",
    "no.reply",
    "donotreply",
    "do-not-reply",
    "do_not_reply",
    "do.not.reply",
    "dontreply",
    "niet-beantwoorden",
    "nietbeantwoorden",
    "geen-antwoord",
    "geenantwoord",
    "nietreageren",
    "niet-reageren",
    "mailer-daemon",
    "postmaster",
    "bounce",
    "bounces",
    "notification",
    "notifications",
    "notify",
    "alerts",
];

/// The people of one message.
pub(super) struct People {
    /// Those who wrote it: From, or else Sender, Reply-To or Return-Path.
    pub(super) authors: Vec<Party>,
    /// Those it is addressed to (To, Cc, Bcc), without me.
    pub(super) others: Vec<Party>,
    /// Whether I am among the authors.
    pub(super) from_me: bool,
    /// My addresses among those it is addressed to.
    pub(super) to_me: Vec<String>,
    /// Whether it was delivered to me, whatever it says it is addressed to.
    delivered: bool,
    /// Those who want the answers, without me.
    replies: Vec<Party>,
}

/// Which way a message went.
pub(super) enum Way {
    /// From somebody; a reason where it is not plain.
    In(Option<Text>),
    /// From the visitors of a website, through the website.
    Form(Vec<Party>, Text),
    /// From me to the others.
    Out,
    /// To nobody but me, or nobody it names.
    Nobody(Text),
}

impl People {
    pub(super) fn of(headers: &Headers, me: &Me) -> Self {
        let mine = |party: &Party| party.addresses.iter().any(|address| me.is(address));
        let authors = ["From", "Sender", "Reply-To"].iter().map(|name| headers.parties(&[name])).find(|found| !found.is_empty());
        let authors = authors.unwrap_or_default();
        let (to_me, others): (Vec<Party>, Vec<Party>) = headers.parties(&["To", "Cc", "Bcc", "Apparently-To"]).into_iter().partition(mine);
        Self {
            from_me: authors.iter().any(mine),
            authors,
            others,
            to_me: to_me.into_iter().flat_map(|party| party.addresses).collect(),
            delivered: headers.parties(&["Delivered-To", "X-Original-To", "Envelope-To"]).iter().any(mine),
            replies: headers.parties(&["Reply-To"]).into_iter().filter(|party| !mine(party)).collect(),
        }
    }

    /// Which way the message went.
    ///
    /// # Errors
    /// When nobody sent it.
    pub(super) fn way(&self) -> Result<Way, Text> {
        if self.authors.is_empty() {
            return Err(self.no_sender());
        }
        if self.others.is_empty() && self.through_a_form() {
            let why = text!(
                "a contact form: no sender but a website, and answers go to somebody else",
                "een contactformulier: een website als afzender, en het antwoord gaat naar iemand anders"
            );
            return Ok(Way::Form(self.replies.clone(), why));
        }
        Ok(match (self.from_me, self.others.is_empty(), self.to_me.is_empty()) {
            (true, false, _) => Way::Out,
            (true, true, false) => Way::Nobody(text!("to myself only", "alleen aan jezelf")),
            (true, true, true) => Way::Nobody(text!("it names nobody it was sent to", "er staat niet in aan wie het gestuurd is")),
            (false, _, false) => Way::In(None),
            (false, _, true) => Way::In((!self.delivered).then(|| {
                text!(
                    "you are not among those it is addressed to, but it is in your mail",
                    "jij staat niet bij de ontvangers, maar het zit in je mail"
                )
            })),
        })
    }

    /// Whether I am named as one it was for.
    pub(super) fn reached_me(&self) -> bool {
        self.from_me || self.delivered || !self.to_me.is_empty()
    }

    /// Everybody else on the message.
    pub(super) fn count_of_others(&self) -> usize {
        self.others.len() + if self.from_me { 0 } else { self.authors.len() }
    }

    /// The address of an author who cannot be answered.
    pub(super) fn unanswered(&self) -> Option<&str> {
        self.authors.iter().flat_map(|party| &party.addresses).map(String::as_str).find(|address| cannot_be_answered(address))
    }

    fn through_a_form(&self) -> bool {
        let elsewhere = || {
            self.replies.iter().all(|reply| self.authors.iter().all(|author| !same_organisation(&reply.addresses[0], &author.addresses[0])))
        };
        let answered = self.replies.iter().all(|reply| !cannot_be_answered(&reply.addresses[0]));
        !self.replies.is_empty() && answered && (self.from_me || self.unanswered().is_some() && !self.to_me.is_empty() && elsewhere())
    }

    fn no_sender(&self) -> Text {
        if self.others.is_empty() && self.to_me.is_empty() {
            text!("it names no sender and nobody it was sent to", "er staat geen afzender in en niemand aan wie het gestuurd is")
        } else {
            text!("it does not say who sent it", "er staat niet in wie het stuurde")
        }
    }
}

fn cannot_be_answered(address: &str) -> bool {
    let local = address.split('@').next().unwrap_or_default();
    let ends =
        |rest: &str| rest.is_empty() || rest.starts_with(['+', '-', '_', '.', '=']) || rest.starts_with(|c: char| c.is_ascii_digit());
    let begins = UNANSWERED.iter().any(|word| local.strip_prefix(word).is_some_and(ends));
    begins
        || ["noreply", "no-reply", "no_reply", "donotreply"]
            .iter()
            .any(|word| local.ends_with(&format!("-{word}")) || local.ends_with(&format!(".{word}")))
}

/// Whether two addresses end in the same two words, such as `example.nl`. (`co.uk` is taken for one too: then a form is
/// not recognised, which loses less than a newsletter taken for a form.)
fn same_organisation(one: &str, other: &str) -> bool {
    let end = |address: &str| address.rsplit(['@', '.']).take(2).map(str::to_owned).collect::<Vec<_>>();
    end(one) == end(other)
}
