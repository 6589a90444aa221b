//! For tests: mistakes as `line:column what | also line:column`, with columns in characters.

use crate::domain::complaint::Complaint;

fn place(text: &str, byte: usize) -> String {
    let before = &text[..byte];
    let line = before.rsplit('\n').next().unwrap_or_default();
    format!("{}:{}", before.matches('\n').count() + 1, line.trim_start_matches('\u{feff}').chars().count() + 1)
}

/// Every mistake in a line; `?` before its help when that is "did you mean".
pub(super) fn told(text: &str, complaints: &[Complaint]) -> Vec<String> {
    let one = |complaint: &Complaint| {
        let mut line = format!("{} {}", place(text, complaint.span.start), complaint.what.en);
        if complaint.help.en.starts_with("did you mean") {
            line += &format!(" | {}", complaint.help.en);
        }
        if let Some((span, label)) = &complaint.also {
            line += &format!(" | {} {}", place(text, span.start), label.en);
        }
        assert!(!complaint.what.nl.is_empty(), "every mistake is told in Dutch too: {line}");
        line
    };
    complaints.iter().map(one).collect()
}
