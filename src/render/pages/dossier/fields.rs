//! What every column that may be about a customer is called, and how its values are shown. A test holds this list
//! against the schema of a new log: a column is shown, or it says in [`LEFT_OUT`] why not.

use std::str::FromStr as _;

use crate::domain::dossier::Part;
use crate::domain::finding::FindingKind;
use crate::domain::gift::GiftState;
use crate::domain::nudge::NudgeState;
use crate::domain::rule::RuleId;
use crate::domain::text::Text;
use crate::domain::words::{Channel, Direction, Kind, Personal, Sender, Severity};
use crate::plan::rules;
use crate::render::cell::Word;
use crate::render::pages::customers::source_in_words;
use crate::text;

/// How the values of a column are shown.
#[derive(Debug, Clone, Copy)]
pub enum Shows {
    /// What somebody typed, or a name.
    Wording,
    /// A moment.
    Moment,
    /// Cents.
    Money,
    /// 0 or 1.
    Flag,
    /// A whole number.
    Count,
    /// A number from −1 to 1: how something felt.
    Felt,
    /// A number from 0 to 1.
    Share,
    /// The id of a stage.
    Stage,
    /// What a nudge is about: `stage:quote`, `referral:1`.
    Place,
    /// The id of a play.
    Play,
    /// A number that stands for a word.
    Coded(fn(u8) -> Option<Word>),
    /// A word of the program.
    Named(fn(&str) -> Option<Word>),
    /// English, with the Dutch in the column behind it.
    Both,
    /// The Dutch of the column before it.
    Dutch,
    /// A row as it was, in words.
    Was,
}

/// A column.
#[derive(Debug, Clone, Copy)]
pub struct Field {
    /// Its name in the log and in JSON.
    pub column: &'static str,
    /// What it is called in English and Dutch.
    pub title: (&'static str, &'static str),
    /// How it is shown.
    pub shows: Shows,
    /// How soon a narrow terminal leaves it out; 0 never.
    pub expendable: u8,
}

const fn field(column: &'static str, en: &'static str, nl: &'static str, shows: Shows, expendable: u8) -> Field {
    Field { column, title: (en, nl), shows, expendable }
}

macro_rules! coded {
    ($words:ty) => {
        Shows::Coded(|code| <$words>::from_code(code).map(|value| Word::new(value.word(), value.label())))
    };
}
macro_rules! named {
    ($words:ty) => {
        Shows::Named(|word| <$words>::from_str(word).ok().map(|value| Word::new(value.word(), value.label())))
    };
}

use Shows::{Both, Count, Dutch, Felt, Flag, Moment, Money, Named, Play, Share, Stage, Was, Wording};

const CUSTOMER: &[Field] = &[
    field("name", "name", "naam", Wording, 0),
    field("organisation", "organisation", "organisatie", Wording, 0),
    field("segment", "segment", "segment", Wording, 0),
    field("journey", "journey", "klantreis", Wording, 0),
    field("since", "customer since", "klant sinds", Moment, 0),
    field("no_contact", "wants no contact", "wil geen contact", Flag, 0),
    field("gifts", "gifts they may accept", "cadeaus die ze mogen aannemen", Named(policy), 0),
    field("gift_cap", "gifts up to", "cadeaus tot", Money, 0),
    field("gift_cap_year", "gifts a year up to", "cadeaus per jaar tot", Money, 0),
    field("gift_approval", "gifts need approval on their side", "cadeaus vragen akkoord aan hun kant", Flag, 0),
    field("gift_office", "gifts to the office only", "cadeaus alleen naar kantoor", Flag, 0),
    field("origin", "came by", "kwam via", Wording, 0),
    field("notes", "notes", "notities", Wording, 0),
];

const KEYS: &[Field] = &[field("key", "known by", "bekend als", Wording, 0)];

const PARTICULARS: &[Field] = &[
    field("what", "what", "wat", Wording, 0),
    field("value", "value", "waarde", Wording, 0),
    field("source", "from", "uit", Named(source), 0),
];

const REFERRALS: &[Field] = &[
    field("at", "date", "datum", Moment, 0),
    field("referrer", "sent by", "gestuurd door", Wording, 0),
    field("customer", "who came", "wie kwam", Wording, 0),
    field("thanked", "thanked", "bedankt", Moment, 1),
    field("told", "told the outcome", "afloop verteld", Moment, 2),
    field("outcome", "outcome", "afloop", Wording, 0),
    field("reward", "reward", "beloning", Money, 3),
    field("reward_referred", "reward of who came", "beloning van wie kwam", Money, 4),
];

const CONTACTS: &[Field] = &[
    field("at", "date", "datum", Moment, 0),
    field("channel", "channel", "kanaal", coded!(Channel), 0),
    field("direction", "direction", "richting", coded!(Direction), 3),
    field("sender", "by", "door", coded!(Sender), 4),
    field("personal", "personal", "persoonlijk", coded!(Personal), 9),
    field("kind", "kind", "soort", coded!(Kind), 7),
    field("sentiment", "felt", "gevoel", Felt, 2),
    field("stage", "stage", "fase", Stage, 5),
    field("said", "stage as said", "gezegde fase", Stage, 12),
    field("amount", "amount", "bedrag", Money, 6),
    field("minutes", "minutes", "minuten", Count, 8),
    field("note", "what happened", "wat er gebeurde", Wording, 0),
    field("tags", "tags", "labels", Wording, 10),
    field("source", "from", "uit", Wording, 11),
    field("id", "no.", "nr.", Count, 0),
];

const INCIDENTS: &[Field] = &[
    field("id", "no.", "nr.", Count, 0),
    field("opened", "opened", "geopend", Moment, 0),
    field("what", "what went wrong", "wat er misging", Wording, 0),
    field("kind", "kind", "soort", Wording, 9),
    field("severity", "severity", "ernst", coded!(Severity), 3),
    field("stage", "stage", "fase", Stage, 8),
    field("owner", "looks after it", "wie ervoor zorgt", Wording, 4),
    field("acknowledged", "acknowledged", "erkend", Moment, 2),
    field("resolved", "made good", "goedgemaakt", Moment, 1),
    field("personal", "in person", "persoonlijk", Flag, 10),
    field("generous", "generous", "ruimhartig", Share, 11),
    field("quality", "quality", "kwaliteit", Share, 12),
    field("loss", "cost them", "kostte hun", Money, 6),
    field("extra", "given on top", "extra gegeven", Money, 7),
    field("lesson", "lesson", "les", Wording, 5),
    field("checked", "asked after it", "nagevraagd", Moment, 13),
    field("satisfied", "how it was then", "hoe het toen was", Felt, 14),
];

const NUDGES: &[Field] = &[
    field("id", "no.", "nr.", Count, 0),
    field("opened", "since", "sinds", Moment, 2),
    field("play", "what", "wat", Play, 0),
    field("because_en", "why", "waarom", Both, 0),
    field("because_nl", "why (Dutch)", "waarom (Nederlands)", Dutch, 0),
    field("place", "about", "over", Shows::Place, 8),
    field("rule", "rule", "regel", Named(rule), 9),
    field("minutes", "minutes", "minuten", Count, 7),
    field("cost", "cost", "kosten", Money, 6),
    field("owed", "owed", "verplicht", Flag, 10),
    field("due", "by", "uiterlijk", Moment, 3),
    field("state", "state", "stand", named!(NudgeState), 0),
    field("snoozed", "put off until", "uitgesteld tot", Moment, 5),
    field("ended", "ended", "afgelopen", Moment, 4),
    field("why", "remark", "opmerking", Wording, 1),
    field("touchpoint", "contact", "contact", Count, 11),
    field("told", "told", "gemeld", Moment, 12),
];

const GIFTS: &[Field] = &[
    field("id", "no.", "nr.", Count, 0),
    field("day", "day", "dag", Moment, 0),
    field("state", "state", "stand", named!(GiftState), 0),
    field("what", "what", "wat", Wording, 0),
    field("value", "value", "waarde", Money, 1),
    field("occasion", "occasion", "gelegenheid", Wording, 2),
    field("why", "why", "waarom", Wording, 3),
    field("given_by", "given by", "gegeven door", Wording, 4),
    field("approved", "approved by", "akkoord van", Wording, 5),
    field("against", "against", "tegen", Wording, 6),
    field("touchpoint", "contact", "contact", Count, 7),
];

const FILES: &[Field] = &[
    field("kind", "what", "wat", Named(kind_of_file), 0),
    field("source", "from", "uit", Named(source), 0),
    field("count", "how many", "hoeveel", Count, 0),
    field("first", "from", "van", Moment, 0),
    field("last", "until", "tot en met", Moment, 0),
];

const ENTRIES: &[Field] = &[
    field("id", "entry", "invoer", Count, 0),
    field("at", "date", "datum", Moment, 0),
    field("verb", "command", "commando", Wording, 0),
    field("summary", "about", "over", Wording, 0),
    field("undone", "taken back", "teruggenomen", Moment, 1),
    field("undoes", "takes back", "neemt terug", Count, 2),
    field("erased", "partly erased", "deels gewist", Flag, 3),
];

const VERSIONS: &[Field] = &[
    field("entry", "entry", "invoer", Count, 0),
    field("at", "date", "datum", Moment, 0),
    field("verb", "command", "commando", Wording, 1),
    field("table", "of", "van", Named(table), 0),
    field("row", "no.", "nr.", Wording, 2),
    field("before", "what it was before", "wat het daarvoor was", Was, 0),
];

const MENTIONS: &[Field] = &[
    field("table", "where", "waar", Named(table), 0),
    field("column", "in", "in", Wording, 2),
    field("row", "no.", "nr.", Wording, 1),
    field("customer", "of", "van", Wording, 0),
    field("text", "what stands there", "wat er staat", Wording, 0),
    field("certainty", "is it them", "zijn zij het", Named(certainty), 0),
];

/// The columns of the log's tables that no part shows, and why. Of a table that is named whole, none is.
pub const LEFT_OUT: &[(&str, &str)] = &[
    ("*.id", "the number of a row"),
    ("*.customer", "whose the row is"),
    ("*.entry", "the number of the entry; entries are shown with what they changed"),
    ("*.folded", "the name once more, for looking it up"),
    ("touchpoints.key", "the hash of the record in a file"),
    ("cards", "hashes: how many there are is shown with the files"),
    ("refused", "hashes, likewise"),
    ("standings", "sums of the contacts: shown as scores"),
    ("changes", "shown as what rows were before"),
    ("former_touchpoints", "likewise"),
    ("entries.first_touchpoint", "the number of a row"),
    ("entries.last_touchpoint", "the number of a row"),
    ("sources", "sizes and times of files: those that name somebody are shown with the files"),
    ("settings", "about nobody"),
    ("stages", "about nobody"),
    ("days", "sums about nobody"),
    ("anonymous_contacts", "about nobody"),
    ("forgotten", "digests of people who are no customers any more"),
];

/// The columns a part shows.
pub fn fields(part: Part) -> &'static [Field] {
    match part {
        Part::Customer => CUSTOMER,
        Part::Keys => KEYS,
        Part::Particulars => PARTICULARS,
        Part::Referrals => REFERRALS,
        Part::Contacts => CONTACTS,
        Part::Incidents => INCIDENTS,
        Part::Nudges => NUDGES,
        Part::Gifts => GIFTS,
        Part::Files => FILES,
        Part::Entries => ENTRIES,
        Part::Versions => VERSIONS,
        Part::Mentions => MENTIONS,
    }
}

/// The columns that a row of a table of the log has, for what it was before.
pub fn of_table(table: &str) -> &'static [Field] {
    TABLES.iter().find(|(name, _)| *name == table).map_or(&[], |(_, part)| fields(*part))
}

/// Which part shows the rows of which table.
pub const TABLES: &[(&str, Part)] = &[
    ("customers", Part::Customer),
    ("customer_keys", Part::Keys),
    ("particulars", Part::Particulars),
    ("referrals", Part::Referrals),
    ("touchpoints", Part::Contacts),
    ("incidents", Part::Incidents),
    ("nudges", Part::Nudges),
    ("gifts", Part::Gifts),
    ("entries", Part::Entries),
];

fn policy(word: &str) -> Option<Word> {
    Some(Word::new(
        word,
        match word {
            "unknown" => text!("not known", "niet bekend"),
            "none" => text!("none", "geen"),
            "cap" => text!("up to an amount", "tot een bedrag"),
            _ => return None,
        },
    ))
}

/// The rule or the finding that asked for a nudge.
fn rule(word: &str) -> Option<Word> {
    let rule = RuleId::from_str(word).ok().and_then(rules::rule).map(|rule| (rule.name)());
    let label = rule.or_else(|| FindingKind::from_str(word).ok().map(FindingKind::label));
    let occasion = || (word == "occasion").then(|| text!("an occasion", "een gelegenheid"));
    Some(Word::new(word, label.or_else(occasion)?))
}

/// Where something was read, when the program has a word for it.
fn source(word: &str) -> Option<Word> {
    let said = source_in_words(word);
    (said.nl != word).then(|| Word::new(word, said))
}

fn kind_of_file(word: &str) -> Option<Word> {
    Some(Word::new(
        word,
        match word {
            "contacts" => text!("contacts", "contacten"),
            "particulars" => text!("particulars", "bijzonderheden"),
            "cards" => text!("cards of address books, known by a digest", "kaarten van adresboeken, herkend aan een vingerafdruk"),
            "refused" => text!("records that stay out, known by a digest", "records die erbuiten blijven, herkend aan een vingerafdruk"),
            "source" => text!("a source that names them, last read", "een bron die ze noemt, het laatst gelezen"),
            _ => return None,
        },
    ))
}

/// Whether a mention is of them.
fn certainty(word: &str) -> Option<Word> {
    Some(Word::new(
        word,
        match word {
            "sure" => text!("surely", "zeker"),
            "perhaps" => text!("perhaps", "misschien"),
            _ => return None,
        },
    ))
}

/// What a row of a table is.
fn table(word: &str) -> Option<Word> {
    let (former, name) = word.strip_prefix("former_").map_or((false, word), |name| (true, name));
    let label = match name {
        "customers" => text!("customer", "klant"),
        "customer_keys" => text!("known by", "bekend als"),
        "particulars" => text!("particular", "bijzonderheid"),
        "cards" => text!("card of an address book", "kaart van een adresboek"),
        "refused" => text!("record that stays out", "record dat erbuiten blijft"),
        "incidents" => text!("failure", "misser"),
        "nudges" => text!("nudge", "nudge"),
        "gifts" => text!("gift", "cadeau"),
        "referrals" => text!("referral", "aanbeveling"),
        "touchpoints" => text!("contact", "contact"),
        _ => return None,
    };
    let label = if former { Text::new(format!("{}, before", label.en), format!("{}, eerder", label.nl)) } else { label };
    Some(Word::new(word, label))
}
