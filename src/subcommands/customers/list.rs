//! `attent customers list`, and where a customer stands.

use std::collections::HashMap;
use std::process::ExitCode;

use anyhow::Result;
use clap::Args;
use clap_complete::engine::{ArgValueCandidates, ArgValueCompleter};

use crate::domain::calendar::Moment;
use crate::domain::course::Course;
use crate::domain::customer::Customer;
use crate::domain::names::identity;
use crate::domain::standing::Standing;
use crate::domain::text::Text;
use crate::domain::touchpoint::CustomerId;
use crate::ledger::Ledger;
use crate::render::cell::Word;
use crate::render::pages::customers::{self as page, CustomerLine, Listed};
use crate::subcommands::complete;
use crate::subcommands::context::{Context, local};
use crate::subcommands::lines::stage_word;
use crate::subcommands::output;
use crate::subcommands::who;
use crate::subcommands::workspace::Workspace;

/// The arguments of `customers list`.
#[derive(Debug, Args, Default)]
pub struct ListArgs {
    /// Only this segment
    #[arg(long, value_name = "SEGMENT", add = ArgValueCandidates::new(complete::segments))]
    pub segment: Option<String>,
    /// Only this journey
    #[arg(long, value_name = "JOURNEY", add = ArgValueCandidates::new(complete::journeys))]
    pub journey: Option<String>,
    /// Only those this customer sent
    #[arg(long, value_name = "CUSTOMER", add = ArgValueCompleter::new(complete::customers))]
    pub referred_by: Option<String>,
    /// Only those who came this way
    #[arg(long, value_name = "WORD")]
    pub origin: Option<String>,
}

/// Lists the customers.
///
/// # Errors
/// When the journey is not found, or the log cannot be read.
pub fn list(context: &Context, args: &ListArgs) -> Result<ExitCode> {
    let workspace = Workspace::open(context)?;
    let only = args.journey.as_deref().map(|journey| workspace.course(Some(journey))).transpose()?;
    let ledger = workspace.reader(context)?;
    let referrer = args.referred_by.as_deref().map(|typed| who::customer(context, &ledger, typed)).transpose()?;
    let referrals = ledger.referrals()?;
    let sent_by: HashMap<_, _> = referrals.iter().map(|referral| (referral.customer, referral.referrer)).collect();
    let stands = stands(context, &ledger)?;
    let origin = args.origin.as_deref().map(|typed| ledger.shown_origin(typed)).transpose()?;
    let (segment, origin) = (args.segment.as_deref().map(identity), origin.as_deref().map(identity));
    let wanted = |customer: &Customer| {
        let journey = only.is_none_or(|only| ledger.course_of(customer.journey.as_deref()) == only);
        let sent = referrer.is_none_or(|referrer| sent_by.get(&customer.id) == Some(&referrer));
        let said = |wanted: &Option<String>, has: &str| wanted.as_ref().is_none_or(|wanted| identity(has) == *wanted);
        journey && sent && said(&segment, &customer.segment) && said(&origin, &customer.origin)
    };
    let mut any = false;
    let mut customers = Vec::new();
    ledger.each_customer(|customer| {
        any = true;
        if wanted(&customer) {
            let course = ledger.course_of(customer.journey.as_deref());
            let stand = stands.get(&customer.id).copied().unwrap_or_default();
            customers.push(Found { course, stand, customer });
        }
    })?;
    customers.sort_by_cached_key(|found| identity(&found.customer.name));
    let referrers = of_referrers(&ledger, &sent_by)?;
    let list = List { courses: ledger.courses().to_vec(), customers, referrers };
    output::answer(context, &workspace.settings.currency, &page::list(list, any, context.local(context.now())))?;
    Ok(ExitCode::SUCCESS)
}

/// A customer who is listed.
struct Found {
    customer: Customer,
    /// The place of their journey.
    course: usize,
    stand: Stand,
}

/// Everybody who is listed; the lines are made one by one.
struct List {
    courses: Vec<Course>,
    customers: Vec<Found>,
    /// The names of who sent them, by who was sent.
    referrers: HashMap<CustomerId, String>,
}

impl Listed for List {
    fn count(&self) -> usize {
        self.customers.len()
    }

    fn line(&self, at: usize) -> CustomerLine {
        let Found { customer, course, stand } = &self.customers[at];
        line(&self.courses[*course], customer.clone(), *stand, self.referrers.get(&customer.id).cloned())
    }
}

/// The names of who sent somebody, by who was sent.
fn of_referrers(ledger: &Ledger, sent_by: &HashMap<CustomerId, CustomerId>) -> Result<HashMap<CustomerId, String>> {
    let mut names = HashMap::new();
    for (&sent, &referrer) in sent_by {
        if let Some(customer) = ledger.customer(referrer)? {
            names.insert(sent, customer.name);
        }
    }
    Ok(names)
}

/// As much of a standing as a line shows.
#[derive(Debug, Clone, Copy, Default)]
pub struct Stand {
    stage: Option<usize>,
    last: Option<Moment>,
    /// How many contacts there were.
    pub count: u32,
}

impl From<&Standing> for Stand {
    fn from(standing: &Standing) -> Self {
        Self {
            stage: standing.current,
            last: standing.latest.map(|(at, _)| at),
            count: standing.overall.map_or(0, |overall| overall.count),
        }
    }
}

/// Where everybody stands, from the kept sums and not from the log.
///
/// # Errors
/// When the log cannot be read.
pub fn stands(context: &Context, ledger: &Ledger) -> Result<HashMap<CustomerId, Stand>> {
    let mut stands = HashMap::new();
    for course in 0..ledger.courses().len() {
        ledger.standings(course, context.now(), |id, standing| {
            stands.insert(id, standing.into());
            Ok(())
        })?;
    }
    Ok(stands)
}

/// A customer as the list shows one.
pub fn line(course: &Course, customer: Customer, stand: Stand, referred_by: Option<String>) -> CustomerLine {
    CustomerLine {
        journey: Word::new(course.journey.id.clone(), Text::same(course.journey.title.clone())),
        stage: stand.stage.map(|place| stage_word(course, &course.journey.stages[place].id)),
        since: customer.since.map(local),
        last: stand.last.map(local),
        touchpoints: stand.count,
        referred_by,
        customer,
    }
}
