//! The Dutch of every text in the help. A text that changes in English changes here too; the tests
//! of `dutch` say which one has no Dutch, and which one here is no longer said.

use super::export_words::EXPORT;
use super::forget_words::FORGET;
use super::gift_words::GIFTS;
use super::keeping_words::KEEPING;
use super::safety_words::SAFETY;
use super::week_words::WEEK;

const ALL: &[Pairs] = &[ABOUTS, ARGUMENTS, EVERYWHERE, CHOICES, BUILT_IN, VALUES, EXPORT, FORGET, GIFTS, KEEPING, SAFETY, WEEK];

/// The Dutch of an English text of the help.
pub fn dutch(english: &str) -> Option<&'static str> {
    ALL.iter().copied().flatten().find(|(en, _)| *en == english).map(|(_, nl)| *nl)
}

/// Every English text there is Dutch for.
#[cfg(test)]
pub fn english() -> impl Iterator<Item = &'static str> {
    ALL.iter().copied().flatten().map(|(en, _)| *en)
}

/// English texts with their Dutch.
pub type Pairs = &'static [(&'static str, &'static str)];

/// What the commands do, and what follows their help.
const ABOUTS: Pairs = &[
    ("Read customers and contacts from files", "Lees klanten en contacten uit bestanden"),
    ("Read what is new in the sources of attent.yaml", "Lees wat er nieuw is in de bronnen van attent.yaml"),
    (
        "Find the cold moments in your customer journey and add one or two warm, human actions",
        "Vind de koude momenten in je klantreis en voeg een of twee warme, menselijke acties toe",
    ),
    ("Score every stage of the journey for warmth", "Geef elke fase van de klantreis een score voor warmte"),
    (
        "Suggest one or two warm actions for every stage that needs it",
        "Stel een of twee warme acties voor bij elke fase die dat nodig heeft",
    ),
    ("List the plays suggestions are made of, or show one whole", "Toon de acties waaruit voorstellen bestaan, of een ervan helemaal"),
    (
        "Explain a score: its terms, the contacts that matter most, and how it was",
        "Leg een score uit: de termen, de contacten die het meest tellen, en hoe het was",
    ),
    ("Record a contact in one line", "Leg een contact vast in één regel"),
    ("Take the last entry back", "Neem de laatste invoer terug"),
    ("Record failures and how they were made good", "Leg missers vast en hoe ze zijn goedgemaakt"),
    ("Record that something went wrong", "Leg vast dat er iets misging"),
    ("Record that it was made good, and see how well", "Leg vast dat het is goedgemaakt, en zie hoe goed"),
    ("List what went wrong", "Toon wat er misging"),
    ("Record that somebody answered them", "Leg vast dat iemand heeft gereageerd"),
    ("Record that somebody asked afterwards how it is now", "Leg vast dat iemand achteraf vroeg hoe het nu is"),
    ("Say who takes care of it", "Zeg wie ervoor zorgt"),
    ("Show what went wrong and waits for somebody, what is overdue first", "Toon wat er misging en op iemand wacht, wat te laat is eerst"),
    ("Change one contact", "Wijzig één contact"),
    ("List, show, add, edit and merge customers", "Toon klanten, voeg ze toe, wijzig ze en voeg ze samen"),
    ("Who came through whom, whom to ask, and whom to thank", "Wie kwam via wie, wie kun je vragen, en wie bedank je"),
    (
        "Show who brought whom, where revenue comes from, and whom to ask",
        "Toon wie wie bracht, waar omzet vandaan komt, en wie je kunt vragen",
    ),
    ("Record that somebody came through a customer", "Leg vast dat iemand via een klant kwam"),
    ("Record what became of somebody who was sent", "Leg vast wat er werd van iemand die gestuurd is"),
    (
        "See whether a customer can be asked for a referral now, and record that you asked",
        "Kijk of je een klant nu om een aanbeveling kunt vragen, en leg vast dat je het vroeg",
    ),
    ("Record that you thanked who sent somebody", "Leg vast dat je bedankte wie iemand stuurde"),
    ("Record that who sent somebody heard what became of it", "Leg vast dat wie iemand stuurde, weet wat ervan werd"),
    ("Give one another name; the old one still finds them", "Geef een klant een andere naam; de oude blijft werken"),
    (
        "Add or remove addresses, telephone numbers and other names of one",
        "Voeg adressen, telefoonnummers en andere namen van een klant toe of haal ze weg",
    ),
    ("Make two one, or list who may be the same", "Maak van twee klanten één, of toon wie dezelfde kan zijn"),
    ("List them", "Toon ze"),
    ("Show everything known of one", "Toon alles wat van een klant bekend is"),
    ("Add one", "Voeg een klant toe"),
    ("Change what is known of one", "Wijzig wat van een klant bekend is"),
    ("Show what happened with one customer", "Toon wat er met een klant gebeurde"),
    ("Check journeys, playbook and settings for mistakes", "Zoek fouten in klantreizen, playbook en instellingen"),
    ("Show every setting and where it came from", "Toon elke instelling en waar die vandaan komt"),
    ("Make a new workspace", "Maak een nieuwe werkmap"),
    ("Print the JSON Schema of a file, for editors", "Toon het JSON Schema van een bestand, voor editors"),
    ("Look around in a realistic small business", "Kijk rond in een levensecht klein bedrijf"),
    ("Print the completion script of a shell, or the man pages", "Toon het aanvulscript van een shell, of de man-pagina's"),
    (
        "Columns of the table of stages:
  warmth    from 0 to 100
  cautious  the warmth, drawn towards the mean of the journey where little is
            known; the stage where it is lowest counts as the coldest
  range     between these two the warmth most likely lies (95 %), given how
            customers differ
  evidence  how much contact the score stands on, in visits; old contact counts
            less",
        "Kolommen van de tabel met fasen:
  warmte       van 0 tot 100
  voorzichtig  de warmte, dichter bij het gemiddelde van de klantreis waar
               weinig bekend is; de fase waar die het laagst is, geldt als de
               koudste
  marge        hiertussen ligt de warmte waarschijnlijk (95 %), gezien hoe
               klanten verschillen
  gegevens     op hoeveel contact de score steunt, in bezoeken; oud contact
               telt minder",
    ),
];

/// The arguments of the commands.
const ARGUMENTS: Pairs = &[
    ("Say nothing when there is nothing new, for cron", "Zeg niets als er niets nieuws is, voor cron"),
    ("Add the good records and leave the bad ones out", "Voeg de goede gegevens toe en laat de foute weg"),
    ("Also read what did not change since the last time", "Lees ook wat sinds de vorige keer niet veranderde"),
    (
        "Make customers of people you write or meet with who are none yet",
        "Maak klanten van mensen met wie je schrijft of afspreekt en die dat nog niet zijn",
    ),
    (
        "Of an address book: only cards in this category; may be given more than once",
        "Van een adresboek: alleen kaarten in deze categorie; mag vaker",
    ),
    ("Only contacts from this day on", "Alleen contacten vanaf deze dag"),
    ("Only show what would be added, to whom, and why", "Laat alleen zien wat erbij zou komen, bij wie en waarom"),
    ("Only these sources, by their path in attent.yaml", "Alleen deze bronnen, met hun pad in attent.yaml"),
    (
        "The profile that says what the columns of a table mean; with --map its name",
        "Het profiel dat zegt wat de kolommen van een tabel betekenen; bij --map de naam ervan",
    ),
    (
        "Make a profile for a table, and keep it in attent.yaml; what the file does not tell is asked",
        "Maak een profiel voor een tabel en bewaar het in attent.yaml; wat het bestand niet zegt, wordt gevraagd",
    ),
    ("What the files hold, where their beginning does not tell", "Wat de bestanden bevatten, als hun begin dat niet zegt"),
    (
        "A contact by its number, or an entry such as e12; the last entry when left out",
        "Een contact met zijn nummer, of een invoer zoals e12; de laatste invoer als je niets noemt",
    ),
    ("Show the last entries, and what was taken back", "Laat de laatste invoer zien, en wat teruggenomen is"),
    // score, suggest, plays, why
    ("The journey; the default one when left out", "De klantreis; zonder dit de standaard"),
    ("Only this stage", "Alleen deze fase"),
    ("Score stages, customers, or cells (customer × stage)", "Geef scores aan fasen, klanten of cellen (klant × fase)"),
    ("Try a weight without saving it, such as human=30", "Probeer een gewicht zonder het te bewaren, zoals human=30"),
    (
        "Say how often the coldest stage stays the coldest under other weights",
        "Zeg hoe vaak de koudste fase de koudste blijft bij andere gewichten",
    ),
    ("End with exit code 10 when something was found", "Eindig met exitcode 10 als er iets gevonden is"),
    ("Only this play, by its id or title", "Alleen deze actie, met haar id of titel"),
    ("At most so many actions a stage", "Hoogstens zoveel acties per fase"),
    ("End with exit code 10 when there is something to do", "Eindig met exitcode 10 als er iets te doen is"),
    (
        "Everything about this play, by its id or title; without it, the list",
        "Alles over deze actie, met haar id of titel; zonder dit de lijst",
    ),
    ("Only plays that answer this finding", "Alleen acties die op deze bevinding passen"),
    ("Only plays of this family", "Alleen acties van dit thema"),
    (
        "A stage by its id or title, or a customer by a part of the name",
        "Een fase met haar id of titel, of een klant met een deel van de naam",
    ),
    ("How many contacts are shown", "Hoeveel contacten er te zien zijn"),
    // import, log
    (
        "One sentence that names who, or - for one a line from standard input; or the customers (a part of the name is enough), and last what happened",
        "Eén zin waarin staat wie, of - voor één per regel uit standaardinvoer; of de klanten (een deel van de naam is genoeg), en als laatste wat er gebeurde",
    ),
    ("Through which channel", "Via welk kanaal"),
    ("The customer started it", "De klant begon"),
    ("You started it", "Jij begon"),
    ("It was a conversation", "Het was een gesprek"),
    (
        "Who made it: a person, a person with a machine's help, or a machine",
        "Wie het maakte: een mens, een mens met hulp van een machine, of een machine",
    ),
    ("How far it was about this customer", "Hoe ver het over deze klant ging"),
    ("What it was about", "Waar het over ging"),
    (
        "How it felt to the customer: from -1 to 1, or great, good, neutral, bad or terrible",
        "Hoe het voor de klant voelde: van -1 tot 1, of geweldig, goed, neutraal, slecht of verschrikkelijk",
    ),
    ("Show the entry logged last, or the last so many", "Toon wat het laatst is vastgelegd, of de laatste zoveel"),
    (
        "The stage it belongs to, instead of the one the journey's rules say",
        "De fase waar het bij hoort, in plaats van die volgens de regels van de klantreis",
    ),
    ("When: today, yesterday 14:00, last friday, 2026-11-20 …", "Wanneer: vandaag, gisteren 14:00, afgelopen vrijdag, 2026-11-20 …"),
    ("How many minutes it took: 20, half an hour, 1h30", "Hoeveel minuten het kostte: 20, half uur, 1u30"),
    ("What it cost or brought, such as 12.50", "Wat het kostte of opbracht, zoals 12,50"),
    ("A label; may be given more than once", "Een label; mag vaker dan één keer"),
    ("Make customers of those who are none yet", "Maak klanten van wie dat nog niet zijn"),
    // edit
    ("The number of the contact, as log and timeline show it", "Het nummer van het contact, zoals log en timeline het tonen"),
    ("What happened", "Wat er gebeurde"),
    ("With whom it was; a part of the name is enough", "Met wie het was; een deel van de naam is genoeg"),
    ("It is not known how it felt", "Het is niet bekend hoe het voelde"),
    ("Let the journey's rules decide the stage", "Laat de regels van de klantreis de fase bepalen"),
    ("It is not known how long it took", "Het is niet bekend hoelang het duurde"),
    ("No money was involved", "Er was geen geld mee gemoeid"),
    ("Take every label away", "Haal alle labels weg"),
    // incident
    ("The customer; a part of the name is enough", "De klant; een deel van de naam is genoeg"),
    ("How grave it is for the customer", "Hoe erg het is voor de klant"),
    ("The stage it happened in; the customer's current one when left out", "De fase waarin het gebeurde; zonder dit die van de klant nu"),
    ("When it happened", "Wanneer het gebeurde"),
    (
        "What sort of failure, in a word of your own; the same word again within a year is a repeat",
        "Wat voor misser, in een eigen woord; binnen een jaar weer hetzelfde woord is een herhaling",
    ),
    ("Who takes care of it", "Wie ervoor zorgt"),
    ("Only this customer's", "Alleen die van deze klant"),
    ("Only what is not made good yet", "Alleen wat nog niet is goedgemaakt"),
    (
        "The number of the failure, or the customer when only one of theirs fits",
        "Het nummer van de misser, of de klant als er daarvan maar één past",
    ),
    ("When a person answered; now when left out", "Wanneer een mens reageerde; zonder dit nu"),
    ("When somebody asked; now when left out", "Wanneer iemand het vroeg; zonder dit nu"),
    (
        "How satisfied they are: from 1 to 5, or great, good, neutral, bad or terrible",
        "Hoe tevreden ze zijn: van 1 tot 5, of geweldig, goed, neutraal, slecht of verschrikkelijk",
    ),
    ("What it cost the customer, such as 120", "Wat het de klant kostte, zoals 120"),
    (
        "What was given on top of making it good, such as 15; that counts as generous",
        "Wat er bovenop het goedmaken is gegeven, zoals 15; dat telt als royaal",
    ),
    ("What will not happen again", "Wat er niet meer gebeurt"),
    ("Who took care of it", "Wie ervoor zorgde"),
    ("What went wrong; asked for when left out", "Wat er misging; zonder dit wordt ernaar gevraagd"),
    ("With -O ics: appointments instead of tasks", "Met -O ics: afspraken in plaats van taken"),
    ("Only what is overdue", "Alleen wat te laat is"),
    ("Also what was over more than 90 days ago", "Ook wat meer dan 90 dagen geleden voorbij was"),
    ("End with exit code 10 when something is overdue", "Eindig met exitcode 10 als er iets te laat is"),
    ("When it was made good; now when left out", "Wanneer het is goedgemaakt; zonder dit nu"),
    (
        "When a person acknowledged it; when it was made good if left out",
        "Wanneer een mens het erkende; zonder dit toen het is goedgemaakt",
    ),
    ("A person known by name handled it, by phone or in person", "Iemand met een naam regelde het, aan de telefoon of in levenden lijve"),
    ("How generous it was, from 0 to 1; 1 without a number", "Hoe royaal het was, van 0 tot 1; zonder getal 1"),
    ("State the quality, from 0 to 1, instead of computing it", "Zeg zelf hoe goed het ging, van 0 tot 1, in plaats van het te berekenen"),
    // customers, timeline
    ("Only this segment", "Alleen dit segment"),
    ("Only this journey", "Alleen deze klantreis"),
    ("An e-mail address; may be given more than once", "Een e-mailadres; mag vaker dan één keer"),
    ("A telephone number; may be given more than once", "Een telefoonnummer; mag vaker dan één keer"),
    ("Another name; may be given more than once", "Een andere naam; mag vaker dan één keer"),
    ("The firm they belong to", "Het bedrijf waar ze bij horen"),
    (
        "Addresses, telephone numbers, other names, or @example.nl for everybody at a firm",
        "Adressen, telefoonnummers, andere namen, of @voorbeeld.nl voor iedereen bij een bedrijf",
    ),
    ("Forget them instead", "Vergeet ze juist"),
    (
        "The customer who stays; without the other, those who may be the same are listed",
        "De klant die blijft; zonder de andere zie je wie dezelfde kan zijn",
    ),
    ("The customer who becomes a part of it", "De klant die er deel van wordt"),
    ("Do not ask whether it is right", "Vraag niet of het klopt"),
    ("A group of customers", "Een groep klanten"),
    ("The journey they are on", "De klantreis die ze maken"),
    ("Customer since", "Klant sinds"),
    ("They asked not to be contacted", "Ze vroegen om geen contact op te nemen"),
    ("What they may accept: unknown, none, or an amount up to which", "Wat ze mogen aannemen: onbekend, geen, of tot welk bedrag"),
    ("A note about them", "Een notitie over hen"),
    ("The name", "De naam"),
    ("The new name", "De nieuwe naam"),
    ("Contact is welcome again", "Contact is weer welkom"),
    (
        "Forget an address, number or other name; may be given more than once",
        "Vergeet een adres, nummer of andere naam; mag vaker dan één keer",
    ),
    ("Only from this day on", "Alleen vanaf deze dag"),
    ("Only the last so many", "Alleen de laatste zoveel"),
    ("The customer who sent them; a part of the name is enough", "De klant die hen stuurde; een deel van de naam is genoeg"),
    (
        "How they came when nobody sent them, in a word of your own: website, fair, instagram",
        "Hoe ze kwamen als niemand ze stuurde, in een eigen woord: website, beurs, instagram",
    ),
    ("Only those this customer sent", "Alleen wie door deze klant is gestuurd"),
    ("Only those who came this way", "Alleen wie langs deze weg kwam"),
    // referral
    ("Also beyond the first ten", "Ook na de eerste tien"),
    ("Who came: a customer, or somebody who becomes one", "Wie kwam: een klant, of iemand die dat wordt"),
    ("When they came; now when left out", "Wanneer die kwam; zonder dit nu"),
    ("What became of it, as far as it is known", "Wat het werd, voor zover bekend"),
    ("Who came; a part of the name is enough", "Wie kwam; een deel van de naam is genoeg"),
    ("What became of it, in words of your own; empty takes it away", "Wat het werd, in eigen woorden; leeg haalt het weg"),
    ("Record that you asked", "Leg vast dat je het vroeg"),
    ("Record it although a rule says not yet, and why", "Leg het vast hoewel een regel zegt van nog niet, en waarom"),
    ("What was said", "Wat er gezegd is"),
    ("Who sent somebody; a part of the name is enough", "Wie iemand stuurde; een deel van de naam is genoeg"),
    (
        "For whom; for everybody they were not thanked for yet when left out",
        "Voor wie; zonder dit voor iedereen voor wie nog niet bedankt is",
    ),
    ("What they got for it", "Wat ze ervoor kregen"),
    (
        "What who came got; the same as the one who sent them, or neither gets anything",
        "Wat kreeg wie kwam; hetzelfde als wie stuurde, of geen van beiden krijgt iets",
    ),
    ("Who came through them", "Wie via hen kwam"),
    ("When they heard it; now when left out", "Wanneer ze het hoorden; zonder dit nu"),
    // check, config, init, schema, demo, completions
    ("The files; the whole workspace when left out", "De bestanden; zonder dit de hele werkmap"),
    (
        "Only the value of this setting, or only a group of them: weights, recovery, rules, …",
        "Alleen de waarde van deze instelling, of alleen een groep: weights, recovery, rules, …",
    ),
    ("The folder; the current one when left out", "De map; zonder dit de huidige"),
    ("The journey to begin with; asked for when left out", "De klantreis om mee te beginnen; zonder dit wordt ernaar gevraagd"),
    ("The currency of the amounts, such as EUR", "De munt van de bedragen, zoals EUR"),
    ("Your own mail address; may be given several times", "Je eigen mailadres; mag vaker dan één keer"),
    ("Of which file", "Van welk bestand"),
    (
        "Make it in this folder, which must be new or empty; otherwise in a temporary one",
        "Maak het in deze map, die nieuw of leeg moet zijn; zonder dit in een tijdelijke",
    ),
    ("The shell whose script is printed", "De shell waarvoor het script is"),
    ("Write the man pages into this folder instead", "Schrijf in plaats daarvan de man-pagina's in deze map"),
];

/// What holds for every command.
const EVERYWHERE: Pairs = &[
    ("Everywhere", "Overal"),
    ("The workspace: a folder that holds attent.yaml", "De werkmap: een map met attent.yaml"),
    ("What counts as now: a date or a moment [env: ATTENT_NOW]", "Wat als nu geldt: een datum of een moment [omgeving: ATTENT_NOW]"),
    ("The language of the answers: nl or en", "De taal van de antwoorden: nl of en"),
    (
        "How the answer is written: table, json, jsonl, csv, tsv, md, html, ics or ids",
        "De vorm van het antwoord: table, json, jsonl, csv, tsv, md, html, ics of ids",
    ),
    ("Write the answer to a file; its extension tells the format", "Schrijf het antwoord in een bestand; de extensie bepaalt de vorm"),
    ("Colour: auto, always or never", "Kleur: auto, always (altijd) of never (nooit)"),
    ("How many columns the answer may take", "Hoeveel kolommen het antwoord breed mag zijn"),
    ("Only ASCII marks", "Alleen ASCII-tekens"),
    ("Never ask; fail with the flag that would have answered", "Vraag nooit iets; stop en noem de optie die het antwoord geeft"),
];

/// The words an argument may be, where the help tells about each.
const CHOICES: Pairs = &[
    ("Every stage of the journey", "Elke fase van de klantreis"),
    ("The relationship with every customer", "De band met elke klant"),
    ("Every customer in every stage", "Elke klant in elke fase"),
    ("On a terminal", "In een terminal"),
    ("Also in a pipe or a file", "Ook in een pipe of een bestand"),
    ("Nowhere", "Nergens"),
    ("A coach, trainer or therapist", "Een coach, trainer of therapeut"),
    ("A webshop", "Een webwinkel"),
    ("An agency: design, marketing, software, advice", "Een bureau: ontwerp, marketing, software, advies"),
    ("A restaurant, café or small hotel", "Een restaurant, café of klein hotel"),
    ("Software people subscribe to", "Software met abonnees"),
    ("journeys/*.yaml", "journeys/*.yaml"),
    ("playbook.yaml", "playbook.yaml"),
    ("attent.yaml", "attent.yaml"),
    ("Bash", "Bash"),
    ("Zsh", "Zsh"),
    ("Fish", "Fish"),
    ("Elvish", "Elvish"),
    ("PowerShell", "PowerShell"),
];

/// What clap brings along.
const BUILT_IN: Pairs = &[
    ("Print help", "Toon de hulp"),
    ("Print help (see more with '--help')", "Toon de hulp (meer met '--help')"),
    ("Print help (see a summary with '-h')", "Toon de hulp (korter met '-h')"),
    ("Print version", "Toon de versie"),
    ("Print this message or the help of the given subcommand(s)", "Toon dit, of de hulp bij een commando"),
];

/// What stands for a value.
const VALUES: Pairs = &[
    ("CATEGORY", "CATEGORIE"),
    ("PROFILE", "PROFIEL"),
    ("SOURCE", "BRON"),
    ("-1..1", "-1..1"),
    ("0..1", "0..1"),
    ("1..5", "1..5"),
    ("WORDS", "WOORDEN"),
    ("ADDRESS", "ADRES"),
    ("AMOUNT", "BEDRAG"),
    ("BUSINESS", "BEDRIJF"),
    ("CHANNEL", "KANAAL"),
    ("CODE", "CODE"),
    ("COLUMNS", "KOLOMMEN"),
    ("CUSTOMER", "KLANT"),
    ("DATE", "DATUM"),
    ("DIR", "MAP"),
    ("FILE", "BESTAND"),
    ("FINDING", "BEVINDING"),
    ("FOLDER", "MAP"),
    ("FORMAT", "VORM"),
    ("HOW", "HOE"),
    ("JOURNEY", "KLANTREIS"),
    ("KEY", "SLEUTEL"),
    ("KIND", "SOORT"),
    ("LANG", "TAAL"),
    ("N", "N"),
    ("NAME", "NAAM"),
    ("NAME=VALUE", "NAAM=WAARDE"),
    ("NOTE", "NOTITIE"),
    ("NUMBER", "NUMMER"),
    ("NUMBER|CUSTOMER", "NUMMER|KLANT"),
    ("OTHER", "ANDERE"),
    ("PLAY", "ACTIE"),
    ("SEGMENT", "SEGMENT"),
    ("SENDER", "AFZENDER"),
    ("SEVERITY", "ERNST"),
    ("SHELL", "SHELL"),
    ("STAGE", "FASE"),
    ("STAGE|CUSTOMER", "FASE|KLANT"),
    ("TAG", "LABEL"),
    ("TEXT", "TEKST"),
    ("THEME", "THEMA"),
    ("WHAT", "WAT"),
    ("WHAT HAPPENED", "WAT ER GEBEURDE"),
    ("WHAT WENT WRONG", "WAT ER MISGING"),
    ("WHEN", "WANNEER"),
    ("WHY", "WAAROM"),
    ("WORD", "WOORD"),
    ("unknown|none|AMOUNT", "onbekend|geen|BEDRAG"),
];
