//! A profile for a table nobody knows, from its beginning; what cannot be told is asked.

use std::collections::{BTreeSet, HashSet};

use super::amounts::{amount, decimal_sign};
use super::check::fold_word;
use super::guess::{BETWEEN, DAY_FIRST, FIRST, LAST, Looks, MONTH_FIRST, all_written, is_any, is_counter, is_stamp, rank};
use super::head::Head;
use super::profile::{Always, Profile, Source, Target, Values};
use super::questions::{About, Answer, Question};
use super::raw::Gives;
use super::telling;
use crate::domain::words::{Channel, Direction, Kind, Personal, Sender};
use crate::intake::contact_words::Words;

/// A column with more words than this says no status.
const MOST_STATUSES: usize = 20;

/// A profile, and what could not be told from the file.
#[derive(Debug, Clone, PartialEq)]
pub struct Proposal {
    /// Usable as it is: every question is answered with its first choice.
    pub profile: Profile,
    /// What to ask the person, in this order.
    pub unsure: Vec<Question>,
}

impl Proposal {
    /// Takes an answer: the number of the question in `unsure` and that of its choice, from 0. A number
    /// that is not there changes nothing.
    pub fn answer(&mut self, question: usize, choice: usize) {
        let answer = self.unsure.get(question).and_then(|question| question.answers.get(choice)).cloned();
        if let Some(Answer::Date(_, _, doubt)) = &answer {
            self.unsure.retain(|question| question.about != About::DayOrMonth);
            self.unsure.splice(question + 1..question + 1, doubt.iter().map(|doubt| (**doubt).clone()));
        }
        if let Some(answer) = answer {
            answer.apply(&mut self.profile);
        }
    }

    /// Whether a question still matters after the answers before it.
    pub fn matters(&self, question: &Question) -> bool {
        question.about != About::Channel || self.profile.gives != Gives::Customers
    }
}

/// Proposes how to read a table with this beginning. The profile is called `table`.
pub fn propose(head: &Head) -> Proposal {
    let mut draft = Draft::new(head);
    draft.names();
    draft.by_name();
    draft.by_value();
    draft.ask_who();
    draft.ask_when();
    draft.ask_decimal();
    draft.ask_what();
    draft.leave_out();
    draft.know_again();
    let Draft { profile, unsure, .. } = draft;
    Proposal { profile, unsure }
}

/// A profile in the making.
pub(super) struct Draft<'h> {
    head: &'h Head,
    looks: Vec<Looks>,
    /// Which columns can be named in a profile.
    own: Vec<bool>,
    taken: Vec<bool>,
    profile: Profile,
    unsure: Vec<Question>,
}

impl<'h> Draft<'h> {
    pub(super) fn new(head: &'h Head) -> Self {
        let columns = 0..head.header.len();
        let values = |column: usize| head.rows.iter().take(500).map(move |row| row.get(column).map_or("", String::as_str));
        let (values, always) = (columns.map(|column| Looks::of(values(column))).collect::<Vec<_>>(), Always::default());
        let profile = Profile {
            id: "table".to_owned(),
            header: Vec::new(),
            delimiter: None,
            encoding: None,
            decimal: None,
            dates: Vec::new(),
            utc: false,
            columns: Vec::new(),
            values: Values::default(),
            always,
            only: Vec::new(),
            gives: Gives::Customers,
            once: false,
        };
        // a column without a name cannot be named in a profile, and of two with one name only the first can
        let first =
            |place: usize| head.header.iter().position(|name| super::profile::same_column(name, &head.header[place])) == Some(place);
        let own: Vec<bool> = (0..head.header.len()).map(|place| !head.header[place].trim().is_empty() && first(place)).collect();
        let taken = own.iter().map(|own| !own).collect();
        Self { head, looks: values, own, taken, profile, unsure: Vec::new() }
    }

    fn values(&self, column: usize) -> Vec<&'h str> {
        self.head.rows.iter().filter_map(|row| row.get(column)).map(String::as_str).filter(|value| !value.is_empty()).collect()
    }

    /// The first value of a column, to know it by.
    fn sample(&self, column: usize) -> &'h str {
        self.values(column).first().copied().unwrap_or_default()
    }

    fn has(&self, target: Target) -> bool {
        self.profile.source(target).is_some()
    }

    fn map(&mut self, target: Target, columns: &[usize]) {
        columns.iter().for_each(|column| self.taken[*column] = true);
        let names = columns.iter().map(|column| self.head.header[*column].clone()).collect();
        Answer::Column(target, names).apply(&mut self.profile);
    }

    fn free(&self) -> impl Iterator<Item = usize> + '_ {
        (0..self.taken.len()).filter(|column| !self.taken[*column])
    }

    /// First and last name, when there is no whole one.
    fn names(&mut self) {
        let find = |words: &str| self.free().find(|column| is_any(words, &self.head.header[*column]));
        let (first, between, last) = (find(FIRST), find(BETWEEN), find(LAST));
        let parts: Vec<usize> = [first, between, last].into_iter().flatten().collect();
        if first.or(last).is_some() {
            self.map(Target::Customer, &parts);
        }
    }

    /// The column with the likeliest name whose values can be it.
    fn by_name(&mut self) {
        for target in Target::ALL {
            if self.has(target) {
                continue;
            }
            let fits = self.free().filter(|column| self.looks[*column].can_be(target) && (target != Target::Id || self.can_be_id(*column)));
            let ranked = fits.filter_map(|column| Some((rank(target, &self.head.header[column])?, column)));
            if let Some((_, column)) = ranked.min() {
                self.map(target, &[column]);
            }
        }
    }

    /// Whether a row can be known again by this: it is no counter, and rows of a file with the same
    /// number are rows of one sale.
    fn can_be_id(&self, column: usize) -> bool {
        let values = self.values(column);
        let mut met = HashSet::new();
        let unique = values.iter().all(|value| met.insert(*value));
        !is_counter(&values) && (unique || telling::sale(std::slice::from_ref(&self.head.header[column])).is_some())
    }

    /// Addresses, telephone numbers and words of channels give themselves away.
    fn by_value(&mut self) {
        for target in [Target::Email, Target::Phone, Target::Channel] {
            let found = self.free().find(|column| self.looks[*column].said > 0 && self.looks[*column].share(target) >= 0.8);
            if let Some(column) = found.filter(|_| !self.has(target)) {
                self.map(target, &[column]);
            }
        }
    }

    /// Who: asked when no column is called so.
    fn ask_who(&mut self) {
        if self.has(Target::Customer) || self.has(Target::Organisation) {
            return;
        }
        let texts: Vec<usize> =
            self.free().filter(|column| self.looks[*column].letters >= 0.5 && self.looks[*column].can_be(Target::Customer)).collect();
        let known = self.has(Target::Email) || self.has(Target::Phone);
        let candidates: Vec<usize> = if texts.is_empty() && !known { self.free().collect() } else { texts };
        self.ask_customer(&candidates, known);
    }

    /// When: the only column of dates, or asked.
    fn ask_when(&mut self) {
        let dates: Vec<usize> = self.free().filter(|column| self.looks[*column].said > 0 && self.looks[*column].dates >= 0.8).collect();
        if let Some(first) = dates.first().copied().filter(|_| !self.has(Target::At)) {
            if dates.len() > 1 {
                let choices = dates.iter().map(|column| (self.head.header[*column].as_str(), self.sample(*column), self.written(*column)));
                self.unsure.push(Question::date(choices));
            }
            self.map(Target::At, &[first]);
        }
        let column = [Target::At, Target::Since, Target::Birthday].into_iter().find_map(|target| self.place(target));
        let Some(column) = column else { return };
        let (patterns, doubt) = self.written(column);
        self.profile.dates = patterns;
        self.unsure.extend(doubt);
    }

    /// How the dates of a column are written, and the question whether the day or the month stands first.
    pub(super) fn written(&self, column: usize) -> (Vec<String>, Option<Question>) {
        let values = self.values(column);
        let stamps = values.iter().all(|value| is_stamp(value));
        let written = |list: &[&str]| list.iter().find(|pattern| all_written(pattern, &values)).map(|pattern| vec![(*pattern).to_owned()]);
        let (day, month) = (if stamps { Some(Vec::new()) } else { written(DAY_FIRST) }, written(MONTH_FIRST));
        // with dashes nobody puts the month first, and `13/` settles it
        let slashes = values.iter().any(|value| value.contains('/'));
        match (day, month) {
            (Some(day), Some(month)) if slashes && !values.is_empty() => {
                let doubt = Question::day_or_month(&self.head.header[column], values[0], day.clone(), month);
                (day, Some(doubt))
            }
            (Some(day), _) => (day, None),
            (None, Some(month)) => (month, None),
            // several ways in one column
            (None, None) => {
                let some = |pattern: &&&str| values.iter().any(|value| !is_stamp(value) && all_written(pattern, &[value]));
                (DAY_FIRST.iter().filter(some).map(|pattern| (*pattern).to_owned()).collect(), None)
            }
        }
    }

    fn place(&self, target: Target) -> Option<usize> {
        let name = self.profile.source(target)?.lists().first()?.first()?;
        self.head.header.iter().position(|column| column == name)
    }

    fn ask_customer(&mut self, candidates: &[usize], optional: bool) {
        let Some(first) = candidates.first().copied() else { return };
        // even a single one is a guess: no name says who it is
        let choices = candidates.iter().map(|column| (self.head.header[*column].as_str(), self.sample(*column)));
        self.unsure.push(Question::customer(choices, optional));
        if !optional {
            self.map(Target::Customer, &[first]);
        }
    }

    /// Whether `1.234` is more than a thousand or a little more than one.
    fn ask_decimal(&mut self) {
        let Some(column) = self.place(Target::Amount) else { return };
        let values = self.values(column);
        if decimal_sign(values.iter().copied()).is_some() {
            return;
        }
        let open = values.iter().find(|value| amount(value, Some(',')) != amount(value, Some('.')));
        if let Some(value) = open {
            self.unsure.push(Question::decimal(&self.head.header[column], value));
        }
    }

    /// What a row is, and through which channel it went.
    fn ask_what(&mut self) {
        let contacts = self.has(Target::At);
        self.profile.gives = if contacts { Gives::Contacts } else { Gives::Customers };
        if !contacts {
            return;
        }
        let about_contact = [Target::Channel, Target::Amount, Target::Note, Target::Minutes, Target::Direction];
        if !about_contact.into_iter().any(|target| self.has(target)) {
            self.unsure.push(Question::rows());
        }
        if self.has(Target::Channel) {
            return;
        }
        let amount = self.has(Target::Amount);
        match telling::sale(&self.head.header).filter(|_| amount) {
            Some(label) => self.profile.always = sale(label),
            None => {
                let question = self.what_kind(&self.profile);
                let usual = question.answers.first().cloned();
                self.unsure.push(question);
                usual.into_iter().for_each(|answer| answer.apply(&mut self.profile));
            }
        }
    }

    /// The question what kind of contact a row is, the likeliest answer first.
    pub(super) fn what_kind(&self, profile: &Profile) -> Question {
        let has = |target: Target| profile.source(target).is_some();
        let note = profile.source(Target::Note).and_then(|source| source.columns().next());
        let notes = note.and_then(|name| self.head.header.iter().position(|column| column == name)).map(|column| self.values(column));
        let words = Words::default();
        let tells = notes.map(|notes| notes.iter().filter(|note| words.infer(note).channel.is_some()).count() * 2 >= notes.len().max(1));
        let first = if telling::is_work(&self.head.header) { Channel::Visit } else { Channel::Email };
        Question::channel(tells, has(Target::Amount), first)
    }

    /// Rows that came to nothing are left out: those with any other status than the ones seen.
    fn leave_out(&mut self) {
        let of_status = self.free().find(|column| telling::is_status(&self.head.header[*column]));
        let Some(column) = of_status.filter(|_| self.profile.gives != Gives::Customers) else { return };
        let said = self.head.rows.iter().map(|row| row.get(column).map_or("", String::as_str));
        let (nothing, count): (BTreeSet<String>, BTreeSet<String>) = said.map(fold_word).partition(|word| telling::came_to_nothing(word));
        if !nothing.is_empty() && !count.is_empty() && count.len() <= MOST_STATUSES {
            self.profile.only.push((self.head.header[column].clone(), count.into_iter().collect()));
        }
    }

    /// The whole header, so that no other table is taken for this one.
    fn know_again(&mut self) {
        self.profile.header =
            (0..self.own.len()).filter(|column| self.own[*column]).map(|column| self.head.header[column].clone()).collect();
    }
}

/// What an order, an invoice or a payment is: the mail that confirms it, with a label.
pub(super) fn sale(label: &str) -> Always {
    Always {
        channel: Some(Channel::Email),
        direction: Some(Direction::Out),
        sender: Some(Sender::Automated),
        personal: Some(Personal::Generic),
        kind: Some(Kind::Transactional),
        tags: vec![label.to_owned()],
        ..Always::default()
    }
}

/// One column alone for a target.
pub(super) fn set_columns(profile: &mut Profile, target: Target, names: Vec<String>) {
    profile.columns.retain(|(known, _)| *known != target);
    profile.columns.push((target, Source::Columns(names)));
    profile.columns.sort_by_key(|(known, _)| *known);
}
