//! What a command knows before it begins: the moment, the reader, the environment.

use std::cell::{Cell, Ref, RefCell};
use std::io::IsTerminal as _;
use std::path::{Path, PathBuf};

use anyhow::Result;
use chrono::{DateTime, FixedOffset, Local, TimeZone as _};

use super::cli::Globals;
use super::credential;
use crate::domain::calendar::{DAY_MS, Moment};
use crate::domain::customer::{GiftPolicy, GiftTerms};
use crate::domain::phone::Country;
use crate::domain::problem::Problem;
use crate::domain::text::{Lang, Text};
use crate::intake::dates::{Lean, parse_moment};
use crate::ledger::{can_encrypt, is_encrypted, unlock_with};
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
    /// Now by the clock of the machine.
    wall: DateTime<Local>,
    /// The current folder.
    pub here: PathBuf,
    lang: Cell<Lang>,
    country: Cell<Country>,
    gift_policies: RefCell<Vec<SegmentPolicy>>,
    looked_at_rights: Cell<bool>,
    unlocked: Cell<bool>,
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
            wall,
            here,
            lang: Cell::new(lang),
            country: Cell::default(),
            gift_policies: RefCell::default(),
            looked_at_rights: Cell::default(),
            unlocked: Cell::default(),
        })
    }

    /// Now.
    pub fn now(&self) -> Moment {
        Moment(self.clock.timestamp_millis())
    }

    /// Whether the moment that was said has not come yet.
    pub fn is_ahead(&self) -> bool {
        self.clock > self.wall
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

    /// Gives the passphrase of a log to whoever opens it, when it needs one; it is asked for once in a command.
    ///
    /// # Errors
    /// When the log is encrypted and nothing gives the passphrase.
    pub fn unlock(&self, log: &Path) -> Result<()> {
        if !self.unlocked.get() && can_encrypt() && is_encrypted(log).unwrap_or(false) {
            unlock_with(credential::known(self, log)?);
            self.unlocked.set(true);
        }
        Ok(())
    }

    /// The settings say what recipients may accept by their segment.
    pub fn set_gift_policies(&self, policies: &[SegmentPolicy]) {
        policies.clone_into(&mut self.gift_policies.borrow_mut());
    }

    /// True the first time it is asked: who may read the workspace is told once a command.
    pub fn first_look_at_rights(&self) -> bool {
        !self.looked_at_rights.replace(true)
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
        local(moment)
    }

    /// A path as it is shown: from the current folder when it lies below it, but for the root of all.
    pub fn shown(&self, path: &Path) -> String {
        let below = path.strip_prefix(&self.here).ok().filter(|_| self.here.parent().is_some());
        below.unwrap_or(path).display().to_string()
    }

    /// Whether a person can be asked. Pseudonyms are nothing to choose from.
    pub fn can_ask(&self) -> bool {
        !self.globals.no_input && !self.globals.pseudonymise && std::io::stdin().is_terminal() && std::io::stderr().is_terminal()
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

/// A moment as it is shown: with the local offset.
pub fn local(moment: Moment) -> DateTime<FixedOffset> {
    at(moment).fixed_offset()
}

/// The first and the last moment that is shown as it is: the years of four digits, less the day that a zone may add.
const SHOWN: (i64, i64) = (-62_135_596_800_000 + DAY_MS, 253_402_300_799_999 - DAY_MS);

/// A moment on the local clock; one beyond the calendar, as only a damaged file has, is shown at its edge.
pub fn at(moment: Moment) -> DateTime<Local> {
    let shown = DateTime::from_timestamp_millis(moment.0.clamp(SHOWN.0, SHOWN.1)).unwrap_or_default();
    Local.from_utc_datetime(&shown.naive_utc())
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_moment_beyond_the_calendar_is_shown_at_its_edge() {
        for (moment, year) in [(i64::MIN, "0001"), (i64::MAX, "9999"), (0, "19")] {
            let shown = at(Moment(moment));
            assert!(shown.to_rfc3339().starts_with(year) && shown.naive_local().to_string().starts_with(year), "{shown}");
        }
    }
}
