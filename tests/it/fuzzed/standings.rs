//! Placement and sums, for contacts of any kind at any moment.

use attent::domain::calendar::{DAY_MS, Moment};
use attent::domain::course::{Course, Traits};
use attent::domain::incident::Failure;
use attent::domain::journey::{Journey, Rule, Stage};
use attent::domain::model::Model;
use attent::domain::standing::{Relationship, Standing};
use attent::domain::touchpoint::{Facts, TouchpointId};
use attent::domain::words::{Channel, Direction, Kind, Personal, Sender, Severity};
use attent::measure::warmth::{drag, warmth};

use super::bytes::Choices;

/// A journey with rules that overlap, and half-lives from an hour to a century.
pub fn course() -> Course {
    let words = ["offerte", "é", "a b"].map(str::to_owned).to_vec();
    let stages = vec![
        Stage {
            id: "find".into(),
            rules: vec![Rule { channel: vec![Channel::Newsletter], ..Rule::default() }],
            half_life: Some(1.0 / 24.0),
            ..Stage::default()
        },
        Stage { id: "buy".into(), rules: vec![Rule { word: words, ..Rule::default() }], ..Stage::default() },
        Stage { id: "stay".into(), half_life: Some(36_500.0), ..Stage::default() },
    ];
    Course::new(Journey { id: "customer".into(), title: "Customer".into(), stages }, &Model::default())
}

/// A moment that may be: most of them within some years, some at the edges of what the log can hold.
fn moment(choices: &mut Choices<'_>) -> Moment {
    match choices.below(8) {
        0 => Moment(choices.i64()),
        1 => Moment(choices.one_of(&[i64::MIN, i64::MAX, 0, -1, 253_402_300_799_999, -62_135_596_800_000])),
        _ => Moment((19_000 + choices.below(3_000) as i64) * DAY_MS / 2),
    }
}

/// How it may have felt. The log takes only −1 to 1; `sound` says whether this is.
fn sentiment(choices: &mut Choices<'_>) -> Option<f64> {
    match choices.below(8) {
        0 => Some(choices.f64()),
        1 => Some(choices.one_of(&[f64::NAN, f64::INFINITY, -0.0, f64::MIN_POSITIVE, 1e308])),
        2 | 3 => None,
        _ => Some(f64::from(choices.byte()) / 127.5 - 1.0),
    }
}

fn facts(choices: &mut Choices<'_>) -> Facts {
    Facts {
        at: moment(choices),
        channel: choices.one_of(Channel::ALL),
        direction: choices.one_of(Direction::ALL),
        sender: choices.one_of(Sender::ALL),
        personal: choices.one_of(Personal::ALL),
        kind: choices.one_of(Kind::ALL),
        sentiment: sentiment(choices),
    }
}

fn failure(choices: &mut Choices<'_>) -> Failure {
    let opened = moment(choices);
    Failure {
        stage: None,
        here: 0,
        word: choices.one_of(Severity::ALL),
        severity: f64::from(choices.byte()),
        opened,
        acknowledged: None,
        acknowledge_by: moment(choices),
        resolve_by: moment(choices),
        loss: None,
        resolved: choices.once_in(2).then(|| (moment(choices), f64::from(choices.byte()) / 255.0)),
    }
}

/// Folding never panics, whatever the facts; and for facts the log would take, a score is from 0 to 100, and
/// adding one by one is what folding anew gives.
pub fn standings(bytes: &[u8]) {
    let mut choices = Choices::new(bytes);
    let course = course();
    let mut standing = Standing::new(course.journey.stages.len());
    let mut rows: Vec<(Facts, Option<usize>)> = Vec::new();
    while !choices.is_empty() && rows.len() < 64 {
        let note = choices.text(24);
        let facts = facts(&mut choices);
        let tags = [note.clone()];
        let claimed = course.claim(&facts, Traits { tags: &tags, source: "csv", note: &note });
        let place = standing.append(TouchpointId(rows.len() as i64), &facts, claimed, &course);
        assert!(place < course.journey.stages.len());
        rows.push((facts, claimed));
    }
    let failures: Vec<Failure> = (0..choices.below(4)).map(|_| failure(&mut choices)).collect();
    let now = moment(&mut choices);
    let sound = rows.iter().all(|(facts, _)| facts.sentiment.is_none_or(|felt| (-1.0..=1.0).contains(&felt)));
    scored(&standing, &course, &failures, now, sound);
    let mut anew = Standing::new(course.journey.stages.len());
    for (id, (facts, claimed)) in rows.iter().enumerate() {
        anew.append(TouchpointId(id as i64), facts, *claimed, &course);
    }
    assert!(!sound || anew == standing, "folded twice, it is another");
    let _ = (Relationship::from(&standing).two_way_contacts(), standing.follows(now, TouchpointId(0)));
}

fn scored(standing: &Standing, course: &Course, failures: &[Failure], now: Moment, sound: bool) {
    let drag = drag(failures, now, &course.model);
    assert!((0.0..=1.0).contains(&drag), "a drag of {drag}");
    let cells = standing.cells.iter().zip(&course.half_lives).chain([(&standing.overall, &course.model.half_life)]);
    for (cell, half_life) in cells {
        let Some(cell) = cell else { continue };
        let later = now.max(cell.last);
        let score = warmth(&cell.sums_at(later, *half_life), drag, &course.model.weights).score;
        assert!(!sound || (0.0..=100.0).contains(&score), "a score of {score}");
    }
}
