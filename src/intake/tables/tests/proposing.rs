//! Profiles proposed for files nobody knows.

use super::*;
use About as A;

/// What it is, a file, the columns proposed, the rest that matters, and what is asked.
type File = (&'static str, &'static str, &'static [(&'static str, &'static str)], &'static str, &'static [About]);

const FILES: &[File] = &[
    (
        "a web shop in Dutch",
        "Order;Besteldatum;Voornaam;Tussenvoegsel;Achternaam;E-mail;Telefoon;Totaal;Opmerking\n7;30-6-2026 14:30;Anna;de;Vries;a@x.nl;0612345678;1.234,50;snel\n",
        &[
            ("at", "Besteldatum"),
            ("customer", "Voornaam+Tussenvoegsel+Achternaam"),
            ("email", "E-mail"),
            ("phone", "Telefoon"),
            ("amount", "Totaal"),
            ("note", "Opmerking"),
            ("id", "Order"),
        ],
        "email transactional contacts []",
        &[],
    ),
    (
        "contacts with Americans' dates that settle it",
        "Date,Name,Type,Notes\n06/30/2026,Ann,Call,hi\n07/01/2026,Bob,WhatsApp,\n",
        &[("at", "Date"), ("customer", "Name"), ("note", "Notes"), ("channel", "Type")],
        "contacts [\"%m/%d/%Y\"]",
        &[],
    ),
    (
        "dates that may be either",
        "Datum,Klant,Kanaal\n01/02/2026,Anna,mail\n03/04/2026,Bo,telefoon\n",
        &[("at", "Datum"), ("customer", "Klant"), ("channel", "Kanaal")],
        "contacts []",
        &[A::DayOrMonth],
    ),
    (
        "days beyond twelve settle it",
        "Datum,Klant,Kanaal\n01/02/2026,Anna,mail\n13/04/2026,Bo,telefoon\n",
        &[("at", "Datum"), ("customer", "Klant"), ("channel", "Kanaal")],
        "contacts []",
        &[],
    ),
    (
        "customers",
        "Naam\tMailadres\tMobiel\tGeboortedatum\tCategorie\tAdres\nAnna\ta@x.nl\t+31612345678\t21-11-1980\tGoud\tStraat 1\n",
        &[
            ("customer", "Naam"),
            ("email", "Mailadres"),
            ("phone", "Mobiel"),
            ("birthday", "Geboortedatum"),
            ("segment", "Categorie"),
            ("postal", "Adres"),
        ],
        "customers []",
        &[],
    ),
    (
        "customers or contacts",
        "Naam,E-mail,Aangemaakt op\nAnna,a@x.nl,2026-06-30\n",
        &[("at", "Aangemaakt op"), ("customer", "Naam"), ("email", "E-mail")],
        "email contacts []",
        &[A::Rows, A::Channel],
    ),
    (
        "names that say nothing",
        "A,B,C,D\nx@y.nl,Anna Smit,2026-06-30,2026-07-01\nz@y.nl,Bo,2026-06-29,2026-07-02\n",
        &[("at", "C"), ("email", "A")],
        "email contacts []",
        &[A::Customer, A::Date, A::Rows, A::Channel],
    ),
    (
        "amounts that may be either",
        "datum|bedrijf|bedrag\n20260630|Jansen BV|1.234\n20260701|Bo BV|2.500\n",
        &[("at", "datum"), ("organisation", "bedrijf"), ("amount", "bedrag")],
        "email transactional contacts [\"%Y%m%d\"]",
        &[A::Decimal, A::Channel],
    ),
    (
        "months by name and a note",
        "wanneer;klant;omschrijving\n3 maart 2026;Anna;gebeld\n12 mei 2026;Bo;gemaild\n",
        &[("at", "wanneer"), ("customer", "klant"), ("note", "omschrijving")],
        "contacts [\"%d %B %Y\"]",
        &[A::Channel],
    ),
    (
        "a counter of rows is no number of its own",
        "Nr;Datum;Wie;Hoe;Tekst\n1;2026-06-30;Anna;telefoon;hoi\n2;2026-07-01;Bo;mail;dag\n",
        &[("at", "Datum"), ("customer", "Wie"), ("note", "Tekst"), ("channel", "Hoe")],
        "contacts []",
        &[],
    ),
    (
        "slips of work",
        "Werkbon;Dag;Opdrachtgever;Uren;Bedrag\nW7;2026-06-30;Anna;1,5;75,00\nW9;2026-07-01;Bo;2;100,00\n",
        &[("at", "Dag"), ("customer", "Opdrachtgever"), ("amount", "Bedrag"), ("id", "Werkbon"), ("minutes", "Uren")],
        "visit contacts []",
        &[A::Channel],
    ),
    (
        "numbers that come back are only those of sales",
        "Kenmerk;Factuurnummer;Factuurdatum;Klant;Bedrag\nk;F7;2026-06-30;Anna;75,00\nk;F7;2026-06-30;Anna;5,00\n",
        &[("at", "Factuurdatum"), ("customer", "Klant"), ("amount", "Bedrag"), ("id", "Factuurnummer")],
        "email transactional contacts []",
        &[],
    ),
    (
        "nothing has a name",
        "Kol A;Kol B;Kol C\nAnna Smit;30-6-2026;12,50\nBo;1-7-2026;9,00\n",
        &[("at", "Kol B"), ("customer", "Kol A")],
        "email contacts []",
        &[A::Customer, A::Rows, A::Channel],
    ),
];

#[test]
fn a_profile_knows_its_own_table_and_no_other() {
    let customers = propose(&head(&b"Naam;Mail\nAnna;a@x.nl\n"[..]).unwrap()).profile;
    assert_eq!(customers.header, ["Naam", "Mail"]);
    let columns = |header: &str| header.split(';').map(str::to_owned).collect::<Vec<_>>();
    for (header, known) in [
        ("Naam;Mail", true),
        ("Mail;Plaats;NAAM", true),
        ("Naam;Plaats", false),
        ("Naam;Datum;Bedrag;Mail", false),
        ("Naam;Mail;Totaal", false),
        ("Naam;Mail;Aangemaakt op", true),
    ] {
        assert_eq!(profiles::recognise(&columns(header), [&customers]).is_some(), known, "{header}");
    }
    let by_hand = profile("columns: {at: Dag, customer: Wie}\nonly: {Status: [klaar]}\nalways: {channel: visit}");
    for (header, known) in [("Wie;Dag;Status", true), ("Wie;Dag", false), ("Dag;Status", false)] {
        assert_eq!(profiles::recognise(&columns(header), [&by_hand]).is_some(), known, "{header}");
    }
}

#[test]
fn what_was_sold_gets_a_label_and_what_came_to_nothing_is_left_out() {
    let shop = "Bestelnummer;Datum;Klant;Bedrag;Status\nB7;2026-06-30;Anna;5,00;Betaald\nB8;2026-06-30;Bo;5,00;Geannuleerd\nB9;2026-06-30;Cas;5,00;\n";
    let proposal = propose(&head(shop.as_bytes()).unwrap());
    assert_eq!(proposal.unsure, []);
    assert_eq!(proposal.profile.only, [("Status".to_owned(), vec![String::new(), "betaald".to_owned()])]);
    let read = lines(&proposal.profile, shop.as_bytes());
    assert_eq!(read[0], "2: Anna | 2026-06-30T00:00 email out automated generic transactional cents=500 tags=order");
    assert_eq!(read[1], "3: nothing: `Status` is `Geannuleerd`");
    for (column, label) in [("Factuurnr", "invoice"), ("Invoice No", "invoice"), ("Bonnummer", "order"), ("Transactie-ID", "payment")] {
        let proposal = propose(&head(format!("{column};Datum;Klant;Bedrag\nB7;2026-06-30;Anna;5,00\n").as_bytes()).unwrap());
        assert_eq!(proposal.profile.always.tags, [label], "{column}");
        assert!(proposal.profile.source(Target::Id).is_some(), "{column}");
    }
    let fine = propose(&head(shop.replace("Geannuleerd", "Open").as_bytes()).unwrap());
    assert_eq!(fine.profile.only, [], "nothing came to nothing");
}

#[test]
fn a_slip_of_work_may_be_a_visit() {
    let slips = "Werkbon;Dag;Opdrachtgever;Uren;Wat\nW7;2026-06-30;Anna;1,5;ketel\nW9;2026-07-01;Bo;2;lek\n";
    let proposal = propose(&head(slips.as_bytes()).unwrap());
    assert_eq!(proposal.unsure[0].choices[0].en, "visit");
    let read = lines(&proposal.profile, slips.as_bytes());
    assert!(read[0].contains("visit both human") && read[0].ends_with("minutes=90 note=ketel"), "{read:?}");
    let last = proposal.unsure[0].choices.last().map(|choice| choice.en.as_str());
    assert_eq!(last, Some("as the note says"), "the notes say it of none");
}

#[test]
fn a_column_can_be_made_something_else() {
    let text = "Datum;Klant;Kanaal;Extra\n01/02/2026;Anna;telefoon;2026-03-01\n";
    let head = head(text.as_bytes()).unwrap();
    let before = propose(&head).profile;
    let said = |column: usize, meaning: Option<Target>| {
        let proposal = remap(&head, &before, column, meaning);
        let asked = proposal.unsure.iter().map(|question| question.about).collect::<Vec<_>>();
        (lines(&proposal.profile, text.as_bytes())[0].clone(), asked)
    };
    for (column, meaning, line, asked) in [
        (3, Some(Target::Note), "2: Anna | 2026-02-01T00:00 phone both human personal relational note=2026-03-01", &[][..]),
        (3, Some(Target::At), "2: Anna | 2026-03-01T00:00 phone both human personal relational", &[]),
        (2, Some(Target::Note), "2: Anna | 2026-02-01T00:00 phone both human personal relational note=telefoon", &[]),
        (0, None, "2: card Anna", &[]),
        (0, Some(Target::Since), "2: card Anna / 2026-02-01T00:00", &[A::DayOrMonth]),
        (3, Some(Target::Organisation), "2: Anna | 2026-02-01T00:00 phone both human personal relational", &[]),
        (9, None, "2: Anna | 2026-02-01T00:00 phone both human personal relational", &[]),
    ] {
        assert_eq!(said(column, meaning), (line.to_owned(), asked.to_vec()), "{column} {meaning:?}");
    }
    let unspoken = remap(&head, &before, 2, None);
    assert_eq!(unspoken.unsure.iter().map(|question| question.about).collect::<Vec<_>>(), [A::Channel]);
}

fn summary(profile: &Profile) -> (Vec<(&str, String)>, String) {
    let columns = profile.columns.iter().map(|(target, source)| (target.key(), source.lists()[0].join("+"))).collect();
    let words = [profile.always.channel.map(|word| word.word()), profile.always.kind.map(|word| word.word())];
    let said: Vec<&str> = words.into_iter().flatten().collect();
    (columns, format!("{} {} {:?}", said.join(" "), format!("{:?}", profile.gives).to_lowercase(), profile.dates).trim().to_owned())
}

#[test]
fn unlike_files_are_understood_and_only_doubts_asked() {
    for (name, text, columns, rest, asked) in FILES {
        let proposal = propose(&head(text.as_bytes()).unwrap());
        let (found, said) = summary(&proposal.profile);
        assert_eq!(found, columns.iter().map(|(key, column)| (*key, (*column).to_owned())).collect::<Vec<_>>(), "{name}");
        assert_eq!(said, *rest, "{name}");
        assert_eq!(proposal.unsure.iter().map(|question| question.about).collect::<Vec<_>>(), *asked, "{name}");
        let all = lines(&proposal.profile, text.as_bytes());
        assert!(
            all.iter().all(|line| line.starts_with(|c: char| c.is_ascii_digit()) && (line.contains('|') || line.contains("card"))),
            "{name}: {all:?}"
        );
    }
}

#[test]
fn what_is_proposed_is_written_and_read_back() {
    let shipped = profiles::shipped().iter().cloned();
    let proposed = FILES.iter().map(|(_, text, ..)| propose(&head(text.as_bytes()).unwrap()).profile);
    let odd = profile(
        "header: ['a: \"b\"', ' # c']\ndelimiter: tab\nencoding: windows-1252\ndecimal: ','\ndates: ['%d-%m-%Y', '%Y']\n\
         columns: {at: 'yes', customer: ['1', '- x'], id: I, channel: {any: [[a, b], c]}}\n\
         values: {channel: {'no': phone, 'ja:': visit}, sentiment: {blij: 0.5}, stage: {'#': 'on'}, kind: {x: promo}}\n\
         always: {tags: [a, 'b c'], segment: 'null', sentiment: -1, stage: s}\nonly: {'x: y': ['', 'ja, nee']}\nonce: true\nutc: true\ngives: both"
            .replace(", '%Y'", "").as_str(),
    );
    for of in shipped.chain(proposed).chain([odd]) {
        let text = format!("profiles:\n{}", of.to_yaml());
        let parsed = parse_workspace(text.as_bytes());
        assert_eq!(parsed.complaints, [], "{text}");
        assert_eq!(parsed.value.unwrap().profiles, [of], "{text}");
    }
}

#[test]
fn answers_change_the_profile() {
    let proposal = |number: usize| propose(&head(FILES[number].1.as_bytes()).unwrap());
    let mut either = proposal(2);
    either.answer(0, 1);
    assert!(lines(&either.profile, FILES[2].1.as_bytes())[0].contains("2026-01-02T00:00"));
    either.answer(0, 0);
    either.answer(7, 7);
    assert!(lines(&either.profile, FILES[2].1.as_bytes())[0].contains("2026-02-01T00:00"));
    let mut rows = proposal(5);
    rows.answer(0, 1);
    assert_eq!(lines(&rows.profile, FILES[5].1.as_bytes()), ["2: card Anna / a@x.nl / 2026-06-30T00:00"]);
    let mut unnamed = proposal(6);
    unnamed.answer(0, 1);
    unnamed.answer(1, 1);
    unnamed.answer(3, 1);
    assert!(lines(&unnamed.profile, FILES[6].1.as_bytes())[0].starts_with("2: Anna Smit x@y.nl | 2026-07-01T00:00 visit"));
    let mut decimal = proposal(7);
    decimal.answer(0, 1);
    assert!(
        lines(&decimal.profile, FILES[7].1.as_bytes())[0].ends_with("cents=123 tags=order"),
        "{:?}",
        lines(&decimal.profile, FILES[7].1.as_bytes())
    );
    assert!(lines(&proposal(7).profile, FILES[7].1.as_bytes())[0].contains("cents=123400"));
    for question in FILES.iter().flat_map(|(_, text, ..)| propose(&head(text.as_bytes()).unwrap()).unsure) {
        assert!(question.choices.len() > 1 && question.choices.len() == question.answers.len() && question.ask.nl.ends_with('?'));
    }
}

/// Each column of dates is written in its own way, and asked about by its own name.
#[test]
fn the_column_of_the_date_tells_how_it_is_written() {
    let text = "Naam,B,C,D\nAnna,2026-06-30,01/02/2026,13/06/26\nBo,2026-06-29,03/04/2026,14/06/26\n";
    let mut proposal = propose(&head(text.as_bytes()).unwrap());
    assert_eq!(proposal.unsure.iter().map(|question| question.about).collect::<Vec<_>>(), [A::Date, A::Rows, A::Channel]);
    proposal.answer(0, 1);
    assert_eq!(proposal.unsure.iter().map(|question| question.about).collect::<Vec<_>>(), [A::Date, A::DayOrMonth, A::Rows, A::Channel]);
    assert!(proposal.unsure[1].ask.en.contains("`C`"), "{}", proposal.unsure[1].ask);
    proposal.answer(1, 1);
    assert!(lines(&proposal.profile, text.as_bytes())[0].contains("2026-01-02T00:00"));
    proposal.answer(0, 2);
    assert_eq!(proposal.unsure.len(), 3);
    assert!(lines(&proposal.profile, text.as_bytes())[0].contains("2026-06-13T00:00"));
    let channel = proposal.unsure[2].clone();
    assert!(proposal.matters(&channel));
    proposal.answer(1, 1);
    assert!(!proposal.matters(&channel), "customers go through no channel");
}

#[test]
fn columns_without_a_name_of_their_own_are_left_alone() {
    for (text, columns) in
        [("", &[][..]), ("\n\n", &[]), (",,,\n,,,\n", &[]), (",Naam,naam\n2026-06-30,Anna,a@x.nl\n", &[("customer", "Naam")])]
    {
        let proposal = propose(&head(text.as_bytes()).unwrap());
        assert_eq!(
            summary(&proposal.profile).0,
            columns.iter().map(|(key, column)| (*key, (*column).to_owned())).collect::<Vec<_>>(),
            "{text:?}"
        );
    }
}
