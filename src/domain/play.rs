//! A play: one warm, human action with what it needs, what it does and how sure that is.

use super::finding::FindingKind;
use super::money::Cents;
use super::text::Text;
use super::words::{Channel, Direction, Kind, Personal, Sender, words};

words! {
    /// The family a play belongs to.
    Theme, "theme", "thema" {
        /// A short personal update.
        Update = "update", "bericht";
        /// A personal present.
        Present = "present", "cadeau";
        /// A handwritten card.
        Card = "card", "kaart";
        /// Making good what went wrong.
        Recovery = "recovery", "herstel";
        /// Thanking for a recommendation.
        Referral = "referral", "aanbeveling";
        /// Marking a moment that matters to the customer.
        Celebration = "celebration", "viering";
        /// Asking the question behind the question.
        Question = "question", "vraag";
    }
}

words! {
    /// How well the evidence bears a play (METHOD §2.1, §3.1).
    Grade, "grade", "graad" {
        /// Field studies or a meta-analysis found it.
        Supported = "supported", "onderbouwd";
        /// It depends on conditions that are known.
        Mixed = "mixed", "wisselend";
        /// Large studies found nothing, or disagree.
        Contested = "contested", "omstreden";
        /// A judgement without a study of this very thing.
        Judgement = "judgement", "inschatting";
    }
}

/// The touchpoint a play becomes when it is done.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PlayContact {
    /// Through which medium.
    pub channel: Channel,
    /// Which way.
    pub direction: Direction,
    /// Who makes it.
    pub sender: Sender,
    /// How personal.
    pub personal: Personal,
    /// What it is about.
    pub kind: Kind,
    /// The sentiment assumed, 0 unless the play says otherwise.
    pub sentiment: f64,
}

/// A recent label on the customer's log that a play needs: a referral, a deal, a milestone.
#[derive(Debug, Clone, PartialEq)]
pub struct Occasion {
    /// Any of these tags, lower case.
    pub tags: Vec<String>,
    /// At most so many days ago.
    pub within: f64,
}

/// One play of the playbook.
#[derive(Debug, Clone, PartialEq)]
pub struct Play {
    /// The id, unique in the playbook.
    pub id: String,
    /// What people call it.
    pub title: Text,
    /// What to do, in one sentence.
    pub action: Text,
    /// Its family.
    pub theme: Theme,
    /// Which findings it answers; none for what waits for an occasion, asks for a referral or asks back.
    pub answers: Vec<FindingKind>,
    /// In which stages only; everywhere when empty.
    pub stages: Vec<String>,
    /// Where it does not fit, and why.
    pub not_for: Text,
    /// Minutes of a person's time.
    pub minutes: u32,
    /// Money it costs.
    pub cost: Cents,
    /// Days between deciding and arriving.
    pub lead_time: f64,
    /// The touchpoint it will become.
    pub contact: PlayContact,
    /// The tags of that touchpoint, lower case: `referral-ask`, `explanation`, `status-update`.
    pub tags: Vec<String>,
    /// What to check before it counts as done.
    pub checklist: Vec<Text>,
    /// How well it is borne out.
    pub grade: Grade,
    /// What was found, in a sentence.
    pub evidence: Text,
    /// Who found it.
    pub source: String,
    /// What must have happened first.
    pub occasion: Option<Occasion>,
    /// A recovery play that fits only once it has been made good, and not before.
    pub after_recovery: bool,
}

/// What costs more than this is a present, whatever it is called **[J]**: a card with a stamp is
/// none, a bottle is.
pub const GIFT_ABOVE: Cents = Cents(500);

/// The tag of a contact that asks for a referral.
pub const REFERRAL_ASK: &str = "referral-ask";
/// The tag of a contact that thanks for a referral (REF6).
pub const REFERRAL_THANKS: &str = "referral-thanks";
/// The tag of a contact that tells the referrer what became of it (REF7).
pub const REFERRAL_NEWS: &str = "referral-news";
/// The tag of a contact that explains what went wrong (R4).
pub const EXPLANATION: &str = "explanation";
/// The tag of a contact that says where it stands (R4).
pub const STATUS_UPDATE: &str = "status-update";
/// The tag of a present that says sorry: it is booked as recovery and is no step on the ladder of values (G3, G6).
pub const APOLOGY: &str = "apology";
/// The tag of a contact that asks how it is after a recovery (R8).
pub const CHECK_BACK: &str = "check-back";

impl Play {
    /// Whether something is given, by what the play is and not by what it is called: a present, a
    /// gift as the channel, or more than [`GIFT_ABOVE`]. A gesture of apology is booked as recovery
    /// (METHOD §3.2, G3), and an occasion of its own is not asked of it.
    pub fn is_gift(&self) -> bool {
        self.theme != Theme::Recovery && (self.theme == Theme::Present || self.hands_over() || self.cost > GIFT_ABOVE)
    }

    /// Whether the contact it becomes carries a tag.
    pub fn carries(&self, tag: &str) -> bool {
        self.tags.iter().any(|own| own == tag)
    }

    /// Whether it asks the customer for a referral.
    pub fn asks_for_referral(&self) -> bool {
        self.carries(REFERRAL_ASK)
    }

    /// Whether it becomes a gift on the log, an apology among them.
    pub fn hands_over(&self) -> bool {
        self.contact.channel == Channel::Gift
    }
}
