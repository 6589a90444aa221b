//! Whom the plan is about, and which week it is for.

use chrono::NaiveDate;

use crate::domain::calendar::Moment;
use crate::domain::course::Course;
use crate::domain::incident::Incident;
use crate::domain::touchpoint::CustomerId;
use crate::measure::people::Concern;
use crate::measure::scoreboard::CellScore;
use crate::plan::person::Person;

/// One customer as the plan sees them.
#[derive(Debug, Clone)]
pub struct Subject<'a> {
    /// What the rules know of them.
    pub person: Person<'a>,
    /// The journey they are on.
    pub course: &'a Course,
    /// The cell of the stage they are in now, scored at now.
    pub here: Option<&'a CellScore>,
    /// What is found about them, by the place of the stage; stages where nothing is are left out.
    pub concerns: &'a [(usize, Concern)],
    /// What went wrong, in the order of `person.failures`.
    pub incidents: &'a [Incident],
    /// How much they matter to the firm, ½…2 (METHOD §7).
    pub importance: f64,
    /// The plays they had before, with when the latest was.
    pub had: &'a [(String, Moment)],
}

impl Subject<'_> {
    /// Who it is.
    pub fn id(&self) -> CustomerId {
        self.person.customer.id
    }
}

/// A week of the reader's calendar, Monday to Sunday.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Week {
    /// When it begins: Monday at midnight, local time.
    pub from: Moment,
    /// When the next one begins.
    pub until: Moment,
    /// The Monday.
    pub monday: NaiveDate,
}

impl Week {
    /// Its last moment, by which what has no day of its own is due.
    pub fn end(&self) -> Moment {
        Moment(self.until.0 - 1000)
    }

    /// Whether a moment lies in it.
    pub fn holds(&self, at: Moment) -> bool {
        (self.from..self.until).contains(&at)
    }
}
