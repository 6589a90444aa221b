//! Which columns a table shows on a terminal, and how wide: all of them at their own width if
//! they fit; else wording wraps, then bars shorten, then expendable columns go; else there is no
//! table, and the rows are written one under the other.

use super::cell::{BAR, Cell};
use super::document::Table;
use super::locale::Look;
use super::wrap::{clip, longest_word, width};

/// The spaces between two columns.
pub const GAP: usize = 2;
/// Below this width a table is no longer pleasant.
const NARROW: usize = 50;
/// More of one cell than this is not for a terminal.
const LONGEST_CELL: usize = 200;
/// A column of wording is at least this wide before anything else gives way.
const READABLE: usize = 12;
/// A column that the table is read for gets this share of the width first.
const TELLING_SHARE: usize = 3;
/// Words longer than this may be cut.
const LONGEST_WORD: usize = 24;
/// The blocks of a warmth bar where room is short.
const SHORT_BAR: usize = 5;

/// The shown texts of a table.
pub struct Sheet {
    /// The headings.
    pub titles: Vec<String>,
    /// The cells, one for each heading in every row.
    pub rows: Vec<Vec<String>>,
}

impl Sheet {
    /// Shows every cell, with warmth bars of a number of blocks.
    pub fn new(table: &Table, look: &Look, blocks: usize) -> Self {
        let mark = look.sign("…", "...");
        let titles = table.columns.iter().map(|column| look.text(&column.title)).collect();
        let rows = table.rows.iter().map(|row| {
            let cells = row.cells.iter().chain(std::iter::repeat(&Cell::Empty)).take(table.columns.len());
            cells.map(|cell| clip(&cell.show_with_bar(look, blocks), LONGEST_CELL, mark)).collect()
        });
        Self { titles, rows: rows.collect() }
    }

    /// The least and the natural width of a column.
    fn need(&self, table: &Table, index: usize, limit: usize) -> Need {
        let telling = table.columns.get(index).is_some_and(|column| column.telling);
        let readable = if telling { READABLE.max(limit / TELLING_SHARE) } else { READABLE };
        let title = self.titles.get(index).map_or("", String::as_str);
        let mut need = Need { least: longest_word(title).min(LONGEST_WORD), natural: width(title) };
        for (row, texts) in table.rows.iter().zip(&self.rows) {
            let text = texts.get(index).map_or("", String::as_str);
            let natural = width(text);
            let wraps = row.cells.get(index).is_some_and(Cell::is_wording);
            let least = if wraps { longest_word(text).min(LONGEST_WORD).max(natural.min(readable)) } else { natural };
            need = Need { least: need.least.max(least), natural: need.natural.max(natural) };
        }
        need
    }
}

#[derive(Clone, Copy)]
struct Need {
    least: usize,
    natural: usize,
}

/// A table that fits.
pub struct Plan {
    /// The texts.
    pub sheet: Sheet,
    /// The columns that are shown, with their widths.
    pub columns: Vec<(usize, usize)>,
    /// The columns that are left out.
    pub left_out: Vec<usize>,
}

/// Plans a table, or finds that it cannot be pleasant at this width.
pub fn plan(table: &Table, look: &Look) -> Option<Plan> {
    let limit = look.width.map_or(usize::MAX, usize::from);
    if limit < NARROW {
        return None;
    }
    let sheets = [BAR, SHORT_BAR].map(|blocks| Sheet::new(table, look, blocks));
    let needs = sheets.each_ref().map(|sheet| (0..table.columns.len()).map(|index| sheet.need(table, index, limit)).collect::<Vec<_>>());
    let (size, columns) = choose(table, &needs, limit)?;
    let left_out = (0..table.columns.len()).filter(|index| columns.iter().all(|column| column.0 != *index)).collect();
    Some(Plan { sheet: sheets.into_iter().nth(size)?, columns, left_out })
}

/// The first size that fits with the fewest columns left out, and the widths of what it shows.
fn choose(table: &Table, sizes: &[Vec<Need>], limit: usize) -> Option<(usize, Vec<(usize, usize)>)> {
    let mut shown: Vec<usize> = (0..table.columns.len()).collect();
    loop {
        let fitting = sizes.iter().enumerate().find_map(|(size, needs)| Some((size, widths(&shown, needs, limit)?)));
        if fitting.is_some() {
            return fitting;
        }
        let order = |index: &usize| table.columns.get(*index).map_or(0, |column| column.expendable);
        let gone = shown.iter().copied().filter(|index| order(index) > 0).max_by_key(order)?;
        shown.retain(|index| *index != gone);
    }
}

/// Gives every column its least width, and what is left to the column that lacks most.
fn widths(shown: &[usize], needs: &[Need], limit: usize) -> Option<Vec<(usize, usize)>> {
    let mut columns: Vec<(usize, usize, usize)> =
        shown.iter().filter_map(|&index| needs.get(index).map(|need| (index, need.least, need.natural))).collect();
    let gaps = GAP * columns.len().saturating_sub(1);
    let least: usize = columns.iter().map(|column| column.1).sum();
    let mut room = limit.checked_sub(least + gaps)?;
    while let Some(column) = columns.iter_mut().max_by_key(|column| column.2 - column.1).filter(|column| column.2 > column.1) {
        if room == 0 {
            break;
        }
        column.1 += 1;
        room -= 1;
    }
    Some(columns.into_iter().map(|(index, width, _)| (index, width)).collect())
}
