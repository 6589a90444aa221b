//! When a step was taken, and when it cannot have been.

use crate::domain::calendar::Moment;
use crate::domain::incident::Incident;
use crate::domain::problem::Problem;
use crate::domain::text::Text;
use crate::render::pages::logged::when;
use crate::subcommands::context::Context;
use crate::text;

/// The moment a flag names, now when it is left out; never one to come.
///
/// # Errors
/// When it cannot be understood, or lies ahead.
pub fn past(context: &Context, typed: Option<&str>, flag: &str) -> Result<Moment, Problem> {
    let at = typed.map_or(Ok(context.now()), |at| context.past(at, flag))?;
    if at > context.now() {
        return Err(Problem::usage(text!("{flag} lies ahead", "{flag} ligt in de toekomst"))
            .why(text!("what went wrong is recorded once it has happened", "wat misging wordt vastgelegd als het gebeurd is"))
            .todo(text!("give a moment that has passed", "geef een moment dat voorbij is")));
    }
    Ok(at)
}

/// Refuses a step that was taken before it went wrong.
///
/// # Errors
/// When it was.
pub fn after_it_went_wrong(context: &Context, incident: &Incident, at: Moment, flag: &str) -> Result<(), Problem> {
    if at >= incident.opened {
        return Ok(());
    }
    let (id, en, nl) = said(context, incident, incident.opened);
    Err(Problem::usage(text!("{flag} lies before it went wrong", "{flag} ligt voordat het misging"))
        .why(text!("failure #{id} is of {en}", "misser #{id} is van {nl}"))
        .todo(text!("give a later moment", "geef een later moment")))
}

/// Refuses making good before it was acknowledged.
///
/// # Errors
/// When it was.
pub fn after_it_was_acknowledged(context: &Context, incident: &Incident, at: Moment) -> Result<(), Problem> {
    let Some(acknowledged) = incident.acknowledged.filter(|acknowledged| at < *acknowledged) else { return Ok(()) };
    let (id, en, nl) = said(context, incident, acknowledged);
    Err(Problem::usage(text!("--at lies before it was acknowledged", "--at ligt voordat het erkend werd"))
        .why(text!("failure #{id} was acknowledged on {en}", "misser #{id} is erkend op {nl}"))
        .todo(text!("give a later moment", "geef een later moment")))
}

/// Refuses asking how it is now before it was made good.
///
/// # Errors
/// When it was, or when it is not made good yet.
pub fn after_it_was_made_good(context: &Context, incident: &Incident, at: Moment) -> Result<(), Problem> {
    let id = incident.id;
    let Some(resolved) = incident.resolved else {
        return Err(Problem::failure(text!("failure #{id} has not been made good yet", "misser #{id} is nog niet goedgemaakt"))
            .why(text!("asking how it is now comes after that", "vragen hoe het nu is komt daarna"))
            .todo(text!("when it was made good: attent incident resolve {id}", "als het goedgemaakt is: attent incident resolve {id}")));
    };
    if at >= resolved {
        return Ok(());
    }
    let (id, en, nl) = said(context, incident, resolved);
    Err(Problem::usage(text!("--at lies before it was made good", "--at ligt voor het moment van goedmaken"))
        .why(text!("failure #{id} was made good on {en}", "misser #{id} is goedgemaakt op {nl}"))
        .todo(text!("give a later moment", "geef een later moment")))
}

/// That a step was taken before, at a moment: `acknowledged`, `erkend`.
pub fn already(context: &Context, incident: &Incident, step: &Text, at: Moment) -> Problem {
    let (id, en, nl) = said(context, incident, at);
    let (step_en, step_nl) = (&step.en, &step.nl);
    Problem::failure(text!("failure #{id} was {step_en} on {en} already", "misser #{id} is al {step_nl} op {nl}")).todo(text!(
        "if that was the last entry, `attent undo` takes it back",
        "was dat de laatste invoer, dan maakt `attent undo` die ongedaan"
    ))
}

/// The number of a failure, and a moment in both languages.
pub fn said(context: &Context, incident: &Incident, at: Moment) -> (i64, String, String) {
    let at = when(context.local(at));
    (incident.id, at.en, at.nl)
}
