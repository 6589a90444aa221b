//! Excel files, made here by hand.

use std::io::{Cursor, Write};

use super::*;
use crate::intake::mutate::damaged;

/// A ZIP of these files, packed or not.
fn package(files: &[(&str, Vec<u8>)], packed: bool) -> Vec<u8> {
    let (mut out, mut directory) = (Vec::new(), Vec::new());
    for (name, bytes) in files {
        let mut crc = flate2::Crc::new();
        crc.update(bytes);
        let mut encoder = flate2::write::DeflateEncoder::new(Vec::new(), flate2::Compression::best());
        encoder.write_all(bytes).unwrap();
        let data = if packed { encoder.finish().unwrap() } else { bytes.clone() };
        let mut shared = vec![20, 0, 0, 0, if packed { 8 } else { 0 }, 0, 0, 0, 0x21, 0];
        shared.extend(crc.sum().to_le_bytes());
        shared.extend((data.len() as u32).to_le_bytes());
        shared.extend((bytes.len() as u32).to_le_bytes());
        shared.extend((name.len() as u16).to_le_bytes());
        shared.extend([0, 0]);
        directory.extend(b"PK\x01\x02\x14\x00");
        directory.extend(&shared);
        directory.extend([0; 10]);
        directory.extend((out.len() as u32).to_le_bytes());
        directory.extend(name.as_bytes());
        out.extend(b"PK\x03\x04");
        out.extend(&shared);
        out.extend(name.as_bytes());
        out.extend(data);
    }
    let count = (files.len() as u16).to_le_bytes();
    let end =
        [&b"PK\x05\x06\0\0\0\0"[..], &count, &count, &(directory.len() as u32).to_le_bytes(), &(out.len() as u32).to_le_bytes(), &[0, 0]]
            .concat();
    [out, directory, end].concat()
}

const TYPES: &str = r#"<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>"#;
const RELS: &str = r#"<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>"#;
const BOOK_RELS: &str = r#"<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet2.xml"/></Relationships>"#;
const STYLES: &str = r#"<?xml version="1.0"?><styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><numFmts count="1"><numFmt numFmtId="164" formatCode="[hh]:mm:ss"/></numFmts><cellXfs count="3"><xf numFmtId="0"/><xf numFmtId="22"/><xf numFmtId="164"/></cellXfs></styleSheet>"#;
const STRINGS: &str = r#"<?xml version="1.0"?><sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" count="3" uniqueCount="3"><si><t>Datum</t></si><si><t>Klant</t></si><si><t>Ren&#233;e &amp; Co</t></si></sst>"#;
const CELLS: &str = r#"<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>
<row r="2"><c r="A2" t="s"><v>0</v></c><c r="B2" t="s"><v>1</v></c><c r="C2" t="inlineStr"><is><t>Bedrag</t></is></c><c r="D2" t="inlineStr"><is><t>Duur</t></is></c></row>
<row r="3"><c r="A3" s="1"><v>46203.604166666664</v></c><c r="B3" t="s"><v>2</v></c><c r="C3"><v>1234.567</v></c><c r="D3" s="2"><v>0.0104166666666667</v></c></row>
<row r="4"><c r="A4" t="inlineStr"><is><t> </t></is></c></row>
<row r="6"><c r="A6" s="1"><v>46203</v></c><c r="B6" t="inlineStr"><is><t>Bo</t></is></c><c r="C6" t="e"><v>#N/A</v></c></row>
</sheetData></worksheet>"#;

fn book(first: &str, second: &str, strings: &str, of_1904: bool, packed: bool) -> Vec<u8> {
    let properties = if of_1904 { r#"<workbookPr date1904="1"/>"# } else { "" };
    let book = format!(
        r#"<?xml version="1.0"?><workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">{properties}<sheets><sheet name="Een" sheetId="1" r:id="rId1"/><sheet name="Twee" sheetId="2" r:id="rId2"/></sheets></workbook>"#
    );
    let files = [
        ("[Content_Types].xml", TYPES),
        ("_rels/.rels", RELS),
        ("xl/workbook.xml", &book),
        ("xl/_rels/workbook.xml.rels", BOOK_RELS),
        ("xl/styles.xml", STYLES),
        ("xl/sharedStrings.xml", strings),
        ("xl/worksheets/sheet1.xml", first),
        ("xl/worksheets/sheet2.xml", second),
    ];
    package(&files.map(|(name, text)| (name, text.as_bytes().to_vec())), packed)
}

const BLANK: &str =
    r#"<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData/></worksheet>"#;

fn read_sheet(profile: &Profile, bytes: Vec<u8>) -> Vec<String> {
    let mut table = match Table::open_sheet(Cursor::new(bytes), profile, Utc) {
        Ok(table) => table,
        Err(error) => return vec![shown(&Err(error))],
    };
    std::iter::from_fn(|| table.next()).map(|read| shown(&read)).collect()
}

fn visits() -> Profile {
    profile("columns: {at: Datum, customer: Klant, amount: {any: [Bedrag]}, minutes: {any: [Duur]}}\nalways: {channel: visit}")
}

#[test]
fn cells_are_read_as_a_profile_says() {
    let expected = [
        "3: Renée & Co | 2026-06-30T14:30 visit both human personal relational cents=123457 minutes=15",
        "6: Bo | 2026-06-30T00:00 visit both human personal relational",
    ];
    for (first, second, packed) in
        [(CELLS, BLANK, true), (BLANK, CELLS, false), (&CELLS.replace("Duur", "Tijd").replace("<v>1</v>", "<v>0</v>"), CELLS, true)]
    {
        assert_eq!(read_sheet(&visits(), book(first, second, STRINGS, false, packed)), expected);
    }
    let commas = Profile { decimal: Some(','), ..visits() };
    assert_eq!(read_sheet(&commas, book(CELLS, BLANK, STRINGS, false, true)), expected);
    let of_1904 = read_sheet(&visits(), book(CELLS, BLANK, STRINGS, true, true));
    assert!(of_1904[1].contains("2030-07-01T00:00"), "{of_1904:?}");
}

#[test]
fn the_beginning_is_seen() {
    let seen = head_of_sheet(Cursor::new(book(BLANK, CELLS, STRINGS, false, true))).unwrap();
    assert_eq!(seen.header, ["Datum", "Klant", "Bedrag", "Duur"]);
    assert_eq!(seen.rows[0], ["2026-06-30T14:30:00.000", "Renée & Co", "1234.5670", "0:15:00"]);
    let proposal = propose(&seen);
    assert_eq!(
        proposal.profile.columns.iter().map(|(target, _)| target.key()).collect::<Vec<_>>(),
        ["at", "customer", "amount", "minutes"]
    );
}

#[test]
fn what_is_no_spreadsheet_or_too_much_is_refused() {
    let boasting = STRINGS.replace("uniqueCount=\"3\"", "uniqueCount = '99999999999999'");
    let long = CELLS.replace(">Bo<", &format!(">{}<", "x".repeat(2 << 20)));
    let bomb = vec![b' '; 201 << 20];
    // few bytes, but texts without end
    let small = STRINGS.replacen("<si>", &("<si/>".repeat(7_000_000) + "<si>"), 1);
    for (bytes, said) in [
        (Vec::new(), "fatal 1: this is not an Excel file I can read"),
        (b"Datum,Klant\n".to_vec(), "fatal 1: this is not an Excel file I can read"),
        (package(&[("a.txt", b"x".to_vec())], true), "fatal 1: this Excel file cannot be read"),
        (package(&[("xl/worksheets/sheet1.xml", bomb)], true), "fatal 1: this file unfolds into more than 200 MB"),
        (book(CELLS, BLANK, &boasting, false, true), "fatal 1: this file unfolds into more than 200 MB"),
        (book(&long, BLANK, STRINGS, false, true), "fatal 6: this file unfolds into more than 200 MB"),
        (book(CELLS, BLANK, &small, false, true), "fatal 1: this file unfolds into more than 200 MB"),
        (book(BLANK, BLANK, STRINGS, false, true), "fatal 1: the file is empty"),
        (
            book(&CELLS.replace("Bedrag", "X").replace("<v>1</v>", "<v>2</v>"), BLANK, STRINGS, false, true),
            "fatal 2: the file has no column `Klant`",
        ),
    ] {
        let all = read_sheet(&visits(), bytes);
        assert!(all.len() == 1 && all[0].starts_with(said), "{said}: {all:?}");
    }
}

#[test]
fn damaged_workbooks_are_read_as_far_as_they_go() {
    damaged(&[book(CELLS, BLANK, STRINGS, false, true)], |n, bytes| assert!(read_sheet(&visits(), bytes.to_vec()).len() < 10, "{n}"));
}

#[test]
fn damaged_cells_in_sound_workbooks_are_read_as_far_as_they_go() {
    damaged(&[CELLS, STRINGS], |n, bytes| {
        let text = String::from_utf8_lossy(bytes);
        let (cells, strings) = if n % 2 == 0 { (text.as_ref(), STRINGS) } else { (CELLS, text.as_ref()) };
        assert!(read_sheet(&visits(), book(cells, BLANK, strings, false, false)).len() < 1_000, "{n}");
    });
}
