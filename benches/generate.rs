//! A seeded log: the same numbers in, the same file out, byte for byte.

use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::Path;

use chrono::{DateTime, Duration, Utc};

/// The moment the log ends, and the `--now` of every measurement.
pub const NOW: &str = "2026-07-01T00:00:00Z";
/// How far back the log goes.
pub const DAYS: i64 = 730;
/// Where the random numbers begin.
pub const SEED: u64 = 20_260_701;

const JOURNEY: &str = "\
id: customer
title: A customer of the generated business
stages:
  - {id: meet, title: Meet, rules: [{word: [introduction, question]}], gap: {ideal: 7d, maximum: 30d}}
  - {id: quote, title: Quote, rules: [{kind: transactional, word: [quotation]}]}
  - {id: work, title: Work, rules: [{channel: [visit, video]}], gap: {ideal: 7d, maximum: 30d}}
  - {id: pay, title: Pay, rules: [{kind: transactional, word: [invoice, reminder]}]}
  - {id: care, title: Care, rules: [{channel: [newsletter, survey, push]}], gap: {ideal: 60d, maximum: 240d}}
  - {id: again, title: Again, rules: [{channel: [card, gift]}], half_life: 180d}
";

/// Channel, how often of a hundred, what the row says beside it (direction to kind), and a note.
const MIX: &[(&str, u64, &str, &str)] = &[
    ("email", 28, ",,,", "Answered the question about the delivery"),
    ("email", 12, ",automated,generic,transactional", "Invoice for the work of this month"),
    ("email", 6, ",,merged,transactional", "Quotation sent and valid for thirty days"),
    ("email", 8, "in,,,relational", "A question about the next step"),
    ("newsletter", 14, ",,,", "Newsletter: what is new this season"),
    ("phone", 12, ",,,", "Talked about how it works out in daily life"),
    ("message", 8, "in,,,", "Sends a photo and is pleased with it"),
    ("visit", 5, ",,,", "Walked through the plans together"),
    ("video", 3, ",,,", "Introduction on the screen"),
    ("survey", 2, ",,,", "Five stars please"),
    ("card", 1, ",,,", "A line by hand"),
    ("push", 1, ",,,", "Something is waiting"),
];

const FIRST: &[&str] = &["Anna", "Bram", "Chloe", "Daan", "Elif", "Frank", "Grace", "Hugo", "Ines", "Jan"];
const LAST: &[&str] = &["Visser", "Walker", "Jansen", "Okafor", "Meijer", "Novak", "Smit", "Garcia", "Bakker", "Lindgren"];

/// SplitMix64 (Steele, Lea & Flood 2014): small, and the same on every machine.
pub struct Random(u64);

impl Random {
    /// From a seed.
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// A number below a bound.
    pub fn below(&mut self, bound: u64) -> u64 {
        self.next() % bound.max(1)
    }
}

/// Writes a workspace without a database: settings, a journey, and the log as CSV.
pub fn workspace(folder: &Path, touchpoints: u64, customers: u64) -> io::Result<()> {
    fs::create_dir_all(folder.join("journeys"))?;
    fs::write(folder.join("attent.yaml"), "language: en\njourney: customer\n")?;
    fs::write(folder.join("journeys/customer.yaml"), JOURNEY)?;
    let mut out = BufWriter::new(File::create(folder.join("log.csv"))?);
    log(&mut out, touchpoints, customers)?;
    out.flush()
}

/// The rows stand in the order of their moments, as an export has them.
fn log(out: &mut impl Write, touchpoints: u64, customers: u64) -> io::Result<()> {
    writeln!(out, "at,customer,channel,direction,sender,personal,kind,sentiment,stage,amount,minutes,note")?;
    let mut random = Random::new(SEED);
    let end: DateTime<Utc> = NOW.parse().map_err(io::Error::other)?;
    let span = DAYS * 86_400;
    for n in 0..touchpoints {
        let slot = n as i64 * span / touchpoints.max(1) as i64;
        let at = end - Duration::seconds(span - slot) + Duration::seconds(random.below(60) as i64);
        row(out, at.min(end - Duration::seconds(1)), customers, &mut random)?;
    }
    Ok(())
}

fn row(out: &mut impl Write, at: DateTime<Utc>, customers: u64, random: &mut Random) -> io::Result<()> {
    let who = random.below(customers) as usize;
    let (first, last) = (FIRST[who % FIRST.len()], LAST[who / FIRST.len() % LAST.len()]);
    let (channel, said, note) = kind(random.below(100));
    let felt = ["", "", "", "0.2", "0.5", "0.8", "-0.3"][random.below(7) as usize];
    let minutes = if matches!(channel, "phone" | "visit" | "video") { ["5", "15", "30"][random.below(3) as usize] } else { "" };
    writeln!(out, "{},{first} {last} {who:05},{channel},{said},{felt},,,{minutes},{note}", at.format("%Y-%m-%dT%H:%M:%SZ"))
}

fn kind(mut dice: u64) -> (&'static str, &'static str, &'static str) {
    for &(channel, often, said, note) in MIX {
        match dice.checked_sub(often) {
            None => return (channel, said, note),
            Some(rest) => dice = rest,
        }
    }
    ("email", ",,,", "")
}
