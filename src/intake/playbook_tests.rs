use super::*;
use crate::intake::told::told;

const WHOLE: &str = "plays:
  - id: short-call
    title: {en: A short call, nl: Even bellen}
    action: Bel
    theme: update
    answers: [cold, too-digital]
    stages: [buy]
    not_for: {en: not on sunday, nl: niet op zondag}
    minutes: 10
    cost: 2.50
    lead_time: 1d
    touchpoint: {channel: phone, sentiment: 0.5}
    checklist: [{en: quiet, nl: rustig}, x]
    evidence: {grade: mixed, note: {en: so-so, nl: matig}, source: \"Samek & Longfield\"}
    occasion: {tag: [Referral], within: 14d}
hide: [card-welcome]
";

fn play_of(id: &str, rest: &str) -> String {
    format!("  - {{id: {id}, title: x, action: y, theme: card, answers: cold, minutes: 5, touchpoint: {{channel: card}}{rest}}}\n")
}

fn plays(bytes: &str) -> Playbook {
    let parsed = parse_playbook(bytes.as_bytes());
    assert_eq!(told(bytes, &parsed.complaints), [""; 0]);
    parsed.value.unwrap()
}

fn check(text: &str, known: Known<'_>, expected: &[&str]) {
    let parsed = check_playbook(text.as_bytes(), known);
    assert_eq!(told(text, &parsed.complaints), expected, "{text}");
    assert_eq!(parsed.value.is_none(), !expected.is_empty());
}

#[test]
fn a_whole_play_is_read() {
    let playbook = plays(WHOLE);
    let play = &playbook.plays[0];
    assert_eq!((play.title.nl.as_str(), play.action.en.as_str(), play.minutes, play.cost.0), ("Even bellen", "Bel", 10, 250));
    assert_eq!(play.answers, [FindingKind::Cold, FindingKind::TooDigital]);
    assert_eq!((play.contact.direction, play.contact.sentiment, play.lead_time), (Direction::Both, 0.5, 1.0));
    assert_eq!(play.occasion, Some(Occasion { tags: vec!["referral".into()], within: 14.0 }));
    assert_eq!((play.grade, play.source.as_str(), play.checklist.len()), (Grade::Mixed, "Samek & Longfield", 2));
    assert_eq!(playbook.hide, ["card-welcome"]);
}

#[test]
fn what_is_left_out_has_a_sensible_value() {
    let playbook = plays(&format!("plays:\n{}", play_of("a", ", cost: '2,50'")));
    let play = &playbook.plays[0];
    assert_eq!((play.cost.0, play.lead_time, play.grade, play.occasion.clone()), (250, 0.0, Grade::Judgement, None));
    assert!(play.stages.is_empty() && play.checklist.is_empty() && play.not_for.is_empty());
    assert_eq!(plays("# my own plays\n"), Playbook::default());
}

#[test]
fn only_a_recovery_can_be_followed() {
    let follows = play_of("a", ", after_recovery: true");
    assert!(plays(&format!("plays:\n{}", follows.replace("theme: card", "theme: recovery"))).plays[0].after_recovery);
    let text = format!("plays:\n{follows}");
    let said = told(&text, &parse_playbook(text.as_bytes()).complaints);
    assert!(said[0].contains("only a play of the theme `recovery` can follow a recovery"), "{said:?}");
}

#[test]
fn a_play_answers_something_or_waits_for_something() {
    let nothing = |rest: &str, channel: &str| {
        let play = play_of("a", rest).replace("answers: cold", "answers: []").replace("{channel: card}", channel);
        let text = format!("plays:\n{play}");
        told(&text, &parse_playbook(text.as_bytes()).complaints)
    };
    let said = nothing("", "{channel: card}");
    assert!(said[0].contains("at least one finding that it answers, or an occasion"), "{said:?}");
    assert_eq!(nothing("", "{channel: card, tags: [Deal]}").len(), 1);
    for (rest, channel) in [
        (", occasion: {tag: deal, within: 14d}", "{channel: card}"),
        ("", "{channel: card, tags: [Referral-Ask]}"),
        ("", "{channel: card, tags: check-back}"),
    ] {
        assert_eq!(nothing(rest, channel), [""; 0], "{rest} {channel}");
    }
}

#[test]
fn the_shipped_plays_have_what_the_rules_ask_for() {
    let playbook = plays(include_str!("../plan/playbook.yaml"));
    let play = |id: &str| playbook.plays.iter().find(|play| play.id == id).unwrap();
    for (id, tags) in [
        ("ask-for-a-referral", ["referral-ask"]),
        ("check-back", ["check-back"]),
        ("own-up-call", ["explanation"]),
        ("one-name", ["status-update"]),
    ] {
        assert_eq!(play(id).tags, tags, "{id}");
    }
    assert!(play("ask-for-a-referral").answers.is_empty() && play("check-back").answers.is_empty());
    let given: Vec<&str> = playbook.plays.iter().filter(|play| play.hands_over()).map(|play| play.id.as_str()).collect();
    assert_eq!(given, ["present-after-the-deal", "book-with-a-line", "flowers-for-the-day", "sorry-extra"]);
    let marked: std::collections::BTreeSet<&str> =
        playbook.plays.iter().filter_map(|play| play.occasion.as_ref()).flat_map(|occasion| &occasion.tags).map(String::as_str).collect();
    assert!(marked.into_iter().eq(["anniversary", "birthday", "deal", "life-event", "milestone", "referral"]));
}

#[test]
fn mistakes_in_plays_have_their_places() {
    let text = format!("plays:\n{}{}", play_of("a", ", minuts: 3"), play_of("a", ", cost: -1, lead_time: x"));
    let expected = [
        "2:106 unknown key `minuts` | did you mean `minutes`?",
        "3:10 play `a` stands here twice | 2:10 first here",
        "3:112 this must be 0 or more",
        "3:127 `x` is not a duration, such as 48h, 2d, 3w, 6m or 1y",
    ];
    let found = told(&text, &parse_playbook(text.as_bytes()).complaints);
    assert_eq!(found.len(), expected.len(), "{found:#?}");
    for (found, expected) in found.iter().zip(expected) {
        assert_eq!(found.split_once(' ').unwrap().1, expected.split_once(' ').unwrap().1);
    }
    check(
        "plays:\n  - id: a\n",
        Known::default(),
        &[
            "2:5 `title` is missing",
            "2:5 `action` is missing",
            "2:5 `theme` is missing",
            "2:5 `answers` is missing",
            "2:5 `minutes` is missing",
            "2:5 `touchpoint` is missing",
        ],
    );
}

#[test]
fn names_that_other_files_must_know() {
    let shipped = plays(&format!("plays:\n{}", play_of("card-welcome", ""))).plays;
    let fine = Known { stages: Some(&["find", "buy"]), shipped: Some(&shipped) };
    check(WHOLE, fine, &[]);
    check(WHOLE, Known { stages: Some(&["find", "bay"]), ..fine }, &["7:14 no stage is called `buy` | did you mean `bay`?"]);
    let text = WHOLE.replace("card-welcome", "card-welcom").replace("theme", "thema");
    let wrong =
        ["5:5 unknown key `thema` | did you mean `theme`?", "16:8 no shipped play is called `card-welcom` | did you mean `card-welcome`?"];
    check(&text, fine, &[&["2:5 `theme` is missing"][..], &wrong].concat());
}

#[test]
fn own_plays_replace_add_and_hide() {
    let shipped = plays(&format!("plays:\n{}{}{}", play_of("a", ""), play_of("b", ""), play_of("c", ""))).plays;
    let own = plays(&format!("plays:\n{}{}hide: c\n", play_of("d", ""), play_of("b", ", cost: 9")));
    let merged = merge(&shipped, &own);
    assert_eq!(merged.iter().map(|play| (play.id.as_str(), play.cost.0)).collect::<Vec<_>>(), [("a", 0), ("b", 900), ("d", 0)]);
}
