//! The one model behind every format: a title, and blocks of text, facts and typed tables.

use std::sync::Arc;

use super::cell::Cell;
use super::rows::{Many, Rows};
use super::strip::Strip;
use crate::domain::text::Text;

/// An answer as a reader gets it.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Document {
    /// What it is.
    pub title: Text,
    /// The heading of a page of its own, for what has no title in a terminal.
    pub name: Text,
    /// As of when, for what.
    pub subtitle: Option<Text>,
    /// What it says, in order.
    pub blocks: Vec<Block>,
    /// The table that there would be if there were something to tell: CSV and TSV have its headings all the same.
    pub otherwise: Option<Table>,
}

impl Document {
    /// A document without blocks.
    pub fn new(title: Text) -> Self {
        Self { title, ..Self::default() }
    }

    /// Gives it a heading for where it is a page of its own.
    #[must_use]
    pub fn named(mut self, name: Text) -> Self {
        self.name = name;
        self
    }

    /// Adds the line under the title.
    #[must_use]
    pub fn subtitle(mut self, subtitle: Text) -> Self {
        self.subtitle = Some(subtitle);
        self
    }

    /// Says which table there would be if there were something to tell.
    #[must_use]
    pub fn otherwise(mut self, table: Table) -> Self {
        self.otherwise = Some(table);
        self
    }

    /// Adds a block.
    #[must_use]
    pub fn with(mut self, block: Block) -> Self {
        self.blocks.push(block);
        self
    }

    /// The table that CSV and TSV write: the first one marked as main, else the first one.
    pub fn main_table(&self) -> Option<&Table> {
        let tables = || {
            self.blocks.iter().filter_map(|block| match block {
                Block::Table(table) => Some(table),
                _ => None,
            })
        };
        tables().find(|table| table.main).or_else(|| tables().next()).or(self.otherwise.as_ref())
    }
}

/// A part of a document.
#[derive(Debug, Clone, PartialEq)]
pub enum Block {
    /// Rows of typed cells.
    Table(Table),
    /// A paragraph.
    Text(Text),
    /// A heading above what follows.
    Heading(Text),
    /// A short list of names with their values.
    Facts(Vec<(Text, Cell)>),
    /// A year at a glance, with a line that says what its marks mean.
    Strip(Strip),
    /// A list of sentences.
    List(Vec<Text>),
    /// What to try next; only in the terminal.
    Hint(Text),
}

/// Rows of typed cells under named columns.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Table {
    /// The columns.
    pub columns: Vec<Column>,
    /// The rows, with a cell for each column.
    pub rows: Rows,
    /// Whether this is the table that CSV and TSV write.
    pub main: bool,
    /// The field of the JSON document that holds the same rows, when they are many and the ids of the answer are not
    /// theirs: of a table beside the main one, or of a main one of what has no ids.
    pub field: Option<&'static str>,
}

impl Table {
    /// An empty table.
    pub fn new(columns: Vec<Column>) -> Self {
        Self { columns, rows: Rows::default(), main: false, field: None }
    }

    /// A table of many rows, each made when a format asks for it; JSON and ids have the same rows.
    pub fn of_many(columns: Vec<Column>, rows: Arc<dyn Many>) -> Self {
        Self { columns, rows: Rows::Made(rows), main: true, field: None }
    }

    /// A table of many rows that a field of the JSON document has too, beside the main table unless it is marked as such.
    pub fn beside(field: &'static str, columns: Vec<Column>, rows: Arc<dyn Many>) -> Self {
        Self { main: false, field: Some(field), ..Self::of_many(columns, rows) }
    }

    /// Marks it as the table that CSV and TSV write.
    #[must_use]
    pub fn main(mut self) -> Self {
        self.main = true;
        self
    }

    /// The table as people read it: without the columns that are there for machines, and without those
    /// in which no row has anything to tell.
    pub fn for_people(&self) -> Self {
        let told = self.telling();
        let shown: Vec<usize> = (0..self.columns.len()).filter(|&index| told[index]).collect();
        Self {
            columns: shown.iter().filter_map(|&index| self.columns.get(index).cloned()).collect(),
            rows: self.rows.of_columns(&shown),
            main: self.main,
            field: self.field,
        }
    }

    /// For each column whether people see it. The rows are gone through once, and no further than needed.
    fn telling(&self) -> Vec<bool> {
        let mut told: Vec<bool> = self.columns.iter().map(|column| !column.machines_only && column.usual.is_none()).collect();
        let mut asked: Vec<usize> = (0..told.len()).filter(|&index| !told[index] && !self.columns[index].machines_only).collect();
        for row in self.rows.iter() {
            if asked.is_empty() {
                break;
            }
            asked.retain(|&index| {
                told[index] = row.cells.get(index).is_some_and(|cell| self.columns[index].tells(cell));
                !told[index]
            });
        }
        told
    }

    /// Adds a row.
    pub fn push(&mut self, row: impl Into<Row>) {
        self.rows.push(row.into());
    }
}

/// On which side the cells of a column stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Align {
    /// Words.
    #[default]
    Left,
    /// Numbers.
    Right,
}

/// A column of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    /// The stable English name in machine formats.
    pub key: &'static str,
    /// The heading people read.
    pub title: Text,
    /// Where the cells stand.
    pub align: Align,
    /// How soon a narrow terminal leaves it out: 0 never, the highest number first.
    pub expendable: u8,
    /// Whether only CSV and TSV have it.
    pub machines_only: bool,
    /// The word that tells nothing, as almost every row has it; `Some("")` for nothing at all. People see
    /// the column only when some row has something else.
    pub usual: Option<&'static str>,
    /// Whether it is what the table is read for: on a terminal it gets a third of the width before
    /// expendable columns get any.
    pub telling: bool,
}

impl Column {
    /// A column of words that is always shown.
    pub fn left(key: &'static str, title: Text) -> Self {
        Self { key, title, align: Align::Left, expendable: 0, machines_only: false, usual: None, telling: false }
    }

    /// A column of numbers that is always shown.
    pub fn right(key: &'static str, title: Text) -> Self {
        Self { align: Align::Right, ..Self::left(key, title) }
    }

    /// Lets a narrow terminal leave it out; the highest number goes first.
    #[must_use]
    pub fn expendable(mut self, order: u8) -> Self {
        self.expendable = order;
        self
    }

    /// Leaves it to CSV and TSV.
    #[must_use]
    pub fn machines_only(mut self) -> Self {
        self.machines_only = true;
        self
    }

    /// Shows it to people only when some row has something else than this word; `""` for anything.
    #[must_use]
    pub fn unless(mut self, usual: &'static str) -> Self {
        self.usual = Some(usual);
        self
    }

    /// Makes it the column that the table is read for.
    #[must_use]
    pub fn telling(mut self) -> Self {
        self.telling = true;
        self
    }

    /// Whether a cell of this column says more than nothing or the usual.
    pub fn tells(&self, cell: &Cell) -> bool {
        match cell {
            Cell::Empty => false,
            Cell::List(words) => !words.is_empty(),
            Cell::Text(text) => !text.is_empty(),
            Cell::Word(word) => self.usual != Some(word.id.as_str()),
            _ => true,
        }
    }
}

/// A row of a table.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Row {
    /// A cell for each column; what is missing is empty.
    pub cells: Vec<Cell>,
    /// The tone of the whole row, for cells that have none of their own.
    pub tone: Option<Tone>,
}

impl Row {
    /// The row with only the cells of some columns.
    #[must_use]
    pub fn of_columns(&self, shown: &[usize]) -> Self {
        let cells = shown.iter().map(|&index| self.cells.get(index).cloned().unwrap_or(Cell::Empty)).collect();
        Self { cells, tone: self.tone }
    }

    /// Gives the whole row a tone.
    #[must_use]
    pub fn tone(mut self, tone: Tone) -> Self {
        self.tone = Some(tone);
        self
    }
}

impl From<Vec<Cell>> for Row {
    fn from(cells: Vec<Cell>) -> Self {
        Self { cells, tone: None }
    }
}

/// The feeling of a value, shown as colour beside words and numbers that say the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tone {
    /// Warmth below 20.
    IceCold,
    /// Warmth below 40.
    Cold,
    /// Warmth below 60.
    Lukewarm,
    /// Warmth below 80.
    Warm,
    /// Warmth from 80.
    Cordial,
    /// Something that needs attention.
    Alert,
    /// A heading.
    Strong,
    /// Something by the way.
    Quiet,
}

impl Tone {
    /// Every tone.
    pub const ALL: [Self; 8] =
        [Self::IceCold, Self::Cold, Self::Lukewarm, Self::Warm, Self::Cordial, Self::Alert, Self::Strong, Self::Quiet];

    /// The tone of a warmth, by the bands of METHOD §1.2.
    pub fn of_warmth(warmth: f64) -> Self {
        match warmth {
            w if w < 20.0 => Self::IceCold,
            w if w < 40.0 => Self::Cold,
            w if w < 60.0 => Self::Lukewarm,
            w if w < 80.0 => Self::Warm,
            _ => Self::Cordial,
        }
    }

    /// The name in a style sheet.
    pub fn class(self) -> &'static str {
        match self {
            Self::IceCold => "ice-cold",
            Self::Cold => "cold",
            Self::Lukewarm => "lukewarm",
            Self::Warm => "warm",
            Self::Cordial => "cordial",
            Self::Alert => "alert",
            Self::Strong => "strong",
            Self::Quiet => "quiet",
        }
    }
}
