//! A profile that was looked at and found usable.

use encoding_rs::Encoding;

use super::guess::tells_of_a_contact;
use super::raw::Gives;
use crate::domain::text::Text;
use crate::domain::words::{Channel, Direction, Kind, Personal, Sender};
use crate::text;

/// Something attent wants to know of a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[allow(missing_docs, reason = "each is explained where it is written: RawColumns")]
pub enum Target {
    At,
    Customer,
    Email,
    Phone,
    Organisation,
    Amount,
    Note,
    Id,
    Channel,
    Direction,
    Sender,
    Personal,
    Kind,
    Sentiment,
    Stage,
    Minutes,
    Tags,
    Since,
    Birthday,
    Segment,
    Postal,
}

impl Target {
    /// Every target, in the order profiles are written.
    pub const ALL: [Self; 21] = [
        Self::At,
        Self::Customer,
        Self::Email,
        Self::Phone,
        Self::Organisation,
        Self::Amount,
        Self::Note,
        Self::Id,
        Self::Channel,
        Self::Direction,
        Self::Sender,
        Self::Personal,
        Self::Kind,
        Self::Sentiment,
        Self::Stage,
        Self::Minutes,
        Self::Tags,
        Self::Since,
        Self::Birthday,
        Self::Segment,
        Self::Postal,
    ];

    /// By any of these somebody is named.
    pub(super) const WHO: [Self; 4] = [Self::Customer, Self::Email, Self::Phone, Self::Organisation];

    /// The key in a profile.
    pub fn key(self) -> &'static str {
        match self {
            Self::At => "at",
            Self::Customer => "customer",
            Self::Email => "email",
            Self::Phone => "phone",
            Self::Organisation => "organisation",
            Self::Amount => "amount",
            Self::Note => "note",
            Self::Id => "id",
            Self::Channel => "channel",
            Self::Direction => "direction",
            Self::Sender => "sender",
            Self::Personal => "personal",
            Self::Kind => "kind",
            Self::Sentiment => "sentiment",
            Self::Stage => "stage",
            Self::Minutes => "minutes",
            Self::Tags => "tags",
            Self::Since => "since",
            Self::Birthday => "birthday",
            Self::Segment => "segment",
            Self::Postal => "postal",
        }
    }

    /// What it is, for people.
    pub fn label(self) -> Text {
        match self {
            Self::At => text!("when", "wanneer"),
            Self::Customer => text!("customer", "klant"),
            Self::Email => text!("mail address", "mailadres"),
            Self::Phone => text!("telephone", "telefoon"),
            Self::Organisation => text!("firm", "bedrijf"),
            Self::Amount => text!("amount", "bedrag"),
            Self::Note => text!("note", "notitie"),
            Self::Id => text!("number of the row", "nummer van de rij"),
            Self::Channel => text!("channel", "kanaal"),
            Self::Direction => text!("direction", "richting"),
            Self::Sender => text!("made by", "gemaakt door"),
            Self::Personal => text!("how personal", "hoe persoonlijk"),
            Self::Kind => text!("kind", "soort"),
            Self::Sentiment => text!("how it felt", "hoe het voelde"),
            Self::Stage => text!("stage", "fase"),
            Self::Minutes => text!("minutes", "minuten"),
            Self::Tags => text!("labels", "labels"),
            Self::Since => text!("customer since", "klant sinds"),
            Self::Birthday => text!("birthday", "verjaardag"),
            Self::Segment => text!("segment", "segment"),
            Self::Postal => text!("postal address", "postadres"),
        }
    }
}

/// The columns of the file for one target.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Source {
    /// These, joined with a space; the file must have them all.
    Columns(Vec<String>),
    /// The first of these lists that says something; the file may have none of them.
    Choice(Vec<Vec<String>>),
}

impl Source {
    /// The lists of columns to look in, in order.
    pub(super) fn lists(&self) -> &[Vec<String>] {
        match self {
            Self::Columns(columns) => std::slice::from_ref(columns),
            Self::Choice(lists) => lists,
        }
    }

    /// Every column the target may be in.
    pub fn columns(&self) -> impl Iterator<Item = &str> {
        self.lists().iter().flatten().map(String::as_str)
    }

    /// The columns for people: `First + Last`, and `/` between those of which one or the other counts.
    pub fn written(&self) -> String {
        self.lists().iter().map(|columns| columns.join(" + ")).collect::<Vec<_>>().join(" / ")
    }
}

/// What words of the file mean; the words are in lower case.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Values {
    /// Channels.
    pub channel: Vec<(String, Channel)>,
    /// Directions.
    pub direction: Vec<(String, Direction)>,
    /// Senders.
    pub sender: Vec<(String, Sender)>,
    /// How personal.
    pub personal: Vec<(String, Personal)>,
    /// What it was about.
    pub kind: Vec<(String, Kind)>,
    /// How it felt, −1…1.
    pub sentiment: Vec<(String, f64)>,
    /// Stages, by id.
    pub stage: Vec<(String, String)>,
}

/// What holds of every row that does not say otherwise.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Always {
    /// The channel.
    pub channel: Option<Channel>,
    /// The direction.
    pub direction: Option<Direction>,
    /// The sender.
    pub sender: Option<Sender>,
    /// How personal.
    pub personal: Option<Personal>,
    /// What it was about.
    pub kind: Option<Kind>,
    /// How it felt, −1…1.
    pub sentiment: Option<f64>,
    /// The stage, by id.
    pub stage: Option<String>,
    /// Labels, lower case.
    pub tags: Vec<String>,
    /// The segment of customers.
    pub segment: Option<String>,
}

/// How to read a table.
#[derive(Debug, Clone, PartialEq)]
pub struct Profile {
    /// Its name under `profiles:`.
    pub id: String,
    /// By which columns a file is recognised; all columns it names when empty.
    pub header: Vec<String>,
    /// The separator; read off the file when `None`.
    pub delimiter: Option<char>,
    /// The character set; read off the file when `None`.
    pub encoding: Option<&'static Encoding>,
    /// The decimal sign, `,` or `.`; read off the amounts when `None`.
    pub decimal: Option<char>,
    /// Patterns of dates in the signs of strftime; the house's stamps when empty.
    pub dates: Vec<String>,
    /// Whether times without a zone are in UTC.
    pub utc: bool,
    /// The columns of each target, in the order of [`Target::ALL`].
    pub columns: Vec<(Target, Source)>,
    /// What words mean.
    pub values: Values,
    /// What holds of every row.
    pub always: Always,
    /// By column: the only words that count, in lower case; an empty one for rows that say nothing.
    pub only: Vec<(String, Vec<String>)>,
    /// What a row tells.
    pub gives: Gives,
    /// Whether several rows with one id are one contact.
    pub once: bool,
}

impl Profile {
    /// The columns of a target, if the profile names any.
    pub fn source(&self, target: Target) -> Option<&Source> {
        self.columns.iter().find(|(known, _)| *known == target).map(|(_, source)| source)
    }

    /// Every column the profile may look at, each once.
    pub(in crate::intake) fn names(&self) -> Vec<&str> {
        let mapped = self.columns.iter().flat_map(|(_, source)| source.lists().iter().flatten());
        let mut names: Vec<&str> = Vec::new();
        for name in mapped.chain(self.only.iter().map(|(column, _)| column)) {
            if !names.contains(&name.as_str()) {
                names.push(name);
            }
        }
        names
    }

    /// How many columns of this header the profile knows the file by, or `None` when it is another's.
    ///
    /// Of a file with a date or an amount that the profile does not name, customers alone are not all
    /// there is to read.
    pub(super) fn fits(&self, header: &[String]) -> Option<usize> {
        let has = |column: &String| header.iter().any(|name| same_column(name, column));
        let named = |name: &str| self.header.iter().map(String::as_str).chain(self.names()).any(|known| same_column(known, name));
        if self.gives == Gives::Customers && header.iter().any(|name| tells_of_a_contact(name) && !named(name)) {
            return None;
        }
        if !self.header.is_empty() {
            return self.header.iter().all(has).then_some(self.header.len());
        }
        let sources = self.columns.iter().map(|(_, source)| source);
        let needed: Vec<&String> =
            sources.clone().filter(|source| matches!(source, Source::Columns(_))).flat_map(|source| &source.lists()[0]).collect();
        let choices = sources.filter(|source| matches!(source, Source::Choice(_)));
        let chosen = choices.map(|source| source.lists().iter().any(|list| list.iter().all(has)));
        // a column of `only` that may be empty may be missing too
        let weighed = self.only.iter().filter(|(_, words)| !words.iter().any(String::is_empty)).all(|(column, _)| has(column));
        let all = weighed && needed.iter().all(|column| has(column)) && chosen.clone().all(|found| found);
        all.then(|| needed.len() + chosen.count())
    }
}

/// Whether two names are the same column: capitals and spaces around it do not matter.
pub(super) fn same_column(one: &str, other: &str) -> bool {
    let (one, other) = (one.trim(), other.trim());
    one.eq_ignore_ascii_case(other) || (!one.is_ascii() && one.to_lowercase() == other.to_lowercase())
}
