//! One row → what it tells, whatever kind of file it came from.

use std::rc::Rc;

use chrono::TimeZone;

use super::amounts;
use super::check::fold_word;
use super::dates::Dates;
use super::layout::Layout;
use super::people::parties;
use super::profile::{Profile, Target};
use super::raw::Gives;
use super::seen::Seen;
use super::synonyms::Known;
use super::telling::is_hours;
use crate::domain::limits::{LONGEST_NAME, LONGEST_NOTE};
use crate::domain::party::{Card, Party};
use crate::domain::text::Text;
use crate::domain::touchpoint::{Facts, Touchpoint};
use crate::intake::contact_words::{Inferred, Words};
use crate::intake::near::shorten;
use crate::intake::records::{Contact, Identity, Record, RecordError, Told, digest};
use crate::text;

/// The column of process-mining logs that says how far an activity is.
pub(in crate::intake) const LIFECYCLE: &str = "lifecycle:transition";

/// Reads rows by a profile.
pub(in crate::intake) struct RowReader<'p, Tz> {
    profile: &'p Profile,
    layout: Rc<Layout>,
    dates: Dates<Tz>,
    decimal: Option<char>,
    words: Words,
    seen: Seen,
}

/// The fields of one row by what they are for.
pub(super) struct Fields<'a> {
    layout: &'a Layout,
    fields: &'a [String],
}

impl<'a> Fields<'a> {
    pub(super) fn parts(&self, target: Target) -> Vec<&'a str> {
        self.layout.parts(self.fields, target).0
    }

    pub(super) fn text(&self, target: Target) -> String {
        self.parts(target).join(" ")
    }

    /// Reads what a target says, if it says anything; `what` it is not, in words.
    fn read<T>(&self, target: Target, read: impl FnOnce(&str) -> Option<T>, what: (&str, &str)) -> Result<Option<T>, Text> {
        let typed = self.text(target);
        if typed.is_empty() {
            return Ok(None);
        }
        let column = shorten(self.layout.parts(self.fields, target).1);
        let shown = clean(&shorten(&typed), LONGEST_NAME);
        let (en, nl) = what;
        read(&typed).map(Some).ok_or_else(|| text!("`{column}` is not {en}: `{shown}`", "`{column}` is geen {nl}: `{shown}`"))
    }

    /// A fixed word: as the profile says, or as everybody does.
    fn word<T: Known>(&self, target: Target, own: &[(String, T)], what: (&str, &str)) -> Result<Option<T>, Text> {
        let meaning = |typed: &str| {
            let folded = fold_word(typed);
            own.iter().find(|(word, _)| *word == folded).map(|(_, meaning)| *meaning).or_else(|| T::of(typed))
        };
        let key = target.key();
        let said = self.read(target, meaning, what);
        said.map_err(|Text { en, nl }| {
            text!("{en}; say what it means under `values: {key}:`", "{nl}; zeg wat het betekent onder `values: {key}:`")
        })
    }
}

/// By what a row is recognised: a row that tells two things has a name for each.
#[derive(Debug, Clone, Copy)]
struct Identities {
    contact: Identity,
    card: Identity,
}

impl<'p, Tz: TimeZone> RowReader<'p, Tz> {
    /// `decimal` is the sign the amounts seem to use, when the profile does not say.
    pub(in crate::intake) fn new(profile: &'p Profile, layout: Layout, zone: Tz, decimal: Option<char>) -> Self {
        let decimal = profile.decimal.or(decimal);
        Self { profile, layout: Rc::new(layout), dates: Dates::new(profile, zone), decimal, words: Words::default(), seen: Seen::default() }
    }

    /// What a row tells: one record, or a contact and a card.
    pub(in crate::intake) fn read(&mut self, line: u64, values: &[String]) -> Result<Vec<Record>, RecordError> {
        let layout = Rc::clone(&self.layout);
        let fields = Fields { layout: &layout, fields: values };
        let identity = self.identity(&fields);
        let nothing = |why: Text| Ok(vec![Record { line, identity: identity.contact, told: Told::Nothing(why) }]);
        if self.profile.once && self.repeats(&fields, identity) {
            return nothing(text!("another line with the same number", "nog een regel met hetzelfde nummer"));
        }
        if let Some(why) = self.left_out(values) {
            return nothing(why);
        }
        let told = self.told(&fields).map_err(|reason| RecordError { line, reason, fatal: false })?;
        let identity_of = |told: &Told| if matches!(told, Told::Card(_)) { identity.card } else { identity.contact };
        let record = |told: Told| Record { line, identity: identity_of(&told), told };
        Ok(told.into_iter().map(record).collect())
    }

    fn told(&mut self, fields: &Fields) -> Result<Vec<Told>, Text> {
        let parties = parties(fields);
        let Some(first) = parties.first().cloned() else {
            return Err(text!("this row names nobody", "deze rij noemt niemand"));
        };
        let gives = self.profile.gives;
        let mut told = Vec::new();
        if gives != Gives::Contacts {
            told.push(Told::Card(self.card(fields, first)?));
        }
        if gives != Gives::Customers {
            let touchpoint = self.touchpoint(fields)?;
            told.push(Told::Contact(Contact { parties, named_in: String::new(), may_be_new: true, touchpoint, reasons: Vec::new() }));
        }
        Ok(told)
    }

    /// By its own number when the row has one. A contact also by its date, because numbers begin anew
    /// every year and in every file; somebody who is a customer stays the same one.
    fn identity(&self, fields: &Fields) -> Identities {
        let id = fields.text(Target::Id);
        if !id.is_empty() {
            let own = digest(&[b"table", self.profile.id.as_bytes(), id.as_bytes()]);
            let dated = digest(&[b"table", self.profile.id.as_bytes(), id.as_bytes(), fields.text(Target::At).as_bytes()]);
            return Identities { contact: Identity::Own(dated), card: Identity::Own(digest(&[b"card", &own])) };
        }
        let said: Vec<(Target, String)> = Target::ALL.iter().map(|target| (*target, fields.text(*target))).collect();
        let told = said.iter().filter(|(_, text)| !text.is_empty());
        let parts = told.flat_map(|(target, text)| [target.key().as_bytes(), text.as_bytes()]);
        let content = digest(&std::iter::once(&b"table row"[..]).chain(parts).collect::<Vec<_>>());
        Identities { contact: Identity::Content(content), card: Identity::Content(digest(&[b"card", &content])) }
    }

    /// Whether a row is one more of a contact that was met. Programs leave the date of the second row
    /// of an order empty.
    fn repeats(&mut self, fields: &Fields, identity: Identities) -> bool {
        let (Identity::Own(contact), Identity::Own(card)) = (identity.contact, identity.card) else { return false };
        let undated = self.profile.source(Target::At).is_some() && fields.text(Target::At).is_empty();
        let (new, number_is_new) = (self.seen.insert(contact), self.seen.insert(card));
        if undated { !number_is_new } else { !new }
    }

    /// Why a row does not count, when `only:` says so.
    fn left_out(&self, values: &[String]) -> Option<Text> {
        let pairs = self.profile.only.iter().zip(&self.layout.only);
        for ((column, words), place) in pairs {
            let value = place.and_then(|place| values.get(place)).map_or("", String::as_str);
            if words.contains(&fold_word(value)) {
                continue;
            }
            let (column, shown) = (shorten(column), clean(&shorten(value), LONGEST_NAME));
            return Some(match words.as_slice() {
                _ if column == LIFECYCLE => not_completed(),
                [only] if only.is_empty() => text!("`{column}` is filled in", "`{column}` is ingevuld"),
                _ if value.is_empty() => text!("`{column}` is empty", "`{column}` is leeg"),
                _ => text!("`{column}` is `{shown}`", "`{column}` is `{shown}`"),
            });
        }
        None
    }

    fn touchpoint(&mut self, fields: &Fields) -> Result<Touchpoint, Text> {
        let note: String = fields.text(Target::Note).replace('\0', "").chars().take(LONGEST_NOTE).collect();
        let dates = &mut self.dates;
        let at = fields.read(Target::At, |typed| dates.moment(typed).ok(), ("a date", "datum"))?;
        let Some(at) = at else {
            let column = shorten(fields.layout.parts(fields.fields, Target::At).1);
            return Err(text!("`{column}` is empty: a contact needs a date", "`{column}` is leeg: een contact heeft een datum nodig"));
        };
        let decimal = self.decimal;
        let hours = is_hours(fields.layout.parts(fields.fields, Target::Minutes).1);
        Ok(Touchpoint {
            facts: Facts { at, ..self.facts(fields, &note)? },
            stage: self.stage(fields),
            amount: fields.read(Target::Amount, |typed| amounts::amount(typed, decimal), ("an amount", "bedrag"))?,
            minutes: fields.read(Target::Minutes, |typed| amounts::minutes(typed, hours), ("a number of minutes", "aantal minuten"))?,
            tags: self.tags(fields),
            note,
        })
    }

    /// Everything but the moment. Only when neither the row nor the profile says a channel, the note is
    /// read for it, as `attent log` does.
    fn facts(&self, fields: &Fields, note: &str) -> Result<Facts, Text> {
        let (own, always) = (&self.profile.values, &self.profile.always);
        let said = fields.word(Target::Channel, &own.channel, ("a channel", "kanaal"))?.or(always.channel);
        let read = if said.is_none() { self.words.infer(note) } else { Inferred::default() };
        let channel = said
            .or(read.channel)
            .ok_or_else(|| text!("nothing says through which channel it went", "niets zegt via welk kanaal het ging"))?;
        let usual = channel.defaults();
        let direction = fields.word(Target::Direction, &own.direction, ("a direction", "richting"))?.or(always.direction);
        let sender = fields.word(Target::Sender, &own.sender, ("a sender", "afzender"))?.or(always.sender);
        let personal = fields.word(Target::Personal, &own.personal, ("a degree of personal contact", "graad van persoonlijk contact"))?;
        let kind = fields.word(Target::Kind, &own.kind, ("a kind", "soort"))?.or(always.kind);
        let felt = |typed: &str| {
            let folded = fold_word(typed);
            own.sentiment.iter().find(|(word, _)| *word == folded).map(|(_, felt)| *felt).or_else(|| amounts::sentiment(typed))
        };
        Ok(Facts {
            at: crate::domain::calendar::Moment::default(),
            channel,
            direction: direction.or(read.direction).unwrap_or(usual.direction),
            sender: sender.unwrap_or(usual.sender),
            personal: personal.or(always.personal).unwrap_or(usual.personal),
            kind: kind.or(read.kind).unwrap_or(usual.kind),
            sentiment: fields.read(Target::Sentiment, felt, ("a feeling from -1 to 1", "gevoel van -1 tot en met 1"))?.or(always.sentiment),
        })
    }

    fn stage(&self, fields: &Fields) -> Option<String> {
        let typed = clean(&fields.text(Target::Stage), LONGEST_NAME);
        let own = &self.profile.values.stage;
        let said = match own.iter().find(|(word, _)| *word == fold_word(&typed)) {
            Some((_, stage)) => Some(stage.clone()),
            None => Some(typed).filter(|typed| own.is_empty() && !typed.is_empty()),
        };
        said.or_else(|| self.profile.always.stage.clone())
    }

    /// Lower case, sorted, each once, one word each.
    fn tags(&self, fields: &Fields) -> Vec<String> {
        let text = fields.parts(Target::Tags).join(",");
        let row = text.split([',', ';', '|', '\n']).map(|tag| clean(tag, LONGEST_NAME).replace(' ', "-").to_lowercase());
        let mut tags: Vec<String> = row.chain(self.profile.always.tags.iter().cloned()).filter(|tag| !tag.is_empty()).collect();
        tags.sort_unstable();
        tags.dedup();
        tags
    }

    fn card(&mut self, fields: &Fields, party: Party) -> Result<Card, Text> {
        let dates = &mut self.dates;
        let since = fields.read(Target::Since, |typed| dates.moment(typed).ok(), ("a date", "datum"))?;
        let birthday = fields.read(Target::Birthday, |typed| dates.birthday(typed).ok(), ("a date", "datum"))?;
        let said = clean(&fields.text(Target::Segment), LONGEST_NAME);
        let segment = if said.is_empty() { self.profile.always.segment.clone() } else { Some(said) };
        let note = if self.profile.gives == Gives::Customers { fields.text(Target::Note) } else { String::new() };
        let tags = if self.profile.gives == Gives::Customers { self.tags(fields) } else { Vec::new() };
        let postal = fields.parts(Target::Postal).iter().map(|part| clean(part, LONGEST_NAME)).collect::<Vec<_>>().join(", ");
        Ok(Card {
            party,
            organisation: clean(&fields.text(Target::Organisation), LONGEST_NAME),
            categories: segment.into_iter().chain(tags).collect(),
            postal: Some(postal).filter(|postal| !postal.is_empty()).into_iter().collect(),
            anniversaries: birthday.into_iter().collect(),
            since,
            notes: note.replace('\0', "").chars().take(LONGEST_NOTE).collect(),
        })
    }
}

/// One line of text: every run of spaces and control characters is one space, and at most so many characters.
pub(in crate::intake) fn clean(text: &str, most: usize) -> String {
    let words = text.split(|c: char| c.is_whitespace() || c.is_control()).filter(|word| !word.is_empty());
    words.collect::<Vec<_>>().join(" ").chars().take(most).collect::<String>().trim_end().to_owned()
}

/// Why an event does not count that says it is not at its end.
pub(in crate::intake) fn not_completed() -> Text {
    text!("not a completed step", "geen afgeronde stap")
}
