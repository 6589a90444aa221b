//! What the settings are, once they are put together.

use crate::domain::customer::{GiftPolicy, GiftTerms};
use crate::domain::incident::{RecoveryTerms, WorkingWeek};
use crate::domain::model::Model;
use crate::domain::money::Cents;
use crate::domain::names::fold;
use crate::domain::retention::Retention;
use crate::domain::rule::RuleId;
use crate::domain::text::Lang;
use crate::intake::contact_words::Words;
use crate::intake::sources::Source;
use crate::intake::tables::Profile;
use crate::intake::workspace::WorkspaceFile;

/// The settings of one run, all layers taken together.
#[derive(Debug, Clone, PartialEq)]
pub struct Settings {
    /// The language of the answers.
    pub language: Lang,
    /// The currency, three capitals.
    pub currency: String,
    /// My own addresses, lower case.
    pub me: Vec<String>,
    /// The id of the journey a customer is on unless said otherwise; the first file's when `None`.
    pub journey: Option<String>,
    /// The constants of the score.
    pub model: Model,
    /// Minutes a week.
    pub budget_minutes: u32,
    /// Money a week.
    pub budget: Cents,
    /// The country of telephone numbers without a country code, two capitals.
    pub country: String,
    /// The rules that are switched off.
    pub rules_off: Vec<RuleId>,
    /// The clocks of failures.
    pub recovery: RecoveryTerms,
    /// The working days and hours, also while the clocks of failures run day and night.
    pub working_week: WorkingWeek,
    /// The most actions a digest shows.
    pub nudge_max: u32,
    /// For how many days what is kept, in the order of [`Retention::ALL`]; `None` for good.
    pub retention: [Option<f64>; Retention::ALL.len()],
    /// What a recipient may accept, by segment, where nothing is said of the customer (METHOD §3.2, G7).
    pub gift_policies: Vec<(String, GiftPolicy, GiftTerms)>,
    /// What is read from files, and how.
    pub imports: Imports,
    /// Folders whose workspaces are as they are meant to be, whoever owns and reads them; only the user's own
    /// file says so.
    pub trust: Vec<String>,
}

/// What is read from files, and how: lists, which no flag or variable sets.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Imports {
    /// Where contacts are read from.
    pub sources: Vec<Source>,
    /// Addresses that are no customer's.
    pub ignore: Vec<String>,
    /// The words by which notes, subjects and titles say what they are about.
    pub words: Words,
    /// How tables with columns of their own are read.
    pub profiles: Vec<Profile>,
}

impl Imports {
    /// What decides how a file is read, apart from the list of files.
    pub fn reading(&self) -> Self {
        Self { sources: Vec::new(), ..self.clone() }
    }

    /// Takes what a file says; a stronger file comes later.
    pub fn take_from(&mut self, file: &WorkspaceFile) {
        self.ignore.extend(file.ignore.iter().cloned());
        self.sources.extend(file.sources.iter().cloned());
        self.words = file.words.clone().before(std::mem::take(&mut self.words));
        self.profiles.retain(|known| !file.profiles.iter().any(|own| own.id == known.id));
        self.profiles.extend(file.profiles.iter().cloned());
    }
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            language: Lang::En,
            currency: "EUR".into(),
            me: Vec::new(),
            journey: None,
            model: Model::default(),
            budget_minutes: 180,
            budget: Cents(6000),
            country: "NL".into(),
            rules_off: Vec::new(),
            recovery: RecoveryTerms::default(),
            working_week: WorkingWeek::default(),
            nudge_max: 10,
            retention: [None; Retention::ALL.len()],
            gift_policies: Vec::new(),
            imports: Imports::default(),
            trust: Vec::new(),
        }
    }
}

impl Settings {
    /// Whether a rule holds.
    pub fn rule_on(&self, rule: RuleId) -> bool {
        !self.rules_off.contains(&rule)
    }

    /// Switches a rule on or off; the rules that are off stay in the order of the documentation.
    pub fn switch_rule(&mut self, rule: RuleId, on: bool) {
        self.rules_off.retain(|&off| off != rule);
        if !on {
            self.rules_off.push(rule);
            self.rules_off.sort_unstable();
        }
    }

    /// For how many days something is kept; `None` for good.
    pub fn kept_for(&self, what: Retention) -> Option<f64> {
        self.retention[place(what)]
    }

    /// Says for how many days something is kept.
    pub fn keep_for(&mut self, what: Retention, days: Option<f64>) {
        self.retention[place(what)] = days;
    }

    /// Says whether the clocks of failures run in working hours only.
    pub fn work_by_the_week(&mut self, working: bool) {
        self.recovery.working = working.then_some(self.working_week);
    }

    /// Says what a working week is; clocks that run in working hours follow.
    pub fn put_working_week(&mut self, week: WorkingWeek) {
        self.working_week = week;
        self.work_by_the_week(self.recovery.working.is_some());
    }

    /// Takes the lists of a file; a stronger file comes later.
    pub fn take_lists(&mut self, file: &WorkspaceFile) {
        self.imports.take_from(file);
        self.trust.extend(file.trust.iter().cloned());
        self.gift_policies.retain(|(known, ..)| !file.gift_policies.iter().any(|(own, ..)| fold(own) == fold(known)));
        self.gift_policies.extend(file.gift_policies.iter().cloned());
    }
}

fn place(what: Retention) -> usize {
    Retention::ALL.iter().position(|&other| other == what).unwrap_or_default()
}
