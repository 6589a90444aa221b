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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::text::Text;
    use crate::render::cell::Cell;
    use crate::render::document::{Block, Column, Document, Table};
    use crate::render::format::{Answer, Format, write};
    use crate::render::locale::Look;

    /// So many customers, whose names wrap differently from one thousand to the next.
    struct Street(usize);

    impl Many for Street {
        fn count(&self) -> usize {
            self.0
        }

        fn row(&self, at: usize) -> Row {
            let name = if at < 1_500 { format!("Anna {at}") } else { format!("Anna Margaretha Jansen-de Vries the {at}th") };
            let note = if at == 2_600 { Cell::name("x") } else { Cell::Empty };
            Row::from(vec![Cell::name(name), Cell::Warmth(Some((at % 100) as f64)), Cell::Count(at as i64), note, Cell::name("a\u{202e}b")])
        }

        fn json(&self, at: usize) -> Value {
            serde_json::json!({"at": at, "hidden": "a\u{202e}\u{9b}b\u{e0061}", "list": [], "map": {}})
        }

        fn id(&self, at: usize) -> String {
            format!("anna-{at}")
        }
    }

    fn columns() -> Vec<Column> {
        vec![
            Column::left("name", Text::same("name")),
            Column::left("warmth", Text::same("warmth")).expendable(1),
            Column::right("at", Text::same("at")),
            Column::left("note", Text::same("note")).unless(""),
            Column::left("raw", Text::same("raw")).machines_only(),
        ]
    }

    fn answer(table: Table, json: Value, ids: Vec<String>) -> Answer {
        let document = Document::new(Text::same("Street")).with(Block::Table(table));
        Answer { schema: "attent.street/1", json, rows_key: "rows", ids, document, calendar: None }
    }

    /// The same answer twice: with rows that are made, and with rows, JSON and ids that are held.
    fn both(count: usize) -> [Answer; 2] {
        let street = Street(count);
        let mut held = Table::new(columns()).main();
        (0..count).for_each(|at| held.push(street.row(at)));
        let rows: Vec<Value> = (0..count).map(|at| street.json(at)).collect();
        let ids = (0..count).map(|at| street.id(at)).collect();
        let whole = serde_json::json!({"before": 1, "rows": rows, "after": 2});
        let empty = serde_json::json!({"before": 1, "rows": [], "after": 2});
        [answer(Table::of_many(columns(), Arc::new(street)), empty, Vec::new()), answer(held, whole, ids)]
    }

    fn written(answer: &Answer, format: Format, look: &Look) -> String {
        let mut out = Vec::new();
        write(answer, format, look, &mut out).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn rows_that_are_made_are_written_like_rows_that_are_held() {
        for count in [0, 1, 2_700] {
            let [made, held] = both(count);
            assert_eq!(made.document, held.document);
            for format in Format::ALL.iter().copied().filter(|format| *format != Format::Ics) {
                for width in [None, Some(100), Some(60), Some(40)] {
                    let look = Look { width, ..Look::default() };
                    assert_eq!(written(&made, format, &look), written(&held, format, &look), "{count} {format:?} {width:?}");
                }
            }
        }
    }

    #[test]
    fn a_main_table_that_names_its_field_is_written_alike_and_leaves_the_ids_to_the_answer() {
        for count in [0, 1, 2_700] {
            let [mut made, mut held] = both(count);
            let table = Table::beside("rows", columns(), Arc::new(Street(count))).main();
            made.document.blocks = vec![Block::Table(table)];
            (made.ids, held.ids) = (vec!["a source".to_owned()], vec!["a source".to_owned()]);
            for format in Format::ALL.iter().copied().filter(|format| *format != Format::Ics) {
                for width in [None, Some(60), Some(40)] {
                    let look = Look { width, ..Look::default() };
                    assert_eq!(written(&made, format, &look), written(&held, format, &look), "{count} {format:?} {width:?}");
                }
            }
        }
    }

    #[test]
    fn rows_of_a_field_are_not_told_of_another() {
        let [made, _] = both(2);
        let table = Table::beside("others", columns(), Arc::new(Street(2))).main();
        let other = Answer { document: Document::new(Text::default()).with(Block::Table(table)), ..made };
        assert_eq!(written(&other, Format::Jsonl, &Look::default()), "");
        assert!(other.many_of("others").is_some() && other.many_of("rows").is_none());
    }

    #[test]
    fn a_long_table_is_drawn_as_wide_in_every_part() {
        let [made, _] = both(2_700);
        let look = Look { width: Some(60), ..Look::default() };
        let table = written(&made, Format::Table, &look);
        // A number ends where its column ends, whatever the names of the thousand rows around it look like.
        let end = |at: i64| {
            let number = look.count(at);
            let line = table.lines().find(|line| line.starts_with(&format!("Anna {at} ")) || at > 1_000 && line.contains(&number))?;
            Some(line[..line.rfind(&number)?].chars().count() + number.chars().count())
        };
        let ends: Vec<Option<usize>> = [900, 1_234, 2_650].into_iter().map(end).collect();
        assert!(ends[0].is_some(), "{table}");
        assert!(ends.windows(2).all(|pair| pair[0] == pair[1]), "{ends:?}");
    }

    #[test]
    fn what_is_hidden_in_a_string_is_escaped_and_reads_back_the_same() {
        let [made, _] = both(1);
        let written = written(&made, Format::Json, &Look::default());
        assert!(written.contains(r"a\u202e\u009bb\udb40\udc61") && !written.contains('\u{202e}'), "{written}");
        let back: Value = serde_json::from_str(&written).unwrap();
        assert_eq!(back["rows"][0]["hidden"], Street(1).json(0)["hidden"]);
    }
}
