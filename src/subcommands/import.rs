//! `attent import`: touchpoints from files.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};

use anyhow::Result;
use chrono::Local;
use clap::{Args, ValueEnum};
use indicatif::ProgressBar;

use super::context::Context;
use super::output::{self, unreadable};
use super::workspace::{Workspace, progress};
use crate::domain::journey::Stage;
use crate::domain::problem::Problem;
use crate::domain::text::Text;
use crate::intake::csv_log::{LogRow, Reader};
use crate::intake::near::suggest;
use crate::intake::records::RecordError;
use crate::ledger::{Batch, Key, Outcome};
use crate::render::format::Answer;
use crate::render::pages::import::{self as page, ImportSummary};
use crate::text;

/// The most bad rows that are listed.
const LISTED: usize = 50;

/// What a file holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub enum Kind {
    /// Touchpoints as comma-separated values.
    #[default]
    Csv,
}

/// The arguments of `import`.
#[derive(Debug, Args)]
pub struct ImportArgs {
    /// The files; - reads standard input
    #[arg(required = true, value_name = "FILE")]
    pub files: Vec<PathBuf>,
    /// What the files hold
    #[arg(long = "as", value_enum, default_value_t, value_name = "KIND")]
    pub kind: Kind,
    /// Only show what would be added
    #[arg(long)]
    pub dry_run: bool,
    /// Add the good rows and leave the bad ones out
    #[arg(long)]
    pub skip_errors: bool,
}

/// Runs the command.
///
/// # Errors
/// When a file cannot be read, or holds bad rows and `--skip-errors` is not given (exit 3).
pub fn run(context: &Context, args: &ImportArgs) -> Result<ExitCode> {
    let workspace = Workspace::open(context)?;
    let mut ledger = workspace.ledger(context)?;
    let mut summary = ImportSummary { dry_run: args.dry_run, ..ImportSummary::default() };
    let stored = ledger.batch(context.now(), "import", |batch| {
        for path in &args.files {
            import_file(context, batch, path, &mut summary)?;
        }
        if args.dry_run || (summary.bad > 0 && !args.skip_errors) || summary.added == 0 {
            batch.discard();
        }
        Ok((summary.bad == 0 || args.skip_errors, summary.in_words().en))
    })?;
    if !stored {
        let n = summary.bad;
        return Err(refused(n).into());
    }
    let answer: Answer = page::answer(&summary);
    output::answer(context, &workspace.settings.currency, &answer)?;
    Ok(ExitCode::SUCCESS)
}

fn refused(n: u64) -> Problem {
    let what = if n == 1 {
        text!("nothing was stored, because one row is not right", "er is niets opgeslagen, want één rij klopt niet")
    } else {
        text!("nothing was stored, because {n} rows are not right", "er is niets opgeslagen, want {n} rijen kloppen niet")
    };
    Problem::input(what).todo(text!("mend them, or leave them out with --skip-errors", "verbeter ze, of laat ze weg met --skip-errors"))
}

fn import_file(context: &Context, batch: &mut Batch<'_>, path: &Path, summary: &mut ImportSummary) -> Result<()> {
    if path == Path::new("-") {
        return import_rows(context, batch, "-", io::stdin(), summary);
    }
    let file = File::open(path).map_err(|err| unreadable(path, &err))?;
    if file.metadata().is_ok_and(|meta| meta.is_dir()) {
        return Err(unreadable(path, &io::Error::from(io::ErrorKind::IsADirectory)).into());
    }
    let length = file.metadata().map(|meta| meta.len()).unwrap_or_default();
    let bar = progress(context, length, &text!("importing", "importeren"));
    let shown = path.display().to_string();
    import_rows(context, batch, &shown, Counted { inner: file, bar: bar.clone() }, summary)?;
    bar.finish_and_clear();
    Ok(())
}

/// A file that moves a progress bar as it is read.
struct Counted<R> {
    inner: R,
    bar: ProgressBar,
}

impl<R: Read> Read for Counted<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let n = self.inner.read(buffer)?;
        self.bar.inc(n as u64);
        Ok(n)
    }
}

/// How many rows the reading thread hands over at once, and how many such loads may wait.
const LOAD: usize = 512;
const WAITING: usize = 8;

/// A row, or what is wrong with it.
type ReadRow = Result<LogRow, RecordError>;

/// Reads rows into a batch; bad ones are told and counted. Reading has a thread of its own, so that
/// reading and storing go on side by side.
///
/// # Errors
/// When the header is wrong or the file cannot be written.
pub(super) fn import_rows(
    context: &Context,
    batch: &mut Batch<'_>,
    shown: &str,
    source: impl Read + Send,
    summary: &mut ImportSummary,
) -> Result<()> {
    batch.next_file()?;
    std::thread::scope(|scope| {
        let (full, loads) = sync_channel::<Vec<ReadRow>>(WAITING);
        let (empty, spent) = sync_channel::<Vec<ReadRow>>(WAITING);
        scope.spawn(move || read_rows(source, &full, &spent));
        for mut load in loads {
            for read in &load {
                import_row(context, batch, shown, read, summary)?;
            }
            // When nobody wants a spent load back, its rows are simply made anew.
            load.retain(Result::is_ok);
            let _ = empty.try_send(load);
        }
        Ok(())
    })
}

/// Reads rows into loads until the end, a fatal mistake, or nobody listens any more.
fn read_rows(source: impl Read, full: &SyncSender<Vec<ReadRow>>, spent: &Receiver<Vec<ReadRow>>) {
    let mut reader = match Reader::new(source, Local) {
        Ok(reader) => reader,
        Err(err) => return drop(full.send(vec![Err(err)])),
    };
    loop {
        let mut old = spent.try_recv().unwrap_or_default().into_iter();
        let mut load = Vec::with_capacity(LOAD);
        while load.len() < LOAD {
            let mut row = old.next().and_then(Result::ok).unwrap_or_default();
            match reader.next(&mut row) {
                None => return drop(full.send(load)),
                Some(Ok(())) => load.push(Ok(row)),
                Some(Err(err)) if err.fatal => {
                    load.push(Err(err));
                    return drop(full.send(load));
                }
                Some(Err(err)) => load.push(Err(err)),
            }
        }
        if full.send(load).is_err() {
            return;
        }
    }
}

fn import_row(context: &Context, batch: &mut Batch<'_>, shown: &str, read: &ReadRow, summary: &mut ImportSummary) -> Result<()> {
    let (line, outcome) = match read {
        Err(err) if err.fatal => return Err(fatal(shown, err).into()),
        Err(err) => (err.line, Err(err.reason.clone())),
        Ok(row) => (row.line, record(batch, row, summary)?),
    };
    if let Err(reason) = outcome {
        summary.bad += 1;
        complain(context, shown, line, &reason, summary.bad);
    }
    Ok(())
}

fn fatal(shown: &str, err: &RecordError) -> Problem {
    let (line, reason) = (err.line, &err.reason);
    Problem::input(Text::new(format!("{shown}:{line}: {}", reason.en), format!("{shown}:{line}: {}", reason.nl)))
        .todo(text!("nothing was stored", "er is niets opgeslagen"))
}

/// Records a row; the inner error is what is wrong with the row.
fn record(batch: &mut Batch<'_>, row: &LogRow, summary: &mut ImportSummary) -> Result<Result<(), Text>> {
    if let Some(stage) = &row.touchpoint.stage
        && let Some(reason) = no_such_stage(stage, batch.stages_for(&row.customer)?)
    {
        return Ok(Err(reason));
    }
    let customer = batch.customer(&row.customer)?;
    match batch.record(customer, &row.touchpoint, "csv", Key::Content(row.key))? {
        Outcome::Known | Outcome::Refused => summary.known += 1,
        Outcome::Added(_) => {
            summary.added += 1;
            if summary.dry_run {
                *summary.per_customer.get_or_insert_with(BTreeMap::new).entry(row.customer.clone()).or_insert(0) += 1;
            }
        }
    }
    Ok(Ok(()))
}

/// What is wrong with a stage that is not on the customer's journey.
fn no_such_stage(stage: &str, stages: &[Stage]) -> Option<Text> {
    if stages.iter().any(|known| known.id == stage) {
        return None;
    }
    let ids: Vec<&str> = stages.iter().map(|stage| stage.id.as_str()).collect();
    let help = suggest(stage, &ids);
    Some(Text::new(format!("there is no stage `{stage}`; {}", help.en), format!("er is geen fase `{stage}`; {}", help.nl)))
}

fn complain(context: &Context, shown: &str, line: u64, reason: &Text, nth: u64) {
    if nth <= LISTED as u64 {
        output::note(context, &Text::new(format!("{shown}:{line}: {}", reason.en), format!("{shown}:{line}: {}", reason.nl)));
    } else if nth == LISTED as u64 + 1 {
        output::note(context, &text!("… and more rows like these", "… en meer van zulke rijen"));
    }
}
