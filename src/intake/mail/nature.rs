//! Whether a person or a machine wrote a message, and by which sign.

use crate::domain::text::Text;
use crate::text;

use super::headers::{Headers, quoted};
use super::people::People;
use super::subject::absence;

/// Who or what wrote a message, each with the sign it was told by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Nature {
    /// A person.
    Person(Text),
    /// A machine that answers.
    Reply(Text),
    /// A machine of its own accord.
    Notice(Text),
    /// Somebody, to a list or a crowd.
    List(Text),
}

/// Headers of list mail, with where they are defined.
const LIST_HEADERS: &[(&str, &str)] = &[
    ("List-Id", "RFC 2919"),
    ("List-Unsubscribe", "RFC 2369"),
    ("List-Unsubscribe-Post", "RFC 8058"),
    ("Feedback-ID", "Gmail"),
    ("X-Campaign", "Mailchimp"),
    ("X-CampaignId", "Mailchimp"),
    ("X-Campaign-Id", "Mailchimp"),
    ("X-Mailchimp-Campaign-Id", "Mailchimp"),
    ("X-MC-User", "Mailchimp"),
];

/// Words in `X-Mailer` of services that send newsletters.
const MAILERS: &[&str] =
    &["mailchimp", "mailpoet", "phplist", "laposta", "campaign monitor", "activecampaign", "sendinblue", "brevo", "mailerlite"];

/// Headers of programs that answer by themselves.
const ANSWERING: &[&str] = &["X-Autoreply", "X-Auto-Reply", "X-Autoreply-From", "X-Autorespond", "X-Autoresponder"];

/// What is no mail to anybody: reports of mail servers, junk and drafts.
pub(super) fn set_aside(headers: &Headers) -> Option<Text> {
    let says = |name: &str, word: &str| headers.text(name).is_some_and(|value| value.trim_start().to_lowercase().starts_with(word));
    let labels = headers.text("X-Gmail-Labels").unwrap_or_default().to_lowercase();
    let labelled = |wanted: &[&str]| labels.split(',').any(|label| wanted.contains(&label.trim()));
    let kind = headers.media_type();
    if kind == "multipart/report" || kind == "message/disposition-notification" || kind == "message/delivery-status" {
        Some(text!("a report of a mail server or a read receipt", "een bericht van een mailserver of een leesbevestiging"))
    } else if says("X-Spam-Flag", "yes") || says("X-Spam-Status", "yes") || labelled(&["spam"]) {
        Some(text!("junk mail", "spam"))
    } else if headers.has("X-Unsent") || labelled(&["draft", "drafts", "concept", "concepten"]) {
        Some(text!("a draft that was never sent", "een concept dat nooit verstuurd is"))
    } else {
        None
    }
}

/// Weighs the signs; the order is told in the module. `crowd` is the most recipients a person writes to.
pub(super) fn nature(headers: &Headers, people: &People, crowd: usize) -> Nature {
    let reply = headers.has("In-Reply-To");
    // somebody who can be answered, in a conversation with me
    let conversation = reply && people.unanswered().is_none() && (people.from_me || !people.to_me.is_empty());
    if let Some(certain) = machine(headers, reply) {
        return certain;
    }
    let list = list_sign(headers).filter(|_| people.from_me || !own_list(headers, &people.to_me));
    let many = people.others.len();
    let mass = people.from_me && many > crowd;
    let crowded = || text!("sent to {many} people at once: mass mail", "aan {many} mensen tegelijk gestuurd: massamail");
    let list = list.or_else(|| mass.then(crowded));
    match (list, suppressed(headers)) {
        (Some(sign), _) | (None, Some(sign)) if conversation => {
            let (en, nl) = (sign.en, sign.nl);
            Nature::Person(text!(
                "written by a person: a reply between you two, although {en}",
                "geschreven door een mens: een antwoord tussen jullie, al is er wel {nl}"
            ))
        }
        (Some(sign), _) => Nature::List(sign),
        (None, suppressed) => match people.unanswered().map(quoted) {
            Some(address) => Nature::Notice(text!(
                "automated: nobody reads the answers to {address}",
                "automatisch: antwoorden aan {address} leest niemand"
            )),
            None => suppressed.map_or_else(person, Nature::Notice),
        },
    }
}

fn person() -> Nature {
    Nature::Person(text!("written by a person: no sign of a machine", "geschreven door een mens: niets wijst op een machine"))
}

/// The signs that always win.
fn machine(headers: &Headers, reply: bool) -> Option<Nature> {
    let submitted = headers.text("Auto-Submitted").map(quoted).filter(|value| !value.is_empty());
    let how = submitted.as_deref().map(|value| value.split([';', ' ', '(']).next().unwrap_or_default().to_lowercase());
    if let Some((how, value)) = how.zip(submitted).filter(|(how, _)| how != "no") {
        let why = text!("automated: Auto-Submitted: {value} (RFC 3834)", "automatisch: Auto-Submitted: {value} (RFC 3834)");
        return Some(if how.starts_with("auto-replied") || absent(headers).is_some() { Nature::Reply(why) } else { Nature::Notice(why) });
    }
    let answering = ANSWERING
        .iter()
        .find(|name| headers.text(name).is_some_and(|value| !matches!(quoted(value).to_lowercase().as_str(), "" | "no" | "false")));
    if let Some(name) = answering {
        return Some(Nature::Reply(text!("automated: {name}", "automatisch: {name}")));
    }
    if precedence(headers) == "auto_reply" {
        return Some(Nature::Reply(text!("automated: Precedence: auto_reply", "automatisch: Precedence: auto_reply")));
    }
    if let Some(words) = absent(headers) {
        return Some(Nature::Reply(text!(
            "automated: the subject begins with `{words}:`",
            "automatisch: het onderwerp begint met `{words}:`"
        )));
    }
    let null = headers.text("Return-Path").is_some_and(|path| path.split_whitespace().collect::<String>() == "<>");
    let why = || text!("automated: Return-Path: <> (RFC 3834)", "automatisch: Return-Path: <> (RFC 3834)");
    null.then(|| if reply { Nature::Reply(why()) } else { Nature::Notice(why()) })
}

fn absent(headers: &Headers) -> Option<&'static str> {
    headers.text("Subject").and_then(absence)
}

fn precedence(headers: &Headers) -> String {
    headers.text("Precedence").unwrap_or_default().trim().to_lowercase()
}

/// The first sign of list mail.
fn list_sign(headers: &Headers) -> Option<Text> {
    if let Some((name, source)) = LIST_HEADERS.iter().find(|(name, _)| headers.has(name)) {
        return Some(text!("list mail: {name} ({source})", "lijstmail: {name} ({source})"));
    }
    let precedence = precedence(headers);
    if matches!(precedence.as_str(), "bulk" | "list" | "junk") {
        return Some(text!("list mail: Precedence: {precedence}", "lijstmail: Precedence: {precedence}"));
    }
    let mailer = headers.text("X-Mailer").map(quoted)?;
    let lower = mailer.to_lowercase();
    MAILERS.iter().any(|word| lower.contains(word)).then(|| text!("list mail: X-Mailer: {mailer}", "lijstmail: X-Mailer: {mailer}"))
}

/// Whether the list is one of my own addresses, such as `info@` kept as a group: its List-Id is the address with a dot for
/// the @, or its List-Post the address itself.
fn own_list(headers: &Headers, mine: &[String]) -> bool {
    let [id, post] = ["List-Id", "List-Post"].map(|name| headers.text(name).unwrap_or_default().to_lowercase());
    mine.iter().any(|address| id.contains(&format!("<{}>", address.replace('@', "."))) || post.contains(&format!("<mailto:{address}>")))
}

fn suppressed(headers: &Headers) -> Option<Text> {
    let value = quoted(headers.text("X-Auto-Response-Suppress")?).to_lowercase();
    let said = !value.is_empty() && value != "none";
    said.then(|| text!("automated: X-Auto-Response-Suppress: {value}", "automatisch: X-Auto-Response-Suppress: {value}"))
}
