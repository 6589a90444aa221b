//! The Dutch of the help of `export`, and of what `import` reads.

use super::words::Pairs;

/// What the commands do, and their arguments.
pub const EXPORT: Pairs = &[
    (
        "Write everything the log knows as JSON Lines, for another workspace or program",
        "Schrijf alles wat het logboek weet als JSON Lines, voor een andere werkmap of een ander programma",
    ),
    (
        crate::subcommands::export::NEXT,
        "Op een andere computer: attent init MAP --template NAAM, en daarin attent import BESTAND.jsonl. Een export bevat het logboek; attent.yaml, playbook.yaml en de map journeys kopieer je ernaast. Een reservekopie bevat dat alles: attent restore BESTAND -w MAP.",
    ),
    (
        "Files or folders: mail, calendars, address books, tables, event logs, an export; - reads standard input",
        "Bestanden of mappen: mail, agenda's, adresboeken, tabellen, gebeurtenislogs, een export; - leest de standaardinvoer",
    ),
];
