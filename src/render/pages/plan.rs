//! The page of `attent plan`.

use chrono::{DateTime, Days, FixedOffset, NaiveDate};
use serde_json::json;

use super::actions::{ActionLine, table};
use super::stamp;
use crate::domain::money::Cents;
use crate::domain::numbers::{count, counted};
use crate::domain::shell;
use crate::domain::text::{Lang, Text};
use crate::plan::knapsack::Budget;
use crate::render::document::{Block, Document};
use crate::render::format::Answer;
use crate::render::ics::Calendar;
use crate::render::locale::Look;
use crate::text;

/// What the page is made from.
#[derive(Debug, Clone)]
pub struct PlanPage {
    /// The Monday of the week.
    pub monday: NaiveDate,
    /// The moment it was planned at.
    pub as_of: DateTime<FixedOffset>,
    /// What to do: what stands already, then what is new.
    pub lines: Vec<ActionLine>,
    /// What is owed and does not fit.
    pub unfit: Vec<ActionLine>,
    /// How many people there is something to do for that does not fit.
    pub waiting: usize,
    /// What the week may take.
    pub budget: Budget,
    /// What was done this week already: how much, minutes, money.
    pub done: (u32, u32, Cents),
    /// What the new actions are worth, in hundredths of a point.
    pub value: i64,
    /// Whether it is known to be the best there is.
    pub proven: bool,
    /// Whether there is a log at all to plan from.
    pub anybody: bool,
    /// The currency, for the sentence below the table.
    pub currency: String,
    /// The same as a calendar, when that was asked for.
    pub calendar: Option<Calendar>,
}

impl PlanPage {
    /// The answer.
    pub fn answer(&self) -> Answer {
        let mut document = Document::new(self.title()).subtitle(self.week());
        if self.lines.is_empty() {
            document = document.with(Block::Text(self.nothing()));
        } else {
            document = document.with(Block::Table(table(&self.lines))).with(Block::Text(self.spent()));
        }
        if !self.proven {
            document = document.with(Block::Text(text!(
                "This is a very good plan, but there are too many possibilities to be sure that it is the best.",
                "Dit is een heel goed plan, maar er zijn te veel mogelijkheden om zeker te weten dat het het beste is."
            )));
        }
        if !self.unfit.is_empty() {
            document = document.with(Block::Heading(text!(
                "Owed, and beyond the minutes or the money of this week",
                "Moet nog, en past niet in de tijd of het geld van deze week"
            )));
            document = document.with(Block::List(self.unfit.iter().map(unfit).collect()));
        }
        if let Some(line) = self.lines.first() {
            let name = shell::quoted(&line.customer);
            document = document.with(Block::Hint(text!(
                "`attent plan --why {name}` shows what was considered; `attent nudge` makes these your nudges.",
                "`attent plan --why {name}` laat zien wat er is overwogen; `attent nudge` maakt er je nudges van."
            )));
        }
        Answer {
            schema: "attent.plan/1",
            json: self.json(),
            rows_key: "actions",
            ids: self.lines.iter().map(ActionLine::name).collect(),
            document,
            calendar: self.calendar.clone(),
        }
    }

    fn json(&self) -> serde_json::Value {
        let sunday = self.monday.checked_add_days(Days::new(6)).unwrap_or(self.monday);
        json!({
            "as_of": stamp(self.as_of),
            "week": {"from": self.monday.to_string(), "until": sunday.to_string(), "name": self.monday.format("%G-W%V").to_string()},
            "budget": {"minutes": self.budget.minutes, "money": f64::from(self.budget.cents) / 100.0},
            "planned": {"minutes": self.minutes(), "money": self.cost().units(), "value": self.value as f64 / 100.0, "proven": self.proven},
            "done": {"actions": self.done.0, "minutes": self.done.1, "money": self.done.2.units()},
            "actions": self.lines.iter().map(ActionLine::json).collect::<Vec<_>>(),
            "waiting": self.waiting,
            "unfit": self.unfit.iter().map(ActionLine::json).collect::<Vec<_>>(),
        })
    }

    fn title(&self) -> Text {
        text!("This week", "Deze week")
    }

    /// `Monday 29 June to Sunday 5 July 2026`.
    fn week(&self) -> Text {
        let sunday = self.monday.checked_add_days(Days::new(6)).unwrap_or(self.monday);
        let of = |lang| {
            let look = Look { lang, ..Look::default() };
            (look.weekday(self.monday), look.weekday(sunday), sunday.format("%Y").to_string())
        };
        let ((from, until, year), (van, tot, jaar)) = (of(Lang::En), of(Lang::Nl));
        Text::new(format!("{from} to {until} {year}"), format!("{van} tot en met {tot} {jaar}"))
    }

    fn minutes(&self) -> u32 {
        self.lines.iter().fold(0, |together, line| together.saturating_add(line.minutes))
    }

    fn cost(&self) -> Cents {
        self.lines.iter().map(|line| line.cost).sum()
    }

    /// `3 actions: 55 of 180 minutes and €12.50 of €60.00; 1 done already this week.`
    fn spent(&self) -> Text {
        let actions = counted(self.lines.len() as u64, ["action", "actions"], ["actie", "acties"]);
        let minutes = [self.minutes().saturating_add(self.done.1), self.budget.minutes].map(|minutes| count(u64::from(minutes)));
        let money = [[self.cost(), self.done.2].into_iter().sum(), Cents(i64::from(self.budget.cents))].map(|cents| self.money(cents));
        let done = match self.done.0 {
            0 => Text::default(),
            done => {
                let done = count(u64::from(done));
                Text::new(format!(", with {} done already", done.en), format!(", waarvan {} al gedaan", done.nl))
            }
        };
        Text::new(
            format!(
                "{}: {} of {} minutes and {} of {}{}. Gain is the mean change in a relationship's warmth over the next 30 days.",
                actions.en, minutes[0].en, minutes[1].en, money[0].en, money[1].en, done.en
            ),
            format!(
                "{}: {} van {} minuten en {} van {}{}. Effect is de gemiddelde verandering van de warmte van een relatie over de komende 30 dagen.",
                actions.nl, minutes[0].nl, minutes[1].nl, money[0].nl, money[1].nl, done.nl
            ),
        )
    }

    fn money(&self, cents: Cents) -> Text {
        let of = |lang| Look { lang, currency: self.currency.clone(), ..Look::default() }.money(cents);
        Text::new(of(Lang::En), of(Lang::Nl))
    }

    fn nothing(&self) -> Text {
        if !self.anybody {
            return text!(
                "Nobody is in the log yet. `attent log` records a contact, `attent import` reads files.",
                "Er staat nog niemand in het logboek. `attent log` legt een contact vast, `attent import` leest bestanden."
            );
        }
        if self.waiting > 0 {
            return no_room(self.waiting);
        }
        if self.done.0 > 0 {
            return text!(
                "Everything for this week is done, or nothing else needs doing. Well done.",
                "Alles voor deze week is gedaan, of er hoeft niets meer. Mooi werk."
            );
        }
        text!(
            "Nothing needs doing this week: nothing is too cold, or it is already on its way.",
            "Deze week hoeft er niets: niets is te koud, of het is al onderweg."
        )
    }
}

/// That there is something to do and no time or money left for it.
pub fn no_room(waiting: usize) -> Text {
    let people = counted(waiting as u64, ["customer", "customers"], ["klant", "klanten"]);
    Text::new(
        format!(
            "There is something to do for {}, and nothing of it fits in what is left of the minutes and the money of this week.",
            people.en
        ),
        format!("Er is iets te doen voor {}, maar niets past nog in de tijd en het geld van deze week.", people.nl),
    )
}

fn unfit(line: &ActionLine) -> Text {
    let (who, minutes) = (&line.customer, counted(u64::from(line.minutes), ["minute", "minutes"], ["minuut", "minuten"]));
    Text::new(
        format!("{who}: {} ({}); {}", line.action.en, minutes.en, line.because.en),
        format!("{who}: {} ({}); {}", line.action.nl, minutes.nl, line.because.nl),
    )
}
