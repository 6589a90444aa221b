//! A look into a spreadsheet's package before it is unpacked in earnest.
//!
//! An `.xlsx` is a ZIP of XML files, and the reader of spreadsheets unpacks the texts of all cells into
//! memory and believes how many there are said to be. So every file in the package is inflated once
//! into nothing, up to a limit.

use std::io::{self, Read, Seek, SeekFrom};

use flate2::read::DeflateDecoder;

use crate::domain::text::Text;
use crate::text;

/// More bytes than this, unpacked, are refused.
const MOST_BYTES: u64 = 200 * 1024 * 1024;

/// More files than this in one package are refused.
const MOST_FILES: usize = 10_000;

/// More texts than this are not believed: a number of this many digits.
const MOST_DIGITS: usize = 8;

/// What a text takes in memory besides its bytes, for its beginning and for its end.
const TEXT_COST: u64 = 32;

/// What the format calls the number of texts.
const COUNT: &[u8] = b"uniqueCount";

/// The fixed parts of the end of the directory, of one entry of it, and of a file's own header.
const END: usize = 22;
const ENTRY: usize = 46;
const LOCAL: usize = 30;

/// Looks at the whole package and goes back to its beginning.
///
/// # Errors
/// When it is no ZIP, or holds more than an honest spreadsheet would.
pub(super) fn check(source: &mut (impl Read + Seek)) -> Result<(), Text> {
    let mut left = MOST_BYTES;
    let directory = directory(source).map_err(|_| no_package())?;
    let mut rest = directory.as_slice();
    let mut files = 0;
    while let Some(entry) = rest.get(..ENTRY).filter(|entry| entry.starts_with(b"PK\x01\x02")) {
        files += 1;
        let length = ENTRY + usize::from(short(entry, 28)) + usize::from(short(entry, 30)) + usize::from(short(entry, 32));
        let (method, packed, at) = (short(entry, 10), long(entry, 20), long(entry, 42));
        if files > MOST_FILES || u64::from(long(entry, 24)) > MOST_BYTES {
            return Err(too_much());
        }
        left = inflate(source, method, packed, at, left)?;
        rest = rest.get(length..).unwrap_or_default();
    }
    source.seek(SeekFrom::Start(0)).map_err(|_| no_package())?;
    if files == 0 { Err(no_package()) } else { Ok(()) }
}

/// The directory at the end of the package.
fn directory(source: &mut (impl Read + Seek)) -> io::Result<Vec<u8>> {
    let size = source.seek(SeekFrom::End(0))?;
    let tail_at = size.saturating_sub(64 * 1024 + END as u64);
    source.seek(SeekFrom::Start(tail_at))?;
    let mut tail = Vec::new();
    source.by_ref().take(64 * 1024 + END as u64).read_to_end(&mut tail)?;
    let end = tail.windows(END).rposition(|window| window.starts_with(b"PK\x05\x06")).ok_or(io::ErrorKind::InvalidData)?;
    let (length, at) = (long(&tail[end..], 12), long(&tail[end..], 16));
    source.seek(SeekFrom::Start(u64::from(at)))?;
    let mut directory = Vec::new();
    source.by_ref().take(u64::from(length).min(16 << 20)).read_to_end(&mut directory)?;
    Ok(directory)
}

/// Inflates one file into nothing and says how many bytes are left to the others.
fn inflate(source: &mut (impl Read + Seek), method: u16, packed: u32, at: u32, left: u64) -> Result<u64, Text> {
    let mut header = [0; LOCAL];
    let begin = source.seek(SeekFrom::Start(u64::from(at))).and_then(|_| source.read_exact(&mut header));
    let skip = i64::from(short(&header, 26)) + i64::from(short(&header, 28));
    begin.and_then(|()| source.seek(SeekFrom::Current(skip))).map_err(|_| no_package())?;
    let packed = source.by_ref().take(u64::from(packed));
    match method {
        0 => drain(packed, left),
        8 => drain(DeflateDecoder::new(packed), left),
        _ => Err(no_package()),
    }
}

/// Reads to the end, looking for a number of texts nobody has.
fn drain(mut file: impl Read, mut left: u64) -> Result<u64, Text> {
    let mut piece = vec![0; 64 * 1024];
    let mut kept = 0;
    loop {
        let count = file.read(&mut piece[kept..]).map_err(|_| no_package())?;
        left = left.checked_sub(count as u64).ok_or_else(too_much)?;
        let here = &piece[..kept + count];
        left = left.checked_sub(texts(here) * TEXT_COST).ok_or_else(too_much)?;
        if boasts(here) {
            return Err(too_much());
        }
        if count == 0 {
            return Ok(left);
        }
        // a number may lie across the seam
        let end = here.len();
        kept = end.min(64);
        piece.copy_within(end - kept..end, 0);
    }
}

/// How often a text begins or ends here: `<si>`, `</si>`, `<si/>`.
fn texts(bytes: &[u8]) -> u64 {
    bytes.windows(3).filter(|window| matches!(*window, b"si>" | b"si/")).count() as u64
}

/// Whether a number of texts stands here that has too many digits.
fn boasts(bytes: &[u8]) -> bool {
    let starts = bytes.windows(COUNT.len()).enumerate().filter(|(_, window)| *window == COUNT);
    starts.into_iter().any(|(at, _)| {
        let value = bytes[at + COUNT.len()..].iter().skip_while(|byte| !byte.is_ascii_digit() && !matches!(byte, b'<' | b'>'));
        value.take_while(|byte| byte.is_ascii_digit()).count() > MOST_DIGITS
    })
}

fn short(bytes: &[u8], at: usize) -> u16 {
    bytes.get(at..at + 2).map_or(0, |pair| u16::from_le_bytes([pair[0], pair[1]]))
}

fn long(bytes: &[u8], at: usize) -> u32 {
    u32::from(short(bytes, at)) | u32::from(short(bytes, at + 2)) << 16
}

pub(super) fn no_package() -> Text {
    text!(
        "this is not an Excel file I can read; save it as .xlsx or as `CSV UTF-8`",
        "dit is geen Excel-bestand dat ik kan lezen; sla het op als .xlsx of als `CSV UTF-8`"
    )
}

pub(super) fn too_much() -> Text {
    text!("this file unfolds into more than 200 MB", "dit bestand vouwt zich uit tot meer dan 200 MB")
}
