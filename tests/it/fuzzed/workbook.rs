//! Excel files. As a package the bytes seldom survive being damaged, so that nothing behind the package would be
//! read; what does not begin as one is therefore taken as the parts of a workbook, with a NUL between them, and
//! packed here.

use std::io::{Cursor, Write as _};

use attent::intake::tables::{Table, head_of_sheet, profiles};
use chrono::Utc;

use super::importers::{opened, proposed};

/// What makes a package a workbook; none of it is looked at for mistakes.
const TYPES: &str = r#"<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>"#;
const RELS: &str = r#"<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>"#;
const BOOK_RELS: &str = r#"<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>"#;

/// The usual parts, in the order in which they stand in the bytes.
pub const SHEET: &str = r#"<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><dimension ref="A1:C3"/><sheetData><row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c><c r="C1" t="inlineStr"><is><t>Bedrag</t></is></c></row><row r="2"><c r="A2" s="1"><v>46203.604</v></c><c r="B2" t="s"><v>2</v></c><c r="C2"><v>1234.567</v></c></row><row r="3"><c r="A3" s="1"><v>46204</v></c><c r="B3" t="str"><f>A1</f><v>Bo</v></c><c r="C3" t="e"><v>#N/A</v></c></row></sheetData><mergeCells><mergeCell ref="A1:B2"/></mergeCells></worksheet>"#;
pub const STRINGS: &str = r#"<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" count="3" uniqueCount="3"><si><t>Datum</t></si><si><t>Klant</t></si><si><r><t>Ren&#233;e &amp; Co</t></r></si></sst>"#;
pub const BOOK: &str = r#"<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><workbookPr date1904="1"/><sheets><sheet name="Een" sheetId="1" r:id="rId1"/></sheets><definedNames><definedName name="x">Een!A1</definedName></definedNames></workbook>"#;
pub const STYLES: &str = r#"<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><numFmts count="1"><numFmt numFmtId="164" formatCode="[hh]:mm:ss"/></numFmts><cellXfs count="3"><xf numFmtId="0"/><xf numFmtId="22"/><xf numFmtId="164"/></cellXfs></styleSheet>"#;

/// A workbook, whole or in parts.
pub fn sheet(bytes: &[u8]) {
    let packed = if bytes.starts_with(b"PK") { bytes.to_vec() } else { package(&parts(bytes)) };
    let mut some = vec![profiles::shipped()[packed.len() % profiles::shipped().len()].clone()];
    if let Ok(head) = head_of_sheet(Cursor::new(packed.clone())) {
        some.extend(proposed(&head).into_iter().take(2));
    }
    for profile in &some {
        drop(opened(Table::open_sheet(Cursor::new(packed.clone()), profile, Utc)));
    }
}

fn parts(bytes: &[u8]) -> Vec<(&'static str, Vec<u8>)> {
    let mut given = bytes.split(|byte| *byte == 0);
    let mut next = |usual: &str| given.next().filter(|part| !part.is_empty()).map_or_else(|| usual.as_bytes().to_vec(), <[u8]>::to_vec);
    let (first, strings, book, styles) = (next(SHEET), next(STRINGS), next(BOOK), next(STYLES));
    vec![
        ("[Content_Types].xml", TYPES.into()),
        ("_rels/.rels", RELS.into()),
        ("xl/workbook.xml", book),
        ("xl/_rels/workbook.xml.rels", BOOK_RELS.into()),
        ("xl/styles.xml", styles),
        ("xl/sharedStrings.xml", strings),
        ("xl/worksheets/sheet1.xml", first),
    ]
}

/// A ZIP of these files, as they are (PKWARE APPNOTE 4.3).
fn package(files: &[(&str, Vec<u8>)]) -> Vec<u8> {
    let (mut out, mut directory) = (Vec::new(), Vec::new());
    for (name, bytes) in files {
        let mut crc = flate2::Crc::new();
        crc.update(bytes);
        let mut shared = vec![20, 0, 0, 0, 0, 0, 0, 0, 0x21, 0];
        shared.extend(crc.sum().to_le_bytes());
        shared.extend([(bytes.len() as u32).to_le_bytes(); 2].concat());
        shared.extend((name.len() as u16).to_le_bytes());
        shared.extend([0, 0]);
        directory.extend([&b"PK\x01\x02\x14\x00"[..], &shared, &[0; 10], &(out.len() as u32).to_le_bytes(), name.as_bytes()].concat());
        out.extend([&b"PK\x03\x04"[..], &shared, name.as_bytes(), bytes].concat());
    }
    let count = (files.len() as u16).to_le_bytes();
    let (long, at) = ((directory.len() as u32).to_le_bytes(), (out.len() as u32).to_le_bytes());
    out.write_all(&directory).expect("memory takes all");
    out.extend([&b"PK\x05\x06\0\0\0\0"[..], &count, &count, &long, &at, &[0, 0]].concat());
    out
}
