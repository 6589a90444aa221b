//! Each finding with one stage that has it and one that just does not.

use super::*;
use crate::domain::accumulators::Sums;
use crate::domain::incident::ServiceLevel;
use crate::measure::scoreboard::StageScore;

fn score() -> StageScore {
    StageScore {
        customers: 3,
        present: 2,
        touchpoints: 9,
        warmth: Some(55.0),
        rank: Some(55.0),
        interval: None,
        evidence: 2.0,
        contributions: [15.0, 2.0, 14.0, 10.0, 14.0, 0.0],
        components: [0.5; 5],
        per_weight: [0.5; 5],
        pooled: Sums { mass: 10.0, inbound: 5.0, outbound: 5.0, ..Sums::default() },
        weight: 2.0,
    }
}

fn ids(score: &StageScore, people: &People, periods: (Period, Period)) -> Vec<&'static str> {
    let model = Model::default();
    findings(&StageFacts { score, people, periods, model: &model }).iter().map(|finding| finding.kind.id()).collect()
}

fn check(change: impl Fn(&mut StageScore, &mut People, &mut (Period, Period)), expected: &[&str]) {
    let (mut score, mut people, mut periods) = (score(), People::default(), Default::default());
    change(&mut score, &mut people, &mut periods);
    assert_eq!(ids(&score, &people, periods), expected);
}

#[test]
fn a_warm_stage_has_none() {
    check(|_, _, _| (), &[]);
}

#[test]
fn cold_begins_below_forty() {
    check(|score, _, _| score.warmth = Some(39.99), &["cold"]);
    check(|score, _, _| score.warmth = Some(40.0), &[]);
}

#[test]
fn too_digital_begins_at_seventy_percent() {
    check(|score, _, _| score.pooled.automated = 7.0, &["too-digital"]);
    check(|score, _, _| score.pooled.automated = 6.99, &[]);
}

#[test]
fn transactional_begins_at_sixty_percent() {
    check(|score, _, _| score.pooled.transactional = 6.0, &["transactional"]);
    check(|score, _, _| score.pooled.transactional = 5.99, &[]);
}

#[test]
fn one_way_is_less_than_a_tenth_back() {
    check(|score, _, _| score.pooled.inbound = 0.49, &["one-way"]);
    check(|score, _, _| score.pooled.inbound = 0.5, &[]);
}

#[test]
fn too_little_evidence_is_no_judgement() {
    let thin = |score: &mut StageScore| {
        score.evidence = 0.24;
        score.warmth = Some(1.0);
        score.pooled.automated = 10.0;
        score.pooled.inbound = 0.0;
    };
    check(|score, _, _| thin(score), &[]);
}

#[test]
fn wounds_crowds_and_silences_are_counted() {
    check(|_, people, _| people.wounded = 1, &["wounded"]);
    check(|_, people, _| people.crowded = 1, &["crowded"]);
    check(|_, people, _| people.gaps_passed = 1, &["overdue"]);
    check(|_, people, _| (people.promises, people.promises_missed) = (vec!["call".into()], vec![0]), &[]);
    check(|_, people, _| (people.promises, people.promises_missed) = (vec!["call".into()], vec![2]), &["overdue"]);
}

#[test]
fn the_longest_silence_is_told_where_it_is_longer_in_whole_days() {
    let (score, model) = (score(), Model::default());
    let said = |longest_gap| {
        let people = People { gaps_passed: 1, longest_gap, maximum_gap: 30.0, ..People::default() };
        let all = findings(&StageFacts { score: &score, people: &people, periods: Default::default(), model: &model });
        all[0].because.nl.clone()
    };
    assert_eq!(said(30.4), "1 klant is al langer dan 30 dagen zonder contact");
    assert_eq!(said(31.0), "1 klant is al langer dan 30 dagen zonder contact, tot 31 dagen");
}

#[test]
fn a_stage_without_customers_is_empty() {
    check(|score, _, _| (score.customers, score.warmth, score.evidence) = (0, None, 0.0), &["empty"]);
}

#[test]
fn hollow_is_more_contact_with_less_warmth() {
    let warm = Sums { mass: 8.0, human: 8.0, personal: 8.0, relational: 8.0, ..Sums::default() };
    let thin = Sums { human: 2.0, personal: 2.0, relational: 2.0, ..warm };
    let period = |count, sums| Period { count, sums };
    check(|_, _, periods| *periods = (period(12, thin), period(10, warm)), &["hollow"]);
    check(|_, _, periods| *periods = (period(11, thin), period(10, warm)), &[]);
    check(|_, _, periods| *periods = (period(12, warm), period(10, warm)), &[]);
    check(|_, _, periods| *periods = (period(12, thin), period(4, warm)), &[]);
}

#[test]
fn every_kind_of_finding_has_one_check() {
    assert_eq!(CHECKS.iter().map(|(kind, _)| *kind).collect::<Vec<_>>(), FindingKind::ALL);
}

#[test]
fn a_failure_past_its_time_is_told() {
    let (score, model) = (score(), Model::default());
    let said = |late| {
        let people = People { wounded: 2, wounded_days: 3.5, late, ..People::default() };
        let all = findings(&StageFacts { score: &score, people: &people, periods: Default::default(), model: &model });
        all[0].because.clone()
    };
    assert!(said(1).en.ends_with("for 3 days; 1 of them past its time (24 hours to answer, 72 to make it good)"));
    assert!(said(2).nl.ends_with("al 3 dagen en te laat (reactie binnen 24 uur, herstel binnen 72)"));
    let level = ServiceLevel { acknowledge: 24.0, resolve: 48.0 };
    let people = People { wounded: 1, late: 1, level, working: true, ..People::default() };
    let all = findings(&StageFacts { score: &score, people: &people, periods: Default::default(), model: &model });
    assert!(all[0].because.en.ends_with("(1 working day to answer, 2 to make it good)"), "{}", all[0].because.en);
}

#[test]
fn sentences_hold_the_numbers_that_caused_them() {
    let mut score = score();
    score.warmth = Some(12.8);
    score.pooled.automated = 8.29;
    let (people, model) = (People { wounded: 2, wounded_days: 3.5, ..People::default() }, Model::default());
    let all = findings(&StageFacts { score: &score, people: &people, periods: Default::default(), model: &model });
    let said: Vec<_> = all.iter().map(|finding| (finding.because.en.as_str(), finding.because.nl.as_str())).collect();
    assert_eq!(said[0].0, "2 customers have an open failure, the oldest for 3 days");
    assert_eq!(said[1].0, "warmth is 12.8 of 100 over 3 customers; least of all personal: 2.0 of 25");
    assert_eq!(said[1].1, "de warmte is 12,8 van 100 over 3 klanten; het minst persoonlijk: 2,0 van 25");
    assert_eq!(said[2].0, "82% of the contact here comes from a machine");
}
