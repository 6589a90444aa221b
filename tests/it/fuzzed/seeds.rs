//! What each reader should be able to read: the examples of the project, and small files by hand with what the
//! examples have not.

use std::path::{Path, PathBuf};

use super::workbook::{BOOK, SHEET, STRINGS, STYLES};

/// The folder of the project, also for the fuzzer, whose package lies within it.
pub fn project() -> PathBuf {
    let package = Path::new(env!("CARGO_MANIFEST_DIR"));
    let own = if package.ends_with("tests/fuzz") { package.ancestors().nth(2) } else { None };
    own.unwrap_or(package).to_owned()
}

/// Files of the project whose names end so, in order; those that would slow every round down are left out.
fn files(folder: &str, ends: &str) -> Vec<Vec<u8>> {
    fn walk(folder: &Path, ends: &str, into: &mut Vec<PathBuf>) {
        let entries = std::fs::read_dir(folder).expect("a folder of the project").map(|entry| entry.expect("an entry").path());
        for path in entries {
            if path.is_dir() {
                walk(&path, ends, into);
            } else if path.to_string_lossy().ends_with(ends) {
                into.push(path);
            }
        }
    }
    let mut paths = Vec::new();
    walk(&project().join(folder), ends, &mut paths);
    paths.sort();
    paths.iter().map(|path| std::fs::read(path).expect("a file of the project")).filter(|bytes| bytes.len() < 64 * 1024).collect()
}

fn texts(some: &[&str]) -> Vec<Vec<u8>> {
    some.iter().map(|text| text.as_bytes().to_vec()).collect()
}

/// A text in UTF-16, as Excel writes it.
fn wide(text: &str) -> Vec<u8> {
    format!("\u{feff}{text}").encode_utf16().flat_map(u16::to_le_bytes).collect()
}

/// Each of the files cut to its beginning, so that a round takes no longer than it must.
fn beginnings(files: Vec<Vec<u8>>, most: usize) -> Vec<Vec<u8>> {
    files.into_iter().map(|bytes| bytes[..bytes.len().min(most)].to_vec()).collect()
}

pub fn journeys() -> Vec<Vec<u8>> {
    let small = "id: customer\nstages:\n  - id: quote\n    title: {en: Quote, nl: Offerte}\n    half_life: 30d\n    rules:\n      - channel: [email, phone]\n        word: [offerte, \"quote\"]\n    gaps:\n      - after: 2d\n    promises:\n      - within: 3d\n        of: entry\n  - &b\n    id: use\n  - *b\n";
    [files("examples", "journeys/customer.yaml"), texts(&[small, "id: x\nstages: []\n", "{id: a, stages: [{id: b}]}"])].concat()
}

pub fn workspaces() -> Vec<Vec<u8>> {
    let small = "language: nl\njourney: customer\nme: [ik@wiersma.example]\nbudget: {minutes: 120, money: 50}\nweights: {human: 30}\nchannels: {email: 0.5}\nrules: {G1: off}\nrecovery: {acknowledge: 4h, hours: 9:00-17:00, days: mon-fri}\ngift_policies: {medical: none}\nwords: {phone: [gebeld]}\nprofiles:\n  orders:\n    columns: {customer: Naam, at: Datum, amount: {column: Bedrag, decimal: \",\"}}\n    gives: contacts\nsources:\n  - kind: csv\n    path: exports/*.csv\n    profile: orders\n";
    [files("examples", "attent.yaml"), texts(&[small, "", "# niets\n"])].concat()
}

pub fn playbooks() -> Vec<Vec<u8>> {
    let small = "hide: [handwritten-card]\nplays:\n  - id: bel\n    title: {en: Call, nl: Bel}\n    stages: [quote]\n    minutes: 10\n    cost: 2.50\n    contact: {channel: phone, personal: personal}\n    occasion: {tag: [birthday], within: 14d}\n";
    [files("examples", "playbook.yaml"), beginnings(files("src/plan", "playbook.yaml"), 4_000), texts(&[small])].concat()
}

/// A log that is also what the command line begins with.
pub const LOG: &str = "at,customer,channel,direction,sender,personal,kind,sentiment,stage,amount,minutes,note,tags\n2026-06-01T10:00:00Z,Anna de Vries,phone,both,human,personal,service,0.5,,12.50,20,\"Offerte, besproken\",vip;nieuw\n2026-06-02,Bart,email,out,automated,generic,promo,-1,,,,,\n2026-06-20 09:30,\"Bakkerij Jansen\",visit,in,human,,,,,,,\"twee\nregels\",\n";

pub fn logs() -> Vec<Vec<u8>> {
    let more = texts(&[LOG, "customer;at;channel\nAnna;30-06-2026;phone\n", "\u{feff}at\tcustomer\tchannel\n2026-01-01\tAnna\tvisit\n"]);
    [beginnings(files("examples", "log.csv"), 3_000), more].concat()
}

pub fn tables() -> Vec<Vec<u8>> {
    let by_hand = "Overzicht facturen\n\nFactuurdatum;Klant;E-mail;Bedrag incl.;Status\n30-06-2026;Anna de Vries;anna@x.nl;€ 1.250,00;betaald\n1-7-2026;Bart;;12,50;open\n";
    let wide = wide("Datum\tNaam\tBedrag\n06/30/2026\tAnna\t1,234.50\n07/13/2026\tBart\t-3\n");
    let people = "First name,Last name,E-mail,Phone,Birthday,Tags\nAnna,de Vries,anna@x.nl,06-12345678,12-04-1985,\"vip, nieuw\"\n";
    [files("examples", ".csv").into_iter().filter(|bytes| bytes.len() < 8_000).collect(), texts(&[by_hand, people]), vec![wide]].concat()
}

pub fn sheets() -> Vec<Vec<u8>> {
    let parts = [SHEET, STRINGS, BOOK, STYLES].join("\0").into_bytes();
    vec![parts, SHEET.as_bytes().to_vec(), std::fs::read(project().join("tests/it/data/orders.xlsx")).expect("a workbook")]
}

pub fn mailboxes() -> Vec<Vec<u8>> {
    let small = "From anna@x.nl Mon Jun  1 10:00:00 2026\nFrom: Anna <anna@x.nl>\nTo: ik@wiersma.example\nDate: Mon, 1 Jun 2026 10:00:00 +0200\nSubject: Re: offerte\nMessage-ID: <1@x.nl>\n\nHoi\n>From hier\n\nFrom - Tue Jun  2 10:00:00 2026\nFrom: nieuws@winkel.example\nList-Id: <l.winkel.example>\nDate: 2 Jun 2026 10:00 CEST\n\n";
    [beginnings(files("examples", ".mbox"), 6_000), texts(&[small])].concat()
}

pub fn messages() -> Vec<Vec<u8>> {
    let small = "From: =?utf-8?Q?Ren=C3=A9e?= <r@x.nl>\r\nTo: \"Wie, ik\" <ik@wiersma.example>, groep: a@b.nl, c@d.nl;\r\nCc: undisclosed-recipients:;\r\nDate: Tue, 30 Jun 2026 23:59:60 -0930 (zone)\r\nSubject: =?iso-8859-1?B?6Q==?= Fwd: AW: Re[2]:\r\n offerte\r\nReferences: <a@b> <c@d>\r\nIn-Reply-To: <c@d>\r\nAuto-Submitted: auto-replied\r\nPrecedence: bulk\r\nContent-Type: multipart/report; boundary=x\r\n\r\n";
    [beginnings(files("examples", ".eml"), 3_000), texts(&[small])].concat()
}

pub fn calendars() -> Vec<Vec<u8>> {
    let small = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nMETHOD:PUBLISH\r\nBEGIN:VTIMEZONE\r\nTZID:Eigen\r\nBEGIN:STANDARD\r\nDTSTART:19701025T030000\r\nTZOFFSETFROM:+0200\r\nTZOFFSETTO:+0100\r\nRRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU\r\nEND:STANDARD\r\nEND:VTIMEZONE\r\nBEGIN:VEVENT\r\nUID:1@x\r\nDTSTART;TZID=Eigen:20260601T100000\r\nDURATION:PT1H30M\r\nRRULE:FREQ=WEEKLY;BYDAY=MO,WE;COUNT=5;INTERVAL=2\r\nEXDATE;TZID=Eigen:20260603T100000\r\nRDATE;VALUE=PERIOD:20260605T100000Z/PT1H\r\nSUMMARY:Koffie met Anna\\, offerte\r\nORGANIZER;CN=Ik:mailto:ik@wiersma.example\r\nATTENDEE;CN=\"Anna de Vries\";PARTSTAT=ACCEPTED:mailto:anna@x.nl\r\nLOCATION:Teams\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\nUID:1@x\r\nRECURRENCE-ID;TZID=Eigen:20260608T100000\r\nDTSTART;VALUE=DATE:20260609\r\nSTATUS:CANCELLED\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n";
    let monthly = "BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART:20200229T235959\nRRULE:FREQ=MONTHLY;BYSETPOS=-1;BYDAY=MO,TU;UNTIL=20260701T000000Z;WKST=SU\nSUMMARY:bel Bart\nEND:VEVENT\nEND:VCALENDAR\n";
    [beginnings(files("examples", ".ics"), 6_000), texts(&[small, monthly])].concat()
}

pub fn address_books() -> Vec<Vec<u8>> {
    let old = "BEGIN:VCARD\r\nVERSION:2.1\r\nN;CHARSET=ISO-8859-1;ENCODING=QUOTED-PRINTABLE:Vri=E9s;Anna;de;;=\r\n\r\nTEL;CELL;VOICE:06 12 34 56 78\r\nAGENT:\r\nBEGIN:VCARD\r\nFN:Hulp\r\nEND:VCARD\r\nPHOTO;ENCODING=BASE64:AAAA\r\n\r\nEND:VCARD\r\n";
    let new = "BEGIN:VCARD\nVERSION:4.0\nUID:urn:uuid:1\nFN:Anna de Vries\nitem1.EMAIL;TYPE=work:anna@x.nl\nitem1.X-ABLabel:_$!<Anniversary>!$_\nBDAY:--0412\nADR;LABEL=\"Kade 1\":;;Kade 1;Leiden;;2311;NL\nCATEGORIES:vip\\,klant,nieuw\nORG:Bakkerij;Winkel\nKIND:group\nEND:VCARD\n";
    [beginnings(files("examples", ".vcf"), 4_000), texts(&[old, new])].concat()
}

pub fn event_logs() -> Vec<Vec<u8>> {
    let log = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<log xes.version=\"1.0\" xmlns=\"http://www.xes-standard.org/\"><extension name=\"Concept\" prefix=\"concept\" uri=\"x\"/><global scope=\"event\"><string key=\"org:resource\" value=\"x\"/></global><classifier name=\"a\" keys=\"concept:name\"/><trace><string key=\"concept:name\" value=\"Anna &amp; Zn.\"/><event><string key=\"concept:name\" value=\"Offerte gebeld\"/><date key=\"time:timestamp\" value=\"2026-06-01T10:00:00.000+02:00\"/><string key=\"lifecycle:transition\" value=\"complete\"/><int key=\"cost\" value=\"3\"><string key=\"nested\" value=\"1\"/></int></event><event><date key=\"time:timestamp\" value=\"2026-06-02T10:00:00Z\"/><list key=\"l\"><values/></list></event></trace></log>";
    let latin = b"<?xml version='1.0' encoding='iso-8859-1'?><log><trace><string key='concept:name' value='Ren\xe9e'/><event><string key='concept:name' value='mail'/><date key='time:timestamp' value='2026-06-01T10:00:00'/></event></trace></log>";
    vec![log.as_bytes().to_vec(), latin.to_vec(), wide(&log.replace("UTF-8", "UTF-16"))]
}

pub fn any_files() -> Vec<Vec<u8>> {
    let some = [tables(), mailboxes(), messages(), calendars(), address_books(), event_logs()];
    some.into_iter().flat_map(|seeds| seeds.into_iter().rev().take(2)).collect()
}

pub fn dates() -> Vec<Vec<u8>> {
    texts(&[
        "gisteren 14:00",
        "last friday",
        "2026-06-30T14:30:00.123+02:00",
        "30-6-2026 9u15",
        "3 weken geleden",
        "overmorgen om half drie",
        "31 februari",
        "monday 30 june",
        "12/31/26 11:59 pm",
        "2026-W27-2",
        "20260630T120000Z",
        "over anderhalf uur",
        "1u30",
        "half an hour",
        "48h",
        "3 weken",
        "1.5d",
        "0.0000001h",
        "mon-fri",
        "za t/m ma",
        "9:00-17:30",
        "--04-12",
        "1985-04-12",
        "birthday:2026-04-12",
        "noon",
        "kerst",
        "in 2 days at 10am",
    ])
}

pub fn sentences() -> Vec<Vec<u8>> {
    texts(&[
        "Anna gebeld over de offerte, half uur, blij",
        "lunch with Bart and Anna de Vries yesterday 13:00",
        "Van den Berg & Zn. mailde gisteren: niet tevreden",
        "Met J.R.R. Smit geluncht van 12:00 tot 13:30",
        "call Anna tomorrow at 10",
        "niets gehoord van Bart",
        "Żółć bezocht op 31 februari, 90 min",
        "Mei in mei, de 42 in De",
        "2 uur bij Bakkerij De Gouden Korenaar's baas",
    ])
}

pub fn small_words() -> Vec<Vec<u8>> {
    texts(&[
        "€ 1.250,00",
        "-1,234,567.89",
        "0.335",
        "+31 (0)6-12345678",
        "0031 6 12345678 toestel 4",
        "tel:+32-475-12.34.56;ext=3",
        "06–1234 5678",
        "O'Neill & Zn.",
        "Jansen B.V.",
        "J. R. R. Tolkien",
        "ÀÇŒß ǆ İ",
        "phone",
        "telefoon",
        "G6b",
        "ref8",
        "jsonl",
        "nl_NL.UTF-8",
        "=1+1",
        "\u{1b}[31m",
        "ن\u{200c}ا",
        "👩\u{200d}👩",
        "\u{fffd}\u{200d}\u{fe0e}e",
        "a\u{fe0f}\u{200d}ن",
        "anna@x.nl",
        "@gmail.com",
        "NaN",
        "1e308",
    ])
}

pub fn directories() -> Vec<Vec<u8>> {
    texts(&[
        "Anna de Vries;anna@x.nl;06-12345678\nAnna Bakker\nBakkerij Jansen;@jansen.example\n\nJansen;Jan\nLunch met Anna de Vries en Jansen",
        "A\nB b\nB  B;b\nb@b.nl\nvan den Berg;+31201234567\n020 123 45 67",
        "Żółć;Zolc\nzolc\nzólc",
    ])
}

pub fn ledger_files() -> Vec<Vec<u8>> {
    let changes = |all: &[(u32, u8)]| all.iter().flat_map(|(at, to)| [&at.to_le_bytes()[..3], &[*to]].concat()).collect::<Vec<u8>>();
    vec![
        Vec::new(),
        changes(&[(0, b'X')]),
        changes(&[(18, 1), (19, 1)]),
        changes(&[(100, 5), (4_096, 13), (8_192, 0), (40_000, 255)]),
        changes(&[(60, 255), (68, 0)]),
        b"SQLite format 3\0".to_vec(),
    ]
}

pub fn packed_sums() -> Vec<Vec<u8>> {
    let over = |at: u8, bytes: &[u8]| [&[0, 0, at, 0][..], bytes].concat();
    vec![
        over(0, &[9]),
        over(17, &[255; 40]),
        over(80, &f64::NAN.to_le_bytes()),
        over(60, &[255; 200]),
        vec![3, 0, 0, 0],
        vec![3, 0, 0, 0, 2, 0, 0],
    ]
}

pub fn exports() -> Vec<Vec<u8>> {
    let kept = std::fs::read(project().join("tests/it/data/export-1.jsonl")).expect("the kept export");
    let row = "{\"table\":\"customers\",\"id\":1,\"name\":\"Anna\",\"folded\":\"anna\"}\n";
    [vec![kept], texts(&["{\"schema\":\"attent.export/1\",\"log\":1}\n", &format!("{{\"log\":3}}\n{row}{row}")])].concat()
}

/// Bytes without a meaning, for what is made of choices.
pub fn numbers() -> Vec<Vec<u8>> {
    let mut state = 0x9e37_79b9_7f4a_7c15_u64;
    let mut next = || {
        state ^= state >> 12;
        state ^= state << 25;
        state ^= state >> 27;
        state.wrapping_mul(0x2545_f491_4f6c_dd1d).to_be_bytes()[0]
    };
    (0..24).map(|number| (0..40 + number * 24).map(|_| next()).collect()).collect()
}
