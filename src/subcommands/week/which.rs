//! Which nudge somebody means: by its number, or by the customer when only one of theirs stands.

use anyhow::Result;

use crate::domain::nudge::{Nudge, NudgeState};
use crate::domain::problem::Problem;
use crate::domain::text::Text;
use crate::ledger::Ledger;
use crate::subcommands::context::Context;
use crate::subcommands::who;
use crate::text;

/// The nudge that is meant, which stands.
///
/// # Errors
/// When there is none, or more than one, or it stands no longer.
pub fn standing(context: &Context, ledger: &Ledger, typed: &str) -> Result<Nudge> {
    let number = typed.trim().trim_start_matches('#');
    if let Ok(id) = number.parse::<i64>() {
        if let Some(found) = ledger.nudge(id)? {
            return still(context, found);
        }
        if ledger.exactly(typed)?.is_none() {
            return Err(Problem::failure(text!("there is no nudge {id}", "er is geen nudge {id}")).todo(see_all()).into());
        }
    }
    let customer = who::customer(context, ledger, typed)?;
    let mut open = ledger.nudges()?;
    open.retain(|nudge| nudge.cause.customer == customer && nudge.state == NudgeState::Open);
    let name = ledger.customer(customer)?.map(|customer| customer.name).unwrap_or_default();
    match open.len() {
        0 => Err(Problem::failure(text!("no nudge stands for {name}", "voor {name} staat geen nudge"))
            .todo(text!(
                "`attent nudges` shows all of them; `attent log` records a contact",
                "`attent nudges` toont ze allemaal; `attent log` legt een contact vast"
            ))
            .into()),
        1 => Ok(open.remove(0)),
        n => Err(Problem::usage(text!("{n} nudges stand for {name}", "voor {name} staan {n} nudges"))
            .why(Text::new(listed(&open, |nudge| &nudge.because.en), listed(&open, |nudge| &nudge.because.nl)))
            .todo(text!("name one by its number", "noem er een bij het nummer"))
            .into()),
    }
}

fn listed(open: &[Nudge], because: impl Fn(&Nudge) -> &String) -> String {
    open.iter().map(|nudge| format!("- {}  {}", nudge.id, because(nudge))).collect::<Vec<_>>().join("\n")
}

fn still(context: &Context, nudge: Nudge) -> Result<Nudge> {
    let id = nudge.id;
    let day = nudge.ended.map(|at| crate::domain::calendar::day_and_month(context.local(at).date_naive())).unwrap_or_default();
    let (en, nl) = (&day.en, &day.nl);
    let ended = match nudge.state {
        NudgeState::Open => return Ok(nudge),
        NudgeState::Done => text!("nudge {id} was done on {en}", "nudge {id} is gedaan op {nl}"),
        NudgeState::Skipped => text!("nudge {id} was skipped on {en}", "nudge {id} is overgeslagen op {nl}"),
        NudgeState::Closed => text!("nudge {id} was no longer needed on {en}", "nudge {id} was op {nl} niet meer nodig"),
    };
    Err(Problem::failure(ended).todo(see_all()).into())
}

/// That somebody else was first.
pub fn too_late(id: i64) -> Problem {
    Problem::failure(text!("nudge {id} stands no longer", "nudge {id} staat niet meer"))
        .why(text!("something else ended it just now", "iets anders heeft die zojuist afgerond"))
        .todo(see_all())
}

fn see_all() -> Text {
    text!("`attent nudges --all` shows what became of them", "`attent nudges --all` laat zien wat ermee gebeurd is")
}
