//! Help, and a command line that makes no sense, in the reader's language.

use std::path::Path;

use super::cli::{attent, fails, ok, run, workspace};

/// What a command says at a width of 80: on standard output when it succeeds, else on standard error.
#[track_caller]
fn says(args: &[&str], set: &[(&str, &str)], code: i32) -> String {
    let output = attent(Path::new("."), args).env("COLUMNS", "80").envs(set.iter().copied()).output().expect("the program starts");
    let (said, silent) = if code == 0 { (output.stdout, output.stderr) } else { (output.stderr, output.stdout) };
    assert_eq!((output.status.code(), silent.len()), (Some(code), 0), "attent {args:?}");
    String::from_utf8(said).expect("UTF-8")
}

const DUTCH: &[(&str, &str)] = &[("ATTENT_LANG", "nl")];

/// The Dutch and the English of what is wrong with a line.
#[track_caller]
fn wrong(line: &str) -> String {
    let args: Vec<&str> = line.split_whitespace().collect();
    says(&args, DUTCH, 2) + &says(&args, &[], 2)
}

#[test]
fn the_dutch_overview() {
    insta::assert_snapshot!(says(&["--help", "--lang", "nl"], &[], 0), @r"
    Vind de koude momenten in je klantreis en voeg een of twee warme, menselijke
    acties toe

    Gebruik: attent [OPTIES] [COMMANDO]

    Commando's:
      today        Toon wat aan de beurt is, de koudste fase en één ding om te doen;
                   wat attent zonder commando toont
      score        Geef elke fase van de klantreis een score voor warmte
      suggest      Stel een of twee warme acties voor bij elke fase die dat nodig
                   heeft
      plan         Plan de week: wie je aandacht geeft, hoe en waarom, binnen je
                   tijd en geld
      nudge        Zeg wat er deze week te doen is, voor een mail via cron of voor
                   een agenda
      done         Leg vast dat gedaan is wat een nudge vroeg
      skip         Sla een nudge over
      snooze       Stel een nudge uit, hoogstens negentig dagen
      nudges       Toon de nudges die openstaan, en wat er van de andere werd
      plays        Toon de acties waaruit voorstellen bestaan, of een ervan helemaal
      import       Lees klanten en contacten uit bestanden
      export       Schrijf alles wat het logboek weet als JSON Lines, voor een
                   andere werkmap of een ander programma
      sync         Lees wat er nieuw is in de bronnen van attent.yaml
      why          Leg een score uit: de termen, de contacten die het meest tellen,
                   en hoe het was
      log          Leg een contact vast in één regel
      edit         Wijzig één contact
      undo         Neem de laatste invoer terug
      forget       Wis een klant en elk spoor ervan, voorgoed
      tidy         Wis wat ouder is dan retention in attent.yaml vraagt, voorgoed
      incident     Leg missers vast en hoe ze zijn goedgemaakt
      incidents    Toon wat er misging en op iemand wacht, wat te laat is eerst
      referral     Wie kwam via wie, wie kun je vragen, en wie bedank je
      gift         Plan cadeaus en leg ze vast, en wat klanten fijn vinden
      gifts        Toon de aanleidingen die komen en wat je mag geven, of het
                   register
      customers    Toon klanten, voeg ze toe, wijzig ze en voeg ze samen
      timeline     Toon wat er met een klant gebeurde
      dossier      Toon alles wat er van één klant bekend is, voor wie erom vraagt
                   en om over te dragen
      check        Zoek fouten in klantreizen, playbook en instellingen
      doctor       Kijk of logboek, bestanden en rechten in orde zijn, en herstel
                   wat te herstellen is
      backup       Kopieer het logboek, met instellingen, klantreizen en playbook,
                   naar één bestand
      restore      Zet een reservekopie terug, of toon welke er zijn
      config       Toon elke instelling en waar die vandaan komt
      passphrase   Versleutel het logboek met een wachtwoordzin, verander die, of
                   ontsleutel; in een attent met versleuteling
      init         Maak een nieuwe werkmap
      schema       Toon het JSON Schema van een bestand, voor editors
      demo         Kijk rond in een levensecht klein bedrijf
      completions  Toon het aanvulscript van een shell, of de man-pagina's
      help         Toon dit, of de hulp bij een commando

    Opties:
      -h, --help     Toon de hulp
      -V, --version  Toon de versie

    Overal:
      -w, --workspace <MAP>    De werkmap: een map met attent.yaml
          --now <WANNEER>      Wat als nu geldt: een datum of een moment [omgeving:
                               ATTENT_NOW]
          --lang <TAAL>        De taal van de antwoorden: nl of en
      -O, --format <VORM>      De vorm van het antwoord: table, json, jsonl, csv,
                               tsv, md, html, ics of ids
      -o, --output <BESTAND>   Schrijf het antwoord in een bestand; de extensie
                               bepaalt de vorm
          --color <WANNEER>    Kleur: auto, always (altijd) of never (nooit)
          --width <KOLOMMEN>   Hoeveel kolommen het antwoord breed mag zijn
          --ascii              Alleen ASCII-tekens
          --pseudonymise       Pseudoniemen in plaats van namen, en niets wat iemand
                               typte: voor een antwoord dat anderen lezen
          --passphrase-fd <N>  Lees de wachtwoordzin van een versleuteld logboek uit
                               deze open bestandsdescriptor
          --no-input           Vraag nooit iets; stop en noem de optie die het
                               antwoord geeft
    ");
}

#[test]
fn the_dutch_help_of_a_command() {
    insta::assert_snapshot!(says(&["log", "--help", "--lang", "nl"], &[], 0), @r"
    Leg een contact vast in één regel

    Gebruik: attent log [OPTIES] [KLANT] [WAT ER GEBEURDE]...

    Argumenten:
      [KLANT] [WAT ER GEBEURDE]...  Eén zin waarin staat wie, of - voor één per
                                    regel uit standaardinvoer; of de klanten (een
                                    deel van de naam is genoeg), en als laatste wat
                                    er gebeurde

    Opties:
          --channel <KANAAL>   Via welk kanaal [keuze uit: visit, event, video,
                               phone, card, gift, message, chat, email, letter,
                               social, portal, newsletter, push, survey]
          --in                 De klant begon
          --out                Jij begon
          --both               Het was een gesprek
          --sender <AFZENDER>  Wie het maakte: een mens, een mens met hulp van een
                               machine, of een machine [keuze uit: human, assisted,
                               automated]
          --personal <HOE>     Hoe ver het over deze klant ging [keuze uit:
                               personal, merged, generic]
          --kind <SOORT>       Waar het over ging [keuze uit: relational, service,
                               promo, transactional]
          --felt <-1..1>       Hoe het voor de klant voelde: van -1 tot 1, of
                               geweldig, goed, neutraal, slecht of verschrikkelijk
          --stage <FASE>       De fase waar het bij hoort, in plaats van die volgens
                               de regels van de klantreis
          --at <WANNEER>       Wanneer: vandaag, gisteren 14:00, afgelopen vrijdag,
                               2026-11-20 …
          --minutes <N>        Hoeveel minuten het kostte: 20, half uur, 1u30
          --amount <BEDRAG>    Wat het kostte of opbracht, zoals 12,50
          --tag <LABEL>        Een label; mag vaker dan één keer
          --new                Maak klanten van wie dat nog niet zijn
          --last [<N>]         Toon wat het laatst is vastgelegd, of de laatste
                               zoveel
      -h, --help               Toon de hulp
      -V, --version            Toon de versie

    Overal:
      -w, --workspace <MAP>    De werkmap: een map met attent.yaml
          --now <WANNEER>      Wat als nu geldt: een datum of een moment [omgeving:
                               ATTENT_NOW]
          --lang <TAAL>        De taal van de antwoorden: nl of en
      -O, --format <VORM>      De vorm van het antwoord: table, json, jsonl, csv,
                               tsv, md, html, ics of ids
      -o, --output <BESTAND>   Schrijf het antwoord in een bestand; de extensie
                               bepaalt de vorm
          --color <WANNEER>    Kleur: auto, always (altijd) of never (nooit)
          --width <KOLOMMEN>   Hoeveel kolommen het antwoord breed mag zijn
          --ascii              Alleen ASCII-tekens
          --pseudonymise       Pseudoniemen in plaats van namen, en niets wat iemand
                               typte: voor een antwoord dat anderen lezen
          --passphrase-fd <N>  Lees de wachtwoordzin van een versleuteld logboek uit
                               deze open bestandsdescriptor
          --no-input           Vraag nooit iets; stop en noem de optie die het
                               antwoord geeft
    ");
}

#[test]
fn the_dutch_help_with_choices() {
    let help = says(&["schema", "--help", "--lang=nl"], &[], 0);
    insta::assert_snapshot!(help.split("Opties:").next().unwrap(), @r"
    Toon het JSON Schema van een bestand, voor editors

    Gebruik: attent schema [OPTIES] <BESTAND>

    Argumenten:
      <BESTAND>
              Van welk bestand

              Keuze uit:
              - journey:   journeys/*.yaml
              - playbook:  playbook.yaml
              - workspace: attent.yaml
    ");
    assert!(says(&["score", "-h"], DUTCH, 0).contains("[standaard: stage]"));
}

#[test]
fn help_is_in_the_language_of_the_reader_wherever_it_is_told() {
    let english = says(&["log", "--help"], &[], 0);
    assert!(english.starts_with("Record a contact in one line\n\nUsage: attent log [OPTIONS] "), "{english}");
    let dutch = says(&["log", "--help", "--lang", "nl"], &[], 0);
    for args in [&["--lang=nl", "log", "--help"][..], &["log", "--lang", "nl", "-h"], &["--lang", "nl", "help", "log"]] {
        assert_eq!(says(args, &[], 0), dutch, "{args:?}");
    }
    for set in [("ATTENT_LANG", "nl"), ("ATTENT_LANGUAGE", "nl"), ("LC_ALL", "nl_NL.UTF-8"), ("LC_MESSAGES", "nl_BE"), ("LANG", "nl")] {
        assert_eq!(says(&["log", "--help"], &[set], 0), dutch, "{set:?}");
    }
    assert_eq!(says(&["log", "--help", "--lang", "en"], DUTCH, 0), english);
    assert_eq!(says(&["--version"], DUTCH, 0), says(&["--version"], &[], 0));
}

#[test]
fn help_has_colour_where_it_is_asked_for() {
    let bare = |written: &str| anstream::adapter::strip_str(written).to_string();
    for lang in ["en", "nl"] {
        let plain = says(&["log", "--help", "--lang", lang], &[("CLICOLOR_FORCE", "0")], 0);
        let coloured = says(&["log", "--help", "--lang", lang, "--color", "always"], &[], 0);
        assert!(coloured.contains("\u{1b}[") && !plain.contains("\u{1b}["), "{coloured}");
        assert_eq!(bare(&coloured), plain);
        assert!(says(&["shwo", "--color=always", "--lang", lang], &[], 2).contains("\u{1b}["));
    }
}

#[test]
fn words_that_are_not_known() {
    insta::assert_snapshot!(wrong("scor"), @r"
    fout: onbekend commando `scor`
      bedoelde je `score`?
      Gebruik: attent [OPTIES] [COMMANDO]
    error: unknown command `scor`
      did you mean `score`?
      Usage: attent [OPTIONS] [COMMAND]
    ");
    insta::assert_snapshot!(wrong("incident shwo"), @r"
    fout: onbekend commando `shwo`
      het is een van: open, acknowledge, resolve, check, assign, list, help
      Gebruik: attent incident [OPTIES] [COMMANDO]
    error: unknown command `shwo`
      it is one of: open, acknowledge, resolve, check, assign, list, help
      Usage: attent incident [OPTIONS] [COMMAND]
    ");
    insta::assert_snapshot!(wrong("passphrase"), @r"
    fout: er staat niet bij wat `attent passphrase` moet doen
      het is een van: set, change, remove
      Gebruik: attent passphrase [OPTIES] <COMMANDO>
    error: it is not said what `attent passphrase` is to do
      it is one of: set, change, remove
      Usage: attent passphrase [OPTIONS] <COMMAND>
    ");
    insta::assert_snapshot!(wrong("score --widht 90"), @r"
    fout: onbekend argument `--widht`
      bedoelde je `--width`?
      Gebruik: attent score --width <KOLOMMEN>
    error: unknown argument `--widht`
      did you mean `--width`?
      Usage: attent score --width <COLUMNS>
    ");
    insta::assert_snapshot!(wrong("log --oops"), @r"
    fout: onbekend argument `--oops`
      schrijf `-- --oops` als het een woord van jezelf is
      Gebruik: attent log [OPTIES] [KLANT] [WAT ER GEBEURDE]...
    error: unknown argument `--oops`
      if it is a word of yours, write `-- --oops`
      Usage: attent log [OPTIONS] [CUSTOMER] [WHAT HAPPENED]...
    ");
    insta::assert_snapshot!(wrong("-- score"), @r"
    fout: onbekend argument `score`
      laat de `--` ervoor weg
      Gebruik: attent [OPTIES] [COMMANDO]
    error: unknown argument `score`
      leave out the `--` before it
      Usage: attent [OPTIONS] [COMMAND]
    ");
}

#[test]
fn values_that_do_not_fit() {
    insta::assert_snapshot!(wrong("log Anna hello --channel phoen"), @r"
    fout: `phoen` past niet bij `--channel <KANAAL>`
      bedoelde je `phone`?
      het is een van: visit, event, video, phone, card, gift, message, chat, email, letter, social, portal, newsletter, push, survey
    error: `phoen` does not fit `--channel <CHANNEL>`
      did you mean `phone`?
      it is one of: visit, event, video, phone, card, gift, message, chat, email, letter, social, portal, newsletter, push, survey
    ");
    insta::assert_snapshot!(wrong("score --by week"), @r"
    fout: `week` past niet bij `--by <WAT>`
      het is een van: stage, customer, cell
    error: `week` does not fit `--by <WHAT>`
      it is one of: stage, customer, cell
    ");
    insta::assert_snapshot!(wrong("score --now"), @r"
    fout: `--now <WANNEER>` heeft een waarde nodig
    error: `--now <WHEN>` needs a value
    ");
    insta::assert_snapshot!(wrong("score -O pdf"), @r"
    fout: `pdf` past niet bij `--format <VORM>`
      `pdf` is geen formaat; het is een van: table, json, jsonl, csv, tsv, md, html, ics, ids
    error: `pdf` does not fit `--format <FORMAT>`
      `pdf` is not a format; it is one of: table, json, jsonl, csv, tsv, md, html, ics, ids
    ");
    insta::assert_snapshot!(wrong("customers edit Anna --gifts many"), @r"
    fout: `many` past niet bij `--gifts <onbekend|geen|BEDRAG>`
      het is onbekend, geen, of een bedrag zoals 25
    error: `many` does not fit `--gifts <unknown|none|AMOUNT>`
      it is unknown, none, or an amount such as 25
    ");
    insta::assert_snapshot!(wrong("log Anna hello --sentiment 4"), @r"
    fout: `4` past niet bij `--felt <-1..1>`
      het is een getal van -1 tot 1, of geweldig, goed, neutraal, slecht of verschrikkelijk
    error: `4` does not fit `--felt <-1..1>`
      it is a number from -1 to 1, or great, good, neutral, bad or terrible
    ");
    insta::assert_snapshot!(wrong("log Anna hello --amount much"), @r"
    fout: `much` past niet bij `--amount <BEDRAG>`
      `much` is geen bedrag, zoals 12,50
    error: `much` does not fit `--amount <AMOUNT>`
      `much` is not an amount, such as 12.50
    ");
    insta::assert_snapshot!(wrong("incident resolve 1 --quality 3"), @r"
    fout: `3` past niet bij `--quality <0..1>`
      het is een getal van 0 tot 1
    error: `3` does not fit `--quality <0..1>`
      it is a number from 0 to 1
    ");
}

#[test]
fn numbers_that_do_not_fit() {
    insta::assert_snapshot!(wrong("suggest --max 99"), @r"
    fout: `99` past niet bij `--max <N>`
      het is een geheel getal van 1 tot en met 20
    error: `99` does not fit `--max <N>`
      it is a whole number from 1 to 20
    ");
    insta::assert_snapshot!(wrong("timeline Anna --last 0"), @r"
    fout: `0` past niet bij `--last <N>`
      het is een geheel getal vanaf 1
    error: `0` does not fit `--last <N>`
      it is a whole number from 1
    ");
    insta::assert_snapshot!(wrong("score --width 70000"), @r"
    fout: `70000` past niet bij `--width <KOLOMMEN>`
      dat getal is te groot
    error: `70000` does not fit `--width <COLUMNS>`
      that number is too large
    ");
    insta::assert_snapshot!(wrong("score --width 07"), @r"
    fout: `07` past niet bij `--width <KOLOMMEN>`
      het is een geheel getal vanaf 20
    error: `07` does not fit `--width <COLUMNS>`
      it is a whole number from 20
    ");
    insta::assert_snapshot!(wrong("score --width wide"), @r"
    fout: `wide` past niet bij `--width <KOLOMMEN>`
      het is een geheel getal
    error: `wide` does not fit `--width <COLUMNS>`
      it is a whole number
    ");
    insta::assert_snapshot!(wrong("score --width 99999999999999999999"), @r"
    fout: `99999999999999999999` past niet bij `--width <KOLOMMEN>`
      dat getal is te groot
    error: `99999999999999999999` does not fit `--width <COLUMNS>`
      that number is too large
    ");
}

#[test]
fn too_little_too_much_and_what_excludes_each_other() {
    insta::assert_snapshot!(wrong("why"), @r"
    fout: er ontbreekt iets: `<FASE|KLANT>`
      Gebruik: attent why <FASE|KLANT>
    error: something is missing: `<STAGE|CUSTOMER>`
      Usage: attent why <STAGE|CUSTOMER>
    ");
    insta::assert_snapshot!(wrong("log Anna hello --new=yes"), @r"
    fout: `yes` is er een te veel voor `--new`
      Gebruik: attent log --new [KLANT] [WAT ER GEBEURDE]...
    error: `yes` is one too many for `--new`
      Usage: attent log --new [CUSTOMER] [WHAT HAPPENED]...
    ");
    insta::assert_snapshot!(wrong("log Anna hello --in --out"), @r"
    fout: `--in` gaat niet samen met `--out`
      Gebruik: attent log --in [KLANT] [WAT ER GEBEURDE]...
    error: `--in` does not go together with `--out`
      Usage: attent log --in [CUSTOMER] [WHAT HAPPENED]...
    ");
    insta::assert_snapshot!(wrong("score --stage a --stage b"), @r"
    fout: `--stage <FASE>` staat hier twee keer
      Gebruik: attent score [OPTIES]
    error: `--stage <STAGE>` stands here twice
      Usage: attent score [OPTIONS]
    ");
    insta::assert_snapshot!(wrong("score --lang fr"), @r"
    fout: --lang kan niet `fr` zijn
      het is nl of en
    error: --lang cannot be `fr`
      it is nl or en
    ");
}

#[test]
fn nothing_a_person_types_reaches_the_terminal_as_it_is() {
    for args in [&["\u{1b}[2J"][..], &["score", "--by", "\u{1b}[2J"], &["--\u{1b}[2J"], &["log", "a", "b", "--new=\u{1b}[2J"]] {
        let output = run(Path::new("."), args);
        assert!(!output.stderr.contains(&0x1b) && output.status.code() == Some(2), "{args:?}");
    }
}

#[test]
fn a_calendar_of_what_has_no_days_is_refused_before_anything_is_done() {
    let top = tempfile::tempdir().unwrap();
    workspace(top.path(), "id: customer\nstages:\n  - id: buy\n");
    for args in [&["log", "Anna", "call", "-O", "ics"][..], &["score", "-o", "week.ics"], &["customers", "add", "Bo", "-O", "ics"]] {
        let said = fails(top.path(), args, 2);
        assert!(said.contains("this answer cannot be a calendar") && said.contains("nudge, nudges, plan and gifts"), "{said}");
    }
    assert!(!top.path().join("week.ics").exists());
    assert_eq!(ok(top.path(), &["customers", "list", "-O", "ids"]), "");
}
