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
/// Paths longer than this may be cut: a backup in its folder is to be copied whole.
const LONGEST_PATH: usize = 40;
/// The blocks of a warmth bar where room is short.
const SHORT_BAR: usize = 5;
/// The blocks of a warmth bar, as long as there is room and where there is less.
const SIZES: [usize; 2] = [BAR, SHORT_BAR];

/// A cell as a terminal shows it, with a warmth bar of a number of blocks.
pub fn shown(cell: &Cell, look: &Look, blocks: usize) -> String {
    clip(&cell.show_with_bar(look, blocks), LONGEST_CELL, look.sign("…", "..."))
}

/// The least and the natural width of a column.
#[derive(Clone, Copy)]
struct Need {
    least: usize,
    natural: usize,
}

impl Need {
    fn of_title(title: &str) -> Self {
        Self { least: longest_word(title).min(LONGEST_WORD), natural: width(title) }
    }

    /// Takes a cell in; wording wraps, and is `readable` wide before anything else gives way.
    fn hold(&mut self, text: &str, wraps: bool, readable: usize) {
        let natural = width(text);
        let least = if wraps { uncut(text).max(natural.min(readable)) } else { natural };
        (self.least, self.natural) = (self.least.max(least), self.natural.max(natural));
    }
}

/// The columns of the widest word that is not to be cut.
fn uncut(text: &str) -> usize {
    let most = |word: &str| if word.contains('/') { LONGEST_PATH } else { LONGEST_WORD };
    text.split(' ').map(|word| width(word).min(most(word))).max().unwrap_or(0)
}

/// A column that is shown.
#[derive(Clone, Copy)]
pub struct Shown {
    /// Its place in the table.
    pub index: usize,
    /// How wide it may be.
    pub width: usize,
    /// How wide it would like to be.
    pub natural: usize,
}

/// A table that fits.
pub struct Plan {
    /// The headings of all columns.
    pub titles: Vec<String>,
    /// The blocks of a warmth bar.
    pub blocks: usize,
    /// The columns that are shown.
    pub columns: Vec<Shown>,
    /// The columns that are left out.
    pub left_out: Vec<usize>,
}

/// Plans a table, or finds that it cannot be pleasant at this width. No row is kept.
pub fn plan(table: &Table, look: &Look) -> Option<Plan> {
    let limit = look.width.map_or(usize::MAX, usize::from);
    if limit < NARROW {
        return None;
    }
    let titles: Vec<String> = table.columns.iter().map(|column| look.text(&column.title)).collect();
    let mut sizes = SIZES.map(|_| titles.iter().map(|title| Need::of_title(title)).collect::<Vec<_>>());
    for row in table.rows.iter() {
        for (index, (column, cell)) in table.columns.iter().zip(row.cells.iter().chain(std::iter::repeat(&Cell::Empty))).enumerate() {
            let readable = if column.telling { READABLE.max(limit / TELLING_SHARE) } else { READABLE };
            let same = (!matches!(cell, Cell::Warmth(_))).then(|| shown(cell, look, BAR));
            for (needs, blocks) in sizes.iter_mut().zip(SIZES) {
                match &same {
                    Some(text) => needs[index].hold(text, cell.is_wording(), readable),
                    None => needs[index].hold(&shown(cell, look, blocks), cell.is_wording(), readable),
                }
            }
        }
    }
    let (size, columns) = choose(table, &sizes, limit)?;
    let natural = |index: usize| sizes[size].get(index).map_or(0, |need| need.natural);
    let columns: Vec<Shown> = columns.into_iter().map(|(index, width)| Shown { index, width, natural: natural(index) }).collect();
    let left_out = (0..table.columns.len()).filter(|index| columns.iter().all(|column| column.index != *index)).collect();
    Some(Plan { titles, blocks: SIZES[size], columns, left_out })
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
