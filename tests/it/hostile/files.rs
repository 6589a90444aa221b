//! Files of every kind that is read, with the same texts as names, notes, titles and places.

use std::fmt::Write as _;
use std::path::Path;

use crate::edges_sources::put;

/// A file of each kind with these texts, by its name; `more` are the arguments of its import.
pub fn write_all(root: &Path, texts: &[&str]) -> Vec<(&'static str, &'static [&'static str])> {
    put(root, "log.csv", csv_log(texts));
    put(root, "orders.csv", orders(texts));
    put(root, "orders.xlsx", workbook(texts));
    put(root, "mail.mbox", mbox(texts));
    for (n, text) in texts.iter().enumerate() {
        put(root, &format!("Maildir/cur/{n}:2,S"), letter(n + 1000, text));
    }
    std::fs::create_dir_all(root.join("Maildir/new")).unwrap();
    put(root, "agenda.ics", calendar(texts));
    put(root, "book.vcf", address_book(texts));
    put(root, "events.xes", event_log(texts));
    vec![
        ("book.vcf", &[]),
        ("log.csv", &[]),
        ("orders.csv", &["--profile", "shop"]),
        ("orders.xlsx", &["--profile", "shop"]),
        ("mail.mbox", &["--new"]),
        ("Maildir", &["--new"]),
        ("agenda.ics", &["--new"]),
        ("events.xes", &[]),
    ]
}

/// The profile of [`orders`], for `attent.yaml`.
pub const PROFILE: &str =
    "profiles:\n  shop:\n    columns: {at: When, customer: Who, note: What, id: Number}\n    always: {channel: email}\n";

fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('"', "\"\""))
}

fn csv_log(texts: &[&str]) -> String {
    let row = |(n, text): (usize, &&str)| format!("{},2026-09-{:02},phone,{},{}\n", quoted(text), n % 19 + 1, quoted(text), quoted(text));
    "customer,at,channel,note,tags\n".to_owned() + &texts.iter().enumerate().map(row).collect::<String>()
}

fn orders(texts: &[&str]) -> String {
    let row = |(n, text): (usize, &&str)| format!("{n},2026-09-{:02},{},{}\n", n % 19 + 1, quoted(text), quoted(text));
    "Number,When,Who,What\n".to_owned() + &texts.iter().enumerate().map(row).collect::<String>()
}

/// A text in a header, as RFC 2047 has it: everything comes through.
fn encoded(text: &str) -> String {
    const SIGNS: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut word = String::new();
    for three in text.as_bytes().chunks(3) {
        let all = three.iter().fold(0, |all, byte| all << 8 | u32::from(*byte)) << (8 * (3 - three.len()));
        for place in 0..4 {
            let sign = SIGNS[(all >> (18 - 6 * place)) as usize & 63];
            word.push(if place <= three.len() { char::from(sign) } else { '=' });
        }
    }
    format!("=?UTF-8?B?{word}?=")
}

fn letter(n: usize, text: &str) -> String {
    let raw = text.replace(['\r', '\n'], " ").replace('\\', "\\\\").replace('"', "\\\"");
    let from = if n.is_multiple_of(2) { encoded(text) } else { format!("\"{raw}\"") };
    let word = encoded(text);
    format!(
        "From: {from} <h{n}@x.example>\nTo: {word} <me@home.example>\nDate: {} Sep 2026 10:00:00 +0000\nMessage-ID: <{n}@x.example>\nSubject: {word}\nIn-Reply-To: {raw}\n\n{text}\n",
        n % 19 + 1
    )
}

fn mbox(texts: &[&str]) -> String {
    texts.iter().enumerate().map(|(n, text)| format!("From x@x.example Wed Sep  2 12:00:00 2026\n{}\n", letter(n, text))).collect()
}

/// A text as a value of a calendar or an address book.
fn escaped(text: &str) -> String {
    text.replace('\\', "\\\\").replace("\r\n", "\\n").replace(['\n', '\r'], "\\n").replace(',', "\\,").replace(';', "\\;")
}

fn calendar(texts: &[&str]) -> String {
    let mut all = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\n".to_owned();
    for (n, text) in texts.iter().enumerate() {
        let (value, day) = (escaped(text), n % 19 + 1);
        let name = text.replace('^', "^^").replace('"', "^'").replace(['\r', '\n'], "^n");
        write!(
            all,
            "BEGIN:VEVENT\r\nUID:{value}{n}\r\nDTSTART:202609{day:02}T090000Z\r\nDTEND:202609{day:02}T100000Z\r\nSUMMARY:{value}\r\nDESCRIPTION:{value}\r\nLOCATION:{value}\r\nORGANIZER;CN=\"{name}\":mailto:c{n}@x.example\r\nATTENDEE;CN=\"{name}\":mailto:me@home.example\r\nX-EVIL:{text}\r\nEND:VEVENT\r\n"
        )
        .unwrap();
    }
    all + "END:VCALENDAR\r\n"
}

fn address_book(texts: &[&str]) -> String {
    let card = |(n, text): (usize, &&str)| {
        let value = escaped(text);
        format!(
            "BEGIN:VCARD\r\nVERSION:4.0\r\nUID:{value}{n}\r\nFN:{value}\r\nN:{value};{value};;;\r\nORG:{value}\r\nCATEGORIES:{value}\r\nNOTE:{value}\r\nEMAIL:v{n}@x.example\r\nURL:{value}\r\nEND:VCARD\r\n"
        )
    };
    texts.iter().enumerate().map(card).collect()
}

/// What XML can hold of a text: it has no word for most control characters.
fn xml(text: &str) -> String {
    let text: String = text.chars().filter(|c| !c.is_control() || matches!(c, '\t' | '\n' | '\r')).collect();
    let text = text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;");
    text.replace('\n', "&#10;").replace('\r', "&#13;").replace('\t', "&#9;")
}

fn event_log(texts: &[&str]) -> String {
    let mut all = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<log xes.version=\"1.0\">\n".to_owned();
    for (n, text) in texts.iter().enumerate() {
        let (value, day) = (xml(text), n % 19 + 1);
        writeln!(
            all,
            "<trace><string key=\"concept:name\" value=\"{value}\"/><event><string key=\"concept:name\" value=\"{value}\"/><string key=\"org:resource\" value=\"{value}\"/><date key=\"time:timestamp\" value=\"2026-09-{day:02}T13:45:40Z\"/></event></trace>"
        )
        .unwrap();
    }
    all + "</log>\n"
}

/// The orders as a workbook: a zip of XML, stored without packing.
fn workbook(texts: &[&str]) -> Vec<u8> {
    let cell = |text: &str| format!("<c t=\"inlineStr\"><is><t xml:space=\"preserve\">{}</t></is></c>", xml(text));
    let row = |cells: [&str; 4]| format!("<row>{}</row>", cells.map(cell).concat());
    let mut rows = row(["Number", "When", "Who", "What"]);
    for (n, text) in texts.iter().enumerate() {
        rows += &row([&n.to_string(), &format!("2026-09-{:02}", n % 19 + 1), text, text]);
    }
    let head = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>";
    let main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    let office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let package = "http://schemas.openxmlformats.org/package/2006";
    let relation = |target: &str, kind: &str| {
        format!(
            "{head}<Relationships xmlns=\"{package}/relationships\"><Relationship Id=\"r1\" Type=\"{office}/{kind}\" Target=\"{target}\"/></Relationships>"
        )
    };
    let types = format!(
        "{head}<Types xmlns=\"{package}/content-types\"><Default Extension=\"xml\" ContentType=\"application/xml\"/><Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/></Types>"
    );
    let book = format!(
        "{head}<workbook xmlns=\"{main}\" xmlns:r=\"{office}\"><sheets><sheet name=\"Orders\" sheetId=\"1\" r:id=\"r1\"/></sheets></workbook>"
    );
    let sheet = format!("{head}<worksheet xmlns=\"{main}\"><sheetData>{rows}</sheetData></worksheet>");
    zip(&[
        ("[Content_Types].xml", types),
        ("_rels/.rels", relation("xl/workbook.xml", "officeDocument")),
        ("xl/workbook.xml", book),
        ("xl/_rels/workbook.xml.rels", relation("worksheets/sheet1.xml", "worksheet")),
        ("xl/worksheets/sheet1.xml", sheet),
    ])
}

fn zip(files: &[(&str, String)]) -> Vec<u8> {
    let (mut all, mut central) = (Vec::new(), Vec::new());
    for (name, text) in files {
        let mut sum = flate2::Crc::new();
        sum.update(text.as_bytes());
        let mut common = Vec::new();
        for short in [20_u16, 0x800, 0, 0, 0x21] {
            common.extend(short.to_le_bytes());
        }
        for long in [sum.sum(), text.len() as u32, text.len() as u32, name.len() as u32] {
            common.extend(long.to_le_bytes());
        }
        let at = all.len() as u32;
        all.extend(b"PK\x03\x04");
        all.extend(&common);
        all.extend(name.as_bytes());
        all.extend(text.as_bytes());
        central.extend(b"PK\x01\x02\x14\x00");
        central.extend(&common);
        central.extend([0; 10]);
        central.extend(at.to_le_bytes());
        central.extend(name.as_bytes());
    }
    let (begins, count) = (all.len() as u32, files.len() as u16);
    all.extend(&central);
    all.extend(b"PK\x05\x06\0\0\0\0");
    all.extend(count.to_le_bytes());
    all.extend(count.to_le_bytes());
    all.extend((central.len() as u32).to_le_bytes());
    all.extend(begins.to_le_bytes());
    all.extend([0, 0]);
    all
}

/// A text as YAML reads it back: JSON's strings are YAML's.
pub fn yaml(text: &str) -> String {
    serde_json::to_string(text).unwrap()
}
