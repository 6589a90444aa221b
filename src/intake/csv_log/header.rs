//! The header line: which separator, which columns, where.

use csv::ByteRecord;

use crate::domain::text::Text;
use crate::text;

/// The columns a log may have; the first three it must have.
pub const COLUMNS: [&str; 13] =
    ["at", "customer", "channel", "direction", "sender", "personal", "kind", "sentiment", "stage", "amount", "minutes", "note", "tags"];

/// How many of [`COLUMNS`] may not be missing.
const REQUIRED: usize = 3;

/// How much alike a wrong name must be to a right one for a "did you mean".
const ALIKE: f64 = 0.75;

/// A column, by its place in [`COLUMNS`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Column {
    At,
    Customer,
    Channel,
    Direction,
    Sender,
    Personal,
    Kind,
    Sentiment,
    Stage,
    Amount,
    Minutes,
    Note,
    Tags,
}

impl Column {
    pub(super) fn name(self) -> &'static str {
        COLUMNS[self as usize]
    }
}

/// Where each column stands in this file.
#[derive(Debug, Clone)]
pub(super) struct Layout {
    places: [Option<usize>; COLUMNS.len()],
    /// How many fields a row has.
    pub(super) width: usize,
}

impl Layout {
    /// Reads the header record.
    pub(super) fn read(header: &ByteRecord) -> Result<Self, Text> {
        let names: Vec<String> = header.iter().map(|name| String::from_utf8_lossy(name).trim().to_lowercase()).collect();
        let known: Vec<Option<usize>> = names.iter().map(|name| COLUMNS.iter().position(|column| column == name)).collect();
        if known.iter().all(Option::is_none) {
            return Err(no_header());
        }
        let mut layout = Self { places: [None; COLUMNS.len()], width: names.len() };
        for (place, (name, column)) in names.iter().zip(known).enumerate() {
            let column = column.ok_or_else(|| unknown(name, place))?;
            if layout.places[column].replace(place).is_some() {
                return Err(text!("the column `{name}` stands in the header twice", "de kolom `{name}` staat twee keer in de kopregel"));
            }
        }
        match (0..REQUIRED).find(|&column| layout.places[column].is_none()) {
            Some(column) => Err(missing(COLUMNS[column])),
            None => Ok(layout),
        }
    }

    /// The field of a column without the spaces around it; empty when the file has no such column.
    pub(super) fn field<'a>(&self, record: &'a ByteRecord, column: Column) -> &'a [u8] {
        self.places[column as usize].and_then(|place| record.get(place)).unwrap_or_default().trim_ascii()
    }
}

/// The separator the header line uses most; a comma when it uses none.
pub(super) fn separator(line: &[u8]) -> u8 {
    let count = |separator: u8| line.iter().filter(|&&byte| byte == separator).count();
    // of equals the last one wins, so the comma stands last
    [b'\t', b';', b','].into_iter().max_by_key(|&separator| count(separator)).unwrap_or(b',')
}

fn no_header() -> Text {
    let all = COLUMNS.join(",");
    text!(
        "the first line must name the columns, of these the first three at least: {all}",
        "de eerste regel moet de kolommen noemen, van deze ten minste de eerste drie: {all}"
    )
}

fn missing(column: &str) -> Text {
    text!(
        "the column `{column}` is missing; a log needs at least at,customer,channel",
        "de kolom `{column}` ontbreekt; een logboek heeft ten minste at,customer,channel nodig"
    )
}

fn unknown(name: &str, place: usize) -> Text {
    if name.is_empty() {
        let number = place + 1;
        return text!("column {number} of the header has no name", "kolom {number} van de kopregel heeft geen naam");
    }
    let name: String = name.chars().filter(|c| !c.is_control()).take(40).collect();
    let likeness = |column: &str| strsim::jaro_winkler(&name, column);
    let nearest = COLUMNS.into_iter().max_by(|a, b| likeness(a).total_cmp(&likeness(b))).filter(|column| likeness(column) >= ALIKE);
    match nearest {
        Some(column) => {
            text!("there is no column `{name}`; did you mean `{column}`?", "er is geen kolom `{name}`; bedoelde je `{column}`?")
        }
        None => {
            let all = COLUMNS.join(", ");
            text!("there is no column `{name}`; the columns are {all}", "er is geen kolom `{name}`; de kolommen zijn {all}")
        }
    }
}
