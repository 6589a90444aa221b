//! `attent referral list`: the tree, revenue by origin, ambassadors, and whom to ask.

use std::cmp::Reverse;
use std::collections::{HashMap, HashSet};
use std::process::ExitCode;

use anyhow::Result;
use clap::Args;

use super::{ask_line, line};
use crate::domain::calendar::Moment;
use crate::domain::money::Cents;
use crate::domain::play::Play;
use crate::domain::rule::RuleId;
use crate::domain::touchpoint::CustomerId;
use crate::ledger::Ledger;
use crate::measure::revenue::by_origin;
use crate::plan::referrals::{Asked, Asking, ambassadors, asking_play, tree};
use crate::render::pages::referral_ask::AskLine;
use crate::render::pages::referrals::{Part, ReferralsPage, TreeLine};
use crate::subcommands::context::Context;
use crate::subcommands::crowd::Crowd;
use crate::subcommands::lines::name_of;
use crate::subcommands::output;
use crate::subcommands::workspace::Workspace;

/// The arguments of `referral list`.
#[derive(Debug, Args, Default)]
pub struct ListArgs {
    /// Also beyond the first ten
    #[arg(long)]
    pub all: bool,
}

/// How many of each list are shown unless all are asked for.
const SHOWN: usize = 10;

/// Who had contact in so many days is still in contact **[J]**.
const CONTACT_DAYS: f64 = 365.0;

/// Runs the command.
///
/// # Errors
/// When the log cannot be read.
pub fn run(context: &Context, args: &ListArgs) -> Result<ExitCode> {
    let workspace = Workspace::open(context)?;
    let ledger = workspace.reader(context)?;
    let now = context.now();
    let most = if args.all { usize::MAX } else { SHOWN };
    let play = asking_play(&workspace.plays(context)?);
    let crowd = Crowd::read(context, &ledger, now)?;
    let revenue = ledger.revenue(Moment(i64::MIN), now)?;
    let referrals: Vec<_> = ledger.referrals()?.into_iter().filter(|referral| referral.at <= now).collect();
    let by_customer: HashMap<CustomerId, _> = referrals.iter().map(|referral| (referral.customer, referral)).collect();
    let branches = tree(&referrals, &revenue);
    let met = |id: CustomerId| crowd.seen(id).and_then(|seen| seen.relationship.moved);
    let in_contact = |id| met(id).is_some_and(|at| now.days_since(at) <= CONTACT_DAYS);
    let ambassadors = ambassadors(&branches, &referrals, in_contact).into_iter();
    let ambassadors = ambassadors.map(|one| (name_of(&crowd.customers, one.customer), one)).collect();
    let mut customers: Vec<_> = crowd.customers.values().collect();
    customers.sort_by_key(|customer| customer.id);
    let sent: HashSet<CustomerId> = by_customer.keys().copied().collect();
    let (ask, not_yet) = whom(context, &ledger, &crowd, &play, &workspace.settings.rules_off, &revenue, most);
    let page = ReferralsPage {
        origins: by_origin(customers, &sent, &revenue),
        tree: branches
            .into_iter()
            .map(|branch| TreeLine {
                customer: name_of(&crowd.customers, branch.customer),
                referral: by_customer.get(&branch.customer).map(|referral| line(context, &crowd.customers, referral)),
                branch,
            })
            .collect(),
        ambassadors: part(ambassadors, most),
        ask,
        not_yet,
        as_of: context.local(now),
    };
    output::answer(context, &workspace.settings.currency, &page.answer())?;
    Ok(ExitCode::SUCCESS)
}

/// The first of many, and how many more there are.
fn part<T>(mut all: Vec<T>, most: usize) -> Part<T> {
    let more = all.len().saturating_sub(most);
    all.truncate(most);
    Part { shown: all, more }
}

/// Who may be asked now, the warmest first, of equals who paid most; and who not yet: those with the
/// fewest rules against it first, the warmest of them first, and who asked for no contact last.
fn whom(
    context: &Context,
    ledger: &Ledger,
    crowd: &Crowd,
    play: &Play,
    off: &[RuleId],
    revenue: &HashMap<CustomerId, Cents>,
    most: usize,
) -> (Part<AskLine>, Part<AskLine>) {
    let now = context.now();
    let people: Vec<_> = crowd.people().collect();
    let cases = people.iter().map(|(person, seen)| Asked { person, play, model: &ledger.courses()[seen.course].model, off });
    let mut found: Vec<_> = cases.map(|case| (case.objectors(now), case)).collect();
    let warmest = |case: &Asked<'_>| {
        // Warmth lies within 0…100, so that its hundredths are whole.
        (Reverse((case.person.warmth * 100.0) as i64), Reverse(revenue.get(&case.person.customer.id).copied()), case.person.customer.id)
    };
    found.sort_by_cached_key(|(rules, case)| (rules.contains(&RuleId::OptOut), rules.len(), warmest(case)));
    let (free, held): (Vec<_>, Vec<_>) = found.into_iter().partition(|(rules, _)| rules.is_empty());
    let shown = |found: Vec<(Vec<RuleId>, Asked<'_>)>| {
        let some = part(found, most);
        let line = |(rules, case): (Vec<RuleId>, Asked<'_>)| {
            let asking = if rules.is_empty() { Asking::default() } else { case.asking(now) };
            ask_line(context, case.person, &asking, now)
        };
        Part { shown: some.shown.into_iter().map(line).collect(), more: some.more }
    };
    (shown(free), shown(held))
}
