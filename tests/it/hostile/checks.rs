//! Whether what was written does nothing but be read. Each format has its own judge, said without the code
//! that is judged.

use unicode_width::UnicodeWidthChar as _;

/// Every format, with the flags that choose it.
pub const FORMATS: &[(&str, &[&str])] = &[
    ("table", &["-O", "table", "--width", "100"]),
    ("narrow", &["-O", "table", "--width", "40"]),
    ("ascii", &["-O", "table", "--ascii"]),
    ("color", &["-O", "table", "--color", "always"]),
    ("json", &["-O", "json"]),
    ("jsonl", &["-O", "jsonl"]),
    ("csv", &["-O", "csv"]),
    ("tsv", &["-O", "tsv"]),
    ("md", &["-O", "md"]),
    ("html", &["-O", "html"]),
    ("ics", &["-O", "ics"]),
    ("ids", &["-O", "ids"]),
];

/// What is wrong with an answer in a format; nothing when it is inert.
pub fn wrong(format: &str, bytes: &[u8]) -> Option<String> {
    let Ok(text) = std::str::from_utf8(bytes) else { return Some("it is not UTF-8".into()) };
    match format {
        "color" => unseen(&without_colours(text)),
        "json" => unseen(text).or_else(|| json(text)),
        "jsonl" => unseen(text).or_else(|| text.lines().find_map(json)),
        "csv" => unseen(text).or_else(|| spreadsheet(text, b',')),
        "tsv" => unseen(&text.replace('\t', " ")).or_else(|| spreadsheet(text, b'\t')).or_else(|| cut_at_tabs(text)),
        "md" => unseen(text).or_else(|| flooded(text)).or_else(|| markdown(text)),
        "html" => unseen(text).or_else(|| flooded(text)).or_else(|| html(text)),
        "ics" => unseen(&text.replace("\r\n", "\n")).or_else(|| calendar(text)),
        "ids" => unseen(text),
        _ => unseen(text).or_else(|| flooded(text)),
    }
}

/// Characters that steer a terminal, turn a text around, or are not seen.
fn steers(c: char) -> bool {
    let hides = matches!(c, '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}');
    c.is_control() || hides || matches!(c, '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e0fff}')
}

fn unseen(text: &str) -> Option<String> {
    let (at, c) = text.char_indices().find(|(_, c)| *c != '\n' && steers(*c))?;
    Some(format!("U+{:04X} in {:?}", u32::from(c), around(text, at)))
}

fn around(text: &str, at: usize) -> &str {
    let line = text[..at].rfind('\n').map_or(0, |end| end + 1);
    text[line..].lines().next().unwrap_or_default()
}

/// Marks on one letter that run over the lines around it, or joiners nobody sees.
fn flooded(text: &str) -> Option<String> {
    let mut run = 0;
    for (at, c) in text.char_indices() {
        run = if c.width() == Some(0) { run + 1 } else { 0 };
        if run > 9 {
            return Some(format!("a flood of marks: {:?}", around(text, at)));
        }
    }
    None
}

/// The text without the colours the program uses itself.
fn without_colours(text: &str) -> String {
    let own = ["0", "1", "2", "31", "33", "36", "91", "94", "95", "1;31"];
    own.iter().fold(text.to_owned(), |text, colour| text.replace(&format!("\x1b[{colour}m"), ""))
}

fn json(text: &str) -> Option<String> {
    serde_json::from_str::<serde_json::Value>(text).err().map(|err| format!("{err}: {text}"))
}

fn spreadsheet(text: &str, delimiter: u8) -> Option<String> {
    let mut reader = csv::ReaderBuilder::new().delimiter(delimiter).has_headers(false).from_reader(text.as_bytes());
    for row in reader.records() {
        let row = match row {
            Ok(row) => row,
            Err(err) => return Some(err.to_string()),
        };
        let formula =
            |piece: &str| piece.trim_start_matches([' ', '"', '\u{a0}']).starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠']);
        let calculates = |cell: &&str| cell.parse::<f64>().is_err() && cell.split([';', '\t', '\r', '\n']).any(formula);
        if let Some(cell) = row.iter().find(calculates) {
            return Some(format!("a formula: {cell:?}"));
        }
        if let Some(cell) = row.iter().find(|cell| cell.contains(['\n', '\r', '\t'])) {
            return Some(format!("more than a line: {cell:?}"));
        }
    }
    None
}

fn cut_at_tabs(text: &str) -> Option<String> {
    let columns = text.lines().next().map_or(0, |line| line.split('\t').count());
    text.lines().find(|line| line.split('\t').count() != columns).map(|line| format!("other columns: {line:?}"))
}

/// The line without what a backslash takes its meaning from.
fn plain(line: &str) -> String {
    let (mut plain, mut chars) = (String::new(), line.chars());
    while let Some(c) = chars.next() {
        match c {
            '\\' => drop(chars.next()),
            c => plain.push(c),
        }
    }
    plain
}

fn markdown(text: &str) -> Option<String> {
    let (mut columns, mut in_code) = (0, false);
    for line in text.lines() {
        if line == "```text" || line == "```" {
            in_code = !in_code;
            continue;
        }
        let plain = plain(line);
        let pipes = plain.matches('|').count();
        if in_code {
            continue;
        }
        if line.starts_with('|') {
            columns = if columns == 0 { pipes } else { columns };
            if pipes != columns {
                return Some(format!("other columns: {line}"));
            }
        } else {
            columns = 0;
            if pipes > 0 {
                return Some(format!("a table: {line}"));
            }
        }
        let rest = plain.trim_start_matches(['-', '#', '|', ' ', ':']).replace("**", "");
        let obeyed = ["<", ">", "`", "[", "]", "*", "_", "~", "$", "://"];
        if let Some(sign) = obeyed.iter().find(|sign| rest.contains(**sign)) {
            return Some(format!("{sign} in {line}"));
        }
        if rest.to_lowercase().contains("www.") {
            return Some(format!("a link in {line}"));
        }
    }
    in_code.then(|| "a block of code that does not end".into())
}

const ELEMENTS: &[&str] = &[
    "html", "head", "meta", "title", "style", "body", "main", "h1", "h2", "p", "div", "table", "thead", "tbody", "tr", "th", "td", "span",
    "i", "dl", "dt", "dd", "ul", "li",
];
const ATTRIBUTES: &[&str] = &["lang", "charset", "name", "content", "class", "scope", "style", "aria-hidden", "aria-label", "role"];

/// Every element and attribute is one of the page's own, and whatever opens is closed.
fn html(text: &str) -> Option<String> {
    let (_, mut rest) = text.split_once("<!DOCTYPE html>\n")?;
    let mut open: Vec<&str> = Vec::new();
    while let Some(at) = rest.find('<') {
        let end = rest[at..].find('>').map(|end| at + end);
        let Some(end) = end else { return Some(format!("a tag that does not end: {}", &rest[at..])) };
        let tag = &rest[at + 1..end];
        rest = &rest[end + 1..];
        if let Some(closed) = tag.strip_prefix('/') {
            if open.pop() != Some(closed) {
                return Some(format!("</{closed}> closes nothing"));
            }
            continue;
        }
        let name = tag.split(' ').next().unwrap_or_default();
        if !ELEMENTS.contains(&name) {
            return Some(format!("an element of data: <{tag}>"));
        }
        if let Some(attribute) = attributes(&tag[name.len()..]).into_iter().find(|name| !ATTRIBUTES.contains(&name.as_str())) {
            return Some(format!("an attribute of data: {attribute} in <{tag}>"));
        }
        if name == "style" {
            rest = &rest[rest.find("</style>").unwrap_or(rest.len())..];
        }
        if name != "meta" {
            open.push(name);
        }
    }
    (!open.is_empty()).then(|| format!("not closed: {open:?}"))
}

/// The names of attributes, whose values stand between double quotes.
fn attributes(text: &str) -> Vec<String> {
    let mut parts = text.split('"');
    let mut names = Vec::new();
    while let Some(name) = parts.next() {
        names.push(name.trim().trim_end_matches('=').to_owned());
        parts.next();
    }
    names.retain(|name| !name.is_empty());
    names
}

const PROPERTIES: &[&str] = &[
    "BEGIN",
    "END",
    "VERSION",
    "PRODID",
    "CALSCALE",
    "NAME",
    "X-WR-CALNAME",
    "UID",
    "DTSTAMP",
    "SEQUENCE",
    "LAST-MODIFIED",
    "DTSTART",
    "DTEND",
    "DUE",
    "DURATION",
    "SUMMARY",
    "DESCRIPTION",
    "CATEGORIES",
    "STATUS",
    "CLASS",
    "TRANSP",
    "TRIGGER",
    "ACTION",
    "COMPLETED",
    "PERCENT-COMPLETE",
    "PRIORITY",
];
const COMPONENTS: &[&str] = &["VCALENDAR", "VTODO", "VEVENT", "VALARM"];

fn calendar(text: &str) -> Option<String> {
    if let Some(line) = text.split("\r\n").find(|line| line.len() > 75 || line.contains(['\r', '\n'])) {
        return Some(format!("a line that is too long or broken: {line:?}"));
    }
    let unfolded = text.replace("\r\n ", "");
    let mut open = Vec::new();
    for line in unfolded.lines().map(|line| line.trim_end_matches('\r')) {
        let name = line.split([':', ';']).next().unwrap_or_default();
        if !PROPERTIES.contains(&name) {
            return Some(format!("a property of data: {line}"));
        }
        if let Some(begun) = line.strip_prefix("BEGIN:") {
            open.push(begun);
        }
        if let Some(ended) = line.strip_prefix("END:")
            && (open.pop() != Some(ended) || !COMPONENTS.contains(&ended))
        {
            return Some(format!("END:{ended} ends nothing"));
        }
    }
    let read = calcard::icalendar::ICalendar::parse(text).map_err(|err| format!("{err:?}"));
    let items = text.matches("\r\nBEGIN:V").count();
    match read {
        Ok(read) if read.components.len() == items + usize::from(!text.is_empty()) => {
            open.first().map(|open| format!("{open} does not end"))
        }
        Ok(read) => Some(format!("{} components are read of {items}", read.components.len())),
        Err(err) if !text.is_empty() => Some(err),
        Err(_) => None,
    }
}

/// What a shell would do with a command, up to the backtick that ends it, besides running it with its words.
pub fn obeyed(command: &str) -> Option<String> {
    let mut chars = command.chars();
    let mut quote = None;
    while let Some(c) = chars.next() {
        match (quote, c) {
            (None, '`') => return None,
            (None, '\'' | '"') => quote = Some(c),
            (None, '\\') if chars.next() == Some('\'') => {}
            (None, '$' | ';' | '|' | '&' | '<' | '>' | '(' | ')' | '\\' | '!' | '*' | '?' | '\n') => {
                return Some(format!("{c} stands bare"));
            }
            (Some('"'), '$' | '`' | '\\' | '!') => return Some(format!("{c} in double quotes")),
            (Some(open), _) if c == open => quote = None,
            _ => {}
        }
    }
    Some("it does not end".into())
}
