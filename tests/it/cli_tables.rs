//! Tables of other programs at the command line: shipped profiles, own ones, and those `--map` makes.

use std::io::Write as _;
use std::path::Path;
use std::process::Stdio;

use flate2::Compression;
use flate2::write::GzEncoder;
use rexpect::session::{PtySession, spawn_command};
use serde_json::Value;

use super::cli::{attent, fails, json, ok, run};
use super::cli_log::{scores, shop};

/// Made with openpyxl: a title and an empty row above the header, a real date with and without a time,
/// numbers, a formula nobody has computed (`=5+2.5`), and a second sheet with something else.
const EXCEL: &[u8] = include_bytes!("data/orders.xlsx");

/// A web shop as Dutch Excel saves it: semicolons, commas, and letters in windows-1252.
const DUTCH: &str = "Bestelnr;Besteldatum;Voornaam;Achternaam;E-mail;Totaal;Opmerking\r\n\
    7;30-6-2026 14:30;Zo\u{eb};de Vries;ZOE@example.nl;1.234,50;caf\u{e9}\r\n\
    8;1-7-2026;Bo;Smit;bo@example.nl;\u{20ac} 12,50;\r\n";

/// An own profile for [`DUTCH`].
const OWN: &str = "language: en # mine\nprofiles:\n  # the shop\n  winkel:\n    columns:\n      at: Besteldatum\n      customer: [Voornaam, Achternaam]\n      email: E-mail\n      amount: Totaal\n      note: Opmerking\n      id: Bestelnr\n    always: {channel: email, kind: transactional, sender: automated}\n";

/// A profile, an export, how many contacts and other rows it has; the first customer, a key, the amount.
type Export = (&'static str, &'static str, [u64; 2], &'static str, &'static str, Option<f64>);

/// Exports of a few rows, with the columns the programs write.
const EXPORTS: &[Export] = &[
    (
        "shopify-orders",
        "Name,Email,Financial Status,Paid at,Fulfillment Status,Currency,Subtotal,Shipping,Taxes,Total,Created at,Lineitem quantity,Lineitem name,Lineitem price,Billing Name,Cancelled at\n\
         #1002,anna@example.nl,paid,2026-06-30 14:31:00 +0200,fulfilled,EUR,40.00,9.50,8.40,49.50,2026-06-30 14:30:00 +0200,1,Mok,20.00,Anna Smit,\n\
         #1002,anna@example.nl,,,,,,,,,2026-06-30 14:30:00 +0200,2,Bord,10.00,,\n\
         #1001,bo@example.nl,refunded,,,EUR,5.00,0.00,0.87,5.00,2026-06-29 14:30:00 +0200,1,Mok,5.00,Bo,\n",
        [1, 2],
        "Anna Smit",
        "anna@example.nl",
        Some(49.5),
    ),
    (
        "woocommerce-orders",
        "Order Number,Order Status,Order Date,Customer Note,First Name (Billing),Last Name (Billing),Email (Billing),Phone (Billing),Order Total Amount\n\
         501,Afgerond,2026-06-30 14:30,,Anna,Smit,anna@example.nl,0612345678,49.95\n502,Mislukt,2026-06-30 15:30,,Bo,B,bo@example.nl,,1\n",
        [1, 1],
        "Anna Smit",
        "+31612345678",
        Some(49.95),
    ),
    (
        "woocommerce-export",
        "order_id,order_number,date,status,order_total,billing_first_name,billing_last_name,billing_email\n\
         9,501,2026-06-30 14:30:00,completed,49.95,Anna,Smit,anna@example.nl\n",
        [1, 0],
        "Anna Smit",
        "anna@example.nl",
        Some(49.95),
    ),
    (
        "woocommerce-analytics",
        "Date,Order #,Status,Customer,Customer type,Product(s),Items sold,Coupon(s),N. Revenue,Attribution\n\
         2026-06-30 14:30:00,501,completed,Anna Smit,new,Mok,1,,49.95,Direct\n",
        [1, 0],
        "Anna Smit",
        "",
        Some(49.95),
    ),
    (
        "mollie-payments",
        "Date,Payment method,Currency,Amount,Status,ID,Description,Consumer name,Consumer bank account\n\
         2026-06-30 14:30:00,iDEAL,EUR,12.50,paid,tr_1,Bestelling 7,A. Smit,NL00\n2026-06-30 14:31:00,iDEAL,EUR,12.50,expired,tr_2,Bestelling 8,,\n",
        [1, 1],
        "A. Smit",
        "",
        Some(12.5),
    ),
    (
        "mollie-betalingen",
        "Datum;Betaalmethode;Valuta;Bedrag;Status;ID;Omschrijving;Naam consument\n30-06-2026;iDEAL;EUR;12,50;Betaald;tr_1;Bestelling 7;A. Smit\n",
        [1, 0],
        "A. Smit",
        "",
        Some(12.5),
    ),
    (
        "stripe-payments",
        "id,Created date (UTC),Amount,Amount Refunded,Currency,Captured,Description,Status,Seller Message,Customer ID,Customer Description,Customer Email\n\
         ch_1,2026-06-30 14:30,12.50,0.00,eur,true,Abonnement,Paid,Payment complete.,cus_1,Anna Smit,anna@example.nl\n",
        [1, 0],
        "Anna Smit",
        "anna@example.nl",
        Some(12.5),
    ),
    (
        "moneybird-invoices",
        "Factuurnummer;Contact;Factuurdatum;Vervaldatum;Status;Totaal incl. btw\n2026-0001;Jansen BV;30-06-2026;14-07-2026;Betaald;\"1.210,00\"\n\
         2026-0002;Bo;30-06-2026;;Concept;5,00\n",
        [1, 1],
        "Jansen BV",
        "",
        Some(1210.0),
    ),
    (
        "e-boekhouden-facturen",
        "Factuurnummer;Relatiecode;Bedrijf;Datum;Totaal excl.;Totaal incl.\nF001;J1;Jansen BV;30-06-2026;1.000,00;1.210,00\n",
        [1, 0],
        "Jansen BV",
        "",
        Some(1210.0),
    ),
    (
        "e-boekhouden-mutaties",
        "Mutatienummer;Soort;Datum;Rekening;Relatie;Omschrijving;Bedrag\n7;Factuur verstuurd;30-06-2026;1300;Jansen BV;Advies juni;1210,00\n\
         8;Geld uitgegeven;30-06-2026;1000;Bank;Kosten;5,00\n",
        [1, 1],
        "Jansen BV",
        "",
        Some(1210.0),
    ),
];

/// Contacts and customers that are no sales: a profile, an export, what the contact is, or nothing for a card.
const RELATIONS: &[(&str, &str, Option<[&str; 3]>)] = &[
    (
        "hubspot-contacts",
        "Record ID,First Name,Last Name,Email,Phone Number,Contact owner,Lead Status,Create Date,Lifecycle Stage\n151,Anna,Smit,anna@example.nl,+31 6 12345678,Bo,New,2025-03-01 10:22,Customer\n",
        None,
    ),
    (
        "hubspot-calls",
        "Record ID,Call Title,Activity date,Call Direction,Call outcome,Associated Contact\n9,Intake,2026-06-30 14:30,Inbound,Connected,Anna Smit (anna@example.nl)\n",
        Some(["phone", "both", "relational"]),
    ),
    (
        "hubspot-meetings",
        "Record ID,Meeting name,Activity date,Meeting outcome,Associated Contact\n9,Kennismaking,2026-06-30 14:30,Completed,Anna Smit (anna@example.nl)\n",
        Some(["visit", "both", "relational"]),
    ),
    (
        "hubspot-emails",
        "Record ID,Email subject,Activity date,Email direction,Associated Contact\n9,Geheim,2026-06-30 14:30,INCOMING_EMAIL,Anna Smit (anna@example.nl)\n",
        Some(["email", "in", "service"]),
    ),
    (
        "hubspot-activities",
        "Activity type,Activity date,Associated Contact\nCall,2026-06-30 14:30,Anna Smit (anna@example.nl)\n",
        Some(["phone", "both", "relational"]),
    ),
];

fn put(folder: &Path, name: &str, bytes: impl AsRef<[u8]>) {
    std::fs::write(folder.join(name), bytes).unwrap();
}

fn windows(text: &str) -> Vec<u8> {
    encoding_rs::WINDOWS_1252.encode(text).0.into_owned()
}

fn utf16(text: &str) -> Vec<u8> {
    format!("\u{feff}{text}").encode_utf16().flat_map(u16::to_le_bytes).collect()
}

fn counts(answer: &Value) -> [u64; 4] {
    ["added", "known", "skipped", "new_customers"].map(|key| answer[key].as_u64().unwrap())
}

fn touchpoints(folder: &Path, customer: &str) -> Vec<Value> {
    json(folder, &["timeline", customer])["touchpoints"].as_array().unwrap().clone()
}

fn keys(folder: &Path, customer: &str) -> String {
    json(folder, &["customers", "show", customer])["customers"][0]["keys"].to_string()
}

/// A workspace with [`OWN`].
fn own() -> tempfile::TempDir {
    let folder = shop(&[]);
    put(folder.path(), "attent.yaml", OWN);
    folder
}

#[test]
fn every_shipped_profile_of_sales_gives_transactional_contacts() {
    for (id, text, [added, skipped], customer, key, amount) in EXPORTS {
        let folder = shop(&[]);
        put(folder.path(), "export.csv", text);
        assert_eq!(counts(&json(folder.path(), &["import", "export.csv"])), [*added, 0, *skipped, *added], "{id}");
        let rows = touchpoints(folder.path(), customer);
        let [row] = rows.as_slice() else { panic!("{id}: {rows:?}") };
        let facts = ["source", "channel", "direction", "sender", "personal", "kind"].map(|key| row[key].as_str().unwrap());
        assert_eq!(facts, [id, "email", "out", "automated", "generic", "transactional"]);
        assert_eq!(row["amount"].as_f64(), *amount, "{id}");
        assert!(keys(folder.path(), customer).contains(key), "{id}");
        let before = scores(folder.path());
        assert_eq!(counts(&json(folder.path(), &["import", "export.csv"])), [0, *added, *skipped, 0], "{id} again");
        assert_eq!(scores(folder.path()), before, "{id} again");
    }
}

#[test]
fn every_other_shipped_profile_gives_contacts_or_customers() {
    for (id, text, said) in RELATIONS {
        let folder = shop(&[]);
        put(folder.path(), "export.csv", text);
        let answer = json(folder.path(), &["import", "export.csv"]);
        assert_eq!(counts(&answer), [u64::from(said.is_some()), 0, 0, 1], "{id}");
        assert!(keys(folder.path(), "Anna Smit").contains("anna@example.nl"), "{id}");
        let found = touchpoints(folder.path(), "Anna Smit");
        let facts: Vec<[&str; 3]> =
            found.iter().map(|row| ["channel", "direction", "kind"].map(|key| row[key].as_str().unwrap())).collect();
        assert_eq!(facts, said.iter().copied().collect::<Vec<_>>(), "{id}");
        assert!(!found.iter().any(|row| row["note"] == "Geheim"), "subjects are not kept");
    }
}

#[test]
fn a_profile_of_ones_own_reads_every_character_set_alike() {
    let mut first = None;
    let gz = |bytes: &[u8]| {
        let mut packer = GzEncoder::new(Vec::new(), Compression::fast());
        packer.write_all(bytes).unwrap();
        packer.finish().unwrap()
    };
    for (name, bytes) in [
        ("plain.csv", DUTCH.as_bytes().to_vec()),
        ("windows.csv", windows(DUTCH)),
        ("wide.csv", utf16(DUTCH)),
        ("packed.csv.gz", gz(&windows(DUTCH))),
        ("-", windows(DUTCH)),
    ] {
        let folder = own();
        let answer = if name == "-" {
            let mut child =
                attent(folder.path(), &["import", "-", "-O", "json"]).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
            child.stdin.take().unwrap().write_all(&bytes).unwrap();
            serde_json::from_slice(&child.wait_with_output().unwrap().stdout).unwrap()
        } else {
            put(folder.path(), name, bytes);
            json(folder.path(), &["import", name])
        };
        assert_eq!(counts(&answer), [2, 0, 0, 2], "{name}");
        let rows = touchpoints(folder.path(), "Zoë de Vries");
        assert_eq!((&rows[0]["amount"], &rows[0]["note"]), (&1234.5.into(), &"café".into()), "{name}");
        assert_eq!(touchpoints(folder.path(), "Bo Smit")[0]["amount"], 12.5, "{name}");
        assert!(keys(folder.path(), "Zoë de Vries").contains("zoe@example.nl"), "{name}");
        let scored = scores(folder.path());
        assert_eq!(first.get_or_insert_with(|| scored.clone()), &scored, "{name}");
    }
}

#[test]
fn a_profile_may_be_named_and_a_wrong_name_is_told() {
    let folder = own();
    put(folder.path(), "orders.csv", DUTCH.replace("Bestelnr", "Nummer"));
    let said = fails(folder.path(), &["import", "orders.csv"], 3);
    assert!(said.contains("no profile knows the columns of orders.csv") && said.contains("attent import orders.csv --map"), "{said}");
    let said = fails(folder.path(), &["import", "orders.csv", "--profile", "winkle"], 2);
    assert!(said.contains("there is no profile `winkle`") && said.contains("did you mean `winkel`?"), "{said}");
    let said = fails(folder.path(), &["import", "orders.csv", "--profile", "winkel"], 3);
    assert!(said.contains("orders.csv:1:") && said.contains("`Bestelnr`"), "{said}");
    put(folder.path(), "orders.csv", DUTCH);
    assert_eq!(counts(&json(folder.path(), &["import", "orders.csv", "--profile", "winkel"])), [2, 0, 0, 2]);
    // by a profile although it looks like attent's own log
    put(
        folder.path(),
        "attent.yaml",
        "profiles:\n  mine:\n    columns: {at: at, customer: customer, note: note}\n    always: {channel: card}\n",
    );
    put(folder.path(), "log.csv", "at,customer,channel,note\n2026-06-01,Cor,phone,x\n");
    ok(folder.path(), &["import", "log.csv", "--profile", "mine"]);
    assert_eq!(touchpoints(folder.path(), "Cor")[0]["channel"], "card");
}

#[test]
fn an_excel_file_is_read_by_a_profile_made_for_it() {
    let folder = shop(&[]);
    put(folder.path(), "orders.xlsx", EXCEL);
    let said = fails(folder.path(), &["import", "orders.xlsx"], 3);
    assert!(said.contains("no profile knows the columns of orders.xlsx") && said.contains("Ordernummer, Datum"), "{said}");
    let made = json(folder.path(), &["import", "orders.xlsx", "--map"]);
    assert_eq!((&made["profile"], &made["records"][0]["amount"]), (&"orders".into(), &1234.5.into()), "{made}");
    assert_eq!(counts(&json(folder.path(), &["import", "orders.xlsx"])), [3, 0, 0, 3]);
    let rows = touchpoints(folder.path(), "Anna de Vries");
    assert_eq!((&rows[0]["at"], &rows[0]["amount"]), (&"2026-06-30T14:30:00+00:00".into(), &1234.5.into()));
    assert_eq!(touchpoints(folder.path(), "Cor Smit")[0]["amount"], Value::Null, "nobody computed it");
    assert!(keys(folder.path(), "Anna de Vries").contains("anna@example.nl"));
}

#[test]
fn bad_rows_are_told_and_may_be_left_out_and_days_before_are_too() {
    let folder = own();
    put(folder.path(), "orders.csv", DUTCH.replace("1-7-2026", "31-6-2026") + "9;2-7-2026;Cor;Smit;;7,50;\r\n");
    let said = fails(folder.path(), &["import", "orders.csv"], 3);
    assert!(said.contains("orders.csv:3: ") && said.contains("Besteldatum") && said.contains("one row is not right"), "{said}");
    let answer = json(folder.path(), &["import", "orders.csv", "--skip-errors", "--since", "2026-07-01"]);
    assert_eq!(counts(&answer), [1, 0, 2, 1], "{answer}");
    assert_eq!(ok(folder.path(), &["customers", "list", "-O", "ids"]), "cor-smit\n");
}

#[test]
fn a_dry_run_says_what_becomes_of_every_row() {
    let folder = shop(&["Anna Smit"]);
    put(folder.path(), "export.csv", EXPORTS[0].1);
    let table = ok(folder.path(), &["import", "export.csv", "--dry-run", "--width", "200"]);
    for said in ["Anna Smit", "another line with the same number", "`Financial Status` is `refunded`", "export.csv:4", "1 would be added"] {
        assert!(table.contains(said), "{said}: {table}");
    }
    assert_eq!(touchpoints(folder.path(), "Anna Smit"), Vec::<Value>::new());
}

/// The log's own columns need no profile, in whatever character set they come.
#[test]
fn the_own_log_comes_in_any_character_set() {
    let text = "at;customer;channel;note\r\n2026-06-30;Zo\u{eb};phone;caf\u{e9} \u{20ac}\r\n";
    for (name, bytes) in [("latin.csv", windows(text)), ("utf16.csv", utf16(text)), ("wide.csv", utf16(text)[2..].to_vec())] {
        let folder = shop(&[]);
        put(folder.path(), name, bytes);
        assert_eq!(json(folder.path(), &["import", name])["added"], 1, "{name}");
        assert_eq!(touchpoints(folder.path(), "Zoë")[0]["note"], "café €", "{name}");
        put(folder.path(), "plain.csv", text);
        assert_eq!(json(folder.path(), &["import", "plain.csv"])["known"], 1, "the same row, in UTF-8");
    }
}

#[test]
fn a_profile_is_made_and_kept_beside_what_was_there() {
    let folder = own();
    put(folder.path(), "contacten 2026-06.csv", "Datum,Klant,Soort contact,Verslag\n2026-06-30,Anna,telefoon,fijn\n2026-07-01,Bo,mail,\n");
    let lines = "contacten:\n    header: [Datum, Klant, Soort contact, Verslag]\n    columns:\n      at: Datum\n      customer: Klant\n      note: Verslag\n      channel: Soort contact\n    gives: contacts\n";
    let output = run(folder.path(), &["import", "contacten 2026-06.csv", "--map", "--dry-run"]);
    assert_eq!(String::from_utf8(output.stdout).unwrap(), format!("profiles:\n  {lines}"));
    assert_eq!(std::fs::read_to_string(folder.path().join("attent.yaml")).unwrap(), OWN);
    let rights = || std::fs::metadata(folder.path().join("attent.yaml")).unwrap().permissions();
    let before = rights();
    let said = ok(folder.path(), &["import", "contacten 2026-06.csv", "--map"]);
    assert_eq!(rights(), before, "who may read it stays as it was");
    for word in ["Soort contact", "30 Jun 2026", "phone", "relational", "fijn", "`contacten` is now in attent.yaml"] {
        assert!(said.contains(word), "{word}: {said}");
    }
    let kept = OWN.replace("profiles:\n", &format!("profiles:\n  {lines}"));
    assert_eq!(std::fs::read_to_string(folder.path().join("attent.yaml")).unwrap(), kept);
    ok(folder.path(), &["check"]);
    let said = fails(folder.path(), &["import", "contacten 2026-06.csv", "--map"], 2);
    assert!(said.contains("the profile `contacten` knows") && said.contains("--profile NAME"), "{said}");
    let said = fails(folder.path(), &["import", "contacten 2026-06.csv", "--map", "--profile", "contacten"], 2);
    assert!(said.contains("there is a profile `contacten` already"), "{said}");
    fails(folder.path(), &["import", "contacten 2026-06.csv", "--map", "--profile", "No good"], 2);
    ok(folder.path(), &["import", "contacten 2026-06.csv", "--map", "--profile", "other"]);
    assert_eq!(counts(&json(folder.path(), &["import", "contacten 2026-06.csv", "--profile", "other"])), [2, 0, 0, 2]);
}

#[test]
fn what_cannot_be_made_into_a_profile_is_told_and_changes_nothing() {
    let folder = shop(&[]);
    put(folder.path(), "open.csv", "Datum,Klant,Omschrijving\n01/02/2026,Anna,gebeld\n");
    put(folder.path(), "sure.csv", "Datum,Klant,Kanaal\n2026-01-02,Anna,telefoon\n");
    put(folder.path(), "columns.csv", "Kol A;Kol B;Kol C\nAnna Smit;2026-01-02;telefoon\n");
    put(folder.path(), "dates.csv", "\n");
    put(folder.path(), "nobody.csv", "Datum\n2026-01-01\n");
    put(folder.path(), "log.csv", "at,customer,channel\n");
    put(folder.path(), "a.vcf", "BEGIN:VCARD\nEND:VCARD\n");
    put(folder.path(), "program", b"\x7fELF\0\x01,\0");
    let before = std::fs::read(folder.path().join("attent.yaml")).unwrap();
    for (args, code, said) in [
        (&["open.csv"][..], 2, "In `Datum`, such as 01/02/2026, what stands first?"),
        (&["open.csv"], 2, "`attent import open.csv --map --dry-run`"),
        (&["open.csv", "--no-input"], 2, "What kind of contact is a row?"),
        (&["columns.csv"], 2, "Which column says who the customer is?"),
        (&["dates.csv"], 3, "dates.csv is empty"),
        (&["nobody.csv"], 3, "no column of nobody.csv says who"),
        (&["log.csv"], 2, "attent's own log"),
        (&["a.vcf"], 2, "no table but `vcf`"),
        (&["program"], 3, "program is no table"),
        (&["gone.csv"], 3, "there is no such file"),
        (&["open.csv", "sure.csv"], 2, "from one file"),
        (&["-"], 2, "standard input"),
        (&["sure.csv", "--since", "2026-01-01"], 2, "--since"),
    ] {
        let all: Vec<&str> = ["import", "--map"].iter().chain(args).copied().collect();
        let told = fails(folder.path(), &all, code);
        assert!(told.contains(said), "{args:?}: {told}");
        assert_eq!(std::fs::read(folder.path().join("attent.yaml")).unwrap(), before, "{args:?}");
    }
    let output = run(folder.path(), &["import", "open.csv", "--map", "--dry-run"]);
    let told = String::from_utf8(output.stderr).unwrap();
    assert!(output.status.success() && told.contains("note: assumed: In `Datum`") && told.contains("the day"), "{told}");
    // in braces there is no line to put it on
    put(folder.path(), "attent.yaml", "profiles: {}\n");
    let output = run(folder.path(), &["import", "sure.csv", "--map"]);
    let told = String::from_utf8(output.stderr).unwrap();
    assert!(output.status.code() == Some(1) && told.contains("cannot be put into attent.yaml"), "{told}");
    assert!(String::from_utf8(output.stdout).unwrap().starts_with("profiles:\n  sure:\n"));
    assert_eq!(std::fs::read_to_string(folder.path().join("attent.yaml")).unwrap(), "profiles: {}\n");
}

fn terminal(folder: &Path, args: &[&str]) -> PtySession {
    let mut command = attent(folder, args);
    command.env("TERM", "xterm");
    spawn_command(command, Some(20_000)).expect("a terminal opens")
}

#[test]
fn at_a_terminal_only_what_is_open_is_asked_and_the_file_comes_in_at_once() {
    let folder = shop(&[]);
    put(folder.path(), "open.csv", "Datum,Klant,Bedrag\n01/02/2026,Anna,\"12,50\"\n03/04/2026,Bo,\"7,50\"\n");
    let mut session = terminal(folder.path(), &["import", "open.csv", "--map"]);
    session.exp_string("what stands first?").unwrap();
    session.send("\u{1b}[B\r").unwrap();
    session.flush().unwrap();
    session.exp_string("What kind of contact is a row?").unwrap();
    session.send("\r").unwrap();
    session.flush().unwrap();
    session.exp_string("2 Jan 2026").unwrap();
    session.exp_string("Is this right?").unwrap();
    session.send("\r").unwrap();
    session.flush().unwrap();
    session.exp_string("What should the profile be called?").unwrap();
    session.send_line("winkel").unwrap();
    session.exp_string("`winkel` is now in attent.yaml").unwrap();
    session.exp_string("Import open.csv now?").unwrap();
    session.send("\r").unwrap();
    session.flush().unwrap();
    session.exp_string("2 added").unwrap();
    session.exp_eof().unwrap();
    assert_eq!(touchpoints(folder.path(), "Anna")[0]["at"], "2026-01-02T00:00:00+00:00");
}

#[test]
fn at_a_terminal_a_column_can_be_made_something_else() {
    let folder = shop(&[]);
    put(folder.path(), "beurs.csv", "Datum,Klant,Kanaal,Extra\n2026-01-02,Anna,telefoon,leuk\n");
    let mut session = terminal(folder.path(), &["import", "beurs.csv", "--map", "--profile", "beurs"]);
    let down = |times: usize| "\u{1b}[B".repeat(times) + "\r";
    for (asked, keys) in [
        ("Is this right?", down(1)),
        // the only customer cannot become something else
        ("Which column?", down(1)),
        ("What does `Klant` say?", "\u{1b}[A".repeat(2) + "\r"),
        ("no column says who the customer is", String::new()),
        ("Is this right?", down(1)),
        ("Which column?", down(3)),
        ("What does `Extra` say?", down(7)),
        ("leuk", String::new()),
        ("Is this right?", down(0)),
        ("Import beurs.csv now?", down(1)),
    ] {
        session.exp_string(asked).unwrap();
        session.send(&keys).unwrap();
        session.flush().unwrap();
    }
    session.exp_eof().unwrap();
    let kept = std::fs::read_to_string(folder.path().join("attent.yaml")).unwrap();
    assert!(kept.contains("note: Extra") && kept.contains("customer: Klant"), "{kept}");
}

#[test]
fn two_files_that_count_their_rows_are_two_files() {
    let folder = shop(&[]);
    put(folder.path(), "jan.csv", "Nr;Datum;Klant;Kanaal\n1;2026-01-02;Anna;mail\n2;2026-01-03;Bo;mail\n");
    put(folder.path(), "feb.csv", "Nr;Datum;Klant;Kanaal\n1;2026-02-02;Anna;mail\n2;2026-02-03;Bo;mail\n");
    ok(folder.path(), &["import", "jan.csv", "--map", "--profile", "maand"]);
    let first = json(folder.path(), &["import", "jan.csv"]);
    assert_eq!((counts(&first), &first["profiles"]), ([2, 0, 0, 2], &serde_json::json!(["maand"])));
    assert_eq!(counts(&json(folder.path(), &["import", "feb.csv"])), [2, 0, 0, 0]);
    assert_eq!(counts(&json(folder.path(), &["import", "feb.csv"])), [0, 2, 0, 0]);
    let said = ok(folder.path(), &["import", "jan.csv"]);
    assert!(said.contains("Read with the profile `maand`."), "{said}");
}

#[test]
fn stopping_at_a_question_keeps_no_profile() {
    let folder = shop(&[]);
    put(folder.path(), "sure.csv", "Datum,Klant,Kanaal\n2026-01-02,Anna,telefoon\n");
    let mut session = terminal(folder.path(), &["import", "sure.csv", "--map", "--lang", "nl"]);
    session.exp_string("Klopt dit?").unwrap();
    session.send("\r").unwrap();
    session.flush().unwrap();
    session.exp_string("Hoe moet het profiel heten?").unwrap();
    session.send_control('c').unwrap();
    session.exp_string("er is niets opgeslagen").unwrap();
    session.exp_eof().unwrap();
    assert_eq!(std::fs::read_to_string(folder.path().join("attent.yaml")).unwrap(), "language: en\n");
}
