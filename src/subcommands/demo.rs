//! `attent demo`: a realistic small business, made as a real workspace, on one screen.

mod screen;
mod story;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context as _, Result};
use clap::Args;
use tempfile::TempDir;

use self::screen::Screen;
use super::context::Context;
use super::gather::board;
use super::import::import_rows;
use super::score::by_stage;
use super::suggest::suggestions;
use super::workspace::{LEDGER_FILE, settings, shipped_plays};
use super::{files, look_up, output};
use crate::domain::course::Course;
use crate::domain::model::Model;
use crate::domain::problem::Problem;
use crate::intake::journey::parse_journey;
use crate::ledger::Ledger;
use crate::render::pages::import::ImportSummary;
use crate::settings::locate::WORKSPACE_FILE;
use crate::text;

/// Actions a stage, as `suggest` gives them.
const MOST: usize = 2;

/// The arguments of `demo`.
#[derive(Debug, Args)]
pub struct DemoArgs {
    /// Make it in this folder, which must be new or empty; otherwise in a temporary one
    #[arg(long, value_name = "DIR")]
    pub dir: Option<PathBuf>,
}

/// Runs the command.
///
/// # Errors
/// When the folder is not empty or cannot be written.
pub fn run(context: &Context, args: &DemoArgs) -> Result<ExitCode> {
    settings(context, None, &[])?;
    let place = Place::make(args.dir.as_deref())?;
    write_files(context, place.path())?;
    let (own, _) = settings(context, Some(place.path()), &[])?;
    let ledger = fill(context, place.path(), &own.model)?;
    let folder = place.keep();
    let board = board(&ledger, 0, context.now(), |_| Ok(()))?;
    let plays = shipped_plays();
    let (score, _) = by_stage(context, &ledger, 0, None, false)?;
    let (suggest, _) = suggestions(context, &ledger, 0, &plays, None, MOST, &[])?;
    let (first, _) = suggestions(context, &ledger, 0, &plays, None, 1, &[])?;
    let (score, suggest, first) = (&score, &suggest, &first);
    let screen = Screen { course: &ledger.courses()[0], board: &board, score, suggest, first, folder: &folder, now: said_now(context) };
    output::answer(context, &own.currency, &screen.answer())?;
    Ok(ExitCode::SUCCESS)
}

fn said_now(context: &Context) -> Option<&str> {
    context.globals.now.as_deref()
}

/// Where the business is made. A temporary folder stays only when everything went well.
enum Place {
    Said(PathBuf),
    Temporary(TempDir),
}

impl Place {
    fn make(said: Option<&Path>) -> Result<Self> {
        let Some(folder) = said else {
            return Ok(Self::Temporary(files::temporary_folder("attent-demo-").context("cannot make a temporary folder")?));
        };
        files::make_folders(folder).map_err(|_| taken(folder))?;
        if fs::read_dir(folder).map_err(|_| taken(folder))?.next().is_some() {
            return Err(taken(folder).into());
        }
        // An empty folder becomes a workspace; one that cannot be closed is told of like every other.
        let _ = files::close_folder(folder);
        Ok(Self::Said(folder.to_owned()))
    }

    fn path(&self) -> &Path {
        match self {
            Self::Said(folder) => folder,
            Self::Temporary(folder) => folder.path(),
        }
    }

    fn keep(self) -> PathBuf {
        match self {
            Self::Said(folder) => folder,
            Self::Temporary(folder) => folder.keep(),
        }
    }
}

fn taken(folder: &Path) -> Problem {
    let shown = folder.display();
    Problem::failure(text!("the demo cannot be made in {shown}", "het voorbeeld kan niet in {shown} worden gemaakt"))
        .why(text!("it is not an empty folder that can be written", "het is geen lege map waarin geschreven kan worden"))
        .todo(text!("name a folder that does not exist yet, or leave --dir out", "noem een map die nog niet bestaat, of laat --dir weg"))
}

fn write_files(context: &Context, folder: &Path) -> Result<()> {
    let (lang, now) = (context.lang(), context.now());
    files::make_folder(&folder.join("journeys")).with_context(|| format!("cannot write {}", folder.display()))?;
    output::replace_file(&folder.join(WORKSPACE_FILE), story::settings(lang).as_bytes())?;
    output::replace_file(&folder.join("journeys/customer.yaml"), story::journey(lang).as_bytes())?;
    output::replace_file(&folder.join("log.csv"), story::log(lang, now).as_bytes())
}

/// Makes the log of the business, through the same doors as everybody's.
fn fill(context: &Context, folder: &Path, model: &Model) -> Result<Ledger> {
    let (lang, now) = (context.lang(), context.now());
    let journey = parse_journey(story::journey(lang).as_bytes()).value.context("the journey of the demo has a mistake")?;
    let (mut ledger, _) = Ledger::open(&folder.join(LEDGER_FILE), vec![Course::new(journey, model)], 0)?;
    ledger.batch(now, "import", |batch| {
        for customer in &story::customers(now) {
            batch.add_customer(customer)?;
        }
        let mut summary = ImportSummary::default();
        import_rows(context, batch, "log.csv", story::log(lang, now).as_bytes(), &mut summary)?;
        anyhow::ensure!(summary.bad == 0, "the log of the demo has a mistake");
        Ok(((), summary.in_words().en))
    })?;
    for mishap in story::mishaps(lang, now) {
        let mut incident = mishap.incident;
        incident.customer = look_up::customer(context, &ledger, mishap.customer)?;
        incident.id = ledger.open_incident(now, &incident)?;
        if incident.resolved.is_some() {
            ledger.change_incident(now, "incident resolve", incident.id, |_| Ok(incident))?;
        }
    }
    Ok(ledger)
}
