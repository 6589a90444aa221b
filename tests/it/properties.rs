//! The properties of METHOD §1.4, on random touchpoints.

use attent::domain::accumulators::{Cell, Sums, decay, terms};
use attent::domain::calendar::{DAY_MS, Moment};
use attent::domain::incident::Failure;
use attent::domain::model::Model;
use attent::domain::touchpoint::Facts;
use attent::domain::words::{Channel, Direction, Kind, Personal, Sender, Severity};
use attent::measure::attribution::share;
use attent::measure::warmth::{Warmth, drag, warmth};
use proptest::prelude::*;

use crate::support::{day, facts};

const H: f64 = 90.0;
const E: f64 = 350.0;

/// The sums at a moment, straight from the definition.
fn sums(rows: &[Facts], at: f64) -> Sums {
    let model = Model::default();
    let counted = rows.iter().filter(|row| row.at <= day(at));
    counted.fold(Sums::default(), |sums, row| sums.plus(terms(row, &model), decay(day(at).days_since(row.at), H)))
}

fn score(rows: &[Facts], at: f64, drag: f64) -> Warmth {
    warmth(&sums(rows, at), drag, &Model::default().weights)
}

fn w(rows: &[Facts]) -> f64 {
    score(rows, E, 0.0).score
}

fn with(rows: &[Facts], more: Facts) -> Vec<Facts> {
    rows.iter().copied().chain([more]).collect()
}

fn touch(sentiment: f64) -> Facts {
    Facts {
        at: day(E),
        channel: Channel::Phone,
        direction: Direction::Both,
        sender: Sender::Human,
        personal: Personal::Personal,
        kind: Kind::Relational,
        sentiment: Some(sentiment),
    }
}

fn failures() -> impl Strategy<Value = Vec<Failure>> {
    let one = (0_u32..350, proptest::sample::select(&[0.5, 1.0, 2.0][..]), proptest::option::of((0_u32..100, 0.0..=1.0_f64)));
    let failure = one.prop_map(|(opened, severity, resolved)| Failure {
        stage: None,
        here: 0,
        word: Severity::Moderate,
        severity,
        opened: day(f64::from(opened)),
        acknowledged: None,
        acknowledge_by: day(f64::from(opened + 1)),
        resolve_by: day(f64::from(opened + 3)),
        loss: None,
        resolved: resolved.map(|(after, q)| (day(f64::from(opened + after)), q)),
    });
    proptest::collection::vec(failure, 0..4)
}

const EPSILON: f64 = 1e-9;

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn p1_p2_scores_stay_in_range_and_every_part_adds_up(rows in proptest::collection::vec(facts(), 0..12), failures in failures()) {
        let model = Model::default();
        let f = drag(&failures, day(E), &model);
        let all = sums(&rows, E);
        let whole = warmth(&all, f, &model.weights);
        prop_assert!((0.0..100.0).contains(&whole.score));
        prop_assert!((whole.contributions.iter().sum::<f64>() - whole.score).abs() < EPSILON);
        let parts: f64 = rows.iter().filter(|row| row.at <= day(E)).map(|row| {
            share(&terms(row, &model).scaled(decay(day(E).days_since(row.at), H)), &all, f, &model.weights)
        }).sum();
        prop_assert!((parts - whole.score).abs() < EPSILON);
    }

    #[test]
    fn p3_with_fixed_drag_silence_never_warms(rows in proptest::collection::vec(facts(), 0..12), f in 0.0..0.6, later in 0.0..400.0) {
        prop_assert!(score(&rows, E + later, f).score <= score(&rows, E, f).score + EPSILON);
    }

    #[test]
    fn p4_an_ideal_touch_never_cools(rows in proptest::collection::vec(facts(), 0..12)) {
        prop_assert!(w(&with(&rows, touch(1.0))) >= w(&rows) - EPSILON);
    }

    #[test]
    fn p5_a_touch_that_hurts_never_warms(rows in proptest::collection::vec(facts(), 0..12), mut hurt in facts()) {
        hurt.sentiment = Some(-1.0);
        prop_assert!(w(&with(&rows, hurt)) <= w(&rows) + EPSILON);
    }

    #[test]
    fn p6_degrading_one_attribute_never_warms(rows in proptest::collection::vec(facts(), 1..12), which in 0_usize..4) {
        let mut worse = rows.clone();
        match which {
            0 => worse[0].sender = Sender::Automated,
            1 => worse[0].personal = Personal::Generic,
            2 => worse[0].kind = Kind::Transactional,
            _ => worse[0].sentiment = Some(-1.0),
        }
        prop_assert!(w(&worse) <= w(&rows) + EPSILON);
    }

    #[test]
    fn p7_p8_p14_one_at_a_time_in_any_order_is_the_batch(rows in proptest::collection::vec(facts(), 1..12).prop_shuffle()) {
        let mut by_time = rows.clone();
        by_time.sort_by_key(|row| row.at);
        let batch = sums(&by_time, E);
        let model = Model::default();
        let mut cell: Option<Cell> = None;
        for row in &rows {
            match &mut cell {
                Some(cell) => cell.add(row, terms(row, &model), H),
                None => cell = Some(Cell::new(row, terms(row, &model))),
            }
        }
        // Decay composes: to the anchor, then to the moment.
        let one_by_one = cell.unwrap().sums_at(day(E), H).to_array();
        for (a, b) in one_by_one.into_iter().zip(batch.to_array()) {
            prop_assert!((a - b).abs() < EPSILON);
        }
        // Retract: subtracting a touchpoint's terms is never having added it.
        let without = batch.plus(terms(&rows[0], &model), -decay(day(E).days_since(rows[0].at), H)).to_array();
        for (a, b) in without.into_iter().zip(sums(&rows[1..], E).to_array()) {
            prop_assert!((a - b).abs() < EPSILON);
        }
    }

    #[test]
    fn p9_machines_alone_never_lift_out_of_cold(mut rows in proptest::collection::vec(facts(), 0..40)) {
        rows.iter_mut().for_each(|row| row.sender = Sender::Automated);
        prop_assert!(w(&rows) <= 37.5);
    }

    #[test]
    fn p10_p13_nothing_and_the_future_score_nothing(rows in proptest::collection::vec(facts(), 0..12), mut future in facts()) {
        prop_assert_eq!(w(&[]), 0.0);
        future.at = Moment(day(E).0 + 1);
        prop_assert_eq!(w(&with(&rows, future)), w(&rows));
    }

    #[test]
    fn p11_scaling_all_times_and_the_half_life_changes_nothing(rows in proptest::collection::vec(facts(), 0..12), factor in 2_i64..5) {
        let model = Model::default();
        let scaled = rows.iter().fold(Sums::default(), |sums, row| {
            let ago = Moment((day(E).0 - row.at.0) * factor);
            sums.plus(terms(row, &model), decay(ago.0 as f64 / DAY_MS as f64, H * factor as f64))
        });
        prop_assert!((warmth(&scaled, 0.0, &model.weights).score - w(&rows)).abs() < EPSILON);
    }

    #[test]
    fn p12_p16_more_failure_never_warms_and_resolving_never_cools(rows in proptest::collection::vec(facts(), 0..12), failures in failures(), q in 0.0..=1.0_f64) {
        let model = Model::default();
        let score = |failures: &[Failure]| score(&rows, E, drag(failures, day(E), &model)).score;
        let opened = day(E - 10.0);
        let open = Failure { stage: None, here: 0, word: Severity::Moderate, severity: 1.0, opened, acknowledged: None, acknowledge_by: opened, resolve_by: opened, loss: None, resolved: None };
        let mut more = failures.clone();
        more.push(open);
        prop_assert!(score(&more) <= score(&failures) + EPSILON);
        let mut resolved = failures.clone();
        resolved.push(Failure { resolved: Some((day(E), q)), ..open });
        prop_assert!(score(&resolved) >= score(&more) - EPSILON);
    }

    #[test]
    fn p15_the_coldest_contact_never_warms(rows in proptest::collection::vec(facts(), 0..12), mut cold in facts()) {
        (cold.sender, cold.personal, cold.kind, cold.sentiment) = (Sender::Automated, Personal::Generic, Kind::Transactional, None);
        prop_assert!(w(&with(&rows, cold)) <= w(&rows) + EPSILON);
    }

    #[test]
    fn p17_one_way_relations_stay_below_eighty_five(mut rows in proptest::collection::vec(facts(), 0..40), inward in any::<bool>()) {
        rows.iter_mut().for_each(|row| row.direction = if inward { Direction::In } else { Direction::Out });
        prop_assert!(w(&rows) <= 85.0);
    }
}
