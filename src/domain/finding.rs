//! What is noticed about a stage, with the numbers that caused it.

use std::str::FromStr;

use super::text::Text;
use crate::text;

/// The kinds of finding, in the order they are shown (METHOD §1.2, §4).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum FindingKind {
    /// A failure is open.
    Wounded,
    /// Warmth below 40.
    Cold,
    /// Most of the contact is automated.
    TooDigital,
    /// Most of the contact is about transactions.
    Transactional,
    /// Hardly any contact goes both ways.
    OneWay,
    /// A promise or the maximum gap has passed.
    Overdue,
    /// Contact went up while its warmth went down.
    Hollow,
    /// Customers hear from the firm more than they may want.
    Crowded,
    /// No contact at all.
    Empty,
}

impl FindingKind {
    /// Every kind, in the order they are shown.
    pub const ALL: &'static [Self] = &[
        Self::Wounded,
        Self::Cold,
        Self::TooDigital,
        Self::Transactional,
        Self::OneWay,
        Self::Overdue,
        Self::Hollow,
        Self::Crowded,
        Self::Empty,
    ];

    /// Whether it asks for action. That nobody has been somewhere yet does not.
    pub fn asks(self) -> bool {
        self != Self::Empty
    }

    /// The id in files, commands and JSON.
    pub fn id(self) -> &'static str {
        match self {
            Self::Wounded => "wounded",
            Self::Cold => "cold",
            Self::TooDigital => "too-digital",
            Self::Transactional => "transactional",
            Self::OneWay => "one-way",
            Self::Overdue => "overdue",
            Self::Hollow => "hollow",
            Self::Crowded => "crowded",
            Self::Empty => "empty",
        }
    }

    /// The word a reader sees.
    pub fn label(self) -> Text {
        let (en, nl) = match self {
            Self::Wounded => ("wounded", "gekwetst"),
            Self::Cold => ("cold", "koud"),
            Self::TooDigital => ("too digital", "te digitaal"),
            Self::Transactional => ("transactional", "zakelijk"),
            Self::OneWay => ("one-way", "eenzijdig"),
            Self::Overdue => ("overdue", "aan de beurt"),
            Self::Hollow => ("hollow", "hol"),
            Self::Crowded => ("crowded", "te druk"),
            Self::Empty => ("empty", "leeg"),
        };
        Text::new(en, nl)
    }
}

impl FromStr for FindingKind {
    type Err = Text;

    /// Reads the id, or the word a reader sees.
    fn from_str(word: &str) -> Result<Self, Text> {
        let lower = word.trim().to_lowercase();
        let named = |kind: &Self| kind.id() == lower || kind.label().en == lower || kind.label().nl == lower;
        Self::ALL.iter().copied().find(named).ok_or_else(|| {
            let ids = Self::ALL.iter().map(|kind| kind.id()).collect::<Vec<_>>().join(", ");
            text!("`{word}` is not a finding; it is one of: {ids}", "`{word}` is geen bevinding; het is een van: {ids}")
        })
    }
}

/// One finding about one stage.
#[derive(Debug, Clone, PartialEq)]
pub struct Finding {
    /// Which kind.
    pub kind: FindingKind,
    /// One sentence made of the numbers that caused it.
    pub because: Text,
}
