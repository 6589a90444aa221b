//! The Dutch of the help of `doctor`, `backup` and `restore`.

use super::words::Pairs;

/// What the commands do, and their arguments.
pub const KEEPING: Pairs = &[
    (
        "Look whether the log, the files and the permissions are in order, and mend what can be mended",
        "Kijk of logboek, bestanden en rechten in orde zijn, en herstel wat te herstellen is",
    ),
    (
        "Copy the log, with settings, journeys and playbook, to one file",
        "Kopieer het logboek, met instellingen, klantreizen en playbook, naar één bestand",
    ),
    ("Put a backup back, or list the backups there are", "Zet een reservekopie terug, of toon welke er zijn"),
    ("Mend what can be mended without losing anything, after a backup", "Herstel wat kan zonder iets te verliezen, na een reservekopie"),
    ("Say nothing when everything is in order, for cron", "Zeg niets als alles in orde is, voor cron"),
    (
        "The file or folder for it; the folder backups of the workspace when left out",
        "Het bestand of de map ervoor; zonder opgave de map backups van de werkmap",
    ),
    ("Replace a file that is there", "Vervang een bestand dat er al is"),
    ("Keep this many backups in the folder, and remove older ones", "Bewaar zoveel reservekopieën in de map, en verwijder oudere"),
    (
        "The backup, by its path or its name in the folder backups; without one, those there are are listed",
        "De reservekopie, met pad of met de naam in de map backups; zonder opgave zie je welke er zijn",
    ),
    (
        "Put back settings, journeys and playbook that changed since, too; those that are gone come back anyway",
        "Zet ook instellingen, klantreizen en playbook terug die sindsdien veranderd zijn; wat weg is, komt hoe dan ook terug",
    ),
];
