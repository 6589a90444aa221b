//! Profiles put into `attent.yaml`.

use super::*;

fn new() -> Profile {
    Profile { id: "shop".to_owned(), ..profile("columns: {at: 'Datum: x', customer: Naam, note: Wat}") }
}

const BLOCK: &str = "  shop:\n    columns:\n      at: \"Datum: x\"\n      customer: Naam\n      note: Wat\n    gives: contacts\n";

const OTHER: &str = "other:\n    columns: {customer: Naam}\n";

#[test]
fn only_the_profile_is_added() {
    let deep = BLOCK.replace("\n  ", "\n      ").replacen("  ", "      ", 1);
    let other = "      other: # deep\n       columns: {customer: Naam}\n";
    for (before, after) in [
        (String::new(), format!("profiles:\n{BLOCK}")),
        ("language: nl".to_owned(), format!("language: nl\n\nprofiles:\n{BLOCK}")),
        ("language: nl\n".to_owned(), format!("language: nl\n\nprofiles:\n{BLOCK}")),
        ("# mine\n\n".to_owned(), format!("# mine\n\nprofiles:\n{BLOCK}")),
        ("#profiles:\n#  x: {}\n".to_owned(), format!("#profiles:\n#  x: {{}}\n\nprofiles:\n{BLOCK}")),
        ("profiles:\nme: a@x.nl # I\n".to_owned(), format!("profiles:\n{BLOCK}me: a@x.nl # I\n")),
        ("profiles:".to_owned(), format!("profiles:\n{BLOCK}")),
        (
            format!("me: a@x.nl\nprofiles: # all of them\n  # the first\n  {OTHER}\n# end\ncurrency: EUR"),
            format!("me: a@x.nl\nprofiles: # all of them\n{BLOCK}  # the first\n  {OTHER}\n# end\ncurrency: EUR"),
        ),
        (format!("profiles:\n{other}"), format!("profiles:\n{deep}{other}")),
        (format!("\u{feff}profiles:\n  {OTHER}"), format!("\u{feff}profiles:\n{BLOCK}  {OTHER}")),
    ] {
        assert_eq!(with_profile(&before, &new()), Ok(after.clone()), "{before:?}");
        let windows = |text: &str| text.replace('\n', "\r\n");
        if before.contains('\n') {
            assert_eq!(with_profile(&windows(&before), &new()), Ok(windows(&after)), "{before:?}");
        }
    }
}

#[test]
fn where_it_does_not_fit_nothing_is_changed() {
    for (file, why) in [
        ("profiles: {}\n", "a line for each"),
        ("profiles: {other: {columns: {customer: Naam}}}\n", "a line for each"),
        ("profiles:\n  {other: {columns: {customer: Naam}}}\n", "a line for each"),
        ("profiles: ~\n", "no longer read"),
        ("{language: nl}\n", "no longer read"),
        ("  language: nl\n", "no longer read"),
        ("language: nl\n...\n", "no longer read"),
        ("language: [\n", "it has mistakes"),
        ("langage: nl\n", "it has mistakes"),
        ("profiles:\n  shop:\n    columns: {customer: Naam}\n", "no longer read"),
        ("&a profiles: # x\n", "a line for each"),
    ] {
        let said = with_profile(file, &new()).expect_err(file);
        assert!(said.en.contains(why), "{file:?}: {said}");
    }
}
