//! Where a customer stands: the sums over everything and per stage, and the current stage.
//!
//! A standing is a fold over the customer's touchpoints in order of time (at equal times, of
//! entry). Folding the same touchpoints always gives the same bits, so a standing kept up to date
//! one touchpoint at a time equals one rebuilt from the log.

use super::accumulators::{Cell, Sums, terms};
use super::calendar::Moment;
use super::course::Course;
use super::touchpoint::{Facts, TouchpointId};
use super::words::{Channel, Direction, Kind, Sender};

/// Where one customer stands on one journey.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Standing {
    /// All stages together, with the workspace's half-life; `None` before the first touchpoint.
    pub overall: Option<Cell>,
    /// The cells, by the stage's place in the journey.
    pub cells: Vec<Option<Cell>>,
    /// The latest touchpoint.
    pub latest: Option<(Moment, TouchpointId)>,
    /// The latest touchpoint that moves people.
    pub moved: Option<(Moment, TouchpointId)>,
    /// The current stage's place in the journey.
    pub current: Option<usize>,
    /// The first touchpoint that moves people: since when they know each other. A newsletter is
    /// no acquaintance.
    pub met: Option<Moment>,
    /// Touchpoints with a person in them, not a machine alone: from the customer, to the customer,
    /// and conversations.
    pub directions: [u32; 3],
    /// The latest promotion or survey sent.
    pub promoted: Option<Moment>,
}

impl Standing {
    /// An empty standing on a journey of so many stages.
    pub fn new(stages: usize) -> Self {
        Self { cells: vec![None; stages], ..Self::default() }
    }

    /// Whether a touchpoint comes after everything folded so far.
    pub fn follows(&self, at: Moment, id: TouchpointId) -> bool {
        self.latest.is_none_or(|latest| (at, id) > latest)
    }

    /// Folds in the next touchpoint and gives the stage it is placed in: the claimed one, or the
    /// current one.
    pub fn append(&mut self, id: TouchpointId, facts: &Facts, claimed: Option<usize>, course: &Course) -> usize {
        self.append_terms(id, facts, terms(facts, &course.model), claimed, course)
    }

    /// The same for whoever has computed the touchpoint's terms already.
    pub fn append_terms(&mut self, id: TouchpointId, facts: &Facts, terms: Sums, claimed: Option<usize>, course: &Course) -> usize {
        let stage = claimed.or(self.current).unwrap_or(0);
        grow(&mut self.overall, facts, terms, course.model.half_life);
        grow(&mut self.cells[stage], facts, terms, course.half_lives[stage]);
        self.latest = Some((facts.at, id));
        if facts.moves() {
            self.moved = Some((facts.at, id));
            self.met = self.met.or(Some(facts.at));
        }
        if facts.moves() || self.moved.is_none() {
            self.current = Some(stage);
        }
        let contacts = &mut self.directions[usize::from(facts.direction.code())];
        *contacts = contacts.saturating_add(u32::from(facts.sender != Sender::Automated));
        let promotes = facts.kind == Kind::Promo || facts.channel == Channel::Survey;
        if promotes && facts.direction != Direction::In {
            self.promoted = Some(facts.at);
        }
        stage
    }
}

/// A relationship as a whole: a standing without its cells, short enough to be kept for everybody.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Relationship {
    /// All stages together; `None` before the first touchpoint.
    pub overall: Option<Cell>,
    /// The latest touchpoint.
    pub latest: Option<Moment>,
    /// The latest touchpoint that moves people.
    pub moved: Option<Moment>,
    /// The current stage's place in the journey.
    pub current: Option<usize>,
    /// Since when they know each other.
    pub met: Option<Moment>,
    /// Touchpoints with a person in them: from the customer, to the customer, and conversations.
    pub directions: [u32; 3],
    /// The latest promotion or survey sent.
    pub promoted: Option<Moment>,
}

impl From<&Standing> for Relationship {
    fn from(standing: &Standing) -> Self {
        Self {
            overall: standing.overall,
            latest: standing.latest.map(|(at, _)| at),
            moved: standing.moved.map(|(at, _)| at),
            current: standing.current,
            met: standing.met,
            directions: standing.directions,
            promoted: standing.promoted,
        }
    }
}

impl Relationship {
    /// How many contacts went both ways: conversations, and pairs of one in and one out.
    pub fn two_way_contacts(&self) -> u32 {
        let [inward, outward, both] = self.directions;
        both.saturating_add(inward.min(outward))
    }
}

fn grow(cell: &mut Option<Cell>, facts: &Facts, terms: Sums, half_life: f64) {
    match cell {
        Some(cell) => cell.add(facts, terms, half_life),
        None => *cell = Some(Cell::new(facts, terms)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::calendar::DAY_MS;
    use crate::domain::journey::{Journey, Stage};
    use crate::domain::model::Model;

    #[test]
    fn counts_of_a_damaged_file_do_not_overflow() {
        let journey = Journey { id: "j".into(), title: "J".into(), stages: vec![Stage::default()] };
        let course = Course::new(journey, &Model::default());
        let d = Channel::Phone.defaults();
        let facts = Facts {
            at: Moment(0),
            channel: Channel::Phone,
            direction: Direction::Both,
            sender: Sender::Human,
            personal: d.personal,
            kind: d.kind,
            sentiment: None,
        };
        let mut standing = Standing::new(1);
        standing.append(TouchpointId(1), &facts, None, &course);
        standing.directions = [u32::MAX; 3];
        standing.overall.iter_mut().for_each(|cell| cell.count = u32::MAX);
        standing.append(TouchpointId(2), &facts, None, &course);
        assert_eq!(Relationship::from(&standing).two_way_contacts(), u32::MAX);
        assert_eq!(standing.overall.map(|cell| cell.count), Some(u32::MAX));
    }

    #[test]
    fn a_machine_is_no_conversation_and_a_newsletter_no_acquaintance() {
        let journey = Journey { id: "j".into(), title: "J".into(), stages: vec![Stage::default()] };
        let course = Course::new(journey, &Model::default());
        let mut standing = Standing::new(1);
        let mut add = |day: i64, channel: Channel, direction, sender| {
            let d = channel.defaults();
            let at = Moment(day * DAY_MS);
            let facts = Facts { at, channel, direction, sender, personal: d.personal, kind: d.kind, sentiment: None };
            standing.append(TouchpointId(day), &facts, None, &course);
            (Relationship::from(&standing).two_way_contacts(), standing.met.map(|at| at.day()))
        };
        assert_eq!(add(1, Channel::Newsletter, Direction::Out, Sender::Automated), (0, None));
        assert_eq!(add(2, Channel::Chat, Direction::Both, Sender::Automated), (0, Some(2)), "who chats, is there");
        assert_eq!(add(3, Channel::Portal, Direction::In, Sender::Automated), (0, Some(2)));
        assert_eq!(add(4, Channel::Email, Direction::Out, Sender::Assisted), (0, Some(2)));
        assert_eq!(add(5, Channel::Email, Direction::In, Sender::Human), (1, Some(2)));
        assert_eq!(add(6, Channel::Phone, Direction::Both, Sender::Human), (2, Some(2)));
    }
}
