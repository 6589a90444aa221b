//! The files people write: journeys, settings, playbooks.

use std::sync::LazyLock;

use attent::domain::complaint::{Complaint, Severity};
use attent::domain::course::Course;
use attent::domain::model::Model;
use attent::domain::play::Play;
use attent::domain::text::{Lang, Text};
use attent::intake::journey::{parse_journey, stage_ids};
use attent::intake::playbook::{Known, check_playbook, merge};
use attent::intake::shape::Parsed;
use attent::intake::tables::{profiles, with_profile};
use attent::intake::workspace::parse_workspace;
use attent::render::complaints::{Look, SourceFile};

/// Said in both languages, or in neither.
pub fn assert_told(said: &Text) {
    assert_eq!(said.en.is_empty(), said.nl.is_empty(), "in one language only: {said:?}");
}

/// What every reader of such a file promises: a value when and only when nothing is an error, the mistakes in
/// order, each told in both languages at a place that is in the file and can be shown.
fn held<T>(bytes: &[u8], parsed: &Parsed<T>) {
    let errors = parsed.complaints.iter().filter(|complaint| complaint.severity == Severity::Error).count();
    assert_eq!(parsed.value.is_some(), errors == 0, "a value, or mistakes: {:?}", parsed.complaints);
    assert!(parsed.complaints.is_sorted_by_key(|complaint| complaint.span));
    parsed.complaints.iter().for_each(|complaint| in_the_file(bytes, complaint));
    let file = SourceFile::new("journeys/customer.yaml", bytes);
    for (lang, width) in [(Lang::En, 40), (Lang::Nl, 100)] {
        let shown = file.render(&parsed.complaints, Look { lang, colour: false, ascii: true, width });
        assert!(shown.chars().all(|c| c == '\n' || !c.is_control()), "{shown:?}");
        parsed.complaints.iter().for_each(|complaint| drop(file.locate(complaint, lang)));
    }
}

fn in_the_file(bytes: &[u8], complaint: &Complaint) {
    assert!(!complaint.what.is_empty());
    assert_told(&complaint.what);
    assert_told(&complaint.help);
    let also = complaint.also.iter().map(|(span, label)| {
        assert_told(label);
        *span
    });
    for span in also.chain([complaint.span]) {
        assert!(span.start <= span.end && span.end <= bytes.len(), "{complaint:?} in {} bytes", bytes.len());
    }
}

/// A journey.
pub fn journey(bytes: &[u8]) {
    let parsed = parse_journey(bytes);
    held(bytes, &parsed);
    let ids = stage_ids(bytes);
    if let Some(journey) = parsed.value {
        let known: Vec<String> = journey.stages.iter().map(|stage| stage.id.clone()).collect();
        assert_eq!(ids, Some(known), "a journey without mistakes has stages with ids");
        drop(Course::new(journey, &Model::default()));
    }
}

/// `attent.yaml`; and a profile put into it, which changes nothing else.
pub fn workspace(bytes: &[u8]) {
    let parsed = parse_workspace(bytes);
    held(bytes, &parsed);
    let (Ok(text), Some(before)) = (std::str::from_utf8(bytes), parsed.value) else { return };
    if let Ok(longer) = with_profile(text, &profiles::shipped()[0]) {
        let after = parse_workspace(longer.as_bytes()).value.expect("a file without mistakes stays so");
        assert_eq!(after.profiles.len(), before.profiles.len() + 1);
        assert_eq!(after.sources, before.sources);
        assert!(text.lines().all(|line| longer.contains(line)), "no line is lost");
    }
}

static SHIPPED: LazyLock<Vec<Play>> = LazyLock::new(|| {
    let shipped = check_playbook(attent::plan::PLAYBOOK.as_bytes(), Known::default());
    shipped.value.expect("the shipped playbook has no mistakes").plays
});

/// A playbook, by itself and beside what it names.
pub fn playbook(bytes: &[u8]) {
    let alone = check_playbook(bytes, Known::default());
    held(bytes, &alone);
    held(bytes, &check_playbook(bytes, Known { stages: Some(&["quote", "delivery"]), shipped: Some(&SHIPPED) }));
    if let Some(own) = &alone.value {
        drop(merge(&SHIPPED, own));
    }
}
