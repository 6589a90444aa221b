//! The constants of the score (METHOD §1.2). Those a workspace may change are fields of
//! [`Model`]; those that define the score are `const`.

use super::words::Channel;

/// κ: how much of "nothing yet" stands in every denominator, in face-to-face visits.
pub const KAPPA: f64 = 0.5;
/// κ_r: the same for reciprocity.
pub const KAPPA_RECIPROCITY: f64 = 0.5;
/// φ: the most that failures can take from a score.
pub const PHI: f64 = 0.6;
/// The half-life in days of a cell's weight in its stage: about the last year counts.
pub const STAGE_HALF_LIFE: f64 = 365.0;
/// Below this evidence there is no band.
pub const LITTLE_EVIDENCE: f64 = 0.25;

/// The five components of warmth, in the order they are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Component {
    /// A person was there.
    Human,
    /// It was about this customer.
    Personal,
    /// It was about the relation.
    Relational,
    /// It felt good.
    Sentiment,
    /// It went both ways.
    Reciprocity,
}

impl Component {
    /// All five, in order.
    pub const ALL: [Self; 5] = [Self::Human, Self::Personal, Self::Relational, Self::Sentiment, Self::Reciprocity];

    /// The id in settings, commands and JSON.
    pub fn id(self) -> &'static str {
        match self {
            Self::Human => "human",
            Self::Personal => "personal",
            Self::Relational => "relational",
            Self::Sentiment => "sentiment",
            Self::Reciprocity => "reciprocity",
        }
    }
}

/// The weights w_k, in the order of [`Component::ALL`]; together 100 by default.
pub type Weights = [f64; 5];

/// What a workspace may tune. Every default is a judgement **[J]**.
#[derive(Debug, Clone, PartialEq)]
pub struct Model {
    /// w_k.
    pub weights: Weights,
    /// H in days.
    pub half_life: f64,
    /// H_f in days: how fast a resolved failure fades.
    pub failure_half_life: f64,
    /// m per channel, by [`Channel::code`].
    pub mass: [f64; 15],
    /// The most outbound-equivalents a customer should have in the air.
    pub pressure_cap: f64,
}

impl Default for Model {
    fn default() -> Self {
        Self {
            weights: [25.0, 25.0, 20.0, 15.0, 15.0],
            half_life: 90.0,
            failure_half_life: 90.0,
            mass: [1.0, 1.0, 0.9, 0.8, 0.8, 0.8, 0.5, 0.5, 0.4, 0.4, 0.3, 0.2, 0.15, 0.1, 0.1],
            pressure_cap: 4.0,
        }
    }
}

impl Model {
    /// m: how much of the experience one contact through this channel is.
    pub fn mass(&self, channel: Channel) -> f64 {
        self.mass[usize::from(channel.code())]
    }
}

/// The words for a score (METHOD §1.2).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Band {
    /// Evidence below .25.
    TooLittleEvidence,
    /// Below 20.
    IceCold,
    /// Below 40.
    Cold,
    /// Below 60.
    Lukewarm,
    /// Below 80.
    Warm,
    /// 80 and above.
    Cordial,
}

impl Band {
    /// The band of a warmth that stands on this much evidence.
    pub fn of(warmth: f64, evidence: f64) -> Self {
        match warmth {
            _ if evidence < LITTLE_EVIDENCE => Self::TooLittleEvidence,
            w if w < 20.0 => Self::IceCold,
            w if w < 40.0 => Self::Cold,
            w if w < 60.0 => Self::Lukewarm,
            w if w < 80.0 => Self::Warm,
            _ => Self::Cordial,
        }
    }

    /// The word in JSON and in English.
    pub fn word(self) -> &'static str {
        match self {
            Self::TooLittleEvidence => "too little evidence",
            Self::IceCold => "ice cold",
            Self::Cold => "cold",
            Self::Lukewarm => "lukewarm",
            Self::Warm => "warm",
            Self::Cordial => "cordial",
        }
    }

    /// The word a reader sees.
    pub fn label(self) -> super::text::Text {
        let nl = match self {
            Self::TooLittleEvidence => "te weinig gegevens",
            Self::IceCold => "ijskoud",
            Self::Cold => "koud",
            Self::Lukewarm => "lauw",
            Self::Warm => "warm",
            Self::Cordial => "hartelijk",
        };
        super::text::Text::new(self.word(), nl)
    }
}
