//! The verbs: gather → call the floors below → render. The only place that prints, prompts, reads
//! the clock and opens files.

mod backup;
mod backups;
mod check;
mod check_files;
mod cli;
mod complete;
mod completions;
mod config;
mod context;
mod credential;
mod crowd;
mod customers;
mod demo;
mod doctor;
mod dossier;
mod edit;
mod export;
mod files;
mod forget;
mod gather;
mod gift;
mod guard;
mod help;
mod import;
mod incident;
mod init;
mod lines;
mod log;
mod look_up;
mod lost;
mod occasions;
mod output;
mod passphrase;
mod plays;
mod prompts;
mod pseudonyms;
mod reach;
mod received;
mod referral;
mod restore;
mod schema;
mod score;
mod suggest;
mod sync;
mod templates;
mod tidy;
mod timeline;
mod typed;
mod typing;
mod undo;
mod week;
mod who;
mod why;
mod workspace;

use std::process::ExitCode;

use cli::Command;
use context::Context;

use crate::render::format::Format;
use crate::settings::env::Environment;

/// Runs the program with the arguments of this process.
pub fn run() -> ExitCode {
    if complete::answered() {
        return ExitCode::SUCCESS;
    }
    let (words, environment) = (Vec::from_iter(std::env::args_os()), Environment::of_process());
    let cli = match help::parse(&words, &environment) {
        Ok(cli) => cli,
        Err(code) => return code,
    };
    let context = match Context::new(cli.globals, environment) {
        Ok(context) => context,
        Err((problem, lang)) => return output::tell(&problem.into(), lang, false),
    };
    match dispatch(&context, cli.command) {
        Ok(code) => code,
        Err(err) if output::is_broken_pipe(&err) => ExitCode::SUCCESS,
        Err(err) => {
            let err = reach::explained(&context, err);
            let code = output::tell(&err, context.lang(), context.error_color());
            if prompts::was_interrupted() { ExitCode::from(prompts::INTERRUPTED) } else { code }
        }
    }
}

fn dispatch(context: &Context, command: Option<Command>) -> anyhow::Result<ExitCode> {
    let command = command.unwrap_or_default();
    pseudonyms::refuse_names(context, &command)?;
    if config::format_of(context) == Format::Ics && !command.has_calendar() {
        return Err(output::no_calendar().into());
    }
    match command {
        Command::Today(args) => week::today::run(context, &args),
        Command::Score(args) => score::run(context, &args),
        Command::Suggest(args) => suggest::run(context, &args),
        Command::Plan(args) => week::plan::run(context, &args),
        Command::Nudge(args) => week::nudge::run(context, &args),
        Command::Done(args) => week::done::run(context, &args),
        Command::Skip(args) => week::put_off::skip(context, &args),
        Command::Snooze(args) => week::put_off::snooze(context, &args),
        Command::Nudges(args) => week::nudges::run(context, &args),
        Command::Plays(args) => plays::run(context, &args),
        Command::Import(args) => import::run(context, &args),
        Command::Export(args) => export::run(context, &args),
        Command::Sync(args) => sync::run(context, &args),
        Command::Why(args) => why::run(context, &args),
        Command::Log(args) => log::run(context, &args),
        Command::Edit(args) => edit::run(context, &args),
        Command::Undo(args) => undo::run(context, &args),
        Command::Forget(args) => forget::run(context, &args),
        Command::Tidy(args) => tidy::run(context, &args),
        Command::Incident(args) => incident::run(context, &args),
        Command::Incidents(args) => incident::board(context, &args),
        Command::Referral(args) => referral::run(context, &args),
        Command::Gift(args) => gift::run(context, &args),
        Command::Gifts(args) => gift::gifts(context, &args),
        Command::Customers(args) => customers::run(context, &args),
        Command::Timeline(args) => timeline::run(context, &args),
        Command::Dossier(args) => dossier::run(context, &args),
        Command::Check(args) => check::run(context, &args),
        Command::Doctor(args) => doctor::run(context, &args),
        Command::Backup(args) => backup::run(context, &args),
        Command::Restore(args) => restore::run(context, &args),
        Command::Config(args) => config::run(context, &args),
        Command::Passphrase(args) => passphrase::run(context, &args),
        Command::Init(args) => init::run(context, &args),
        Command::Schema(args) => schema::run(context, &args),
        Command::Demo(args) => demo::run(context, &args),
        Command::Completions(args) => completions::run(context, &args),
    }
}
