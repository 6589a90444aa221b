//! Which failure is meant: by its number, or by whose it is when only one of theirs fits.

use anyhow::Result;

use crate::domain::incident::Incident;
use crate::domain::problem::Problem;
use crate::domain::text::Text;
use crate::ledger::Ledger;
use crate::render::sanitize::visible;
use crate::subcommands::context::Context;
use crate::subcommands::lines::name_of;
use crate::subcommands::look_up::names;
use crate::subcommands::prompts::Asker;
use crate::subcommands::who;
use crate::text;

/// What is looked for.
#[derive(Debug, Clone, Copy)]
pub enum Wanted {
    /// One that nobody has answered yet.
    Unanswered,
    /// One that is not made good yet.
    Open,
    /// One that was made good, and that nobody asked after yet.
    MadeGood,
    /// One that is not over yet.
    Unfinished,
}

impl Wanted {
    fn fits(self, incident: &Incident) -> bool {
        match self {
            Self::Unanswered => incident.resolved.is_none() && incident.acknowledged.is_none(),
            Self::Open => incident.resolved.is_none(),
            Self::MadeGood => incident.resolved.is_some() && incident.checked.is_none(),
            Self::Unfinished => incident.checked.is_none(),
        }
    }

    /// That a customer has none, and that they have several.
    fn none_of(self, name: &str) -> Text {
        match self {
            Self::Unanswered => {
                text!("{name} has no failure that waits for an answer", "{name} heeft geen misser die op een reactie wacht")
            }
            Self::Open => text!("{name} has no open failure", "{name} heeft geen open misser"),
            Self::MadeGood => text!("{name} has no failure to ask after", "{name} heeft geen misser om na te vragen"),
            Self::Unfinished => text!("{name} has no failure that is not over", "{name} heeft geen misser die nog loopt"),
        }
    }

    fn several_of(self, name: &str, n: usize) -> Text {
        match self {
            Self::Unanswered | Self::Open => text!("{name} has {n} open failures", "{name} heeft {n} open missers"),
            Self::MadeGood => text!("{name} has {n} failures to ask after", "{name} heeft {n} missers om na te vragen"),
            Self::Unfinished => text!("{name} has {n} failures that are not over", "{name} heeft {n} missers die nog lopen"),
        }
    }
}

/// The failure meant; where it is not clear and somebody can be asked, they are. One that is named by its
/// number need not fit: the verb says why the step cannot be.
///
/// # Errors
/// When there is none, or several and nobody can be asked.
pub fn find(context: &Context, ledger: &Ledger, typed: Option<&str>, wanted: Wanted) -> Result<Incident> {
    match typed {
        Some(typed) => named(context, ledger, typed, wanted),
        None if context.can_ask() => any(context, ledger, wanted),
        None => Err(Problem::usage(text!("it does not say which failure", "er staat niet bij welke misser"))
            .why(text!("nobody can be asked here", "hier kan niemand gevraagd worden"))
            .todo(text!(
                "give its number, or the customer; `attent incidents` shows them",
                "geef het nummer, of de klant; `attent incidents` toont ze"
            ))
            .into()),
    }
}

fn named(context: &Context, ledger: &Ledger, typed: &str, wanted: Wanted) -> Result<Incident> {
    let number = typed.trim().trim_start_matches('#');
    if let Ok(id) = number.parse::<i64>() {
        if let Some(found) = ledger.incident(id)? {
            return Ok(found);
        }
        if ledger.exactly(typed)?.is_none() {
            return Err(Problem::failure(text!("there is no failure #{id}", "er is geen misser #{id}")).todo(see_list()).into());
        }
    }
    let customer = who::customer(context, ledger, typed)?;
    let mut fitting = ledger.incidents_of(customer)?;
    fitting.retain(|incident| wanted.fits(incident));
    let name = ledger.customer(customer)?.map(|customer| customer.name).unwrap_or_default();
    match fitting.len() {
        0 => Err(Problem::failure(wanted.none_of(&name)).todo(see_list()).into()),
        1 => Ok(fitting.remove(0)),
        _ if context.can_ask() => choose(context, fitting, |_| String::new()),
        n => Err(Problem::usage(wanted.several_of(&name, n))
            .why(Text::same(fitting.iter().map(|incident| format!("- {}", shown(incident, ""))).collect::<Vec<_>>().join("\n")))
            .todo(text!("name one by its number", "noem er een bij het nummer"))
            .into()),
    }
}

/// One of all that fit. Only where [`Context::can_ask`].
fn any(context: &Context, ledger: &Ledger, wanted: Wanted) -> Result<Incident> {
    let mut fitting: Vec<Incident> = ledger.incidents()?.into_values().flatten().filter(|incident| wanted.fits(incident)).collect();
    fitting.sort_by_key(|incident| (incident.opened, incident.id));
    if fitting.is_empty() {
        return Err(Problem::failure(text!("there is no failure that this can be done with", "er is geen misser waarmee dit kan"))
            .todo(see_list())
            .into());
    }
    let names = names(ledger)?;
    choose(context, fitting, |incident| name_of(&names, incident.customer))
}

fn choose(context: &Context, mut fitting: Vec<Incident>, whose: impl Fn(&Incident) -> String) -> Result<Incident> {
    let items: Vec<Text> = fitting.iter().map(|incident| Text::same(visible(&shown(incident, &whose(incident))))).collect();
    let chosen = Asker::new(context).choose(&text!("Which failure?", "Welke misser?"), &items, 0)?;
    chosen.map(|place| fitting.swap_remove(place)).ok_or_else(|| nothing_chosen().into())
}

/// That somebody stopped while being asked.
pub fn nothing_chosen() -> Problem {
    Problem::failure(text!("nothing was chosen, and nothing was stored", "er is niets gekozen en er is niets opgeslagen"))
}

/// `#1  late`, or `#1  Anna: late`.
fn shown(incident: &Incident, name: &str) -> String {
    let (id, what) = (incident.id, incident.what.lines().next().unwrap_or_default());
    if name.is_empty() { format!("#{id}  {what}") } else { format!("#{id}  {name}: {what}") }
}

fn see_list() -> Text {
    text!("`attent incident list` shows them all", "`attent incident list` toont ze allemaal")
}
