//! The Dutch of the help of `dossier`, `forget` and `tidy`.

use super::words::Pairs;

/// What the commands do, and their arguments.
pub const FORGET: Pairs = &[
    (
        "Show all that is known of one customer, for who asks and to hand over",
        "Toon alles wat er van één klant bekend is, voor wie erom vraagt en om over te dragen",
    ),
    ("Leave out where they are named in what is recorded about others", "Laat weg waar ze genoemd worden in wat er over anderen staat"),
    ("Erase a customer and every trace of them, for good", "Wis een klant en elk spoor ervan, voorgoed"),
    ("The customer; with --yes the whole name, an address or a number", "De klant; met --yes de hele naam, een adres of een nummer"),
    (
        "Erase again who was forgotten before and came back with a copy; all of them",
        "Wis opnieuw wie al vergeten was en met een kopie terugkwam; allemaal",
    ),
    ("Only show what would be erased and changed", "Laat alleen zien wat er gewist en veranderd zou worden"),
    ("Also erase them from the copies in the folder backups", "Wis ze ook uit de kopieën in de map backups"),
    (
        "Erase what is older than retention of attent.yaml asks for, for good",
        "Wis wat ouder is dan retention in attent.yaml vraagt, voorgoed",
    ),
    ("Only show what would go, by which setting", "Laat alleen zien wat er weg zou gaan, en door welke instelling"),
    ("Say nothing when there is nothing to do, for cron", "Zeg niets als er niets te doen is, voor cron"),
];
