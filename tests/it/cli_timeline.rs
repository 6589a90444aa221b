//! The year at the top of `timeline`.

use super::cli::{json, ok};
use super::cli_log::{NOW, shop};

fn year() -> tempfile::TempDir {
    let shop = shop(&["Anna", "Bram"]);
    let folder = shop.path();
    for (day, channel) in [
        ("2025-11-16", "visit"),
        ("2025-11-17", "visit"),
        ("2026-03-10", "email"),
        ("2026-06-01", "newsletter"),
        ("2026-06-02", "newsletter"),
        ("2026-06-03", "newsletter"),
        ("2026-11-20", "phone"),
        ("2026-11-21", "visit"),
    ] {
        ok(folder, &["log", "anna", "x", "--channel", channel, "--at", day, "--now", NOW]);
    }
    ok(folder, &["incident", "open", "anna", "late", "--at", "2026-11-10", "--now", NOW]);
    shop
}

const STRIP: &str = "               Dec Jan Feb Mar  Apr May  Jun Jul Aug  Sep Oct Nov
  by people  █···············▅···································█
  automated  ····························▅························
  failures   ···················································×·
A mark is a week, the last one this week: · nothing, ▂ a little, ▅ as much as a mail, █ as a call or more; × something went wrong.
";

#[test]
fn the_past_year_stands_above_the_table() {
    let shop = year();
    let folder = shop.path();
    let said = ok(folder, &["timeline", "anna", "--now", NOW]);
    assert!(said.contains(STRIP), "{said}");
    let said = ok(folder, &["timeline", "anna", "--now", NOW, "--lang", "nl", "--ascii", "--width", "80", "--last", "1"]);
    for line in [
        "               dec jan feb mrt  apr mei  jun jul aug  sep okt nov\n",
        "  door mensen  #...............=...................................#\n",
        "  missers      ...................................................x.\n",
        "Een teken is een week, het laatste deze week: . niets, - een beetje, = zoveel\n",
    ] {
        assert!(said.contains(line.trim_start_matches("               ")), "{line}\n{said}");
    }
    assert!(said.is_ascii(), "{said}");
}

#[test]
fn a_narrow_terminal_gets_the_last_weeks_and_no_line_is_too_long() {
    let shop = year();
    for width in ["20", "30", "40", "60", "72", "80"] {
        let said = ok(shop.path(), &["timeline", "anna", "--now", NOW, "--width", width]);
        let widest = said.lines().map(|line| line.chars().count()).max().unwrap();
        assert!(widest <= width.parse().unwrap(), "{width}\n{said}");
    }
}

#[test]
fn every_format_has_its_own_year() {
    let shop = year();
    let folder = shop.path();
    let said = |format| ok(folder, &["timeline", "anna", "--now", NOW, "-O", format]);
    let md = said("md");
    assert!(md.contains("```text\n") && md.contains("\nby people  █···") && md.contains("\n```\n\nA mark is a week"), "{md}");
    let html = said("html");
    assert!(html.contains("aria-label=\"by people: 3 of 53 weeks\"") && html.contains("A bar is a week"), "{html}");
    assert_eq!(html.matches("<i class=\"h").count(), 3 * 53);
    assert!(!said("csv").contains('█') && said("csv").starts_with("at,channel,"));
    let year = json(folder, &["timeline", "anna", "--now", NOW])["year"].clone();
    let weeks = year.as_array().unwrap();
    assert_eq!((weeks.len(), weeks[0]["week"].as_str(), weeks[52]["week"].as_str()), (53, Some("2025-11-17"), Some("2026-11-16")));
    assert_eq!((weeks[28]["touchpoints"].as_u64(), weeks[51]["failures"].as_u64()), (Some(3), Some(1)));
    assert!(!ok(folder, &["timeline", "bram", "--now", NOW]).contains("week"), "nobody without contact has a year");
}

#[test]
fn what_happened_is_what_a_narrow_table_has_room_for() {
    let shop = shop(&["Anna"]);
    let folder = shop.path();
    let note = "gebeld over de offerte, ze wil nog even nadenken";
    ok(folder, &["log", "anna", note, "--at", "2026-11-16 14:10", "--felt", "0.25", "--now", NOW]);
    ok(folder, &["log", "anna", "visit", "--channel", "visit", "--at", "2026-11-25", "--now", NOW]);
    let said = |more: &[&str]| ok(folder, &[&["timeline", "anna", "--now", NOW][..], more].concat());
    let at_80 = said(&["--width", "80"]);
    assert!(at_80.contains("16 Nov 2026 14:10  phone") && at_80.contains("25 Nov 2026        visit,"), "{at_80}");
    assert!(at_80.contains("+0.25  gebeld over de offerte, "), "{at_80}");
    let wide = said(&["--width", "200", "--lang", "nl"]);
    assert!(wide.contains("16 nov 2026 14:10  telefoon         over en weer") && wide.contains("bezoek, gepland  over en weer"), "{wide}");
    for untold in ["bedrag", "minuten", "afzender", "persoonlijk", "labels", "status", "klant "] {
        assert!(!wide.contains(untold), "{untold}\n{wide}");
    }
    for (way, en, nl) in
        [("--in", "from them", "van de klant"), ("--out", "to them", "naar de klant"), ("--both", "both ways", "over en weer")]
    {
        ok(folder, &["edit", "1", way, "--now", NOW]);
        assert!(said(&["--width", "120"]).contains(&format!("  phone           {en} ")), "{way}");
        assert!(said(&["--width", "120", "--lang", "nl"]).contains(&format!("  telefoon         {nl} ")), "{way}");
        assert!(said(&["-O", "csv"]).contains(&format!(",phone,{},", &way[2..])), "programs read the word that is typed");
    }
    ok(folder, &["log", "anna", "mail", "--sender", "assisted", "--at", "2026-11-17", "--now", NOW]);
    assert!(said(&["--width", "200"]).contains("sender"), "now one is unlike the others");
    let narrow = said(&["--width", "40"]);
    assert!(!narrow.contains('–') && narrow.matches("sender").count() == 1, "{narrow}");
    assert!(
        said(&["-O", "csv"])
            .starts_with("at,channel,direction,stage,sentiment,note,amount,minutes,sender,personal,kind,tags,status,id,customer\n")
    );
}

#[test]
fn a_page_has_a_heading_and_its_moments_stay_whole() {
    let shop = year();
    let folder = shop.path();
    for (args, lang, heading) in [
        (&["log", "--last"][..], "en", "What was logged last"),
        (&["undo", "--list"], "nl", "Wat er gedaan is"),
        (&["undo"], "en", "Taken back"),
        (&["log", "bram", "call"], "nl", "Vastgelegd"),
    ] {
        let page = ok(folder, &[args, &["--now", NOW, "-O", "html", "--lang", lang]].concat());
        assert!(page.contains(&format!("<title>{heading}</title>")) && page.contains(&format!("<h1>{heading}</h1>")), "{args:?}\n{page}");
    }
    assert!(!ok(folder, &["log", "--last"]).contains("What was logged last"), "a terminal needs no heading");
    let page = ok(folder, &["timeline", "anna", "--now", NOW, "-O", "html"]);
    assert!(
        page.contains("<td class=\"left moment\">17 Nov 2025</td>") && page.contains("<th scope=\"col\" class=\"left telling\">"),
        "{page}"
    );
    assert!(page.contains("<div class=\"scroll\">") && !page.contains(">amount<"), "{page}");
}
