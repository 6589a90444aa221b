//! The first pass: what appointments need to know of each other.

use std::collections::{HashMap, HashSet};
use std::io::Read;

use chrono::{TimeDelta, TimeZone};

use crate::domain::calendar::Moment;
use crate::intake::records::{RecordError, digest};

use super::blocks::{Block, Blocks, Method, property_name};
use super::event::Event;
use super::instances::wall_of;
use super::repeats::Budget;
use super::stamp::Stamp;
use super::zones::Zones;

/// An instance of a series that is told anew.
#[derive(Debug, Clone)]
pub(super) struct Override {
    /// Which one.
    pub(super) instance: Stamp,
    /// Whether those that follow move along.
    pub(super) and_future: bool,
    /// When it takes place now.
    pub(super) start: Option<Stamp>,
    pub(super) cancelled: bool,
}

/// A version of an appointment; of equal names the last in order counts.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Version {
    name: u64,
    sequence: i32,
    number: u32,
}

/// What the first pass found.
pub(super) struct Survey<U> {
    pub(super) zones: Zones<U>,
    /// The instances told anew, by the name of their series.
    overrides: HashMap<u64, Vec<Override>>,
    /// The appointments of which there is a later version, by number.
    outdated: HashSet<u32>,
}

impl<U: TimeZone> Survey<U> {
    /// Reads all blocks.
    ///
    /// # Errors
    /// When the source cannot be read or is no calendar.
    pub(super) fn read<R: Read>(blocks: &mut Blocks<R>, zone: U, until: Moment, budget: &mut Budget) -> Result<Self, RecordError> {
        let horizon = wall_of(until) + TimeDelta::days(800);
        let mut zones = Zones::new(zone);
        let (mut versions, mut changes) = (Vec::new(), Vec::new());
        while let Some(block) = blocks.next()? {
            if block.zone {
                zones.learn(&block, horizon, budget);
            } else if block.method != Method::Answer && !block.too_long {
                let Some(uid) = value(&block, "UID") else { continue };
                if value(&block, "RECURRENCE-ID").is_some() {
                    changes.push((name(uid, &[]), block.number, change(&block)));
                } else {
                    let sequence = value(&block, "SEQUENCE").and_then(|number| number.parse().ok()).unwrap_or(0);
                    versions.push(Version { name: name(uid, &[]), sequence, number: block.number });
                }
            }
        }
        // zones may stand behind the appointments, so instances are only compared now
        let mut overrides: HashMap<u64, Vec<Override>> = HashMap::new();
        for (series, number, (change, sequence)) in changes {
            let Some(change) = change else { continue };
            let key = zones.key(&change.instance).to_le_bytes();
            versions.push(Version { name: name(&series.to_string(), &key), sequence, number });
            overrides.entry(series).or_default().push(change);
        }
        Ok(Self { zones, overrides, outdated: outdated(versions) })
    }

    /// The instances of this series that are told anew elsewhere.
    pub(super) fn changed(&self, block: &Block) -> &[Override] {
        let series = value(block, "UID").map(|uid| name(uid, &[]));
        series.and_then(|series| self.overrides.get(&series)).map_or(&[], Vec::as_slice)
    }

    /// Whether a later version of this appointment stands in the file.
    pub(super) fn is_outdated(&self, block: &Block) -> bool {
        self.outdated.contains(&block.number)
    }
}

fn change(block: &Block) -> (Option<Override>, i32) {
    let event = Event::read(&block.text);
    let sequence = event.sequence.clamp(i64::from(i32::MIN), i64::from(i32::MAX)) as i32;
    let start = event.start.clone();
    let cancelled = event.cancelled || block.method == Method::Cancel;
    let instance = event.instance.map(|stamp| start.iter().fold(stamp, |stamp, start| stamp.on_clock_of(start)));
    (instance.map(|instance| Override { instance, and_future: event.and_future, start, cancelled }), sequence)
}

/// Everything but the last version of each name.
fn outdated(mut versions: Vec<Version>) -> HashSet<u32> {
    versions.sort_unstable();
    versions.windows(2).filter(|pair| pair[0].name == pair[1].name).map(|pair| pair[0].number).collect()
}

fn name(uid: &str, instance: &[u8]) -> u64 {
    let [a, b, c, d, e, f, g, h, ..] = digest(&[uid.as_bytes(), instance]);
    u64::from_le_bytes([a, b, c, d, e, f, g, h])
}

/// The value of a property as it stands in the file.
fn value<'a>(block: &'a Block, property: &str) -> Option<&'a str> {
    let line = block.text.lines().find(|line| property_name(line.as_bytes()).eq_ignore_ascii_case(property.as_bytes()))?;
    let mut quoted = false;
    let colon = line.find(|c: char| {
        quoted ^= c == '"';
        c == ':' && !quoted
    })?;
    Some(line[colon + 1..].trim()).filter(|value| !value.is_empty())
}
