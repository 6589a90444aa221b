//! The verbs: gather → call the floors below → render. The only place that prints, prompts, reads
//! the clock and opens files.

mod cli;
mod context;
mod gather;
mod import;
mod look_up;
mod output;
mod score;
mod suggest;
mod workspace;

use std::process::ExitCode;

use clap::Parser as _;

use cli::{Cli, Command};
use context::Context;

/// Runs the program with the arguments of this process.
pub fn run() -> ExitCode {
    let cli = Cli::parse();
    let context = match Context::new(cli.globals) {
        Ok(context) => context,
        Err(problem) => return output::tell(&problem.into(), crate::domain::text::Lang::En, false),
    };
    match dispatch(&context, cli.command) {
        Ok(code) => code,
        Err(err) if output::is_broken_pipe(&err) => ExitCode::SUCCESS,
        Err(err) => output::tell(&err, context.lang(), context.error_color()),
    }
}

fn dispatch(context: &Context, command: Option<Command>) -> anyhow::Result<ExitCode> {
    match command.unwrap_or_default() {
        Command::Score(args) => score::run(context, &args),
        Command::Suggest(args) => suggest::run(context, &args),
        Command::Import(args) => import::run(context, &args),
    }
}
