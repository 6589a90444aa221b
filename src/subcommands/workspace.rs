//! Opening a workspace: settings, journeys, playbook, ledger.

use std::io::{IsTerminal as _, Read as _};
use std::path::{Path, PathBuf};

use anyhow::Result;
use indicatif::{ProgressBar, ProgressStyle};

use super::backups;
use super::context::Context;
use super::lost;
use super::output::{self, unreadable};
use super::pseudonyms;
use super::{files, guard};
use crate::domain::complaint::{Complaint, Severity};
use crate::domain::course::Course;
use crate::domain::disk::asked;
use crate::domain::journey::Journey;
use crate::domain::limits::LARGEST_FILE;
use crate::domain::numbers::count;
use crate::domain::phone::Country;
use crate::domain::play::Play;
use crate::domain::problem::Problem;
use crate::domain::text::Text;
use crate::intake::journey::parse_journey;
use crate::intake::playbook::{Playbook, merge, parse_playbook};
use crate::intake::workspace::{WorkspaceFile, parse_own_settings, parse_workspace};
use crate::ledger::{Ledger, Opened};
use crate::plan::PLAYBOOK;
use crate::render::complaints::{Look, SourceFile};
use crate::settings::env::Environment;
use crate::settings::keys::{Key, Settings};
use crate::settings::layers::{FileLayer, FlagValue, Origin, layer};
use crate::settings::locate::{WORKSPACE_FILE, config_file, locate};
use crate::text;

/// A workspace, its files read and found right.
#[derive(Debug)]
pub struct Workspace {
    /// The folder.
    pub root: PathBuf,
    /// The settings of all layers.
    pub settings: Settings,
    /// The journeys, in the order of their file names.
    pub courses: Vec<Course>,
    /// The place of the journey a customer is on unless said otherwise.
    pub default_course: usize,
    /// The user's home, for paths that begin with `~`.
    pub home: Option<PathBuf>,
}

/// A file people wrote, as it was read.
#[derive(Debug)]
pub struct Written {
    /// As it is shown: from the current folder when it lies below it.
    pub shown: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

/// The log's file in a workspace.
pub const LEDGER_FILE: &str = "attent.db";

/// A workspace's own playbook.
pub const PLAYBOOK_FILE: &str = "playbook.yaml";

impl Workspace {
    /// Opens the workspace the command is about.
    ///
    /// # Errors
    /// When there is none, or one of its files has mistakes (exit 3, all of them shown).
    pub fn open(context: &Context) -> Result<Self> {
        Self::open_with(context, &[])
    }

    /// Opens it with settings tried on the command line.
    ///
    /// # Errors
    /// As [`Workspace::open`].
    pub fn open_with(context: &Context, tried: &[FlagValue]) -> Result<Self> {
        let root = locate(context.globals.workspace.as_deref(), &context.environment, &context.here)?.root;
        let (settings, _) = settings(context, Some(&root), tried)?;
        let mut courses = Vec::new();
        let mut wrong = Vec::new();
        for file in journey_files(context, &root)? {
            let parsed = parse_journey(&file.bytes);
            match parsed.value {
                Some(journey) => courses.push(journey),
                None => wrong.push((file, parsed.complaints)),
            }
        }
        stop_at_mistakes(context, &wrong)?;
        no_id_twice(&courses)?;
        let default_course = default_course(&courses, &settings)?;
        let course = |journey| Course::new(journey, &settings.model).recovering(settings.recovery);
        let courses = courses.into_iter().map(course).collect();
        Ok(Self { root, settings, courses, default_course, home: context.environment.home() })
    }

    /// Opens the log to write in it, with its sums brought up to date where the file can be written.
    ///
    /// # Errors
    /// When it cannot be opened, the answer was to be pseudonymised (exit 2), or it holds nothing while a backup does and
    /// nobody says that a new one may begin.
    pub fn ledger(&self, context: &Context) -> Result<Ledger> {
        match context.globals.pseudonymise {
            true => Err(pseudonyms::records().into()),
            false => {
                let ledger = self.opened(context)?;
                if ledger.is_untouched()? {
                    lost::may_begin(context, &self.root)?;
                }
                Ok(ledger)
            }
        }
    }

    fn opened(&self, context: &Context) -> Result<Ledger> {
        let path = self.root.join(LEDGER_FILE);
        context.unlock(&path)?;
        let stamp = backups::stamp(context);
        let (mut ledger, opened) = Ledger::open_stamped(&path, self.courses.clone(), self.default_course, Some(&stamp))?;
        if let Some(kept) = ledger.kept() {
            output::note(context, &brought_up_to_date(kept));
        }
        if opened == Opened::ForWriting && !(ledger.is_fresh()? && context.clock_is_said) {
            let bar = progress(context, ledger.size()?, &text!("adding up the log", "het logboek optellen"));
            let until = (!context.clock_is_said).then(|| context.now());
            let gone = ledger.refresh(until, &mut |done| bar.set_position(done))?;
            bar.finish_and_clear();
            gone.iter().for_each(|(stage, &n)| output::note(context, &no_such_stage(stage, n)));
        }
        Ok(ledger)
    }

    /// The log for a command that only reads: everything it reads is of one moment.
    ///
    /// # Errors
    /// When it cannot be opened.
    pub fn reader(&self, context: &Context) -> Result<Ledger> {
        let ledger = self.opened(context)?;
        if ledger.is_untouched()? {
            lost::tell(context, &self.root);
        }
        if context.globals.pseudonymise && ledger.veil(context.lang())? {
            output::note(context, &other_pseudonyms());
        }
        ledger.reads_through()?;
        ledger.snapshot()?;
        Ok(ledger)
    }

    /// The plays that count here: the shipped ones and the workspace's own.
    ///
    /// # Errors
    /// When `playbook.yaml` has mistakes.
    pub fn plays(&self, context: &Context) -> Result<Vec<Play>> {
        Ok(merge(&shipped_plays(), &own_playbook(context, &self.root)?))
    }

    /// The place of the journey asked for, or the default.
    ///
    /// # Errors
    /// When no journey is called so.
    pub fn course(&self, asked: Option<&str>) -> Result<usize> {
        let Some(asked) = asked else { return Ok(self.default_course) };
        let found = self.courses.iter().position(|course| course.journey.id == asked);
        let ids: Vec<&str> = self.courses.iter().map(|course| course.journey.id.as_str()).collect();
        Ok(found.ok_or_else(|| no_journey(asked, &ids))?)
    }
}

/// The shipped playbook.
pub fn shipped_plays() -> Vec<Play> {
    parse_playbook(PLAYBOOK.as_bytes()).value.map(|book| book.plays).unwrap_or_default()
}

/// A workspace's own playbook; an empty one when it has none.
///
/// # Errors
/// When `playbook.yaml` has mistakes.
pub fn own_playbook(context: &Context, root: &Path) -> Result<Playbook> {
    let path = root.join(PLAYBOOK_FILE);
    if asked(path.display(), path.metadata())?.is_none() {
        return Ok(Playbook::default());
    }
    let file = read(context, &path)?;
    let parsed = parse_playbook(&file.bytes);
    match parsed.value {
        Some(own) => Ok(own),
        None => Err(stop_at_mistakes(context, &[(file, parsed.complaints)]).expect_err("a playbook without value has mistakes")),
    }
}

fn no_journey(asked: &str, ids: &[&str]) -> Problem {
    Problem::usage(text!("no journey is called `{asked}`", "geen klantreis heet `{asked}`")).todo(crate::intake::near::suggest(asked, ids))
}

/// The settings of all layers, for a workspace or for none.
///
/// # Errors
/// When a settings file has mistakes or a value is not possible.
pub fn settings(context: &Context, root: Option<&Path>, tried: &[FlagValue]) -> Result<(Settings, Vec<(Key, Origin)>)> {
    let own = config_file(&context.environment);
    let paths = own.into_iter().chain(root.map(|root| root.join(WORKSPACE_FILE)));
    let (mut files, mut parsed, mut wrong) = (Vec::new(), Vec::<WorkspaceFile>::new(), Vec::new());
    for path in paths {
        if !asked(path.display(), path.metadata())?.is_some_and(|meta| meta.is_file()) {
            continue;
        }
        let file = read(context, &path)?;
        let of_workspace = root.is_some_and(|root| path.parent() == Some(root));
        let read = if of_workspace { parse_workspace(&file.bytes) } else { parse_own_settings(&file.bytes) };
        match read.value {
            Some(value) => {
                parsed.push(value);
                files.push(file);
            }
            None => wrong.push((file, read.complaints)),
        }
    }
    stop_at_mistakes(context, &wrong)?;
    let texts: Vec<_> = files.iter().map(|file| String::from_utf8_lossy(&file.bytes)).collect();
    let layers: Vec<_> = files
        .iter()
        .zip(&texts)
        .zip(&parsed)
        .map(|((file, text), parsed)| FileLayer { path: file.shown.clone(), text, file: parsed })
        .collect();
    let mut flags: Vec<FlagValue> = tried.to_vec();
    if let Some(lang) = &context.globals.lang {
        flags.push(FlagValue { flag: "--lang".into(), key: Key::Language, value: lang.clone() });
    }
    let (settings, origins) = layer(&layers, &context.environment, &flags)?;
    context.set_lang(settings.language);
    context.set_gift_policies(&settings.gift_policies);
    context.set_country(Country::of(&settings.country).unwrap_or_default());
    warn_of_variables(context);
    if let Some(root) = root {
        guard::warn(context, root, &settings);
    }
    Ok((settings, origins))
}

/// A variable that means to be a setting and is none is worth a word, never an error.
fn warn_of_variables(context: &Context) {
    for name in unknown_variables(context) {
        output::note(context, &text!("note: {name} is not a setting", "let op: {name} is geen instelling"));
    }
}

/// The variables of the environment that mean to be a setting and are none.
pub fn unknown_variables(context: &Context) -> Vec<&str> {
    let known: Vec<String> = Key::all().map(|key| Environment::variable(&key.name())).chain(["ATTENT_LANG".into()]).collect();
    context.environment.setting_variables().filter(|name| !known.iter().any(|known| known == name)).collect()
}

fn brought_up_to_date(kept: &Path) -> Text {
    let kept = kept.display();
    text!(
        "note: the log was brought up to date; as it was, it is in {kept}",
        "let op: het logboek is bijgewerkt; zoals het was, staat het in {kept}"
    )
}

fn no_such_stage(stage: &str, n: u64) -> Text {
    let n = count(n);
    Text::new(
        format!("note: {} contacts name stage `{stage}`, which is gone; the rules of the journey place them", n.en),
        format!("let op: {} contacten noemen fase `{stage}`, die er niet meer is; de regels van de klantreis plaatsen ze", n.nl),
    )
}

fn other_pseudonyms() -> Text {
    text!(
        "note: this log cannot be written, so the next answer will have other pseudonyms",
        "let op: dit logboek kan niet worden geschreven, dus het volgende antwoord heeft andere pseudoniemen"
    )
}

/// Two journeys of one id would each hide the other.
fn no_id_twice(journeys: &[Journey]) -> Result<()> {
    let twice = journeys.iter().enumerate().find(|(at, journey)| journeys[..*at].iter().any(|other| other.id == journey.id));
    match twice {
        None => Ok(()),
        Some((_, Journey { id, .. })) => Err(Problem::input(text!("two journeys are called `{id}`", "twee klantreizen heten `{id}`"))
            .todo(text!("`attent check` shows where", "`attent check` laat zien waar"))
            .into()),
    }
}

fn default_course(journeys: &[Journey], settings: &Settings) -> Result<usize> {
    if journeys.is_empty() {
        return Err(Problem::failure(text!("this workspace has no journey", "deze werkmap heeft geen klantreis"))
            .why(text!("there is no file in journeys/", "er staat geen bestand in journeys/"))
            .todo(text!(
                "write one, or make a new workspace with `attent init`",
                "schrijf er een, of maak een nieuwe werkmap met `attent init`"
            ))
            .into());
    }
    let Some(asked) = &settings.journey else { return Ok(0) };
    let ids: Vec<&str> = journeys.iter().map(|journey| journey.id.as_str()).collect();
    Ok(journeys.iter().position(|journey| journey.id == *asked).ok_or_else(|| no_journey(asked, &ids))?)
}

/// The journey files of a workspace, by name.
///
/// # Errors
/// When one cannot be read.
pub fn journey_files(context: &Context, root: &Path) -> Result<Vec<Written>> {
    let folder = root.join("journeys");
    let entries = match std::fs::read_dir(&folder) {
        Err(err) if err.kind() == std::io::ErrorKind::NotFound => return Ok(Vec::new()),
        entries => entries.map_err(|err| unreadable(&folder, &err))?,
    };
    let mut paths = Vec::new();
    for entry in entries {
        paths.push(entry.map_err(|err| unreadable(&folder, &err))?.path());
    }
    paths.retain(|path| is_yaml(path));
    paths.sort();
    paths.iter().map(|path| read(context, path)).collect()
}

/// Whether a file of the journeys folder is read.
pub fn is_yaml(path: &Path) -> bool {
    let hidden = path.file_name().is_some_and(|name| name.to_string_lossy().starts_with('.'));
    !hidden && path.extension().is_some_and(|extension| extension == "yaml" || extension == "yml")
}

/// Reads a file people wrote.
///
/// # Errors
/// When it cannot be read.
pub fn read(context: &Context, path: &Path) -> Result<Written> {
    let mut bytes = Vec::new();
    // One byte too many is enough to be told that it is too large.
    let file = files::open(path).map(|file| file.take(LARGEST_FILE as u64 + 1));
    file.and_then(|mut file| file.read_to_end(&mut bytes)).map_err(|err| unreadable(path, &err))?;
    let shown = context.shown(path);
    Ok(Written { shown, bytes })
}

/// Shows the mistakes of files on standard error and gives the problem that ends the command.
///
/// # Errors
/// When any of the mistakes is more than a warning.
pub fn stop_at_mistakes(context: &Context, files: &[(Written, Vec<Complaint>)]) -> Result<()> {
    let errors = files.iter().flat_map(|(_, complaints)| complaints).filter(|complaint| complaint.severity == Severity::Error).count();
    if errors == 0 {
        return Ok(());
    }
    for (file, complaints) in files {
        output::aside(&SourceFile::new(&file.shown, &file.bytes).render(complaints, complaint_look(context)));
    }
    let (what, todo) = if errors == 1 {
        (
            text!("there is a mistake in the files", "er staat een fout in de bestanden"),
            text!("mend it and try again", "verbeter die en probeer het opnieuw"),
        )
    } else {
        (
            text!("there are {errors} mistakes in the files", "er staan {errors} fouten in de bestanden"),
            text!("mend them and try again", "verbeter ze en probeer het opnieuw"),
        )
    };
    Err(Problem::input(what).todo(todo).into())
}

/// How mistakes are shown on standard error.
pub fn complaint_look(context: &Context) -> Look {
    let width = context.globals.width.or_else(|| terminal_size::terminal_size_of(std::io::stderr()).map(|(width, _)| width.0));
    Look { lang: context.lang(), colour: context.error_color(), ascii: context.globals.ascii, width: usize::from(width.unwrap_or(100)) }
}

/// A progress bar on a terminal, nothing elsewhere.
pub fn progress(context: &Context, length: u64, what: &crate::domain::text::Text) -> ProgressBar {
    if !std::io::stderr().is_terminal() || length < 20_000 {
        return ProgressBar::hidden();
    }
    let bar = ProgressBar::new(length).with_message(what.get(context.lang()).to_owned());
    let style = ProgressStyle::with_template("{msg} {bar:30} {percent}% {eta}").unwrap_or_else(|_| ProgressStyle::default_bar());
    bar.with_style(style)
}
