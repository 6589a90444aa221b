//! What a person is asked about a table, and what an answer changes.

use super::profile::{Always, Profile, Target};
use super::propose::{sale, set_columns};
use super::raw::Gives;
use crate::domain::text::Text;
use crate::domain::words::Channel;
use crate::intake::near::shorten;
use crate::text;

/// What a question is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum About {
    /// Which column says who it was with.
    Customer,
    /// Which column says when it was.
    Date,
    /// Whether the day or the month stands first.
    DayOrMonth,
    /// Whether a sign parts thousands or decimals.
    Decimal,
    /// Whether rows are contacts or customers.
    Rows,
    /// What kind of contact a row is: through which channel it went, or that something was sold.
    Channel,
}

/// A question with its choices; the first is what is taken when nobody answers.
#[derive(Debug, Clone, PartialEq)]
pub struct Question {
    /// What it is about.
    pub about: About,
    /// The question itself, with its question mark.
    pub ask: Text,
    /// The choices, as many as there are answers.
    pub choices: Vec<Text>,
    pub(super) answers: Vec<Answer>,
}

/// What an answer changes.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Answer {
    /// The columns of a target.
    Column(Target, Vec<String>),
    /// The column of the date, how it is written, and what is to be asked about that.
    Date(String, Vec<String>, Option<Box<Question>>),
    /// How dates are written; the usual ways when empty.
    Dates(Vec<String>),
    /// The decimal sign.
    Decimal(char),
    /// What rows are.
    Rows(Gives),
    /// The channel of every row; read from the note when `None`.
    Channel(Option<Channel>),
    /// Every row is an order, an invoice or a payment, and gets this label.
    Sale(&'static str),
    /// No column is this.
    Without(Target),
}

impl Answer {
    pub(super) fn apply(self, profile: &mut Profile) {
        match self {
            Self::Column(target, names) => set_columns(profile, target, names),
            Self::Date(name, patterns, _) => {
                set_columns(profile, Target::At, vec![name]);
                profile.dates = patterns;
            }
            Self::Dates(patterns) => profile.dates = patterns,
            Self::Decimal(sign) => profile.decimal = Some(sign),
            Self::Channel(channel) => profile.always = Always { channel, ..Always::default() },
            Self::Sale(label) => profile.always = sale(label),
            Self::Without(target) => profile.columns.retain(|(known, _)| *known != target),
            Self::Rows(Gives::Customers) => {
                let date = profile.columns.iter().find(|(target, _)| *target == Target::At).map(|(_, source)| source.clone());
                if let Some(source) = date.filter(|_| profile.source(Target::Since).is_none()) {
                    profile.columns.push((Target::Since, source));
                }
                profile.columns.retain(|(target, _)| *target != Target::At);
                profile.columns.sort_by_key(|(target, _)| *target);
                (profile.gives, profile.always) = (Gives::Customers, Default::default());
            }
            Self::Rows(gives) => profile.gives = gives,
        }
    }
}

impl Question {
    /// Of each column its name and a value.
    pub(super) fn customer<'n>(columns: impl Iterator<Item = (&'n str, &'n str)>, optional: bool) -> Self {
        let ask = text!("Which column says who the customer is?", "Welke kolom zegt wie de klant is?");
        let none = text!("none of these", "geen van deze");
        let columns = columns.map(|(name, sample)| (called(name, sample), Answer::Column(Target::Customer, vec![name.to_owned()])));
        let mut choices: Vec<(Text, Answer)> = columns.collect();
        choices.insert(if optional { 0 } else { choices.len() }, (none, Answer::Without(Target::Customer)));
        Self::of(About::Customer, ask, choices)
    }

    /// Of each column its name, a value, how its dates are written, and what is to be asked about that.
    pub(super) fn date<'n>(columns: impl Iterator<Item = (&'n str, &'n str, (Vec<String>, Option<Self>))>) -> Self {
        let ask = text!("Which column says when it was?", "Welke kolom zegt wanneer het was?");
        let answers = columns
            .map(|(name, sample, (patterns, doubt))| (called(name, sample), Answer::Date(name.to_owned(), patterns, doubt.map(Box::new))));
        Self::of(About::Date, ask, answers)
    }

    pub(super) fn day_or_month(column: &str, sample: &str, day: Vec<String>, month: Vec<String>) -> Self {
        let (column, sample) = (shorten(column), shorten(sample));
        let ask = text!("In `{column}`, such as {sample}, what stands first?", "Wat staat in `{column}`, zoals {sample}, voorop?");
        let answers = [(text!("the day", "de dag"), Answer::Dates(day)), (text!("the month", "de maand"), Answer::Dates(month))];
        Self::of(About::DayOrMonth, ask, answers)
    }

    pub(super) fn decimal(column: &str, sample: &str) -> Self {
        let (column, sample) = (shorten(column), shorten(sample));
        let ask = text!(
            "In `{column}`, such as {sample}, which sign stands before the cents?",
            "Welk teken staat in `{column}`, zoals {sample}, voor de centen?"
        );
        let thousands = if sample.contains(',') { ['.', ','] } else { [',', '.'] };
        let name = |sign: char| if sign == ',' { text!("a comma", "een komma") } else { text!("a point", "een punt") };
        Self::of(About::Decimal, ask, thousands.map(|sign| (name(sign), Answer::Decimal(sign))))
    }

    pub(super) fn rows() -> Self {
        let ask = text!("What is a row of this table?", "Wat is een rij van deze tabel?");
        let answers = [
            (text!("a contact with a customer", "een contact met een klant"), Answer::Rows(Gives::Contacts)),
            (text!("a customer", "een klant"), Answer::Rows(Gives::Customers)),
        ];
        Self::of(About::Rows, ask, answers)
    }

    /// `note` when there is a note, true when it mostly says it; `first` the channel that is likeliest
    /// otherwise; with an amount rows may also be what was sold.
    pub(super) fn channel(note: Option<bool>, amount: bool, first: Channel) -> Self {
        let ask = text!("What kind of contact is a row?", "Wat voor contact is een rij?");
        let noted = note.map(|tells| (tells, (text!("as the note says", "zoals de notitie zegt"), Answer::Channel(None))));
        let (before, after): (Vec<_>, Vec<_>) = noted.into_iter().partition(|(tells, _)| *tells);
        let (before, after) = (before.into_iter().map(|(_, one)| one), after.into_iter().map(|(_, one)| one));
        let sold = [
            (text!("an order: the mail that confirms it", "een bestelling: de mail die haar bevestigt"), Answer::Sale("order")),
            (text!("an invoice: the mail that brings it", "een factuur: de mail waarmee die komt"), Answer::Sale("invoice")),
            (text!("a payment: the mail that confirms it", "een betaling: de mail die haar bevestigt"), Answer::Sale("payment")),
        ];
        let mut channels: Vec<Channel> = Channel::ALL.to_vec();
        channels.sort_by_key(|channel| *channel != first);
        let all = channels.into_iter().map(|channel| (channel.label(), Answer::Channel(Some(channel))));
        let sold = sold.into_iter().filter(|_| amount && first == Channel::Email);
        Self::of(About::Channel, ask, before.chain(sold).chain(all).chain(after))
    }

    fn of(about: About, ask: Text, answers: impl IntoIterator<Item = (Text, Answer)>) -> Self {
        let (choices, answers) = answers.into_iter().unzip();
        Self { about, ask, choices, answers }
    }
}

/// A column by its name and, as names may say little, a value.
fn called(name: &str, sample: &str) -> Text {
    let (name, sample) = (shorten(name), shorten(sample));
    if sample.is_empty() { Text::same(name) } else { text!("{name}, such as {sample}", "{name}, zoals {sample}") }
}
