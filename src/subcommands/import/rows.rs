//! The log as CSV: the fast way for the columns the log itself has.

use std::io::Read;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};

use anyhow::Result;
use chrono::Local;

use super::reading::{complain, fatal};
use super::taker::by_somebody_forgotten;
use crate::domain::journey::Stage;
use crate::domain::text::Text;
use crate::intake::csv_log::{LogRow, Reader};
use crate::intake::near::suggest;
use crate::intake::records::RecordError;
use crate::ledger::{Batch, Key, Outcome};
use crate::render::pages::import::ImportSummary;
use crate::subcommands::context::Context;

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
pub fn import_rows(
    context: &Context,
    batch: &mut Batch<'_>,
    shown: &str,
    source: impl Read + Send,
    summary: &mut ImportSummary,
) -> Result<()> {
    batch.next_file();
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

/// Records a row; the inner error is what is wrong with the row.
fn record(batch: &mut Batch<'_>, row: &LogRow, summary: &mut ImportSummary) -> Result<Result<(), Text>> {
    if let Some(stage) = &row.touchpoint.stage
        && let Some(reason) = no_such_stage(stage, batch.stages_for(&row.customer)?)
    {
        return Ok(Err(reason));
    }
    if batch.was_forgotten(&row.customer, row.touchpoint.facts.at)? {
        summary.skip(by_somebody_forgotten());
        return Ok(Ok(()));
    }
    let customer = batch.customer(&row.customer)?;
    match batch.record(customer, &row.touchpoint, "csv", Key::Content(row.key))? {
        Outcome::Known | Outcome::Refused => summary.known += 1,
        Outcome::Added(_) => {
            summary.add(&row.customer);
        }
    }
    Ok(Ok(()))
}

/// What is wrong with a stage that is not on the customer's journey.
pub fn no_such_stage(stage: &str, stages: &[Stage]) -> Option<Text> {
    if stages.iter().any(|known| known.id == stage) {
        return None;
    }
    let ids: Vec<&str> = stages.iter().map(|stage| stage.id.as_str()).collect();
    let help = suggest(stage, &ids);
    Some(Text::new(format!("there is no stage `{stage}`; {}", help.en), format!("er is geen fase `{stage}`; {}", help.nl)))
}
