//! How a standing is packed into one row, so that scoring reads one short row a customer.
//!
//! Little-endian: version (u8), latest (i64 ms, i64 id), moved (u8 flag, i64 ms, i64 id), current
//! stage number (u32), directions (3 × u32), promoted and met (u8 flag, i64 ms), the overall cell, then a
//! count (u32) of cells, each with its stage number (u32). A cell: count (u32), first, last (i64
//! ms), done (u64), ten sums (f64).

use anyhow::Result;

use super::trouble::odd;
use crate::domain::accumulators::{Cell, Sums};
use crate::domain::calendar::Moment;
use crate::domain::standing::Standing;
use crate::domain::touchpoint::TouchpointId;
use crate::text;

const VERSION: u8 = 2;

/// Packs a standing that has at least one touchpoint. `number` gives a stage's number.
pub fn pack(standing: &Standing, number: impl Fn(usize) -> u32) -> Option<Vec<u8>> {
    let (overall, latest, current) = (standing.overall?, standing.latest?, standing.current?);
    let mut out = Vec::with_capacity(192 + 112 * standing.cells.len());
    out.push(VERSION);
    put_time(&mut out, latest);
    out.push(u8::from(standing.moved.is_some()));
    put_time(&mut out, standing.moved.unwrap_or((Moment(0), TouchpointId(0))));
    out.extend(number(current).to_le_bytes());
    standing.directions.iter().for_each(|n| out.extend(n.to_le_bytes()));
    for moment in [standing.promoted, standing.met] {
        out.push(u8::from(moment.is_some()));
        out.extend(moment.unwrap_or_default().0.to_le_bytes());
    }
    put_cell(&mut out, &overall);
    let cells = standing.cells.iter().enumerate().filter_map(|(stage, cell)| Some((stage, cell.as_ref()?)));
    out.extend((cells.clone().count() as u32).to_le_bytes());
    for (stage, cell) in cells {
        out.extend(number(stage).to_le_bytes());
        put_cell(&mut out, cell);
    }
    Some(out)
}

fn put_time(out: &mut Vec<u8>, (at, id): (Moment, TouchpointId)) {
    out.extend(at.0.to_le_bytes());
    out.extend(id.0.to_le_bytes());
}

fn put_cell(out: &mut Vec<u8>, cell: &Cell) {
    out.extend(cell.count.to_le_bytes());
    out.extend(cell.first.0.to_le_bytes());
    out.extend(cell.last.0.to_le_bytes());
    out.extend(cell.done.to_le_bytes());
    put_sums(out, &cell.sums);
}

/// Packs ten sums.
pub fn put_sums(out: &mut Vec<u8>, sums: &Sums) {
    sums.to_array().iter().for_each(|sum| out.extend(sum.to_le_bytes()));
}

/// Unpacks ten sums.
pub fn take_sums(bytes: &[u8]) -> Result<Sums> {
    Ok(sums_at(Source(bytes).take::<SUMS>()?, 0))
}

/// The moment of the latest touchpoint of a packed standing; `None` when it cannot be told, which unpacking
/// then says the reason of.
pub fn latest(bytes: &[u8]) -> Option<Moment> {
    let (&[VERSION], rest) = bytes.split_first_chunk()? else { return None };
    rest.first_chunk().map(|bytes| Moment(i64::from_le_bytes(*bytes)))
}

/// Unpacks a standing into `into`, whose cells are cleared first. `place` gives a stage number's
/// place on the journey, `None` for another journey's; then the whole standing is of another
/// journey and false is returned.
pub fn unpack(bytes: &[u8], into: &mut Standing, place: impl Fn(u32) -> Option<usize>) -> Result<bool> {
    let mut source = Source(bytes);
    let version = source.take::<1>()?[0];
    if version != VERSION {
        return Err(odd(text!(
            "the sums of a customer have layout {version}; this program knows {VERSION}",
            "de sommen van een klant hebben indeling {version}; dit programma kent {VERSION}"
        ))
        .into());
    }
    into.cells.fill(None);
    into.latest = Some(source.time()?);
    let moved = source.take::<1>()?[0] != 0;
    into.moved = Some(source.time()?).filter(|_| moved);
    let Some(current) = place(source.u32()?) else { return Ok(false) };
    into.current = Some(current);
    into.directions = [source.u32()?, source.u32()?, source.u32()?];
    into.promoted = source.moment()?;
    into.met = source.moment()?;
    into.overall = Some(cell(source.take()?));
    for _ in 0..source.u32()? {
        let stage = place(source.u32()?);
        let bytes = source.take()?;
        let Some(stage) = stage else { return Ok(false) };
        into.cells[stage] = Some(cell(bytes));
    }
    Ok(true)
}

/// The bytes of ten sums.
const SUMS: usize = 80;
/// The bytes of a cell: count, first, last, done, sums.
const CELL: usize = 28 + SUMS;

struct Source<'a>(&'a [u8]);

impl<'a> Source<'a> {
    #[inline]
    fn take<const N: usize>(&mut self) -> Result<&'a [u8; N]> {
        let Some((head, rest)) = self.0.split_first_chunk::<N>() else { return Err(short()) };
        self.0 = rest;
        Ok(head)
    }

    #[inline]
    fn u32(&mut self) -> Result<u32> {
        Ok(u32::from_le_bytes(*self.take()?))
    }

    #[inline]
    fn i64(&mut self) -> Result<i64> {
        Ok(i64::from_le_bytes(*self.take()?))
    }

    #[inline]
    fn moment(&mut self) -> Result<Option<Moment>> {
        let known = self.take::<1>()?[0] != 0;
        Ok(Some(Moment(self.i64()?)).filter(|_| known))
    }

    #[inline]
    fn time(&mut self) -> Result<(Moment, TouchpointId)> {
        Ok((Moment(self.i64()?), TouchpointId(self.i64()?)))
    }
}

/// A cell is taken at once: with its length known, nothing in it has to be held against the end.
#[inline]
fn cell(bytes: &[u8; CELL]) -> Cell {
    Cell {
        count: u32::from_le_bytes(part(bytes, 0)),
        first: Moment(i64::from_le_bytes(part(bytes, 4))),
        last: Moment(i64::from_le_bytes(part(bytes, 12))),
        done: u64::from_le_bytes(part(bytes, 20)),
        sums: sums_at(bytes, 28),
    }
}

#[cold]
fn short() -> anyhow::Error {
    odd(text!("the sums of a customer are cut short", "de sommen van een klant zijn afgebroken")).into()
}

/// So many bytes from a place that is known to be there.
#[inline]
fn part<const ALL: usize, const N: usize>(bytes: &[u8; ALL], from: usize) -> [u8; N] {
    std::array::from_fn(|n| bytes[from + n])
}

#[inline]
fn sums_at<const ALL: usize>(bytes: &[u8; ALL], from: usize) -> Sums {
    Sums::from_array(std::array::from_fn(|n| f64::from_le_bytes(part(bytes, from + 8 * n))))
}
