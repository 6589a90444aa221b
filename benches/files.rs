//! Seeded files of other programs: an address book, mail, a calendar, orders and an event log.

use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::Path;

use chrono::{DateTime, Duration, Utc};

use super::generate::{DAYS, NOW, Random, SEED};

/// How many cards the address book has; the first [`KNOWN`] of them stand in `people.vcf`, all in `book.vcf`.
pub const CARDS: u64 = 20_000;
/// Whose mail there is.
pub const KNOWN: u64 = 5_000;
/// Messages of the Maildir.
pub const MESSAGES: u64 = 20_000;
/// Appointments of the calendar.
pub const APPOINTMENTS: u64 = 20_000;
/// Rows of the orders.
pub const ORDERS: u64 = 100_000;
/// Events of the event log.
pub const EVENTS: u64 = 240_000;

/// The user's address.
pub const ME: &str = "me@studio.example";

/// The files, and how they are made.
type Maker = fn(&mut BufWriter<File>, u64) -> io::Result<()>;

/// Writes the files to a folder. `mail` is the size of each mbox in MB.
pub fn files(folder: &Path, mail: u64) -> io::Result<()> {
    let all: &[(&str, Maker, u64)] = &[
        ("people.vcf", cards, KNOWN),
        ("book.vcf", cards, CARDS),
        ("large.mbox", large_mail, mail),
        ("small.mbox", small_mail, mail),
        ("agenda.ics", agenda, APPOINTMENTS),
        ("orders.csv", orders, ORDERS),
        ("events.xes", events, EVENTS),
    ];
    for (name, make, count) in all {
        let mut out = BufWriter::new(File::create(folder.join(name))?);
        make(&mut out, *count)?;
        out.flush()?;
    }
    maildir(&folder.join("Maildir"))
}

const FIRST: &[&str] = &[
    "Anna", "Bram", "Chloe", "Daan", "Elif", "Frank", "Grace", "Hugo", "Ines", "Jan", "Kees", "Lotte", "Mohamed", "Noor", "Oscar", "Petra",
    "Quinten", "Ruth", "Sanne", "Tim", "Ulla", "Vera", "Wouter", "Xander", "Yara", "Zoe", "Marieke", "Johan", "Sofie", "Thijs",
];
const BEGINNINGS: &[&str] =
    &["Ver", "Zand", "Mac", "Hooger", "Lind", "Oster", "Groene", "Stein", "Eiken", "Wester", "Kuip", "Bosch", "Mei", "Ander"];
const ENDINGS: &[&str] = &[
    "hoeven", "berg", "stra", "sen", "gren", "veld", "huis", "ink", "laan", "dijk", "beek", "kamp", "horst", "broek", "voort", "meer",
    "wijk", "hof", "kerk", "poort", "land", "sma", "donk", "waard", "rode", "schot", "heim", "dorp", "brug", "molen", "zee", "stad",
    "hage", "hout", "steen", "wold", "akker", "haar", "born", "loo", "maat", "oord", "ries", "tal", "wegen",
];

/// Thirty first names and some six hundred and seventy surnames: as many people share a name as in life.
fn name(n: u64) -> String {
    let (n, all) = (n as usize, FIRST.len());
    let (beginning, ending) = (BEGINNINGS[n / all % BEGINNINGS.len()], ENDINGS[n / all / BEGINNINGS.len() % ENDINGS.len()]);
    format!("{} {beginning}{ending}", FIRST[n % all])
}

fn address(n: u64) -> String {
    format!("{}@firm{}.example", name(n).to_lowercase().replace(' ', "."), n / 3)
}

/// A moment in the two years before the end of the log.
fn moment(random: &mut Random) -> io::Result<DateTime<Utc>> {
    let end: DateTime<Utc> = NOW.parse().map_err(io::Error::other)?;
    Ok(end - Duration::seconds(random.below(DAYS as u64 * 86_400) as i64 + 60))
}

/// Every tenth card is one of a person who had one already, with another number.
fn cards(out: &mut BufWriter<File>, count: u64) -> io::Result<()> {
    for n in 0..count {
        let who = if n % 10 == 9 { n / 2 } else { n };
        let (name, address) = (name(who), address(who));
        let (first, last) = name.split_once(' ').unwrap_or((&name, ""));
        write!(out, "BEGIN:VCARD\r\nVERSION:3.0\r\nUID:card-{n}\r\nFN:{name}\r\nN:{last};{first};;;\r\nEMAIL;TYPE=WORK:{address}\r\n")?;
        write!(out, "ORG:Firm {}\r\nTEL;TYPE=CELL:06{n:08}\r\n", who / 3)?;
        write!(
            out,
            "ADR;TYPE=WORK:;;High Street {n};Utrecht;;3511 AB;Nederland\r\nBDAY:19{:02}-04-12\r\nCATEGORIES:client\r\nEND:VCARD\r\n",
            n % 90 + 10
        )?;
    }
    Ok(())
}

/// Messages of some 20 KB: text, and of every fourth a packed attachment of 70 KB.
fn large_mail(out: &mut BufWriter<File>, megabytes: u64) -> io::Result<()> {
    mbox(out, megabytes, |out, n| {
        paragraphs(out, 25)?;
        if n % 4 == 0 { attachment(out, 900) } else { Ok(()) }
    })
}

/// Messages of some 2 KB.
fn small_mail(out: &mut BufWriter<File>, megabytes: u64) -> io::Result<()> {
    mbox(out, megabytes, |out, _| paragraphs(out, 10))
}

fn mbox(out: &mut BufWriter<File>, megabytes: u64, body: impl Fn(&mut Vec<u8>, u64) -> io::Result<()>) -> io::Result<()> {
    let mut random = Random::new(SEED);
    let (mut written, mut n, mut message) = (0, 0, Vec::new());
    while written < megabytes * 1_000_000 {
        message.clear();
        let at = moment(&mut random)?;
        writeln!(message, "From {n}@xxx {}", at.format("%a %b %d %H:%M:%S +0000 %Y"))?;
        headers(&mut message, n, at, &mut random)?;
        body(&mut message, n)?;
        writeln!(message)?;
        out.write_all(&message)?;
        written += message.len() as u64;
        n += 1;
    }
    Ok(())
}

/// As a mailbox is: half of it with customers, both ways, the rest newsletters, notices and strangers.
fn headers(out: &mut Vec<u8>, n: u64, at: DateTime<Utc>, random: &mut Random) -> io::Result<()> {
    let who = random.below(KNOWN);
    let customer = format!("{} <{}>", name(who), address(who));
    let me = format!("Me <{ME}>");
    let stranger = format!("\"{} Stranger\" <stranger{}@elsewhere.example>", FIRST[n as usize % FIRST.len()], n % 5_000);
    let (from, to, more) = match random.below(10) {
        0..=2 => (customer, me, ""),
        3 | 4 => (me, customer, ""),
        5 | 6 => (stranger, me, "List-Unsubscribe: <https://elsewhere.example/out>\nPrecedence: bulk\n"),
        7 => ("Shop <no-reply@shop.example>".to_owned(), me, "Auto-Submitted: auto-generated\n"),
        _ => (stranger, me, ""),
    };
    writeln!(out, "Return-Path: <bounce-{n}@relay.example>\nDelivered-To: {ME}")?;
    for hop in 0..3 {
        writeln!(out, "Received: from mx{hop}.relay.example (mx{hop}.relay.example [192.0.2.{hop}])")?;
        writeln!(out, "\tby mail.studio.example (Postfix) with ESMTPS id {n:010x}\n\tfor <{ME}>; {}", at.to_rfc2822())?;
    }
    writeln!(out, "DKIM-Signature: v=1; a=rsa-sha256; c=relaxed/relaxed; d=elsewhere.example; s=one;\n\tbh={:044}; b={:0172}", n, n)?;
    writeln!(out, "From: {from}\nTo: {to}\nSubject: =?utf-8?q?About_the_caf=C3=A9_{}?=\nDate: {}", n % 1000, at.to_rfc2822())?;
    writeln!(
        out,
        "Message-ID: <{n}.{}@elsewhere.example>\nMIME-Version: 1.0\n{more}Content-Type: multipart/mixed; boundary=\"part\"\n",
        random.below(1 << 40)
    )
}

fn paragraphs(out: &mut Vec<u8>, lines: u64) -> io::Result<()> {
    writeln!(out, "--part\nContent-Type: text/plain; charset=utf-8\n")?;
    writeln!(out, "From here on it is about a line that looks like the beginning of a message, and is none.")?;
    for _ in 0..lines {
        writeln!(out, "Now and then there is a line of text as people write them, of seventy or eighty")?;
        writeln!(out, "letters; and then another, which is shorter.\n")?;
    }
    Ok(())
}

fn attachment(out: &mut Vec<u8>, lines: u64) -> io::Result<()> {
    writeln!(out, "--part\nContent-Type: application/pdf\nContent-Transfer-Encoding: base64\n")?;
    for line in 0..lines {
        writeln!(out, "JVBERi0xLjcKJeLjz9MKMSAwIG9iago8PC9UeXBlL0NhdGFsb2cvUGFnZXMgMiAwIFI{line:08}=")?;
    }
    writeln!(out, "--part--")
}

fn maildir(folder: &Path) -> io::Result<()> {
    for part in ["cur", "new", "tmp"] {
        fs::create_dir_all(folder.join(part))?;
    }
    let mut random = Random::new(SEED + 1);
    let mut message = Vec::new();
    for n in 0..MESSAGES {
        message.clear();
        let at = moment(&mut random)?;
        headers(&mut message, n, at, &mut random)?;
        paragraphs(&mut message, 25)?;
        fs::write(folder.join(format!("cur/{}.M{n}.studio:2,S", at.timestamp())), &message)?;
    }
    Ok(())
}

const ZONE: &str = "BEGIN:VTIMEZONE\r\nTZID:Europe/Amsterdam\r\nBEGIN:DAYLIGHT\r\nTZOFFSETFROM:+0100\r\nTZOFFSETTO:+0200\r\n\
    DTSTART:19810329T020000\r\nRRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU\r\nEND:DAYLIGHT\r\nBEGIN:STANDARD\r\nTZOFFSETFROM:+0200\r\n\
    TZOFFSETTO:+0100\r\nDTSTART:19961027T030000\r\nRRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU\r\nEND:STANDARD\r\nEND:VTIMEZONE\r\n";

/// Every twentieth appointment comes back ten times.
fn agenda(out: &mut BufWriter<File>, count: u64) -> io::Result<()> {
    write!(out, "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//bench//EN\r\n{ZONE}")?;
    let mut random = Random::new(SEED + 2);
    for n in 0..count {
        let (who, at) = (random.below(KNOWN), moment(&mut random)?);
        let end = at + Duration::minutes(45);
        let written = |at: DateTime<Utc>| at.format("%Y%m%dT%H%M%S").to_string();
        write!(out, "BEGIN:VEVENT\r\nUID:event-{n}@studio.example\r\nDTSTAMP:{}Z\r\nSUMMARY:Walk through the plans\r\n", written(at))?;
        write!(out, "DTSTART;TZID=Europe/Amsterdam:{}\r\nDTEND;TZID=Europe/Amsterdam:{}\r\n", written(at), written(end))?;
        if n % 20 == 0 {
            write!(out, "RRULE:FREQ=WEEKLY;COUNT=10\r\n")?;
        }
        write!(out, "ORGANIZER;CN=Me:mailto:{ME}\r\nATTENDEE;CN={};PARTSTAT=ACCEPTED:mailto:\r\n {}\r\n", name(who), address(who))?;
        write!(out, "DESCRIPTION:Bring the drawings\\, and the samples.\\nhttps://meet.google.com/abc-defg-hij\r\nEND:VEVENT\r\n")?;
    }
    write!(out, "END:VCALENDAR\r\n")
}

/// As Shopify exports orders.
fn orders(out: &mut BufWriter<File>, count: u64) -> io::Result<()> {
    writeln!(out, "Name,Email,Financial Status,Paid at,Currency,Total,Lineitem name,Created at,Billing Name,Billing Company,Phone")?;
    let mut random = Random::new(SEED + 3);
    for n in 0..count {
        let (who, at) = (random.below(CARDS), moment(&mut random)?.format("%Y-%m-%d %H:%M:%S +0100"));
        let total = random.below(20_000);
        writeln!(out, "#{n},{},paid,{at},EUR,{}.{:02},\"Tea, green\",{at},{},,", address(who), total / 100, total % 100, name(who))?;
    }
    Ok(())
}

fn events(out: &mut BufWriter<File>, count: u64) -> io::Result<()> {
    writeln!(out, "<?xml version=\"1.0\" encoding=\"UTF-8\" ?>\n<log xes.version=\"1.0\" xmlns=\"http://www.xes-standard.org/\">")?;
    let mut random = Random::new(SEED + 4);
    for case in 0..count / 12 {
        writeln!(out, "<trace><string key=\"concept:name\" value=\"{}\"/>", name(case))?;
        for event in 0..12 {
            let at = moment(&mut random)?.format("%Y-%m-%dT%H:%M:%S%.3f+02:00");
            writeln!(out, "\t<event>\n\t\t<string key=\"org:group\" value=\"Group {}\"/>", event % 5)?;
            writeln!(out, "\t\t<string key=\"concept:name\" value=\"T{event:02} Check confirmation of receipt\"/>")?;
            writeln!(
                out,
                "\t\t<date key=\"time:timestamp\" value=\"{at}\"/>\n\t\t<string key=\"lifecycle:transition\" value=\"complete\"/>"
            )?;
            writeln!(out, "\t\t<string key=\"org:resource\" value=\"Resource{:02}\"/>\n\t</event>", event)?;
        }
        writeln!(out, "</trace>")?;
    }
    writeln!(out, "</log>")
}
