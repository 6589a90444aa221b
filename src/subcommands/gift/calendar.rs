//! `attent gifts`: the occasions ahead with what may be given, and what everybody was given this year.

use std::collections::{HashMap, HashSet};
use std::process::ExitCode;

use anyhow::Result;
use chrono::{Datelike as _, Days, NaiveDate};

use super::GiftsArgs;
use super::asked::moment_of;
use super::register::year_of;
use crate::domain::calendar::Moment;
use crate::domain::customer::Customer;
use crate::domain::gift::{Gift, GiftState};
use crate::domain::money::Cents;
use crate::domain::names::fold;
use crate::domain::occasion::Occasion;
use crate::domain::touchpoint::CustomerId;
use crate::ledger::Ledger;
use crate::plan::gifts::{
    AFTER_DAYS, LEAD_DAYS, PolicyFrom, Reminder, Wish, Year, as_play, first_free_day, fitting, policy_of, reminders, stops,
};
use crate::plan::person::Person;
use crate::plan::rules::{Present, ladder};
use crate::render::format::Format;
use crate::render::ics::{Calendar, ItemKind};
use crate::render::pages::calendar_items::{Making, of_occasions};
use crate::render::pages::gift_calendar::{BudgetLine, CalendarLine, CalendarPage};
use crate::render::pages::gifts::told;
use crate::subcommands::config::format_of;
use crate::subcommands::context::Context;
use crate::subcommands::crowd::Crowd;
use crate::subcommands::look_up::names;
use crate::subcommands::occasions::{self, day_of};
use crate::subcommands::output;
use crate::subcommands::week::diary::uid_of;
use crate::subcommands::who;
use crate::subcommands::workspace::Workspace;
use crate::text;

/// Runs the command.
///
/// # Errors
/// When the customer is not found, or the log cannot be read.
pub fn run(context: &Context, args: &GiftsArgs) -> Result<ExitCode> {
    let workspace = Workspace::open(context)?;
    let ledger = workspace.reader(context)?;
    let only = args.customer.as_deref().map(|typed| who::customer(context, &ledger, typed)).transpose()?;
    let known = Known::read(context, &workspace, &ledger, u64::from(args.days), only)?;
    let (listed, mut lines): (HashSet<CustomerId>, Vec<CalendarLine>) = known.lines(context).into_iter().unzip();
    lines.sort_by(|a, b| (a.begin, a.day, &a.customer).cmp(&(b.begin, b.day, &b.customer)));
    let budgets = known.budgets(&listed, only.is_some());
    let asked = format_of(context) == Format::Ics;
    let calendar = asked.then(|| as_calendar(context, &workspace, &ledger, &lines)).transpose()?;
    let page = CalendarPage {
        days: args.days,
        year: known.today.year(),
        reminders: known.reminders(&workspace, &budgets),
        lines,
        budgets: budgets.into_iter().map(|(_, line)| line).collect(),
        as_of: context.local(context.now()),
        calendar,
    };
    output::answer(context, &workspace.settings.currency, &page.answer())?;
    Ok(ExitCode::SUCCESS)
}

/// The occasions for a calendar. Each is known by its customer and its day or plan; its version goes up
/// with everything that is recorded, because what may be given depends on much of it.
fn as_calendar(context: &Context, workspace: &Workspace, ledger: &Ledger, lines: &[CalendarLine]) -> Result<Calendar> {
    let uid = |line: &CalendarLine| {
        let what = match (&line.occasion, &line.plan) {
            (Some(occasion), _) => occasion.key(),
            (None, Some(plan)) => format!("plan:{}", plan.id),
            (None, None) => line.day.to_string(),
        };
        uid_of(&["occasion", &fold(&line.customer), &what])
    };
    let named: Vec<(String, &CalendarLine)> = lines.iter().map(|line| (uid(line), line)).collect();
    let making = Making { kind: ItemKind::Event, stamp: context.now(), currency: workspace.settings.currency.clone() };
    let version = u32::try_from(ledger.newest_entry()?).unwrap_or(u32::MAX);
    Ok(of_occasions(text!("attent: occasions", "attent: aanleidingen"), &named, version, &making))
}

/// Everything the calendar is made of, about everybody or about one customer.
struct Known<'a> {
    workspace: &'a Workspace,
    crowd: Crowd,
    occasions: HashMap<CustomerId, Vec<Occasion>>,
    sources: HashMap<CustomerId, PolicyFrom>,
    /// What was given this calendar year, and what is planned in the rest of it, by customer.
    year: HashMap<CustomerId, Vec<Gift>>,
    /// Ideas and plans, by customer.
    open: HashMap<CustomerId, Vec<Gift>>,
    today: NaiveDate,
    until: NaiveDate,
}

impl<'a> Known<'a> {
    fn read(context: &Context, workspace: &'a Workspace, ledger: &Ledger, days: u64, only: Option<CustomerId>) -> Result<Self> {
        let now = context.now();
        let today = day_of(context, now);
        let crowd = match only {
            Some(id) => Crowd::of_one(context, ledger, id, now)?,
            None => Crowd::read(context, ledger, now)?,
        };
        let (first, last) = year_of(today.year());
        let mut year = grouped(ledger.gift_register(first, now, only)?);
        let open =
            ledger.gift_plans()?.into_iter().filter(|gift| gift.state != GiftState::Given && crowd.customers.contains_key(&gift.customer));
        let open = grouped(open.collect());
        for plan in open.values().flatten().filter(|gift| gift.state == GiftState::Planned) {
            if plan.day.is_some_and(|day| (first..=last).contains(&day)) {
                year.entry(plan.customer).or_default().push(plan.clone());
            }
        }
        Ok(Self {
            workspace,
            occasions: occasions::of_customers(context, ledger, &crowd.customers, now, days)?,
            sources: sources(context, ledger, only)?,
            year,
            open,
            today,
            until: today.checked_add_days(Days::new(days)).unwrap_or(today),
            crowd,
        })
    }

    /// Whom it may be about: everybody but who asked for no contact.
    fn people(&self) -> impl Iterator<Item = Person<'_>> {
        self.crowd.people().map(|(person, _)| person).filter(|person| !person.customer.no_contact)
    }

    /// What was thought of or planned for a customer.
    fn open_for(&self, id: CustomerId, state: GiftState) -> impl Iterator<Item = &Gift> {
        self.open.get(&id).into_iter().flatten().filter(move |gift| gift.state == state)
    }

    fn lines(&self, context: &Context) -> Vec<(CustomerId, CalendarLine)> {
        let mut lines = Vec::new();
        for person in self.people() {
            let id = person.customer.id;
            let theirs = self.occasions.get(&id).map(Vec::as_slice).unwrap_or_default();
            let mut plans: Vec<&Gift> = self.open_for(id, GiftState::Planned).collect();
            for occasion in theirs.iter().filter(|occasion| self.stands(context, &person, occasion)) {
                let plan = plans.iter().position(|plan| plan.occasion == occasion.key()).map(|at| plans.remove(at));
                lines.push((id, self.line(context, &person, occasion.day, Some(occasion), plan)));
            }
            for plan in plans {
                let day = plan.day.map_or(self.today, |day| day_of(context, day));
                if day <= self.until {
                    lines.push((id, self.line(context, &person, day, None, Some(plan))));
                }
            }
        }
        lines
    }

    /// Whether an occasion is still to be marked: it is to come, or it was a moment ago and nothing was
    /// given for it.
    fn stands(&self, context: &Context, person: &Person<'_>, occasion: &Occasion) -> bool {
        let from = occasion.day.checked_sub_days(Days::new(LEAD_DAYS)).unwrap_or(occasion.day);
        let recent = occasion.day.checked_add_days(Days::new(AFTER_DAYS)).is_some_and(|last| last >= self.today);
        let given = self.year.get(&person.customer.id).into_iter().flatten().filter(|gift| gift.state == GiftState::Given);
        let marked = |gift: &Gift| {
            gift.occasion == occasion.key() || gift.occasion.is_empty() && gift.day.is_some_and(|day| day_of(context, day) >= from)
        };
        recent && occasion.day <= self.until && !given.into_iter().any(marked)
    }

    fn line(
        &self,
        context: &Context,
        person: &Person<'_>,
        day: NaiveDate,
        occasion: Option<&Occasion>,
        plan: Option<&Gift>,
    ) -> CalendarLine {
        let customer = person.customer;
        let nothing = Gift::idea(customer.id, "");
        let meant = plan.unwrap_or(&nothing);
        let person = Person { gifts: self.crowd.received().without(customer.id, meant.id), ..*person };
        let spent = self.spent(customer.id, meant);
        let fits = fitting(customer, ladder(&person, context.now()), person.gifts.and_then(|gifts| gifts.last_value), spent);
        let present =
            Present { what: &meant.what, value: meant.value, why: &meant.why, given_by: &meant.given_by, approved: &meant.approved };
        let play = as_play(&present);
        let at = moment_of(context, day.max(self.today));
        let wish = Wish { play: &play, present: plan.map(|_| &present), at };
        let (model, off) = (&self.workspace.settings.model, &self.workspace.settings.rules_off);
        let found = stops(&person, wish, model, off);
        let free = if found.is_empty() { None } else { first_free_day(&person, wish, model, off) };
        let ideas = self.open_for(customer.id, GiftState::Idea);
        CalendarLine {
            customer: customer.name.clone(),
            begin: day.checked_sub_days(Days::new(LEAD_DAYS)).unwrap_or(day).max(self.today),
            day,
            occasion: occasion.cloned(),
            plan: plan.cloned(),
            ideas: ideas.map(|idea| idea.what.clone()).collect(),
            fits,
            left: customer.gift_terms.a_year.map(|most| Cents((most.0 - spent.0).max(0))),
            stops: told(&found),
            free_from: free.map(|at: Moment| day_of(context, at)),
        }
    }

    /// What was given and is planned this year, apart from a plan.
    fn spent(&self, id: CustomerId, apart: &Gift) -> Cents {
        let all = self.year.get(&id).into_iter().flatten();
        all.filter(|gift| gift.id == 0 || gift.id != apart.id).filter_map(|gift| gift.value).sum()
    }

    /// A line for everybody who was given something, for whom something is thought of or coming, or who
    /// was asked for.
    fn budgets(&self, listed: &HashSet<CustomerId>, asked: bool) -> Vec<(CustomerId, BudgetLine)> {
        let mut budgets = Vec::new();
        for person in self.people() {
            let id = person.customer.id;
            if asked || listed.contains(&id) || self.year.contains_key(&id) || self.open.contains_key(&id) {
                budgets.push((id, self.budget(person.customer)));
            }
        }
        budgets.sort_by(|(_, a), (_, b)| a.customer.cmp(&b.customer));
        budgets
    }

    fn budget(&self, customer: &Customer) -> BudgetLine {
        let of = |state: GiftState| self.year.get(&customer.id).into_iter().flatten().filter(move |gift| gift.state == state);
        let sum = |state| of(state).filter_map(|gift| gift.value).sum();
        BudgetLine {
            customer: customer.name.clone(),
            given: of(GiftState::Given).count(),
            value: sum(GiftState::Given),
            planned: sum(GiftState::Planned),
            policy: customer.gifts,
            terms: customer.gift_terms,
            from: self.sources.get(&customer.id).copied().unwrap_or(PolicyFrom::Nobody),
        }
    }

    fn reminders(&self, workspace: &Workspace, budgets: &[(CustomerId, BudgetLine)]) -> Vec<Reminder> {
        let years = budgets.iter().filter_map(|(id, line)| {
            let gifts = self.year.get(id).map(Vec::as_slice).unwrap_or_default();
            Some(Year {
                customer: self.crowd.customers.get(id)?,
                count: u32::try_from(gifts.len()).unwrap_or(u32::MAX),
                value: [line.value, line.planned].into_iter().sum(),
                dearest: gifts.iter().filter_map(|gift| gift.value).max().unwrap_or_default(),
            })
        });
        reminders(&workspace.settings.country, &years.collect::<Vec<_>>())
    }
}

/// Presents by whom they are for.
fn grouped(gifts: Vec<Gift>) -> HashMap<CustomerId, Vec<Gift>> {
    let mut found: HashMap<CustomerId, Vec<Gift>> = HashMap::new();
    for gift in gifts {
        found.entry(gift.customer).or_default().push(gift);
    }
    found
}

/// Who says what everybody, or one, may accept.
fn sources(context: &Context, ledger: &Ledger, only: Option<CustomerId>) -> Result<HashMap<CustomerId, PolicyFrom>> {
    let customers = match only {
        Some(id) => ledger.customer(id)?.map(|customer| (id, customer)).into_iter().collect(),
        None => names(ledger)?,
    };
    Ok(customers.into_iter().map(|(id, customer)| (id, policy_of(&customer, &context.gift_policies()).from)).collect())
}
