//! The rows of a table: a few that are held, or many that are made one by one when a format asks for them, so that
//! an answer of a hundred thousand rows takes no more memory than what it is made from.

use std::borrow::Cow;
use std::fmt::{self, Debug};
use std::sync::Arc;

use serde_json::Value;

use super::document::Row;

/// Many rows, each of which is made when it is asked for: the same row every time.
pub trait Many: Send + Sync {
    /// How many there are.
    fn count(&self) -> usize;
    /// The cells of the row at a place.
    fn row(&self, at: usize) -> Row;
    /// The same row in JSON, where the rows of the answer's `rows_key` stand.
    fn json(&self, at: usize) -> Value;
    /// The id of the row, for another command to read.
    fn id(&self, at: usize) -> String;
}

/// The rows of a table.
#[derive(Clone)]
pub enum Rows {
    /// Those that are held.
    Held(Vec<Row>),
    /// Those that are made when they are asked for.
    Made(Arc<dyn Many>),
}

impl Rows {
    /// How many there are.
    pub fn len(&self) -> usize {
        match self {
            Self::Held(rows) => rows.len(),
            Self::Made(many) => many.count(),
        }
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The row at a place; an empty one where there is none.
    pub fn at(&self, place: usize) -> Cow<'_, Row> {
        match self {
            Self::Held(rows) => rows.get(place).map_or_else(|| Cow::Owned(Row::default()), Cow::Borrowed),
            Self::Made(many) => Cow::Owned(many.row(place)),
        }
    }

    /// All of them, in order.
    pub fn iter(&self) -> impl Iterator<Item = Cow<'_, Row>> {
        (0..self.len()).map(|place| self.at(place))
    }

    /// Adds a row; what was made before is held from then on.
    pub fn push(&mut self, row: Row) {
        if let Self::Made(_) = self {
            *self = Self::Held(self.iter().map(Cow::into_owned).collect());
        }
        if let Self::Held(rows) = self {
            rows.push(row);
        }
    }

    /// The rows with only the cells of some columns.
    pub fn of_columns(&self, shown: &[usize]) -> Self {
        match self {
            Self::Held(rows) => Self::Held(rows.iter().map(|row| row.of_columns(shown)).collect()),
            Self::Made(many) => Self::Made(Arc::new(OfColumns { many: many.clone(), shown: shown.into() })),
        }
    }
}

/// Many rows with only the cells of some columns.
struct OfColumns {
    many: Arc<dyn Many>,
    shown: Box<[usize]>,
}

impl Many for OfColumns {
    fn count(&self) -> usize {
        self.many.count()
    }

    fn row(&self, at: usize) -> Row {
        self.many.row(at).of_columns(&self.shown)
    }

    fn json(&self, at: usize) -> Value {
        self.many.json(at)
    }

    fn id(&self, at: usize) -> String {
        self.many.id(at)
    }
}

impl Default for Rows {
    fn default() -> Self {
        Self::Held(Vec::new())
    }
}

impl PartialEq for Rows {
    fn eq(&self, other: &Self) -> bool {
        self.len() == other.len() && self.iter().zip(other.iter()).all(|(one, other)| one == other)
    }
}

impl Debug for Rows {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.iter()).finish()
    }
}
