//! The command line as it is typed.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum, ValueHint};
use clap_complete::engine::ArgValueCandidates;

use super::typed::Said;
use super::{
    backup, check, complete, completions, config, customers, demo, doctor, edit, export, forget, gift, import, incident, init, log,
    passphrase, plays, referral, restore, schema, score, suggest, sync, tidy, timeline, undo, week, why,
};
use crate::render::format::Format;
use crate::settings::env::Environment;

/// Find the cold moments in your customer journey and add one or two warm, human actions.
#[derive(Debug, Parser)]
#[command(name = "attent", version, propagate_version = true, max_term_width = 100)]
pub struct Cli {
    /// What holds for every command.
    #[command(flatten)]
    pub globals: Globals,
    /// The verb; without one, today.
    #[command(subcommand)]
    pub command: Option<Command>,
}

/// The verbs.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Show what is due, the coldest stage and one thing to do; what attent shows without a command
    Today(week::today::TodayArgs),
    /// Score every stage of the journey for warmth
    Score(score::ScoreArgs),
    /// Suggest one or two warm actions for every stage that needs it
    Suggest(suggest::SuggestArgs),
    /// Plan the week: whom to make feel seen, how and why, within your minutes and money
    Plan(week::plan::PlanArgs),
    /// Say what to do this week, for a mail that cron sends or for a calendar
    Nudge(week::nudge::NudgeArgs),
    /// Record that what a nudge asked for was done
    Done(week::done::DoneArgs),
    /// Decide against a nudge
    Skip(week::put_off::SkipArgs),
    /// Put a nudge off, for ninety days at most
    Snooze(week::put_off::SnoozeArgs),
    /// List the nudges that stand, and what became of the others
    Nudges(week::nudges::NudgesArgs),
    /// List the plays suggestions are made of, or show one whole
    Plays(plays::PlaysArgs),
    /// Read customers and contacts from files
    Import(import::ImportArgs),
    /// Write everything the log knows as JSON Lines, for another workspace or program
    Export(export::ExportArgs),
    /// Read what is new in the sources of attent.yaml
    Sync(sync::SyncArgs),
    /// Explain a score: its terms, the contacts that matter most, and how it was
    Why(why::WhyArgs),
    /// Record a contact in one line
    Log(log::LogArgs),
    /// Change one contact
    Edit(edit::EditArgs),
    /// Take the last entry back
    Undo(undo::UndoArgs),
    /// Erase a customer and every trace of them, for good
    Forget(forget::ForgetArgs),
    /// Erase what is older than retention of attent.yaml asks for, for good
    Tidy(tidy::TidyArgs),
    /// Record failures and how they were made good
    Incident(incident::IncidentArgs),
    /// Show what went wrong and waits for somebody, what is overdue first
    Incidents(incident::BoardArgs),
    /// Who came through whom, whom to ask, and whom to thank
    Referral(referral::ReferralArgs),
    /// Plan and record gifts, and what customers like
    Gift(gift::GiftArgs),
    /// Show the occasions ahead and what may be given, or the register
    Gifts(gift::GiftsArgs),
    /// List, show, add, edit and merge customers
    Customers(customers::CustomersArgs),
    /// Show what happened with one customer
    Timeline(timeline::TimelineArgs),
    /// Check journeys, playbook and settings for mistakes
    Check(check::CheckArgs),
    /// Look whether the log, the files and the permissions are in order, and mend what can be mended
    Doctor(doctor::DoctorArgs),
    /// Copy the log, with settings, journeys and playbook, to one file
    Backup(backup::BackupArgs),
    /// Put a backup back, or list the backups there are
    Restore(restore::RestoreArgs),
    /// Show every setting and where it came from
    Config(config::ConfigArgs),
    /// Encrypt the log with a passphrase, change it, or decrypt; in a build with encryption
    Passphrase(passphrase::PassphraseArgs),
    /// Make a new workspace
    Init(init::InitArgs),
    /// Print the JSON Schema of a file, for editors
    Schema(schema::SchemaArgs),
    /// Look around in a realistic small business
    Demo(demo::DemoArgs),
    /// Print the completion script of a shell, or the man pages
    Completions(completions::CompletionsArgs),
}

impl Command {
    /// Whether the answer has a calendar, for `-O ics`: where something has a day by which it is to be done.
    pub fn has_calendar(&self) -> bool {
        match self {
            Self::Plan(args) => args.why.is_none(),
            Self::Gifts(args) => !args.register,
            Self::Nudge(_) | Self::Nudges(_) => true,
            _ => false,
        }
    }
}

impl Default for Command {
    fn default() -> Self {
        Self::Today(week::today::TodayArgs::default())
    }
}

/// When colour is used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub enum When {
    /// On a terminal.
    #[default]
    Auto,
    /// Also in a pipe or a file.
    Always,
    /// Nowhere.
    Never,
}

impl When {
    /// Whether there is colour, in this environment, on a terminal or not.
    pub fn decides(self, environment: &Environment, terminal: bool) -> bool {
        match self {
            Self::Always => true,
            Self::Never => false,
            Self::Auto if environment.no_color() => false,
            Self::Auto => terminal || environment.force_color(),
        }
    }
}

/// What holds for every command.
#[derive(Debug, Args, Default)]
pub struct Globals {
    /// The workspace: a folder that holds attent.yaml
    #[arg(short, long, global = true, value_name = "FOLDER", value_hint = ValueHint::DirPath, help_heading = "Everywhere")]
    pub workspace: Option<PathBuf>,
    /// What counts as now: a date or a moment [env: ATTENT_NOW]
    #[arg(long, global = true, value_name = "WHEN", help_heading = "Everywhere")]
    pub now: Option<String>,
    /// The language of the answers: nl or en
    #[arg(long, global = true, value_name = "LANG", add = ArgValueCandidates::new(complete::languages), help_heading = "Everywhere")]
    pub lang: Option<String>,
    /// How the answer is written: table, json, jsonl, csv, tsv, md, html, ics or ids
    #[arg(short = 'O', long, global = true, value_name = "FORMAT", value_parser = parse_format, add = ArgValueCandidates::new(complete::formats), help_heading = "Everywhere")]
    pub format: Option<Format>,
    /// Write the answer to a file; its extension tells the format
    #[arg(short, long, global = true, value_name = "FILE", help_heading = "Everywhere")]
    pub output: Option<PathBuf>,
    /// Colour: auto, always or never
    #[arg(long, global = true, value_name = "WHEN", hide_possible_values = true, help_heading = "Everywhere")]
    pub color: Option<When>,
    /// How many columns the answer may take
    #[arg(long, global = true, value_name = "COLUMNS", value_parser = clap::value_parser!(u16).range(20..), help_heading = "Everywhere")]
    pub width: Option<u16>,
    /// Only ASCII marks
    #[arg(long, global = true, help_heading = "Everywhere")]
    pub ascii: bool,
    /// Pseudonyms instead of names, and nothing anybody typed: for an answer that others will read
    #[arg(long, global = true, help_heading = "Everywhere")]
    pub pseudonymise: bool,
    /// Read the passphrase of an encrypted log from this open file descriptor
    #[arg(long, global = true, value_name = "N", help_heading = "Everywhere")]
    pub passphrase_fd: Option<u32>,
    /// Never ask; fail with the flag that would have answered
    #[arg(long, global = true, help_heading = "Everywhere")]
    pub no_input: bool,
}

fn parse_format(word: &str) -> Result<Format, Said> {
    word.parse().map_err(Said)
}
