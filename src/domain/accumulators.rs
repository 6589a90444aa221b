//! The decaying sums of METHOD §1.2. Every sum is Σ dᵢ·constant, so adding a touchpoint is O(1),
//! the order of arrival does not matter, and no score needs to read the log.

use super::calendar::Moment;
use super::model::Model;
use super::touchpoint::Facts;
use super::words::{Channel, Direction, Kind, Personal, Sender};

/// d = 2^(−days/H): what is left of a contact after a time.
pub fn decay(days: f64, half_life: f64) -> f64 {
    (-days / half_life).exp2()
}

/// The ten sums, or one touchpoint's own terms of them.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Sums {
    /// N = Σ d m: contact mass.
    pub mass: f64,
    /// S_hum = Σ d m γ h.
    pub human: f64,
    /// S_per = Σ d m γ p a.
    pub personal: f64,
    /// S_rel = Σ d m γ (1−τ) a.
    pub relational: f64,
    /// S_sen = Σ d m max(s, 0).
    pub sentiment: f64,
    /// I = Σ_in,both d m γ h.
    pub inbound: f64,
    /// O = Σ_out,both d m γ h.
    pub outbound: f64,
    /// A = Σ d m (1−h): automated mass.
    pub automated: f64,
    /// X = Σ d m τ: transactional mass.
    pub transactional: f64,
    /// P = Σ_out d + ½ Σ_both d: contact pressure.
    pub pressure: f64,
}

impl Sums {
    /// The sums as an array, in the order they are stored.
    pub fn to_array(self) -> [f64; 10] {
        [
            self.mass,
            self.human,
            self.personal,
            self.relational,
            self.sentiment,
            self.inbound,
            self.outbound,
            self.automated,
            self.transactional,
            self.pressure,
        ]
    }

    /// The inverse of [`Sums::to_array`].
    pub fn from_array(a: [f64; 10]) -> Self {
        let [mass, human, personal, relational, sentiment, inbound, outbound, automated, transactional, pressure] = a;
        Self { mass, human, personal, relational, sentiment, inbound, outbound, automated, transactional, pressure }
    }

    /// All sums times a factor.
    #[must_use]
    pub fn scaled(self, factor: f64) -> Self {
        let mut sums = self.to_array();
        sums.iter_mut().for_each(|sum| *sum *= factor);
        Self::from_array(sums)
    }

    /// Sum by sum, `self + other·factor`.
    #[must_use]
    pub fn plus(self, other: Self, factor: f64) -> Self {
        let mut sums = self.to_array();
        sums.iter_mut().zip(other.to_array()).for_each(|(sum, term)| *sum += term * factor);
        Self::from_array(sums)
    }

    /// M = min(I, O): evidence of two-way contact.
    pub fn two_way(&self) -> f64 {
        self.inbound.min(self.outbound)
    }
}

/// h: what a sender is worth.
pub fn sender_factor(sender: Sender) -> f64 {
    match sender {
        Sender::Human => 1.0,
        Sender::Assisted => 0.5,
        Sender::Automated => 0.0,
    }
}

/// p: how personal a contact is.
pub fn personal_factor(personal: Personal) -> f64 {
    match personal {
        Personal::Personal => 1.0,
        Personal::Merged => 0.3,
        Personal::Generic => 0.0,
    }
}

/// τ: how transactional a contact is.
pub fn transactional_factor(kind: Kind) -> f64 {
    match kind {
        Kind::Relational => 0.0,
        Kind::Service => 0.3,
        Kind::Promo => 0.7,
        Kind::Transactional => 1.0,
    }
}

/// A touchpoint's own terms at the moment it happened (d = 1), METHOD §1.2.
pub fn terms(facts: &Facts, model: &Model) -> Sums {
    let m = model.mass(facts.channel);
    let h = sender_factor(facts.sender);
    let p = personal_factor(facts.personal);
    let tau = transactional_factor(facts.kind);
    let s = facts.sentiment.unwrap_or(0.0);
    let gamma = 1.0 + s.min(0.0);
    let a = f64::midpoint(1.0, h);
    let (inward, outward, pressure) = match facts.direction {
        Direction::In => (1.0, 0.0, 0.0),
        Direction::Out => (0.0, 1.0, 1.0),
        Direction::Both => (1.0, 1.0, 0.5),
    };
    Sums {
        mass: m,
        human: m * gamma * h,
        personal: m * gamma * p * a,
        relational: m * gamma * (1.0 - tau) * a,
        sentiment: m * s.max(0.0),
        inbound: m * gamma * h * inward,
        outbound: m * gamma * h * outward,
        automated: m * (1.0 - h),
        transactional: m * tau,
        pressure,
    }
}

/// The sums of a cell (customer × stage) or of a whole relationship, anchored at its latest
/// touchpoint.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Cell {
    /// How many touchpoints.
    pub count: u32,
    /// The earliest.
    pub first: Moment,
    /// The latest: the anchor t₀.
    pub last: Moment,
    /// Which promises the firm's own contact can keep: a bit for each channel and sender.
    pub done: u64,
    /// The sums at `last`.
    pub sums: Sums,
}

impl Cell {
    /// A cell of one touchpoint.
    pub fn new(facts: &Facts, terms: Sums) -> Self {
        Self { count: 1, first: facts.at, last: facts.at, done: done_bit(facts), sums: terms }
    }

    /// Adds a touchpoint, later or earlier than the anchor. O(1).
    pub fn add(&mut self, facts: &Facts, terms: Sums, half_life: f64) {
        if facts.at >= self.last {
            self.sums = terms.plus(self.sums, decay(facts.at.days_since(self.last), half_life));
            self.last = facts.at;
        } else {
            self.sums = self.sums.plus(terms, decay(self.last.days_since(facts.at), half_life));
        }
        // A count that was read from a damaged file may be the largest there is.
        self.count = self.count.saturating_add(1);
        self.first = self.first.min(facts.at);
        self.done |= done_bit(facts);
    }

    /// The sums at a moment not before the anchor.
    pub fn sums_at(&self, moment: Moment, half_life: f64) -> Sums {
        self.sums.scaled(decay(moment.days_since(self.last), half_life))
    }

    /// Whether the firm made a contact here through the channel by this sender or a warmer one.
    pub fn kept(&self, channel: Channel, who: Sender) -> bool {
        (0..=who.code()).any(|sender| self.done & bit(channel.code(), sender) != 0)
    }
}

fn bit(channel: u8, sender: u8) -> u64 {
    1 << (channel * 3 + sender)
}

fn done_bit(facts: &Facts) -> u64 {
    if facts.direction == Direction::In { 0 } else { bit(facts.channel.code(), facts.sender.code()) }
}
