//! Whole files.

use chrono::FixedOffset;

use super::*;
use crate::intake::records::Identity;

const SHOP: &str = "
columns:
  at: Besteldatum
  customer: [Voornaam, Achternaam]
  email: E-mail
  amount: Totaal
  note: Opmerking
  channel: Type
values:
  channel: {balie: visit}
";

const ROWS: &str = "Besteldatum;Voornaam;Achternaam;E-mail;Totaal;Opmerking;Type
30-6-2026 14:30;Anna;Smit;ANNA@example.nl;\"1.234,56\";\"zei \"\"ja\"\"
en ging\";Balie
;;;;;;
1-7-2026;Bé;;;12,50;;mail
";

fn expected() -> [String; 2] {
    [
        "2: Anna Smit anna@example.nl | 2026-06-30T14:30 visit both human personal relational cents=123456 note=zei \"ja\"\nen ging"
            .to_owned(),
        "5: Bé | 2026-07-01T00:00 email out human personal service cents=1250".to_owned(),
    ]
}

fn utf16(text: &str, big: bool, mark: bool) -> Vec<u8> {
    let text = if mark { format!("\u{feff}{text}") } else { text.to_owned() };
    text.encode_utf16().flat_map(|unit| if big { unit.to_be_bytes() } else { unit.to_le_bytes() }).collect()
}

#[test]
fn encodings_separators_and_line_ends_do_not_matter() {
    let profile = profile(SHOP);
    let commas = ROWS.replace("12,50", "\"12,50\"").replace(';', ",");
    let windows = encoding_rs::WINDOWS_1252.encode(ROWS).0.into_owned();
    for (name, bytes) in [
        ("plain", ROWS.as_bytes().to_vec()),
        ("mark", format!("\u{feff}{ROWS}").into_bytes()),
        ("commas", commas.into_bytes()),
        ("tabs", ROWS.replace(';', "\t").into_bytes()),
        ("bars", ROWS.replace(';', "|").into_bytes()),
        ("utf-16 le", utf16(ROWS, false, true)),
        ("utf-16 be", utf16(ROWS, true, true)),
        ("utf-16 le without a mark", utf16(ROWS, false, false)),
        ("utf-16 be without a mark", utf16(ROWS, true, false)),
        ("windows-1252", windows),
    ] {
        assert_eq!(lines(&profile, &bytes), expected(), "{name}");
    }
    let carriage = lines(&profile, ROWS.replace('\n', "\r\n").as_bytes());
    assert_eq!(carriage[1], expected()[1]);
    let declared = Profile { encoding: Some(encoding_rs::IBM866), ..profile };
    let cyrillic = encoding_rs::IBM866
        .encode("Besteldatum;Voornaam;Achternaam;E-mail;Totaal;Opmerking;Type\n1-7-2026;Анна;;;1;;mail\n")
        .0
        .into_owned();
    assert!(lines(&declared, &cyrillic)[0].starts_with("2: Анна |"));
}

#[test]
fn a_late_row_in_windows_1252_is_read_as_such() {
    let profile = profile("columns: {at: D, customer: C}\nalways: {channel: email}");
    let mut bytes = b"D,C\n".to_vec();
    for _ in 0..8000 {
        bytes.extend("2026-06-30,Ren\u{e9}e\n".as_bytes());
    }
    bytes.extend(b"2026-06-30,Ren\xe9e\n");
    let all = lines(&profile, &bytes);
    assert!(bytes.len() > 100_000 && all.len() == 8001 && all.iter().all(|line| line.contains(": Renée |")));
}

#[test]
fn a_header_may_stand_below_a_title() {
    let text = format!("sep=;\nOverzicht bestellingen, juni 2026\n\n{ROWS}");
    let all = lines(&profile(SHOP), text.as_bytes());
    assert_eq!(all.len(), 2);
    assert!(all[0].starts_with("5: Anna Smit"), "{all:?}");
}

#[test]
fn wrong_rows_are_told_by_column_and_the_next_is_read() {
    let profile = profile(
        "columns: {at: Datum, customer: Klant, email: Mail, amount: Bedrag, minutes: Duur, channel: Type, direction: Richting, sentiment: Gevoel}",
    );
    for (row, said) in [
        ("foo,A,,,,phone,,", "2: `Datum` is not a date: `foo`"),
        ("30-02-2026,A,,,,phone,,", "2: `Datum` is not a date: `30-02-2026`"),
        (",A,,,,phone,,", "2: `Datum` is empty: a contact needs a date"),
        ("2026-06-30,,nobody,,,phone,,", "2: this row names nobody"),
        ("2026-06-30,A,,veel,,phone,,", "2: `Bedrag` is not an amount: `veel`"),
        ("2026-06-30,A,,,lang,phone,,", "2: `Duur` is not a number of minutes: `lang`"),
        ("2026-06-30,A,,,,pigeon,,", "2: `Type` is not a channel: `pigeon`; say what it means under `values: channel:`"),
        ("2026-06-30,A,,,,phone,up,", "2: `Richting` is not a direction: `up`; say what it means under `values: direction:`"),
        ("2026-06-30,A,,,,phone,,9", "2: `Gevoel` is not a feeling from -1 to 1: `9`"),
        ("2026-06-30,A,,,,,,", "2: nothing says through which channel it went"),
        ("2026-06-30,A", "2: nothing says through which channel it went"),
    ] {
        let all = lines(
            &profile,
            format!("Datum,Klant,Mail,Bedrag,Duur,Type,Richting,Gevoel\n{row}\n2026-06-30,B,,,,phone,in,\"0,5\"\n").as_bytes(),
        );
        assert_eq!(all, [said, "3: B | 2026-06-30T00:00 phone in human personal relational felt=0.5"], "{row}");
    }
}

#[test]
fn a_file_without_the_columns_is_refused_with_the_nearest_name() {
    let of = profile(SHOP);
    for (text, said) in [
        ("", "fatal 1: the file is empty; its first line must name the columns"),
        (
            "Bestel datum;Voornaam;Achternaam;E-mail;Totaal;Opmerking;Type\n",
            "fatal 1: the file has no column `Besteldatum`; did you mean `Bestel datum`?",
        ),
        ("a\rb\r", "fatal 1: the lines end in a way that only old Macs use; save the file as `CSV UTF-8`"),
    ] {
        assert_eq!(lines(&of, text.as_bytes()), [said]);
    }
    let of = profile("columns: {customer: {any: [N, M]}}\nonly: {S: [paid]}");
    assert_eq!(lines(&of, b"M\nA\n"), ["fatal 1: the file has no column `S`; it is one of: M"]);
    assert_eq!(lines(&of, b"X,S\nA,paid\n"), ["fatal 1: the file has no column `N`; it is one of: X, S"]);
}

#[test]
fn a_quote_never_closed_and_a_row_without_end_are_fatal() {
    let of = profile("columns: {customer: C, note: N}");
    assert_eq!(
        lines(&of, b"C,N\nA,x\nB,\"y\nC,z\n")[1..],
        ["fatal 3: a double quote in this row is never closed, and all that follows would be part of it"]
    );
    let long = format!("C,N\nA,\"{}", "x".repeat(5 << 20));
    assert!(lines(&of, long.as_bytes())[0].starts_with("fatal 2: this row has no end within 4 MB"));
    let wide = format!("C,N\n{}\n", ",".repeat(5000));
    assert_eq!(lines(&of, wide.as_bytes()), ["fatal 2: this row has more than 4096 columns"]);
}

#[test]
fn cards_tell_all_there_is() {
    let yaml = "columns: {customer: N, email: E, phone: [T, M], organisation: B, birthday: G, since: S, segment: Z, postal: [A, P], note: O, tags: L}";
    let text = "N;E;T;M;B;G;S;Z;A;P;O;L\nAnna (thuis);A@x.nl, b@x.nl;'+31 6 12345678;020-1234567;Jansen BV;21-11-1980;2020-01-05;Goud;Straat 1;1234 AB;hoi;VIP, nieuwe klant\nBo;;12;;;21-11;;;;;;\n";
    assert_eq!(
        lines(&profile(yaml), text.as_bytes()),
        [
            "2: card Anna (thuis) / a@x.nl+b@x.nl / +31 6 12345678+020-1234567 / Jansen BV / Goud+nieuwe-klant+vip / Straat 1, 1234 AB / 1980-11-21 / 2020-01-05T00:00 / hoi",
            "3: card Bo / 0-11-21",
        ]
    );
    let both =
        profile(&format!("{yaml}\ngives: both\nalways: {{channel: gift, segment: Zilver}}").replace("columns: {", "columns: {at: S, "));
    let all = read(&both, text.as_bytes());
    let said: Vec<String> = all.iter().map(shown).collect();
    assert_eq!(
        said[1],
        "2: Anna (thuis) a@x.nl+b@x.nl +31 6 12345678+020-1234567 | 2020-01-05T00:00 gift out human personal relational note=hoi tags=nieuwe-klant+vip"
    );
    assert!(said[0].contains("Goud") && said[2] == "3: `S` is empty: a contact needs a date", "{said:?}");
    assert_ne!(all[0].as_ref().unwrap().identity, all[1].as_ref().unwrap().identity);
}

#[test]
fn rows_know_themselves_by_number_or_content() {
    let of = profile("columns: {at: D, customer: C, id: I, amount: A}\nalways: {channel: email}");
    let identities =
        |of: &Profile, text: &str| read(of, text.as_bytes()).into_iter().map(|read| read.unwrap().identity).collect::<Vec<_>>();
    let one = identities(&of, "D,C,I,A\n2026-06-30,Anna,7,1\n2026-06-30,Anna,,1\n");
    let other = identities(&of, "A;I;C;D;X\n2;7;Bo;2026-06-30;x\n1;;Anna;2026-06-30;y\n");
    assert_eq!(one, other, "columns that are not mapped do not matter");
    assert!(matches!(one.as_slice(), [Identity::Own(_), Identity::Content(_)]));
    assert_ne!(one, identities(&Profile { id: "x".into(), ..of.clone() }, "D,C,I,A\n2026-06-30,Anna,7,1\n2026-06-30,Anna,,1\n"));
    assert_ne!(one[1], identities(&of, "D,C,I,A\n2026-06-30,Anna,,2\n")[0]);
    let next_year = identities(&of, "D,C,I,A\n2027-06-30,Anna,7,1\n");
    assert_ne!(one[0], next_year[0], "numbers begin anew every year");
    let cards = profile("columns: {customer: C, since: D, id: I}");
    let card = |text: &str| identities(&cards, text)[0];
    assert_eq!(card("D,C,I\n2026-06-30,Anna,7\n"), card("D,C,I\n2027-06-30,Anna,7\n"));
    let once = Profile { once: true, ..of };
    assert_eq!(
        lines(&once, b"D,C,I,A\n2026-06-30,Anna,7,1\n,,7,\n2026-06-30,Bo,8,1\n")[1..],
        ["3: nothing: another line with the same number", "4: Bo | 2026-06-30T00:00 email out human personal service cents=100"]
    );
}

#[test]
fn a_name_that_names_nobody_is_no_name() {
    let of = profile("columns: {customer: C, organisation: O, email: E}");
    for name in ["-", "n.v.t.", "Onbekend", "UNKNOWN", "N/A", "???", "niet bekend"] {
        let text = format!("C,O,E\n{name},Firma,\n{name},,a@x.nl\n{name},-,\n");
        assert_eq!(lines(&of, text.as_bytes()), ["2: card Firma / Firma", "3: card a@x.nl", "4: this row names nobody"], "{name}");
    }
    assert_eq!(lines(&of, "C,O,E\nNa,,\n株,,\n".as_bytes()), ["2: card Na", "3: card 株"]);
}

#[test]
fn what_a_machine_sends_is_generic_unless_said_otherwise() {
    for (always, personal) in [
        ("sender: automated", "automated generic"),
        ("sender: automated, personal: merged", "automated merged"),
        ("sender: human", "human personal"),
    ] {
        let of = profile(&format!("columns: {{at: D, customer: C}}\nalways: {{channel: email, {always}}}"));
        let read = lines(&of, b"D,C\n2026-06-30,Anna\n");
        assert!(read[0].contains(personal), "{read:?}");
    }
}

#[test]
fn rows_that_do_not_count_say_why() {
    let of = profile("columns: {customer: C}\nonly: {S: [Paid, Completed], X: ['']}");
    let text = "C,S,X\nA,PAID,\nB,refunded,\nC,,\nD,paid,2026-01-01\n";
    assert_eq!(
        lines(&of, text.as_bytes()),
        ["2: card A", "3: nothing: `S` is `refunded`", "4: nothing: `S` is empty", "5: nothing: `X` is filled in"]
    );
}

#[test]
fn dates_are_written_as_the_profile_says_or_in_utc() {
    let zone = FixedOffset::east_opt(7200).unwrap();
    for (yaml, typed, expected) in [
        ("", "2026-06-30 14:30", "2026-06-30T12:30"),
        ("utc: true", "2026-06-30 14:30", "2026-06-30T14:30"),
        ("dates: '%m/%d/%y %I:%M %p'", "06/30/26 2:30 PM", "2026-06-30T12:30"),
        ("dates: ['%m/%d/%Y', '%e %B %Y']", "30 juni 2026", "2026-06-29T22:00"),
        ("dates: '%d %b %Y'", "3 Mrt 2026", "2026-03-02T22:00"),
        ("dates: '%Y-%m-%d %H:%M %z'", "2026-06-30 14:30 +0000", "2026-06-30T14:30"),
        ("dates: '%m/%d/%Y'", "2026-06-30T14:30:00Z", "2026-06-30T14:30"),
    ] {
        let of = profile(&format!("columns: {{at: D, customer: C}}\nalways: {{channel: email}}\n{yaml}"));
        let text = format!("D;C\n{typed};A\n");
        let mut table = Table::open(text.as_bytes(), &of, zone).ok().unwrap();
        let said = shown(&table.next().unwrap());
        assert!(said.contains(expected), "{yaml} {typed}: {said}");
    }
}

#[test]
fn words_of_stages_and_channels_and_notes() {
    let of = profile("columns: {at: D, customer: C, note: N, stage: N}\nvalues: {stage: {Intake: start}}");
    assert_eq!(
        lines(&of, b"D,C,N\n2026-06-30,A,intake\n2026-06-30,A,ze belde over de factuur\n")[1],
        "3: A | 2026-06-30T00:00 phone in human personal transactional note=ze belde over de factuur"
    );
    let of = profile("columns: {at: D, customer: C, stage: N}\nalways: {channel: visit, stage: x}");
    let all = lines(&of, b"D,C,N\n2026-06-30,A,intake\n2026-06-30,A,\n");
    assert!(all[0].ends_with("stage=intake") && all[1].ends_with("stage=x"), "{all:?}");
}

#[test]
fn several_people_in_one_cell_are_several_parties() {
    let of = profile("columns: {at: D, customer: C, email: E}\nalways: {channel: visit}");
    let all = lines(&of, b"D;C;E\n2026-06-30;\"Anna (a@x.nl); Bo <b@x.nl>\";c@x.nl\n2026-06-30;a@x.nl;A@x.nl\n");
    assert!(all[0].starts_with("2: Anna a@x.nl & Bo b@x.nl |") && all[1].starts_with("3: a@x.nl |"), "{all:?}");
}

#[test]
fn what_comes_in_is_fit_to_keep() {
    let of = profile("columns: {at: D, customer: C, note: N}\nalways: {channel: visit}");
    let text = format!("D,C,N\n2026-06-30,\"A\u{1b}[31m\nb{}\",\"x\u{0}y{}\"\n", "é".repeat(300), "z".repeat(20_000));
    let all = read(&of, text.as_bytes());
    let Ok(Record { told: Told::Contact(contact), .. }) = &all[0] else { panic!("{all:?}") };
    assert!(crate::domain::limits::name(&contact.parties[0].name).is_ok() && crate::domain::limits::note(&contact.touchpoint.note).is_ok());
}
