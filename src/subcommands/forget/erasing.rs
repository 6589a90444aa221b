//! What forgetting and tidying have in common: the words left behind, the question, the bytes.

use anyhow::Result;

use crate::domain::numbers::counted;
use crate::domain::problem::Problem;
use crate::domain::text::Text;
use crate::ledger::{Ledger, Neutral};
use crate::render::format::Answer;
use crate::subcommands::context::Context;
use crate::subcommands::output;
use crate::subcommands::prompts::Asker;
use crate::subcommands::reach::still_answers;
use crate::subcommands::workspace::Workspace;
use crate::text;

/// The words that take the place of what goes.
pub fn neutral(workspace: &Workspace) -> Neutral {
    Neutral { mention: text!("[forgotten]", "[vergeten]"), referral: text!("referral", "aanbeveling"), lang: workspace.settings.language }
}

/// Shows all of what will happen, as a dry run does, and asks whether it is right. Enter alone stops.
///
/// # Errors
/// When nobody can be asked, or the answer is no.
pub fn sure(context: &Context, currency: &str, will: &Text, all: &Answer) -> Result<()> {
    if !context.can_ask() {
        return Err(Problem::usage(text!("this is done only when you say so", "dit gebeurt alleen als je het bevestigt"))
            .why(will.clone())
            .todo(text!(
                "add --yes to do it, or --dry-run to see all of it first",
                "zet er --yes bij om het te doen, of --dry-run om eerst alles te zien"
            ))
            .into());
    }
    output::show(context, currency, all)?;
    output::note(
        context,
        &text!("This is for good: `attent undo` does not bring it back.", "Dit is voorgoed: `attent undo` brengt het niet terug."),
    );
    let items = [text!("stop, and leave everything as it is", "stoppen, en alles laten zoals het is"), text!("erase it", "wissen")];
    match Asker::new(context).choose(&text!("Is that right?", "Klopt dat?"), &items, 0)? {
        Some(1) => Ok(()),
        _ => Err(Problem::failure(text!("stopped, and nothing was changed", "gestopt, en er is niets veranderd")).into()),
    }
}

/// Makes the file anew; false, with the reason on standard error, when that has to wait.
///
/// # Errors
/// When the log is out of reach; never for want of room or because somebody reads: what was erased is erased, and the next command goes on.
pub fn finish(context: &Context, ledger: &mut Ledger) -> Result<bool> {
    let why = match ledger.finish_erasing() {
        Ok(true) => return Ok(true),
        Ok(false) => text!("another command is reading it", "een ander commando leest het nog"),
        Err(err) => crate::ledger::told(&err).map_or_else(|| Text::same(err.to_string()), |problem| problem.why),
    };
    still_answers(context).map_err(|lost| lost.todo(later()))?;
    output::note(
        context,
        &Text::new(
            format!("note: it is erased, but bytes of it are still in the file: {}; the next command goes on with it", why.en),
            format!(
                "let op: het is gewist, maar in het bestand staan er nog bytes van: {}; het volgende commando gaat ermee verder",
                why.nl
            ),
        ),
    );
    Ok(false)
}

/// What to do when the file cannot be made anew because it is out of reach.
fn later() -> Text {
    text!(
        "connect it again, and give any command, which erases the bytes that are left; what you asked for was recorded before that",
        "verbind die weer, en geef een commando, dat de resterende bytes wist; wat je vroeg, is daarvoor al vastgelegd"
    )
}

/// Says that customers are there who were forgotten, and what to do; how many, and no names.
pub fn tell_of_forgotten(context: &Context, count: u64) {
    if count == 0 {
        return;
    }
    let whom = counted(count, ["customer in it was", "customers in it were"], ["klant daarin is", "klanten daarin zijn"]);
    output::note(
        context,
        &Text::new(
            format!("note: {} forgotten before; `attent forget --again` erases what is back", whom.en),
            format!("let op: {} eerder vergeten; `attent forget --again` wist wat terug is", whom.nl),
        ),
    );
}
