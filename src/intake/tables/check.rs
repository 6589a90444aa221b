//! From a profile as written to one that can be used, with complaints at their places.

use std::collections::BTreeMap;

use super::dates::Pattern;
use super::profile::{Always, Profile, Source, Target, Values};
use super::raw::{Gives, RawAlways, RawColumn, RawColumns, RawDecimal, RawDelimiter, RawProfile, RawValues};
use crate::domain::text::Text;
use crate::domain::words::{Personal, Sender};
use crate::intake::near::shorten;
use crate::intake::raw::{OneOrMany, lower, many, slug};
use crate::intake::shape::Shaped;
use crate::intake::tree::Path;
use crate::text;

/// Checks every profile of a file; `path` leads to `profiles:`.
pub(in crate::intake) fn profiles<Raw>(file: &mut Shaped<Raw>, path: &Path, raw: BTreeMap<String, RawProfile>) -> Vec<Profile> {
    raw.into_iter().map(|(id, raw)| profile(file, &path.key(&id), id, raw)).collect()
}

fn profile<Raw>(file: &mut Shaped<Raw>, path: &Path, id: String, raw: RawProfile) -> Profile {
    slug(file, path, &id);
    let columns = columns(raw.columns);
    let mapped = |target: Target| columns.iter().any(|(known, _)| *known == target);
    let gives = raw.gives.unwrap_or(if mapped(Target::At) { Gives::Contacts } else { Gives::Customers });
    let always = always(raw.always.unwrap_or_default());
    let here = path.key("columns");
    if file.whole(&here) {
        for what in missing(gives, &mapped, always.channel.is_some(), raw.once == Some(true)) {
            file.error(&here, what);
        }
        empty_names(file, &here, &columns);
    }
    Profile {
        id,
        header: many(raw.header).into_iter().map(|name| name.trim().to_owned()).filter(|name| !name.is_empty()).collect(),
        delimiter: raw.delimiter.map(delimiter),
        encoding: raw.encoding.as_deref().and_then(|label| encoding(file, &path.key("encoding"), label)),
        decimal: raw.decimal.map(|sign| if matches!(sign, RawDecimal::Comma) { ',' } else { '.' }),
        dates: dates(file, &path.key("dates"), many(raw.dates)),
        utc: raw.utc.unwrap_or(false),
        values: values(file, &path.key("values"), raw.values.unwrap_or_default()),
        only: raw.only.unwrap_or_default().into_iter().map(|(column, words)| (column, folded(words))).collect(),
        once: raw.once.unwrap_or(false),
        columns,
        always,
        gives,
    }
}

/// What a profile must name and does not.
fn missing(gives: Gives, mapped: &dyn Fn(Target) -> bool, channel: bool, once: bool) -> Vec<Text> {
    let mut wrong = Vec::new();
    if gives != Gives::Customers && !mapped(Target::At) {
        wrong.push(text!("a contact needs the column of its date: `at`", "een contact heeft de kolom van zijn datum nodig: `at`"));
    }
    if !Target::WHO.into_iter().any(mapped) {
        wrong.push(text!(
            "no column says who it is: give `customer`, `email`, `phone` or `organisation`",
            "geen kolom zegt wie het is: geef `customer`, `email`, `phone` of `organisation`"
        ));
    }
    if gives != Gives::Customers && !channel && !mapped(Target::Channel) && !mapped(Target::Note) {
        wrong.push(text!(
            "nothing says through which channel it went: give `channel` a column, or write `always: {{channel: email}}`",
            "niets zegt via welk kanaal het ging: geef `channel` een kolom, of schrijf `always: {{channel: email}}`"
        ));
    }
    if once && !mapped(Target::Id) {
        wrong.push(text!("`once` needs the column of the row's number: `id`", "`once` heeft de kolom van het rijnummer nodig: `id`"));
    }
    wrong
}

fn empty_names<Raw>(file: &mut Shaped<Raw>, path: &Path, columns: &[(Target, Source)]) {
    for (target, source) in columns {
        let lists = source.lists();
        if lists.is_empty() || lists.iter().any(|list| list.is_empty() || list.iter().any(|name| name.trim().is_empty())) {
            file.error(&path.key(target.key()), text!("a column here has no name", "een kolom heeft hier geen naam"));
        }
    }
}

fn columns(raw: RawColumns) -> Vec<(Target, Source)> {
    let given = [
        raw.at,
        raw.customer,
        raw.email,
        raw.phone,
        raw.organisation,
        raw.amount,
        raw.note,
        raw.id,
        raw.channel,
        raw.direction,
        raw.sender,
        raw.personal,
        raw.kind,
        raw.sentiment,
        raw.stage,
        raw.minutes,
        raw.tags,
        raw.since,
        raw.birthday,
        raw.segment,
        raw.postal,
    ];
    Target::ALL.into_iter().zip(given).filter_map(|(target, column)| Some((target, source(column?)))).collect()
}

fn source(column: RawColumn) -> Source {
    match column {
        RawColumn::One(name) => Source::Columns(vec![name]),
        RawColumn::Joined(names) => Source::Columns(names),
        RawColumn::Choice(choice) => Source::Choice(choice.any.into_iter().map(|one| many(Some(one))).collect()),
    }
}

fn delimiter(raw: RawDelimiter) -> char {
    match raw {
        RawDelimiter::Comma => ',',
        RawDelimiter::Semicolon => ';',
        RawDelimiter::Tab => '\t',
        RawDelimiter::Bar => '|',
    }
}

fn encoding<Raw>(file: &mut Shaped<Raw>, path: &Path, label: &str) -> Option<&'static encoding_rs::Encoding> {
    let known = encoding_rs::Encoding::for_label(label.trim().as_bytes());
    if known.is_none() {
        let shown = shorten(label);
        file.error(path, text!("`{shown}` is not a character set I know", "`{shown}` is geen tekenset die ik ken")).help =
            text!("leave it out, or try utf-8 or windows-1252", "laat het weg, of probeer utf-8 of windows-1252");
    }
    known
}

fn dates<Raw>(file: &mut Shaped<Raw>, path: &Path, patterns: Vec<String>) -> Vec<String> {
    for (index, pattern) in patterns.iter().enumerate().filter(|(_, pattern)| Pattern::new(pattern).is_none()) {
        let shown = shorten(pattern);
        let what = text!("`{shown}` is not a way to write a date", "`{shown}` is geen manier om een datum te schrijven");
        file.error(&path.index(index), what).help = text!(
            "it needs a day, a month and a year, such as \"%d-%m-%Y %H:%M\"",
            "er horen een dag, een maand en een jaar in, zoals \"%d-%m-%Y %H:%M\""
        );
    }
    patterns
}

/// Words in lower case; an empty word stays.
fn folded(words: OneOrMany<String>) -> Vec<String> {
    many(Some(words)).iter().map(|word| fold_word(word)).collect()
}

/// A word of a file as it is compared.
pub(super) fn fold_word(word: &str) -> String {
    word.trim().to_lowercase()
}

fn values<Raw>(file: &mut Shaped<Raw>, path: &Path, raw: RawValues) -> Values {
    let here = path.key("sentiment");
    for (word, felt) in raw.sentiment.iter().flatten().filter(|(_, felt)| !(-1.0..=1.0).contains(*felt)) {
        let felt = *felt;
        file.error(
            &here.key(word),
            text!("a sentiment is a number from -1 to 1, not {felt}", "een gevoel is een getal van -1 tot en met 1, niet {felt}"),
        );
    }
    fn list<T>(map: Option<BTreeMap<String, T>>) -> Vec<(String, T)> {
        map.into_iter().flatten().map(|(word, meaning)| (fold_word(&word), meaning)).collect()
    }
    Values {
        channel: list(raw.channel),
        direction: list(raw.direction),
        sender: list(raw.sender),
        personal: list(raw.personal),
        kind: list(raw.kind),
        sentiment: list(raw.sentiment),
        stage: list(raw.stage),
    }
}

/// What a machine sends is the same for everybody, unless it is said otherwise.
fn always(raw: RawAlways) -> Always {
    let of_a_machine = (raw.sender == Some(Sender::Automated)).then_some(Personal::Generic);
    Always {
        channel: raw.channel,
        direction: raw.direction,
        sender: raw.sender,
        personal: raw.personal.or(of_a_machine),
        kind: raw.kind,
        sentiment: raw.sentiment,
        stage: raw.stage,
        tags: lower(raw.tags),
        segment: raw.segment,
    }
}
