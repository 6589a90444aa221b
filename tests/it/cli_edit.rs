//! `edit` as a person runs it.

use serde_json::{Value, json as value};

use super::cli::{fails, json, ok};
use super::cli_ask::terminal;
use super::cli_log::{NOW, scores, shop};

fn edited(folder: &std::path::Path, args: &[&str]) -> Value {
    let answer = json(folder, &[&["edit"], args, &["--now", NOW]].concat());
    assert_eq!(answer["schema"], "attent.edit/1");
    answer
}

#[test]
fn every_flag_changes_its_own_and_undo_makes_it_what_it_was() {
    let shop = shop(&["Anna Jansen", "Bram"]);
    let folder = shop.path();
    let log = ["log", "anna", "mailed the offer", "--at", "2026-11-01 14:30", "--minutes", "5", "--tag", "x", "--now", NOW];
    ok(folder, &log);
    let row = || json(folder, &["timeline", "anna", "--now", NOW])["touchpoints"][0].clone();
    let (first, before) = (row(), scores(folder));
    for (flags, key, is) in [
        (&["--note", "called"][..], "note", value!("called")),
        (&["--in"], "direction", value!("in")),
        (&["--sender", "automated"], "sender", value!("automated")),
        (&["--personal", "generic"], "personal", value!("generic")),
        (&["--kind", "promo"], "kind", value!("promo")),
        (&["--felt", "bad"], "sentiment", value!(-0.5)),
        (&["--stage", "Use"], "stage", value!("use")),
        (&["--at", "2026-11-02"], "at", value!("2026-11-02T00:00:00+00:00")),
        (&["--minutes", "7"], "minutes", value!(7)),
        (&["--no-minutes"], "minutes", value!(null)),
        (&["--amount", "12,50"], "amount", value!(12.5)),
        (&["--tag", "b,a"], "tags", value!(["a", "b"])),
        (&["--no-tags"], "tags", value!([])),
    ] {
        let answer = edited(folder, &[&["#1"], flags].concat());
        assert_eq!((&answer["changed"], &answer["before"][0]), (&value!([key]), &first), "{flags:?}");
        assert_eq!((&row()[key], &row()), (&is, &answer["touchpoints"][0]), "{flags:?}");
        let by = json(folder, &["undo", "--now", NOW])["undone"][0]["by"].as_str().unwrap().to_owned();
        assert_eq!((row(), scores(folder)), (first.clone(), before.clone()), "{flags:?}");
        ok(folder, &["undo", &by, "--now", NOW]);
        assert_eq!(row(), answer["touchpoints"][0], "{flags:?}");
        ok(folder, &["undo", "--now", NOW]);
    }
}

#[test]
fn what_was_said_is_taken_away_again() {
    let shop = shop(&["Anna"]);
    let folder = shop.path();
    ok(folder, &["log", "anna", "lunch", "--felt", "good", "--amount", "20", "--stage", "use", "--now", NOW]);
    let answer = edited(folder, &["1", "--no-felt", "--no-amount", "--no-stage"]);
    let row = &answer["touchpoints"][0];
    assert_eq!([&row["sentiment"], &row["amount"], &row["stage"]], [&value!(null), &value!(null), &value!("find")]);
    fails(folder, &["edit", "1", "--no-felt", "--felt", "good"], 2);
}

#[test]
fn another_channel_takes_its_usual_with_it_but_not_what_was_said() {
    let shop = shop(&["Anna"]);
    let folder = shop.path();
    ok(folder, &["log", "anna", "hello", "--now", NOW]);
    let row = edited(folder, &["1", "--channel", "telefoon"])["touchpoints"][0].clone();
    assert_eq!([&row["channel"], &row["direction"]], [&value!("phone"), &value!("both")]);
    let row = edited(folder, &["1", "--channel", "email", "--in"])["touchpoints"][0].clone();
    assert_eq!([&row["direction"], &row["kind"]], [&value!("in"), &value!("service")]);
    let row = edited(folder, &["1", "--channel", "phone"])["touchpoints"][0].clone();
    assert_eq!([&row["direction"], &row["kind"]], [&value!("in"), &value!("relational")]);
}

#[test]
fn a_contact_moves_to_another_customer_and_its_file_does_not_bring_it_back() {
    let shop = shop(&["Anna", "Bram"]);
    let folder = shop.path();
    std::fs::write(folder.join("log.csv"), "at,customer,channel\n2026-10-01,Anna,visit\n2026-10-02,Anna,phone\n").unwrap();
    ok(folder, &["import", "log.csv", "--now", NOW]);
    let before = scores(folder);
    let answer = edited(folder, &["1", "--customer", "bram"]);
    assert_eq!((&answer["changed"], &answer["touchpoints"][0]["customer"]), (&value!(["customer"]), &value!("Bram")));
    let moved = scores(folder);
    ok(folder, &["import", "log.csv", "--now", NOW]);
    assert_eq!(scores(folder), moved);
    ok(folder, &["undo", "--now", NOW]);
    assert_eq!(scores(folder), before);
}

#[test]
fn a_mail_to_both_stays_with_both() {
    let shop = shop(&["Anna", "Bram"]);
    let folder = shop.path();
    std::fs::write(folder.join("attent.yaml"), "language: en\nme: [me@shop.nl]\n").unwrap();
    ok(folder, &["customers", "alias", "anna", "anna@x.nl"]);
    ok(folder, &["customers", "alias", "bram", "bram@x.nl"]);
    let mail = "From: me@shop.nl\nTo: anna@x.nl, bram@x.nl\nDate: 2 Nov 2026 10:00:00 +0000\nMessage-ID: <a@shop.nl>\n\nx\n";
    std::fs::write(folder.join("a.eml"), mail).unwrap();
    ok(folder, &["import", "a.eml", "--now", NOW]);
    let before = scores(folder);
    assert!(fails(folder, &["edit", "1", "--customer", "bram"], 1).contains("they have this contact already"));
    assert_eq!(scores(folder), before);
}

#[test]
fn before_and_after_stand_beside_each_other() {
    let shop = shop(&["Anna Jansen"]);
    let folder = shop.path();
    ok(folder, &["log", "anna", "hello", "--at", "2026-11-01 14:30", "--now", NOW]);
    let said = ok(folder, &["edit", "1", "--channel", "phone", "--amount", "12.50", "--now", NOW]);
    let wanted = "#1 Anna Jansen · 1 Nov 2026 14:30\n\n           was      is now\nchannel    message  phone\ndirection  to them  both ways\namount     –        €12.50\n\n`attent undo` makes it what it was.\n";
    assert_eq!(said, wanted);
    assert!(ok(folder, &["edit", "1", "--channel", "phone", "--now", NOW, "--lang", "nl"]).contains("Er is niets veranderd."));
    assert_eq!(ok(folder, &["edit", "1", "--in", "-O", "ids"]), "1\n");
    assert!(ok(folder, &["edit", "1", "--out", "-O", "csv"]).starts_with("at,channel,"));
}

#[test]
fn what_cannot_be_is_told() {
    let shop = shop(&["Anna"]);
    let folder = shop.path();
    ok(folder, &["log", "anna", "hello", "--now", NOW]);
    assert!(fails(folder, &["edit", "2", "--in"], 1).contains("no contact #2"));
    assert!(fails(folder, &["edit", "e1", "--in"], 2).contains("is not the number of a contact"));
    assert!(fails(folder, &["edit", "1"], 2).contains("attent edit 1 --note"));
    assert!(fails(folder, &["edit", "1", "--stage", "us"], 2).contains("did you mean `use`?"));
    assert!(fails(folder, &["edit", "1", "--note", &"x".repeat(10_001)], 2).contains("10000"));
    fails(folder, &["edit", "1", "--customer", "zoe"], 1);
    fails(folder, &["edit", "1", "--in", "--both"], 2);
}

#[test]
fn without_flags_it_asks_with_what_it_is_now() {
    let shop = shop(&["Anna", "Bram"]);
    let folder = shop.path();
    ok(folder, &["log", "anna", "hello", "--felt", "bad", "--at", "2026-11-01 14:30", "--now", NOW]);
    let mut session = terminal(folder, &["edit", "1", "--now", NOW, "--lang", "nl", "--ascii"]);
    session.exp_string("Ctrl-C stopt").unwrap();
    session.exp_string("Wie was het? [Anna]").unwrap();
    session.send_line("zoe").unwrap();
    session.exp_string("zo heet geen klant").unwrap();
    for _ in "zoe".chars() {
        session.send("\x7f").unwrap();
    }
    session.send_line("bram").unwrap();
    session.exp_string("Wat gebeurde er? [hello]").unwrap();
    session.send_line("belde over de keuken").unwrap();
    session.exp_string("Wanneer? [2026-11-01 14:30]").unwrap();
    session.send_line("").unwrap();
    for (question, answer) in
        [("Hoe?", ""), ("Van wie ging het uit?", "\x1b[A"), ("Hoeveel minuten?", "half uur"), ("Hoe voelde het voor de klant?", "")]
    {
        session.exp_string(question).unwrap();
        session.send(answer).unwrap();
        session.send("\r").unwrap();
        session.flush().unwrap();
    }
    session.exp_string("is nu").unwrap();
    session.exp_eof().unwrap();
    let row = json(folder, &["timeline", "bram", "--now", NOW])["touchpoints"][0].clone();
    assert_eq!(
        [&row["note"], &row["at"], &row["channel"], &row["sentiment"]],
        [&value!("belde over de keuken"), &value!("2026-11-01T14:30:00+00:00"), &value!("message"), &value!(-0.5)]
    );
    assert_eq!([&row["direction"], &row["minutes"]], [&value!("in"), &value!(30)]);
}

#[test]
fn the_list_of_entries_says_what_an_edit_changed() {
    let shop = shop(&["Anna"]);
    let folder = shop.path();
    ok(folder, &["log", "anna", "hello", "--now", NOW]);
    ok(folder, &["edit", "1", "--felt", "good", "--at", "2026-11-01", "--now", NOW]);
    ok(folder, &["edit", "1", "--minutes", "half an hour", "--amount", "€ 1.250,00", "--lang", "nl", "--now", NOW]);
    let list = ok(folder, &["undo", "--list", "--now", NOW]);
    assert!(list.contains("#1 Anna: when, felt") && list.contains("#1 Anna: minuten, bedrag"), "{list}");
    let row = json(folder, &["timeline", "anna", "--now", NOW])["touchpoints"][0].clone();
    assert_eq!([&row["minutes"], &row["amount"]], [&value!(30), &value!(1250.0)]);
    assert!(fails(folder, &["edit", "1", "--note", " "], 2).contains("it does not say what happened"));
    assert!(fails(folder, &["edit", "1", "--minutes", "soon", "--lang", "nl"], 2).contains("half uur of 1u30"));
}

#[test]
fn breaking_off_changes_nothing() {
    let shop = shop(&["Anna"]);
    let folder = shop.path();
    ok(folder, &["log", "anna", "hello", "--now", NOW]);
    let mut session = terminal(folder, &["edit", "1", "--now", NOW]);
    session.exp_string("Who was it?").unwrap();
    session.send_control('c').unwrap();
    session.exp_string("nothing was changed").unwrap();
    session.exp_eof().unwrap();
    assert_eq!(json(folder, &["timeline", "anna", "--now", NOW])["touchpoints"][0]["note"], "hello");
}

#[test]
fn the_second_of_two_like_rows_stays_out_when_it_was_taken_out() {
    let shop = shop(&["Anna"]);
    let folder = shop.path();
    std::fs::write(folder.join("log.csv"), "at,customer,channel\n2026-10-01,Anna,visit\n2026-10-01,Anna,visit\n").unwrap();
    ok(folder, &["import", "log.csv", "--now", NOW]);
    ok(folder, &["undo", "2", "--now", NOW]);
    let before = scores(folder);
    ok(folder, &["import", "log.csv", "--now", NOW]);
    assert_eq!(scores(folder), before);
}
