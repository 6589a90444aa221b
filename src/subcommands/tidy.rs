//! `attent tidy`: what is older than `retention:` of attent.yaml asks for, goes.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::Result;
use chrono::Months;
use clap::Args;

use super::context::Context;
use super::forget::{Copies, finish, neutral, sure};
use super::workspace::Workspace;
use super::{backups, output};
use crate::domain::calendar::Moment;
use crate::domain::problem::Problem;
use crate::domain::retention::{Retention, said, show, years};
use crate::domain::text::Text;
use crate::ledger::backup::contents;
use crate::ledger::{BESIDE, Cutoffs, Past, Stays, Tidied, beside};
use crate::render::pages::tidy::{self as page, Kept, Removed, Tidy};
use crate::text;

/// The arguments of `tidy`.
#[derive(Debug, Args)]
pub struct TidyArgs {
    /// Do not ask whether it is right
    #[arg(long, short)]
    pub yes: bool,
    /// Only show what would go, by which setting
    #[arg(long)]
    pub dry_run: bool,
    /// Say nothing when there is nothing to do, for cron
    #[arg(long)]
    pub quiet_if_empty: bool,
}

/// Removes what is kept for longer than asked. What goes is shown first, and asked.
///
/// # Errors
/// When nobody can be asked, the day is said and lies ahead, or the log cannot be written.
pub fn run(context: &Context, args: &TidyArgs) -> Result<ExitCode> {
    let workspace = Workspace::open(context)?;
    if context.is_ahead() && !args.dry_run {
        return Err(ahead().into());
    }
    let mut ledger = workspace.ledger(context)?;
    let cutoffs = cutoffs(context, &workspace);
    let (now, country, words) = (context.now(), context.country(), neutral(&workspace));
    let copies = old_copies(context, &workspace)?;
    let rehearsed = ledger.tidy(now, cutoffs, country, &words, false)?;
    let mut told = tell(context, &workspace, &rehearsed, &copies);
    told.dry_run = true;
    if told.is_empty() {
        if !args.quiet_if_empty {
            output::answer(context, &workspace.settings.currency, &page::answer(&told))?;
        }
        return Ok(ExitCode::SUCCESS);
    }
    if !args.dry_run {
        if !args.yes {
            sure(context, &workspace.settings.currency, &told.will(), &page::answer(&told))?;
        }
        let tidied = ledger.tidy(now, cutoffs, country, &words, true)?;
        copies.iter().try_for_each(|path| remove(path))?;
        told = Tidy { finished: finish(context, &mut ledger)?, ..tell(context, &workspace, &tidied, &copies) };
    }
    output::answer(context, &workspace.settings.currency, &page::answer(&told))?;
    Ok(if told.finished { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn ahead() -> Problem {
    Problem::usage(text!("tidy looks ahead only with --dry-run", "tidy kijkt alleen vooruit met --dry-run"))
        .why(text!(
            "the day that was said has not come, and what goes is gone for good",
            "de dag die je noemt is nog niet aangebroken, en wat gewist wordt is voorgoed weg"
        ))
        .todo(text!("leave out --now, or add --dry-run", "laat --now weg, of zet er --dry-run bij"))
}

/// Before when something goes; `None` while it is kept for good.
fn cutoff(context: &Context, workspace: &Workspace, what: Retention) -> Option<Moment> {
    workspace.settings.kept_for(what).map(|days| before(context, days))
}

/// So long ago; years are those of the calendar, leap days and all.
fn before(context: &Context, days: f64) -> Moment {
    let same_day = years(days).and_then(|years| context.clock.checked_sub_months(Months::new(years * 12)));
    same_day.map_or_else(|| context.now().minus_days(days), |day| Moment(day.timestamp_millis()))
}

fn cutoffs(context: &Context, workspace: &Workspace) -> Cutoffs {
    let of = |what| cutoff(context, workspace, what);
    Cutoffs {
        customers: of(Retention::Customers),
        contacts: of(Retention::Contacts),
        machine_mail: of(Retention::MachineMail),
        journal: of(Retention::Journal),
    }
}

/// The copies of a day before the one asked for, by the day in the names that attent gave them. The newest stays that can
/// be put back; when none can, the newest of all.
fn old_copies(context: &Context, workspace: &Workspace) -> Result<Vec<PathBuf>> {
    let Some(before) = cutoff(context, workspace, Retention::Backups) else { return Ok(Vec::new()) };
    let before = context.local(before).format("%Y-%m-%d").to_string();
    let copies = Copies::of(workspace)?;
    let named = |path: &PathBuf| {
        let name = backups::name(path);
        let (stamp, again) = backups::made_at(&name)?;
        Some(((stamp.to_owned(), again), path.clone()))
    };
    let mut dated: Vec<((String, u64), PathBuf)> = copies.paths().iter().filter(|path| !path.is_symlink()).filter_map(named).collect();
    dated.sort();
    if !dated.iter().any(|((stamp, _), _)| *stamp < before) {
        return Ok(Vec::new());
    }
    let newest = dated.iter().rposition(|(_, path)| contents(path).is_ok()).or(dated.len().checked_sub(1));
    let old = dated.into_iter().enumerate().filter(|(at, ((stamp, _), _))| Some(*at) != newest && *stamp < before);
    Ok(old.map(|(_, (_, path))| path).collect())
}

/// Takes a copy away, with the files SQLite may have left beside it.
fn remove(path: &Path) -> Result<()> {
    for name in BESIDE {
        let _ = std::fs::remove_file(beside(path, name));
    }
    match std::fs::remove_file(path) {
        Err(err) if err.kind() != std::io::ErrorKind::NotFound => {
            Err(Problem::failure(text!("cannot remove {}", "kan {} niet weghalen", path.display())).why(Text::same(err.to_string())).into())
        }
        _ => Ok(()),
    }
}

fn tell(context: &Context, workspace: &Workspace, tidied: &Tidied, copies: &[PathBuf]) -> Tidy {
    let whose = |past: &Past| past.whose.iter().map(|(name, n)| (name.clone(), Some(*n))).collect();
    let names = |names: &[String]| names.iter().map(|name| (name.clone(), None)).collect();
    let removed = Retention::ALL.into_iter().filter_map(|what| {
        let (count, whose) = match what {
            Retention::Customers => (tidied.customers.names.len() as u64, names(&tidied.customers.names)),
            Retention::Contacts => (tidied.contacts.count + tidied.over, whose(&tidied.contacts)),
            Retention::MachineMail => (tidied.machine_mail.count, whose(&tidied.machine_mail)),
            Retention::Journal => (tidied.journal, Vec::new()),
            Retention::Backups => (copies.len() as u64, names(&copies.iter().map(|path| shown(path)).collect::<Vec<_>>())),
        };
        let over = if what == Retention::Contacts { tidied.over } else { 0 };
        let before = cutoff(context, workspace, what)?;
        let days = workspace.settings.kept_for(what);
        Some(Removed {
            what,
            kept_for: show(days),
            said: days.map(said).unwrap_or_default(),
            before: context.local(before),
            count,
            over,
            whose,
        })
    });
    let stay = tidied.stay.iter().map(|(name, why)| Kept { customer: name.clone(), why: because(*why) });
    Tidy { dry_run: false, removed: removed.collect(), stay: stay.collect(), mentions: tidied.customers.rewritten.count, finished: true }
}

fn shown(path: &Path) -> String {
    path.file_name().unwrap_or_default().to_string_lossy().into_owned()
}

fn because(why: Stays) -> Text {
    match why {
        Stays::OptedOut => text!("asked not to be contacted, which has to stay known", "wil geen contact, en dat moet bekend blijven"),
        Stays::OpenFailure => text!("a failure is still open", "er staat nog een misser open"),
        Stays::PlannedGift => text!("a gift is planned", "er staat een cadeau gepland"),
    }
}
