use super::*;
use crate::domain::words::{Direction, Kind};
use crate::intake::told::told;

fn check(text: &str, expected: &[&str]) {
    let parsed = parse_journey(text.as_bytes());
    assert_eq!(told(text, &parsed.complaints), expected, "{text}");
    assert_eq!(parsed.value.is_none(), !expected.is_empty());
}

const WHOLE: &str = concat!("\u{feff}", include_str!("journey_example.yaml"));

#[test]
fn a_whole_journey_is_read_with_crlf_too() {
    let journey = parse_journey(WHOLE.as_bytes()).value.unwrap();
    let find = &journey.stages[0];
    assert_eq!((journey.id.as_str(), journey.title.as_str(), find.goal.as_str()), ("customer", "Klantreis", "weten wie we zijn"));
    let rule = &find.rules[0];
    assert_eq!((&rule.channel[..], &rule.kind[..]), (&[Channel::Social, Channel::Newsletter][..], &[Kind::Promo][..]));
    assert_eq!(
        (&rule.direction[..], &rule.tag[0][..], &rule.source[0][..], &rule.word[0][..]),
        (&[Direction::In][..], "x", "csv", "offerte")
    );
    assert_eq!((find.promises[0].within, find.promises[0].after), (2.0, None));
    assert_eq!((find.promises[1].who, find.promises[1].after), (Sender::Human, Some(1)));
    assert_eq!(find.gap, Gap { ideal: Some(30.0), maximum: Some(60.0) });
    assert_eq!((find.optional, find.repeatable, find.half_life), (true, true, Some(30.0)));
    assert_eq!(journey.stages[1], Stage { id: "buy".into(), title: "2024".into(), ..Stage::default() });
    let crlf = WHOLE.replace('\n', "\r\n");
    assert_eq!(parse_journey(crlf.as_bytes()).value, Some(journey));
}

#[test]
fn mistakes_of_shape_are_told_all_at_once() {
    check(
        "id: customer\ntitel: x\nstages:\n  - id: buy\n    promise: []\n    gap: 3d\n  - title: x\n",
        &[
            "2:1 unknown key `titel` | did you mean `title`?",
            "5:5 unknown key `promise` | did you mean `promises`?",
            "6:10 expected keys with values, found text",
            "7:5 `id` is missing",
        ],
    );
    check("title: x\n", &["1:1 `id` is missing", "1:1 `stages` is missing"]);
    check("id: x\nstages:\n", &["2:1 `stages` has no value"]);
    check("id: x\nstages: []\n", &["2:9 a journey needs at least one stage"]);
    check("just words\n", &["1:1 expected keys with values, found text"]);
}

#[test]
fn a_stage_id_twice_is_told_with_both_places() {
    check(
        "id: c\nstages:\n  - id: buy\n  - id: use\n  - id: buy\n  - {id: Große Kauf}\n  - id: entry\n",
        &[
            "5:9 stage `buy` stands here twice | 3:9 first here",
            "6:10 `Große Kauf` cannot be an id",
            "7:9 `entry` is the word for entering a stage",
        ],
    );
}

#[test]
fn a_promise_needs_a_stage_and_a_possible_duration() {
    let stages = |promises: &str| format!("id: c\nstages:\n  - id: buy\n    promises:\n      - {promises}\n  - id: use\n");
    check(&stages("{title: é, channel: card, within: 2d, of: bui}"), &["5:51 no stage is called `bui` | did you mean `buy`?"]);
    check(
        &stages("{title: é, channel: card, within: 200y}"),
        &["5:43 `200y` is not a possible duration: it must be longer than nothing and at most 100 years"],
    );
    check(&stages("{title: é, channel: card, within: 2}"), &["5:43 `2` is not a duration, such as 48h, 2d, 3w, 6m or 1y"]);
}

#[test]
fn nobody_is_blamed_for_a_stage_that_could_not_be_read() {
    check(
        "id: c\nstages:\n  - title: no id\n  - id: use\n    promises: [{title: x, channel: card, within: 2d, of: buy}]\n",
        &["3:5 `id` is missing"],
    );
}

#[test]
fn an_ideal_gap_beyond_the_maximum() {
    check(
        "id: c\nstages: [{id: a, gap: {ideal: 30d, maximum: 1w}}]\n",
        &["2:31 the ideal gap is longer than the maximum | 2:45 the maximum"],
    );
}

#[test]
fn overlapping_rules() {
    let rules =
        |one: &str, two: &str| format!("id: c\nstages:\n  - id: a\n    rules:\n      - {one}\n  - id: b\n    rules:\n      - {two}\n");
    let overlap = ["8:10 this rule of `b` overlaps with one of `a` | 5:10 the same contacts belong to `a` here"];
    check(&rules("{channel: phone}", "{channel: [email, phone]}"), &overlap);
    check(&rules("{channel: phone, tag: X}", "{tag: [y, x], channel: phone}"), &overlap);
    check(&rules("{channel: phone}", "{channel: email}"), &[]);
    check(&rules("{channel: phone}", "{channel: phone, tag: x}"), &[]);
    check(&rules("{channel: phone, tag: y}", "{channel: phone, tag: x}"), &[]);
    let same = "id: c\nstages:\n  - id: a\n    rules: [{tag: x}, {tag: X}, {tag: [x, y]}]\n";
    check(same, &["4:24 this rule stands here twice | 4:14 the same contacts belong to `a` here"]);
    check(&rules("{}", "{tag: []}"), &["5:9 an empty rule would claim every contact", "8:10 an empty rule would claim every contact"]);
    check(&rules("{channel: fone}", "{channel: phone}"), &["5:19 `fone` is not a value of `channel` | did you mean `phone`?"]);
}

#[test]
fn thousands_of_rules_are_refused_rather_than_compared() {
    let rules = (0..20_000).map(|i| format!("      - {{channel: email, tag: t{i}}}\n")).collect::<String>();
    let text = format!("id: c\nstages:\n  - id: a\n    rules:\n{rules}");
    assert_eq!(
        told(&text, &parse_journey(text.as_bytes()).complaints),
        ["3:3 the rules hold 40000 words, more than the 5000 a journey may have"]
    );
}

#[test]
fn the_stage_ids_are_known_beside_other_mistakes_or_not_at_all() {
    let ids = stage_ids(b"id: c\ntitel: x\nstages: [{id: a, gap: 3}, {id: b}]\n");
    assert_eq!(ids, Some(vec!["a".to_owned(), "b".to_owned()]));
    assert_eq!(stage_ids(b"id: c\nstages: [{id: a}, {title: b}]\n"), None);
    assert_eq!(stage_ids(b"id: [c\n"), None);
}

/// Every file that is damaged somewhere gives complaints or a journey, and never a panic.
#[test]
fn damaged_files_never_panic() {
    let mut seed = 0x2545_f491_4f6c_dd1d_u64;
    let mut next = |below: usize| {
        seed ^= seed << 13;
        seed ^= seed >> 7;
        seed ^= seed << 17;
        usize::try_from(seed % below as u64).unwrap()
    };
    let bits = [
        &b"[]"[..],
        b"{",
        b"}",
        b"\n",
        b"\t",
        b": ",
        b"- ",
        b"&a ",
        b"*a",
        b"\xeb",
        b"\xc3\xa9",
        b"<<: ",
        b"!!int ",
        b"'",
        b"\"",
        b"|\n",
        b"---\n",
        b"~",
        b"9e999",
        b"\r",
        b"#",
        b"? ",
    ];
    for _ in 0..4_000 {
        let mut bytes = WHOLE.as_bytes().to_vec();
        for _ in 0..=next(3) {
            let at = next(bytes.len());
            let to = (at + next(8)).min(bytes.len());
            bytes.splice(at..to, bits[next(bits.len())].iter().copied());
        }
        let parsed = parse_journey(&bytes);
        assert!(parsed.value.is_some() || !parsed.complaints.is_empty());
        for complaint in &parsed.complaints {
            assert!(complaint.span.start <= complaint.span.end && complaint.span.end <= bytes.len());
        }
    }
}

#[test]
fn a_stage_says_how_fast_a_failure_is_dealt_with() {
    let stages = |recovery: &str| format!("id: a\nstages:\n  - id: buy\n    recovery: {recovery}\n  - id: use\n");
    let journey = parse_journey(stages("{acknowledge: 4h, resolve: 2d}").as_bytes()).value.unwrap();
    let hours: Vec<_> = journey.stages.iter().map(|stage| (stage.acknowledge, stage.resolve)).collect();
    assert_eq!(hours, [(Some(4.0), Some(48.0)), (None, None)]);
    for (recovery, said) in [
        ("{acknowledge: 2d, resolve: 4h}", "4:29 making it good would come before saying that you know of it | 4:42 to make it good"),
        ("{acknowledge: fast}", "4:29 `fast` is not a duration, such as 48h, 2d, 3w, 6m or 1y"),
        ("{hours: working}", "4:16 unknown key `hours`"),
    ] {
        let text = stages(recovery);
        assert_eq!(told(&text, &parse_journey(text.as_bytes()).complaints), [said]);
    }
}
