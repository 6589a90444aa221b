//! Which tables and columns an export has, in the order in which they are written, and how each is
//! written. Reading goes by the same list.

use super::form::Form::{self, Before, Flag, Hex, Id, Key, Long, Moment, Name, Real, Stage, Text, Whole};
use crate::domain::words::{Channel, Direction, Kind, Personal, Sender, Severity};

/// A table of the log.
#[derive(Debug)]
pub struct Table {
    /// Its name.
    pub name: &'static str,
    /// Its columns, in the order in which they stand in a line.
    pub columns: &'static [(&'static str, Form)],
    /// Its key, by which its rows are ordered.
    pub key: &'static str,
    /// Which of its rows cannot be rebuilt.
    pub only: &'static str,
}

const fn table(name: &'static str, key: &'static str, columns: &'static [(&'static str, Form)]) -> Table {
    Table { name, columns, key, only: "1" }
}

impl Table {
    /// The table of this name.
    pub fn named(name: &str) -> Option<&'static Self> {
        TABLES.iter().find(|table| table.name == name)
    }

    /// How a column is written.
    pub fn form(&self, column: &str) -> Option<Form> {
        self.columns.iter().find(|(name, _)| *name == column).map(|(_, form)| *form)
    }

    /// Whether its rows are known by a number.
    pub fn is_numbered(&self) -> bool {
        matches!(self.columns, [(_, Id(_)), ..])
    }

    /// Whether its rows may have a number up to this.
    pub fn may_be_numbered(&self, highest: i64) -> bool {
        matches!(self.columns, [(_, Id(most)), ..] if (0..=*most).contains(&highest))
    }

    /// The names of the columns, for SQL.
    pub fn names(&self) -> String {
        self.columns.iter().map(|(name, _)| *name).collect::<Vec<_>>().join(", ")
    }
}

/// What can be made anew from the rest, and is not exported.
pub const REBUILT: &[&str] = &["standings", "days"];

/// Numbers that are places in memory somewhere have a limit, far above what a log comes to: a file that
/// says otherwise was not made by an export.
const STAGE: Form = Id(1_000_000);
const CUSTOMER: Form = Id(2_000_000);
const TOUCHPOINT: Form = Id(10_000_000_000);
const ROW: Form = Id(1_000_000_000_000);
/// Whole numbers that JSON holds exactly everywhere (RFC 8259 §6); amounts are in cents.
const NUMBER: Form = Whole(-9_007_199_254_740_991, 9_007_199_254_740_991);
const CENTS: Form = NUMBER;
const MINUTES: Form = Whole(0, u32::MAX as i64);

macro_rules! word {
    ($words:ty) => {
        Form::Word(
            |code| <$words>::from_code(code).map(<$words>::word),
            |word| <$words>::ALL.iter().find(|value| value.word() == word).map(|value| value.code()),
        )
    };
}

/// What a touchpoint is made of, but for its numbers.
const CHANNEL: Form = word!(Channel);
const DIRECTION: Form = word!(Direction);
const SENDER: Form = word!(Sender);
const PERSONAL: Form = word!(Personal);
const KIND: Form = word!(Kind);
const SEVERITY: Form = word!(Severity);

/// Everything that cannot be rebuilt; what others refer to goes first.
pub const TABLES: &[Table] = &[
    // The name a log goes by among its copies (`backup/whose`) is of one file, and goes to no other.
    Table { only: "key NOT IN ('fingerprint', 'came_late', 'log_name')", ..table("settings", "key", &[("key", Text), ("value", Text)]) },
    table("stages", "id", &[("id", STAGE), ("journey", Text), ("stage", Text)]),
    table(
        "entries",
        "id",
        &[
            ("id", ROW),
            ("at", Moment),
            ("verb", Text),
            ("summary", Text),
            ("undone", Moment),
            ("first_touchpoint", NUMBER),
            ("last_touchpoint", NUMBER),
            ("undoes", ROW),
            ("erased", Whole(0, 2)),
        ],
    ),
    table(
        "customers",
        "id",
        &[
            ("id", CUSTOMER),
            ("name", Name),
            ("folded", Name),
            ("segment", Name),
            ("journey", Text),
            ("since", Moment),
            ("no_contact", Flag),
            ("gifts", Text),
            ("gift_cap", CENTS),
            ("notes", Text),
            ("entry", ROW),
            ("organisation", Name),
            ("gift_cap_year", CENTS),
            ("gift_approval", Flag),
            ("gift_office", Flag),
            ("origin", Text),
        ],
    ),
    table("customer_keys", "folded", &[("folded", Name), ("key", Name), ("customer", CUSTOMER)]),
    table("particulars", "id", &[("id", ROW), ("customer", CUSTOMER), ("what", Text), ("value", Text), ("source", Text)]),
    table("cards", "id", &[("id", ROW), ("key", Text), ("customer", CUSTOMER), ("content", Text)]),
    table("refused", "id", &[("id", ROW), ("key", Text), ("customer", CUSTOMER)]),
    table(
        "sources",
        "id",
        &[("id", Text), ("settings", Text), ("stamp", Text), ("people", NUMBER), ("next", Moment), ("read", Moment), ("ends", Long)],
    ),
    table(
        "incidents",
        "id",
        &[
            ("id", ROW),
            ("customer", CUSTOMER),
            ("stage", Text),
            ("severity", SEVERITY),
            ("kind", Text),
            ("what", Text),
            ("owner", Text),
            ("opened", Moment),
            ("acknowledged", Moment),
            ("resolved", Moment),
            ("personal", Flag),
            ("generous", Real),
            ("quality", Real),
            ("entry", ROW),
            ("loss", CENTS),
            ("extra", CENTS),
            ("lesson", Text),
            ("checked", Moment),
            ("satisfied", Real),
        ],
    ),
    table(
        "nudges",
        "id",
        &[
            ("id", ROW),
            ("customer", CUSTOMER),
            ("place", Text),
            ("rule", Text),
            ("play", Text),
            ("because_en", Text),
            ("because_nl", Text),
            ("minutes", MINUTES),
            ("cost", CENTS),
            ("owed", Flag),
            ("opened", Moment),
            ("due", Moment),
            ("state", Text),
            ("snoozed", Moment),
            ("ended", Moment),
            ("why", Text),
            ("touchpoint", TOUCHPOINT),
            ("told", Moment),
        ],
    ),
    table(
        "gifts",
        "id",
        &[
            ("id", ROW),
            ("customer", CUSTOMER),
            ("state", Text),
            ("what", Text),
            ("value", CENTS),
            ("day", Moment),
            ("occasion", Text),
            ("why", Text),
            ("given_by", Text),
            ("approved", Text),
            ("against", Text),
            ("touchpoint", TOUCHPOINT),
        ],
    ),
    table(
        "referrals",
        "id",
        &[
            ("id", ROW),
            ("customer", CUSTOMER),
            ("referrer", CUSTOMER),
            ("at", Moment),
            ("thanked", Moment),
            ("told", Moment),
            ("outcome", Text),
            ("reward", CENTS),
            ("reward_referred", CENTS),
        ],
    ),
    table(
        "touchpoints",
        "id",
        &[
            ("id", TOUCHPOINT),
            ("customer", CUSTOMER),
            ("at", Moment),
            ("channel", CHANNEL),
            ("direction", DIRECTION),
            ("sender", SENDER),
            ("personal", PERSONAL),
            ("kind", KIND),
            ("sentiment", Real),
            ("said", Stage),
            ("stage", Stage),
            ("amount", CENTS),
            ("minutes", MINUTES),
            ("note", Text),
            ("tags", Text),
            ("source", Text),
            ("entry", ROW),
            ("key", Hex),
        ],
    ),
    table(
        "former_touchpoints",
        "by, id",
        &[
            ("by", ROW),
            ("was", Flag),
            ("id", TOUCHPOINT),
            ("customer", CUSTOMER),
            ("at", Moment),
            ("channel", CHANNEL),
            ("direction", DIRECTION),
            ("sender", SENDER),
            ("personal", PERSONAL),
            ("kind", KIND),
            ("sentiment", Real),
            ("said", Stage),
            ("stage", Stage),
            ("amount", CENTS),
            ("minutes", MINUTES),
            ("note", Text),
            ("tags", Text),
            ("source", Text),
            ("entry", ROW),
            ("key", Hex),
        ],
    ),
    table(
        "anonymous_contacts",
        "stage, day, channel, direction, sender, personal, kind, sentiment",
        &[
            ("stage", Stage),
            ("day", NUMBER),
            ("channel", CHANNEL),
            ("direction", DIRECTION),
            ("sender", SENDER),
            ("personal", PERSONAL),
            ("kind", KIND),
            ("sentiment", Real),
            ("contacts", NUMBER),
        ],
    ),
    table("forgotten", "digest", &[("digest", Hex), ("person", ROW), ("until", Moment)]),
    table("changes", "seq", &[("seq", ROW), ("entry", ROW), ("tbl", Form::Table), ("row", Key), ("before", Before)]),
];

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::domain::course::Course;
    use crate::domain::journey::{Journey, Stage};
    use crate::domain::model::Model;
    use crate::ledger::Ledger;

    /// The columns of every table of a new log, and those of them that may be NULL and yet have a default.
    fn schema() -> (BTreeMap<String, Vec<String>>, Vec<String>) {
        let folder = tempfile::tempdir().unwrap();
        let stages = vec![Stage { id: "s".into(), ..Stage::default() }];
        let course = Course::new(Journey { id: "j".into(), title: "J".into(), stages }, &Model::default());
        let (ledger, _) = Ledger::open(&folder.path().join("attent.db"), vec![course], 0).unwrap();
        let sql = "SELECT t.name, c.name, c.\"notnull\" = 0 AND c.dflt_value IS NOT NULL FROM sqlite_schema t, pragma_table_info(t.name) c
             WHERE t.type = 'table' AND t.name NOT LIKE 'sqlite_%' ORDER BY t.name, c.cid";
        let mut select = ledger.db.prepare(sql).unwrap();
        let rows = select.query_map([], |row| Ok((row.get::<_, String>(0)?, row.get::<_, String>(1)?, row.get::<_, bool>(2)?))).unwrap();
        let (mut found, mut odd) = (BTreeMap::<String, Vec<String>>::new(), Vec::new());
        for (table, column, default) in rows.map(Result::unwrap) {
            odd.extend(default.then(|| format!("{table}.{column}")));
            found.entry(table).or_default().push(column);
        }
        (found, odd)
    }

    #[test]
    fn every_table_and_column_is_exported_or_rebuilt() {
        let (mut found, odd) = schema();
        REBUILT.iter().for_each(|table| assert!(found.remove(*table).is_some(), "{table}"));
        let own = |table: &Table| (table.name.to_owned(), table.columns.iter().map(|(name, _)| (*name).to_owned()).collect());
        let listed: BTreeMap<String, Vec<String>> = TABLES.iter().map(own).collect();
        assert_eq!(listed, found, "a new table or column of the log belongs in ledger/export/tables.rs");
        // A NULL is left out, and what is left out gets the default.
        assert_eq!(odd, [""; 0], "a column that may be NULL and has a default would not come back as NULL");
    }

    #[test]
    fn a_row_comes_after_what_it_refers_to() {
        let folder = tempfile::tempdir().unwrap();
        let (ledger, _) = Ledger::open(&folder.path().join("attent.db"), Vec::new(), 0).unwrap();
        let place = |name: &str| TABLES.iter().position(|table| table.name == name).unwrap();
        for table in TABLES {
            let mut select = ledger.db.prepare("SELECT \"table\" FROM pragma_foreign_key_list(?1)").unwrap();
            for parent in select.query_map([table.name], |row| row.get::<_, String>(0)).unwrap().map(Result::unwrap) {
                assert!(place(&parent) < place(table.name), "{} before {parent}", table.name);
            }
        }
    }
}
