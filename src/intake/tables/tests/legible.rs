//! Any character set as UTF-8, whatever the pieces it comes in.

use std::io::{self, Read};

use proptest::prelude::*;

use super::*;

/// Gives at most so many bytes at a time.
struct Pieces<'a>(&'a [u8], usize);

impl Read for Pieces<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = buffer.len().min(self.1);
        self.0.read(&mut buffer[..count])
    }
}

/// Reads with a buffer of this size, from pieces of that size.
fn read_by(bytes: &[u8], piece: usize, buffer: usize) -> Vec<u8> {
    let mut source = crate::intake::tables::legible::Patched::new(Pieces(bytes, piece));
    let (mut all, mut into) = (Vec::new(), vec![0; buffer]);
    loop {
        match source.read(&mut into).unwrap() {
            0 => return all,
            count => all.extend_from_slice(&into[..count]),
        }
    }
}

/// The same, from everything at once.
fn whole(bytes: &[u8]) -> String {
    let letters = |bytes: &[u8]| encoding_rs::WINDOWS_1252.decode_without_bom_handling(bytes).0.into_owned();
    bytes.utf8_chunks().map(|chunk| chunk.valid().to_owned() + &letters(chunk.invalid())).collect()
}

/// Bytes as they meet in files: of UTF-8, of windows-1252, and beginnings of letters.
fn text() -> impl Strategy<Value = Vec<u8>> {
    let bits: [&[u8]; 12] = [
        b"a",
        b"\n",
        "é".as_bytes(),
        "€".as_bytes(),
        "😀".as_bytes(),
        b"\xe9",
        b"\x80",
        b"\xe2\x82",
        b"\xf0\x9f\x98",
        b"\xc3",
        b"\xff",
        b"\0",
    ];
    prop::collection::vec(prop::sample::select(bits.to_vec()), 0..60).prop_map(|bits| bits.concat())
}

proptest! {
    #[test]
    fn pieces_do_not_matter(bytes in text(), piece in 1_usize..20, buffer in 1_usize..20) {
        prop_assert_eq!(String::from_utf8(read_by(&bytes, piece, buffer)).unwrap(), whole(&bytes));
    }

    #[test]
    fn what_is_utf8_stays_as_it_is(text in ".*", piece in 1_usize..20, buffer in 1_usize..20) {
        prop_assert_eq!(read_by(text.as_bytes(), piece, buffer), text.as_bytes());
    }
}

#[test]
fn every_character_set_is_told() {
    let wide = |text: &str| text.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<u8>>();
    for (bytes, text) in [
        (b"at,caf\xe9 \x80,\xe2\x82".to_vec(), "at,café €,â‚"),
        ("naïve €".as_bytes().to_vec(), "naïve €"),
        ("naïve ".bytes().chain(*b"\x80").collect(), "naïve €"),
        ("\u{feff}x".as_bytes().to_vec(), "\u{feff}x"),
        (wide("\u{feff}é€"), "é€"),
        (wide("at;klant\nAnna;é"), "at;klant\nAnna;é"),
        (Vec::new(), ""),
    ] {
        let mut read = String::new();
        legible(bytes.as_slice()).unwrap().read_to_string(&mut read).unwrap();
        assert_eq!(read, text, "{bytes:x?}");
    }
}

/// A letter that lies across the end of what is looked at first, and of every buffer after it.
#[test]
fn a_large_file_is_read_alike() {
    for shift in 0..4 {
        let text = "x".repeat(shift) + &"€".repeat(100_000);
        let mixed: Vec<u8> = text.bytes().chain(*b"\xe9\n").chain(text.bytes()).collect();
        let mut read = String::new();
        legible(mixed.as_slice()).unwrap().read_to_string(&mut read).unwrap();
        assert!(read == format!("{text}é\n{text}"), "{shift}");
    }
}
