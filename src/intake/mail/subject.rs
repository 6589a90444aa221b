//! What a subject gives away without being kept.

use sha2::{Digest, Sha256};

/// What mail programs put before the subject of a reply, in lower case: English, Dutch, German, the Nordic
/// languages, Italian, Polish.
const REPLIES: &[&str] = &["re", "antw", "beantw", "aw", "antwort", "sv", "vs", "rif", "odp"];

/// And before that of a message passed on.
const FORWARDS: &[&str] = &["fw", "fwd", "wg", "doorst", "tr", "rv", "i", "enc", "vb", "pd"];

/// And of one that a program answers with when somebody is away.
pub(super) const ABSENCES: &[&str] = &[
    "automatic reply",
    "automatisch antwoord",
    "automatisch beantwoorden",
    "automatische antwort",
    "autoreply",
    "auto reply",
    "auto-reply",
    "auto response",
    "out of office",
    "out of office autoreply",
    "out of office re",
    "automatische reactie",
    "automatisch bericht",
    "afwezig",
    "afwezigheid",
    "afwezigheidsmelding",
    "niet aanwezig",
    "afwezigheidsbericht",
    "afwezigheidsassistent",
    "abwesenheitsnotiz",
    "réponse automatique",
];

/// No more of a subject is looked at, in characters.
const LONGEST: usize = 300;

/// The beginning of a subject, so that no header can keep the reading of words busy.
pub(super) fn shortened(subject: &str) -> String {
    subject.chars().take(LONGEST).collect()
}

/// Whether it begins as a reply does.
pub(super) fn is_reply(subject: &str) -> bool {
    prefix(&subject.trim_start().to_lowercase()).is_some_and(|(word, _)| REPLIES.contains(&word))
}

/// The words by which it says that a program answered while somebody is away.
pub(super) fn absence(subject: &str) -> Option<&'static str> {
    let lower = subject.trim_start().to_lowercase();
    let (before, _) = lower.split_once(':')?;
    ABSENCES.iter().find(|words| **words == before.trim_end()).copied()
}

/// The first eight hexadecimal digits of the SHA-256 of a subject, without what marks a reply or a list, spaces
/// and case: equal for the messages of one conversation. `None` when nothing is left.
pub(super) fn fingerprint(subject: &str) -> Option<String> {
    let lower = subject.to_lowercase();
    let bare: String = without_prefixes(&lower).chars().filter(|c| !c.is_whitespace() && !c.is_control()).collect();
    let hash = Sha256::digest(bare.as_bytes());
    (!bare.is_empty()).then(|| hash[..4].iter().map(|byte| format!("{byte:02x}")).collect())
}

fn without_prefixes(lower: &str) -> &str {
    let mut rest = lower.trim_start();
    loop {
        let listed = rest.strip_prefix('[').and_then(|inside| inside.split_once(']')).map(|(_, after)| after);
        let marked = prefix(rest).filter(|(word, _)| [REPLIES, FORWARDS, ABSENCES].iter().any(|words| words.contains(word)));
        match listed.or(marked.map(|(_, after)| after)) {
            Some(after) => rest = after.trim_start(),
            None => return rest,
        }
    }
}

/// The word before the first colon and what stands after it; a count as in `re[2]:` or `re(3):` is left off.
fn prefix(lower: &str) -> Option<(&str, &str)> {
    let (before, after) = lower.split_once(':')?;
    let counted = before.trim_end().trim_end_matches([']', ')']).trim_end_matches(|c: char| c.is_ascii_digit());
    Some((counted.trim_end_matches(['[', '(', '^', ' ']), after))
}
