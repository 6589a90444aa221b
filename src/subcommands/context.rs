//! What a command knows before it begins: the moment, the reader, the environment.

use std::cell::{Cell, Ref, RefCell};
use std::io::IsTerminal as _;
use std::path::{Path, PathBuf};

use anyhow::Result;
use chrono::{DateTime, FixedOffset, Local, TimeZone as _};

use super::cli::Globals;
use super::credential;
use crate::domain::calendar::Moment;
use crate::domain::customer::{GiftPolicy, GiftTerms};
use crate::domain::phone::Country;
use crate::domain::problem::Problem;
use crate::domain::text::{Lang, Text};
use crate::intake::dates::{Lean, parse_moment};
use crate::ledger::{Passphrase, can_encrypt, is_encrypted};
use crate::render::format::Format;
use crate::render::locale::Look;
use crate::settings::env::Environment;
use crate::text;

/// The surroundings of one command.
#[derive(Debug)]
pub struct Context {
    /// What holds for every command, as typed.
    pub globals: Globals,
    /// The environment when the program started.
    pub environment: Environment,
    /// Now, in the local zone.
    pub clock: DateTime<Local>,
    /// Whether now was said instead of read from the clock.
    pub clock_is_said: bool,
    /// The current folder.
    pub here: PathBuf,
    lang: Cell<Lang>,
    country: Cell<Country>,
    gift_policies: RefCell<Vec<SegmentPolicy>>,
    passphrase: RefCell<Option<Passphrase>>,
}

/// What recipients of one segment may accept.
pub type SegmentPolicy = (String, GiftPolicy, GiftTerms);

impl Context {
    /// Takes the surroundings in.
    ///
    /// # Errors
    /// When `--now` or `--lang` cannot be understood, with the language to say it in.
    pub fn new(globals: Globals, environment: Environment) -> Result<Self, (Problem, Lang)> {
        let spoken = environment.language();
        let lang = match &globals.lang {
            Some(typed) => Lang::from_locale(typed).ok_or_else(|| (wrong_lang(typed), spoken))?,
            None => spoken,
        };
        Self::speaking(lang, environment, globals).map_err(|problem| (problem, lang))
    }

    fn speaking(lang: Lang, environment: Environment, mut globals: Globals) -> Result<Self, Problem> {
        globals.output = globals.output.filter(|path| path.as_os_str() != "-");
        if let Some(path) = &globals.output {
            not_our_own(path)?;
            if globals.format.is_none() {
                known_extension(path)?;
            }
        }
        let said = globals.now.clone().or_else(|| environment.now().map(str::to_owned));
        #[expect(clippy::disallowed_methods, reason = "the one place that reads the clock")]
        let wall = Local::now();
        let clock = match &said {
            None => wall,
            Some(typed) => at(parse_moment(typed, &wall, Lean::Past)
                .map_err(|why| wrong_now(if globals.now.is_some() { "--now" } else { "ATTENT_NOW" }, why))?),
        };
        let here = std::env::current_dir().map_err(|err| {
            Problem::failure(text!("the current folder cannot be found", "de huidige map is niet te vinden"))
                .why(Text::same(err.to_string()))
        })?;
        Ok(Self {
            clock_is_said: said.is_some(),
            globals,
            environment,
            clock,
            here,
            lang: Cell::new(lang),
            country: Cell::default(),
            gift_policies: RefCell::default(),
            passphrase: RefCell::default(),
        })
    }

    /// Now.
    pub fn now(&self) -> Moment {
        Moment(self.clock.timestamp_millis())
    }

    /// The reader's language, as far as known.
    pub fn lang(&self) -> Lang {
        self.lang.get()
    }

    /// The settings say which language the reader wants.
    pub fn set_lang(&self, lang: Lang) {
        self.lang.set(lang);
    }

    /// The country of telephone numbers that do not say theirs, as far as known.
    pub fn country(&self) -> Country {
        self.country.get()
    }

    /// The settings say in which country the reader telephones.
    pub fn set_country(&self, country: Country) {
        self.country.set(country);
    }

    /// What recipients may accept by their segment, as far as known.
    pub fn gift_policies(&self) -> Ref<'_, [SegmentPolicy]> {
        Ref::map(self.gift_policies.borrow(), Vec::as_slice)
    }

    /// The passphrase of a log, asked for once in a command; `None` when it needs none.
    ///
    /// # Errors
    /// When the log is encrypted and nothing gives the passphrase, or this program was built without encryption.
    pub fn passphrase(&self, log: &Path) -> Result<Option<Passphrase>> {
        if let Some(known) = &*self.passphrase.borrow() {
            return Ok(Some(known.clone()));
        }
        if !is_encrypted(log).unwrap_or(false) || !can_encrypt() {
            return Ok(None);
        }
        let passphrase = credential::known(self, log)?;
        self.passphrase.replace(Some(passphrase.clone()));
        Ok(Some(passphrase))
    }

    /// The settings say what recipients may accept by their segment.
    pub fn set_gift_policies(&self, policies: &[SegmentPolicy]) {
        policies.clone_into(&mut self.gift_policies.borrow_mut());
    }

    /// Reads a moment as people type it, of something that has happened.
    ///
    /// # Errors
    /// When it cannot be understood.
    pub fn past(&self, typed: &str, flag: &str) -> Result<Moment, Problem> {
        parse_moment(typed, &self.clock, Lean::Past)
            .map_err(|why| Problem::usage(text!("{flag} was not understood", "{flag} is niet begrepen")).why(why))
    }

    /// A moment as it is shown: with the local offset.
    pub fn local(&self, moment: Moment) -> DateTime<FixedOffset> {
        at(moment).fixed_offset()
    }

    /// Whether a person can be asked.
    pub fn can_ask(&self) -> bool {
        !self.globals.no_input && std::io::stdin().is_terminal() && std::io::stderr().is_terminal()
    }

    /// How answers look on standard output.
    pub fn look(&self, currency: &str) -> Look {
        let terminal = std::io::stdout().is_terminal() && self.globals.output.is_none();
        let found = || terminal_size::terminal_size_of(std::io::stdout()).map(|(width, _)| width.0);
        let width = self.globals.width.or_else(|| if terminal { found().or(self.environment.columns()).or(Some(80)) } else { None });
        Look { lang: self.lang(), color: self.color(terminal), ascii: self.globals.ascii, width, currency: currency.to_owned() }
    }

    /// Whether messages on standard error are coloured.
    pub fn error_color(&self) -> bool {
        self.color(std::io::stderr().is_terminal())
    }

    fn color(&self, terminal: bool) -> bool {
        self.globals.color.unwrap_or_default().decides(&self.environment, terminal)
    }
}

/// A moment on the local clock; moments beyond the calendar are shown at its edge.
fn at(moment: Moment) -> DateTime<Local> {
    let edge = DateTime::from_timestamp_millis(moment.0).unwrap_or(DateTime::<chrono::Utc>::MAX_UTC);
    Local.from_utc_datetime(&edge.naive_utc())
}

fn wrong_now(name: &str, why: Text) -> Problem {
    Problem::usage(text!("{name} was not understood", "{name} is niet begrepen")).why(why)
}

/// An answer never replaces what a workspace lives on.
fn not_our_own(path: &Path) -> Result<(), Problem> {
    let target = std::fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    let name = target.file_name().unwrap_or_default().to_string_lossy();
    let in_journeys = target.parent().is_some_and(|folder| folder.file_name().is_some_and(|name| name == "journeys"));
    let own = name.starts_with("attent.db") || ["attent.yaml", "playbook.yaml"].contains(&&*name) || in_journeys;
    if !own {
        return Ok(());
    }
    let path = path.display();
    Err(Problem::usage(text!("-o does not write over {path}", "-o schrijft niet over {path} heen"))
        .why(text!("it is a file the workspace lives on", "het is een bestand waar de werkmap op draait"))
        .todo(text!("name another file", "noem een ander bestand")))
}

/// An extension nobody writes is told before anything is done; a name without one gets the table.
fn known_extension(path: &Path) -> Result<(), Problem> {
    let Some(extension) = path.extension().filter(|_| Format::from_extension(path).is_none()) else { return Ok(()) };
    let (extension, words) = (extension.to_string_lossy(), Format::ALL.iter().map(|format| format.word()).collect::<Vec<_>>().join(", "));
    Err(Problem::usage(text!("no format belongs to `.{extension}`", "bij `.{extension}` hoort geen formaat"))
        .todo(text!("name it with -O: {words}", "noem het met -O: {words}")))
}

fn wrong_lang(typed: &str) -> Problem {
    Problem::usage(text!("--lang cannot be `{typed}`", "--lang kan niet `{typed}` zijn")).why(text!("it is nl or en", "het is nl of en"))
}
