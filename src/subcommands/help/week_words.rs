//! The Dutch of the help of `today`, `plan`, `nudge`, `done`, `skip`, `snooze` and `nudges`.

use super::words::Pairs;

/// What the commands do, their arguments and what stands for a value.
pub const WEEK: Pairs = &[
    ("Also what was done, skipped or is no longer needed", "Ook wat gedaan, overgeslagen of niet meer nodig is"),
    ("Decide against a nudge", "Sla een nudge over"),
    ("Everything on the checklist is so", "Alles op de checklist klopt"),
    (
        "For how long, or until when: 3d, 2w, friday, 2026-12-01; a week when left out",
        "Hoelang, of tot wanneer: 3d, 2w, vrijdag, 2026-12-01; zonder opgave een week",
    ),
    ("HOW LONG", "HOELANG"),
    ("How many minutes it took", "Hoeveel minuten het duurde"),
    ("Of a failure: it was made good at once, not just answered", "Bij een misser: die is meteen goedgemaakt, niet alleen beantwoord"),
    (
        "It is on the log already: count the latest contact with them, and record none",
        "Het staat al in het logboek: tel het laatste contact met ze, en leg er geen vast",
    ),
    ("List the nudges that stand, and what became of the others", "Toon de nudges die openstaan, en wat er van de andere werd"),
    ("MINUTES", "MINUTEN"),
    (
        "Minutes you have this week; budget.minutes of attent.yaml when left out",
        "Minuten die je deze week hebt; zonder opgave budget.minutes uit attent.yaml",
    ),
    (
        "Money you have for it; budget.euros of attent.yaml when left out",
        "Geld dat je ervoor hebt; zonder opgave budget.euros uit attent.yaml",
    ),
    ("Of a gift: who gave it", "Van een cadeau: wie het gaf"),
    ("Of a gift: who on their side approved it", "Van een cadeau: wie het bij hen goedkeurde"),
    ("Of a gift: why this, for them", "Van een cadeau: waarom dit, voor hen"),
    (
        "Plan the week: whom to make feel seen, how and why, within your minutes and money",
        "Plan de week: wie je aandacht geeft, hoe en waarom, binnen je tijd en geld",
    ),
    ("Print nothing at all when there is nothing to do", "Schrijf helemaal niets als er niets te doen is"),
    ("Put a nudge off, for ninety days at most", "Stel een nudge uit, hoogstens negentig dagen"),
    ("Record that what a nudge asked for was done", "Leg vast dat gedaan is wat een nudge vroeg"),
    (
        "Say what to do this week, for a mail that cron sends or for a calendar",
        "Zeg wat er deze week te doen is, voor een mail via cron of voor een agenda",
    ),
    ("Show at most so many; nudge.max of attent.yaml when left out", "Toon er hoogstens zoveel; zonder opgave nudge.max uit attent.yaml"),
    (
        "Show what is due, the coldest stage and one thing to do; what attent shows without a command",
        "Toon wat aan de beurt is, de koudste fase en één ding om te doen; wat attent zonder commando toont",
    ),
    ("Show what would be brought up, and record nothing", "Toon wat naar voren zou komen, en leg niets vast"),
    (
        "The number of the nudge, or the customer when only one of theirs stands",
        "Het nummer van de nudge, of de klant als er voor die maar één openstaat",
    ),
    ("WEEK", "WEEK"),
    ("What it cost, such as 12.50", "Wat het kostte, zoals 12,50"),
    ("What was considered for one customer, and what stopped it", "Wat er voor één klant is overwogen, en wat het tegenhield"),
    ("What was said, in your own words", "Wat er gezegd is, in je eigen woorden"),
    ("When it was done; now when left out", "Wanneer het gedaan is; zonder opgave nu"),
    ("Which week: this, next, 2026-W30 or a day in it", "Welke week: deze, volgende, 2026-W30 of een dag erin"),
    ("Why later", "Waarom later"),
    ("Why not", "Waarom niet"),
];
