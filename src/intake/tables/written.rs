//! A profile as it is written in `attent.yaml`.

use std::fmt::Write;

use super::profile::{Always, Profile, Source, Values};
use super::raw::Gives;

impl Profile {
    /// The lines to put under `profiles:`, indented by two, each with its line end. Read back they give
    /// the same profile, except that what equals its default is not written.
    pub fn to_yaml(&self) -> String {
        let mut out = String::new();
        let mut line = |depth: usize, key: &str, value: &str| {
            let space = if value.is_empty() { "" } else { " " };
            // writing to a string cannot fail
            let _ = writeln!(out, "{:1$}{key}:{space}{value}", "", depth * 2);
        };
        line(1, &quoted(&self.id), "");
        if !self.header.is_empty() {
            line(2, "header", &list(&self.header));
        }
        if let Some(sign) = self.delimiter {
            line(2, "delimiter", if sign == '\t' { "tab".to_owned() } else { format!("\"{sign}\"") }.as_str());
        }
        if let Some(encoding) = self.encoding {
            line(2, "encoding", &quoted(encoding.name()));
        }
        if let Some(sign) = self.decimal {
            line(2, "decimal", &format!("\"{sign}\""));
        }
        if !self.dates.is_empty() {
            line(2, "dates", &one_or_list(&self.dates));
        }
        if self.utc {
            line(2, "utc", "true");
        }
        line(2, "columns", "");
        for (target, source) in &self.columns {
            line(3, target.key(), &written_source(source));
        }
        let values = written_values(&self.values);
        if !values.is_empty() {
            line(2, "values", "");
            values.iter().for_each(|(key, map)| line(3, key, map));
        }
        let always = written_always(&self.always);
        if !always.is_empty() {
            line(2, "always", &format!("{{{}}}", always.join(", ")));
        }
        if !self.only.is_empty() {
            line(2, "only", "");
            self.only.iter().for_each(|(column, words)| line(3, &quoted(column), &list(words)));
        }
        line(
            2,
            "gives",
            match self.gives {
                Gives::Contacts => "contacts",
                Gives::Customers => "customers",
                Gives::Both => "both",
            },
        );
        if self.once {
            line(2, "once", "true");
        }
        out
    }
}

fn written_source(source: &Source) -> String {
    match source {
        Source::Columns(columns) => one_or_list(columns),
        Source::Choice(lists) => format!("{{any: [{}]}}", lists.iter().map(|columns| one_or_list(columns)).collect::<Vec<_>>().join(", ")),
    }
}

fn written_values(values: &Values) -> Vec<(&'static str, String)> {
    fn map<T>(pairs: &[(String, T)], word: impl Fn(&T) -> String) -> String {
        let pairs: Vec<String> = pairs.iter().map(|(key, meaning)| format!("{}: {}", quoted(key), word(meaning))).collect();
        if pairs.is_empty() { String::new() } else { format!("{{{}}}", pairs.join(", ")) }
    }
    let all = [
        ("channel", map(&values.channel, |word| word.word().to_owned())),
        ("direction", map(&values.direction, |word| word.word().to_owned())),
        ("sender", map(&values.sender, |word| word.word().to_owned())),
        ("personal", map(&values.personal, |word| word.word().to_owned())),
        ("kind", map(&values.kind, |word| word.word().to_owned())),
        ("sentiment", map(&values.sentiment, f64::to_string)),
        ("stage", map(&values.stage, |stage| quoted(stage))),
    ];
    all.into_iter().filter(|(_, map)| !map.is_empty()).collect()
}

fn written_always(always: &Always) -> Vec<String> {
    let said = [
        ("channel", always.channel.map(|word| word.word().to_owned())),
        ("direction", always.direction.map(|word| word.word().to_owned())),
        ("sender", always.sender.map(|word| word.word().to_owned())),
        ("personal", always.personal.map(|word| word.word().to_owned())),
        ("kind", always.kind.map(|word| word.word().to_owned())),
        ("sentiment", always.sentiment.map(|felt| felt.to_string())),
        ("stage", always.stage.as_deref().map(quoted)),
        ("tags", Some(&always.tags).filter(|tags| !tags.is_empty()).map(|tags| one_or_list(tags))),
        ("segment", always.segment.as_deref().map(quoted)),
    ];
    said.into_iter().filter_map(|(key, value)| Some(format!("{key}: {}", value?))).collect()
}

fn one_or_list(words: &[String]) -> String {
    match words {
        [one] => quoted(one),
        many => list(many),
    }
}

fn list(words: &[String]) -> String {
    format!("[{}]", words.iter().map(|word| quoted(word)).collect::<Vec<_>>().join(", "))
}

/// A word as YAML reads it back: bare when that leaves no doubt, else in double quotes.
fn quoted(word: &str) -> String {
    let inside = |c: char| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_');
    let bare = word.starts_with(char::is_alphabetic) && !word.ends_with(' ') && word.chars().all(inside);
    let other = ["true", "false", "yes", "no", "on", "off", "null", "y", "n", "nan", "inf"].contains(&word.to_lowercase().as_str());
    if bare && !other { word.to_owned() } else { serde_json::Value::from(word).to_string() }
}
