//! What every column that can hold words or bytes holds: the one list that forgetting goes by.

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Holds {
    /// What people wrote: mentions of somebody are taken out.
    Prose,
    /// What another customer is known by: a mention stays, and is pointed out.
    Name,
    /// Words of the program or of journeys, codes, digests, sums.
    Word,
    /// Something a module of its own looks after: the journal, and what was in sources.
    Apart,
}

use Holds::{Apart, Name, Prose, Word};

/// A table and its columns of words or bytes.
pub type Columns = (&'static str, &'static [(&'static str, Holds)]);

/// Every table that has such columns.
pub const TEXTS: &[Columns] = &[
    ("settings", &[("key", Word), ("value", Word)]),
    ("stages", &[("journey", Word), ("stage", Word)]),
    ("entries", &[("verb", Word), ("summary", Apart)]),
    (
        "customers",
        &[
            ("name", Name),
            ("folded", Word),
            ("segment", Prose),
            ("journey", Word),
            ("gifts", Word),
            ("notes", Prose),
            ("organisation", Prose),
            ("origin", Prose),
        ],
    ),
    ("customer_keys", &[("folded", Word), ("key", Name)]),
    ("touchpoints", &[("note", Prose), ("tags", Prose), ("source", Prose), ("key", Word)]),
    ("incidents", &[("stage", Word), ("kind", Prose), ("what", Prose), ("owner", Prose), ("lesson", Prose)]),
    ("standings", &[("sums", Word)]),
    ("days", &[("sums", Word)]),
    ("particulars", &[("what", Prose), ("value", Prose), ("source", Prose)]),
    ("cards", &[("key", Word), ("content", Word)]),
    ("refused", &[("key", Word)]),
    ("sources", &[("id", Apart), ("settings", Apart), ("stamp", Apart), ("ends", Apart)]),
    ("changes", &[("tbl", Word), ("row", Apart), ("before", Apart)]),
    ("former_touchpoints", &[("note", Prose), ("tags", Prose), ("source", Prose), ("key", Word)]),
    (
        "nudges",
        &[("place", Word), ("rule", Word), ("play", Word), ("because_en", Prose), ("because_nl", Prose), ("state", Word), ("why", Prose)],
    ),
    (
        "gifts",
        &[
            ("state", Word),
            ("what", Prose),
            ("occasion", Prose),
            ("why", Prose),
            ("given_by", Prose),
            ("approved", Prose),
            ("against", Prose),
        ],
    ),
    ("referrals", &[("outcome", Prose)]),
    ("forgotten", &[("digest", Word)]),
];

/// What a column holds; `None` for what is not in the list.
pub fn holds(table: &str, column: &str) -> Option<Holds> {
    let (_, columns) = TEXTS.iter().find(|(name, _)| *name == table)?;
    columns.iter().find(|(name, _)| *name == column).map(|(_, holds)| *holds)
}

#[cfg(test)]
mod tests {
    use crate::domain::course::Course;
    use crate::domain::journey::{Journey, Stage};
    use crate::domain::model::Model;
    use crate::ledger::Ledger;

    use super::*;

    #[test]
    fn every_column_of_the_schema_that_can_hold_words_is_in_the_list() {
        let folder = tempfile::tempdir().unwrap();
        let stages = vec![Stage { id: "s".into(), ..Stage::default() }];
        let course = Course::new(Journey { id: "j".into(), title: "J".into(), stages }, &Model::default());
        let (ledger, _) = Ledger::open(&folder.path().join("attent.db"), vec![course], 0).unwrap();
        let sql =
            "SELECT t.name, c.name FROM pragma_table_list t, pragma_table_xinfo(t.name) c WHERE t.schema = 'main' AND t.type = 'table'
             AND t.name NOT LIKE 'sqlite_%' AND upper(c.type) NOT IN ('INTEGER', 'INT', 'REAL') ORDER BY 1, 2";
        let mut select = ledger.db.prepare(sql).unwrap();
        let schema: Vec<(String, String)> =
            select.query_map([], |row| Ok((row.get(0)?, row.get(1)?))).unwrap().collect::<rusqlite::Result<_>>().unwrap();
        let mut listed: Vec<(String, String)> = TEXTS
            .iter()
            .flat_map(|(table, columns)| columns.iter().map(|(column, _)| ((*table).to_owned(), (*column).to_owned())))
            .collect();
        listed.sort();
        assert_eq!(listed, schema, "a new column has to say what it holds, so that forgetting does not pass it by");
    }
}
