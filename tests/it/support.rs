//! What several tests need.

use attent::domain::calendar::{DAY_MS, Moment};
use attent::domain::course::Course;
use attent::domain::journey::{Journey, Rule, Stage};
use attent::domain::model::Model;
use attent::domain::touchpoint::{Facts, Touchpoint};
use attent::domain::words::{Channel, Direction, Kind, Personal, Sender};
use proptest::prelude::*;

/// The moment a number of days after 1970-01-01.
pub fn day(days: f64) -> Moment {
    Moment((days * DAY_MS as f64).round() as i64)
}

/// A journey of four stages: two with rules, one with a half-life of its own.
pub fn course() -> Course {
    let stage = |id: &str, rules: Vec<Rule>, half_life| Stage { id: id.into(), title: id.into(), rules, half_life, ..Stage::default() };
    let newsletter = Rule { channel: vec![Channel::Newsletter], ..Rule::default() };
    let offer = Rule { word: vec!["offer".into()], ..Rule::default() };
    let stages = vec![
        stage("find", vec![newsletter], Some(30.0)),
        stage("buy", vec![offer], None),
        stage("use", vec![], None),
        stage("stay", vec![], Some(365.0)),
    ];
    Course::new(Journey { id: "customer".into(), title: "Customer".into(), stages }, &Model::default())
}

fn one_of<T: Copy + std::fmt::Debug + 'static>(all: &'static [T]) -> impl Strategy<Value = T> {
    proptest::sample::select(all)
}

/// Any facts within two years.
pub fn facts() -> impl Strategy<Value = Facts> {
    let sentiment = prop_oneof![Just(None), (-4_i32..=4).prop_map(|s| Some(f64::from(s) / 4.0))];
    (0_i32..700, one_of(Channel::ALL), one_of(Direction::ALL), one_of(Sender::ALL), one_of(Personal::ALL), one_of(Kind::ALL), sentiment)
        .prop_map(|(at, channel, direction, sender, personal, kind, sentiment)| Facts {
            at: day(f64::from(at) / 2.0),
            channel,
            direction,
            sender,
            personal,
            kind,
            sentiment,
        })
}

/// Any touchpoint, with a stage, a note a rule looks at, or neither.
pub fn touchpoint() -> impl Strategy<Value = Touchpoint> {
    let stage = prop_oneof![3 => Just(None), 1 => one_of(&["find", "buy", "use", "stay"]).prop_map(Some)];
    let note = one_of(&["", "made an offer", "hello"]);
    (facts(), stage, note).prop_map(|(facts, stage, note)| Touchpoint {
        facts,
        stage: stage.map(str::to_owned),
        amount: None,
        minutes: None,
        note: note.to_owned(),
        tags: Vec::new(),
    })
}
