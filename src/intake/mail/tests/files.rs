//! Mbox files.

use std::io::Read;

use proptest::prelude::*;

use super::*;

/// Gives a source in pieces of the given sizes, over and over; 0 is an interruption.
struct Pieces<'a> {
    rest: &'a [u8],
    sizes: Vec<usize>,
    turn: usize,
}

impl Read for Pieces<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let size = self.sizes[self.turn % self.sizes.len()];
        self.turn += 1;
        if size == 0 {
            return Err(std::io::ErrorKind::Interrupted.into());
        }
        let length = size.min(self.rest.len()).min(buffer.len());
        buffer[..length].copy_from_slice(&self.rest[..length]);
        self.rest = &self.rest[length..];
        Ok(length)
    }
}

fn one(n: usize) -> String {
    format!("From: a{n}@x.example\nTo: me@home.example\nMessage-ID: <{n}@x>\nDate: Mon, 2 Nov 2026 10:00:00 +0100\n")
}

/// Whom the messages of a file are from, with the lines they begin on.
fn found(file: impl AsRef<[u8]>) -> String {
    let show = |read: Result<Record, RecordError>| match &read {
        Ok(record) => format!("{} {}", record.line, addresses(&read)),
        Err(error) => format!("{}{} {}", error.line, if error.fatal { "!" } else { "" }, error.reason.en),
    };
    all(file.as_ref()).into_iter().map(show).collect::<Vec<_>>().join(", ")
}

#[test]
fn the_separators_of_all_programs_are_known() {
    for separator in [
        "From anna@x.example Mon Nov  2 12:00:00 2026",
        "From anna@x.example  Mon Nov  2 12:00 2026",
        "From - Mon Nov 02 12:00:00 2026",
        "From 1234567890@xxx Mon Nov 02 12:00:00 +0000 2026",
        "From MAILER-DAEMON Mon Nov  2 12:00:00 2026",
        "From anna@x.example Mon Nov  2 12:00:00 CET 2026",
        "From anna@x.example Mon Nov  2 12:00:00 2026 +0100",
        "From anna@x.example Mon, 2 Nov 2026 12:00:00 +0100",
        "From anna at x.example  Mon Nov  2 12:00:00 2026",
        "From ???@??? Mon Nov 02 12:00:00 2026",
        "From anna Mon Nov  2 12:00:00 2026 remote from host",
        "From \"anna.b\"@x.example Mon Nov  2 12:00:00 2026",
    ] {
        let file = format!("{separator}\n{}\nhallo\n\n{separator}\n{}\nhallo\n", one(1), one(2));
        assert_eq!(found(&file), "1 a1@x.example, 9 a2@x.example", "{separator}");
        assert_eq!(found(file.replace('\n', "\r\n")), "1 a1@x.example, 9 a2@x.example", "{separator}");
    }
}

#[test]
fn a_sentence_is_no_message() {
    for body in [
        "From my point of view it is Mon Nov  2 12:00:00 2026\nSubject: no",
        "From here on\nNote: nothing",
        "From anna@x.example\nSubject: no date",
        "From anna@x.example Mon Nov  2 12:00:00 2026\nas the line read",
        "From anna@x.example Mon Nov  2 12:00:00 2026 she wrote\nSubject: no",
        "From what we know Mon Nov  2 12:00:00 2026\nSubject: no",
        "From anna@x.example Nov  2 12:00:00 2026\nSubject: no weekday",
        "From Monday Nov 2 2026\nTo: the end",
        ">From anna@x.example Mon Nov  2 12:00:00 2026\nSubject: quoted",
        ">>From anna@x.example Mon Nov  2 12:00:00 2026\nSubject: quoted twice",
        " From anna@x.example Mon Nov  2 12:00:00 2026\nSubject: indented",
        "From: anna@x.example\nTo: me@home.example",
        "from anna@x.example Mon Nov  2 12:00:00 2026\nSubject: no",
    ] {
        let file = format!("From - Mon Nov  2 12:00:00 2026\n{}\n{body}\n\n\n{body}", one(1));
        assert_eq!(found(&file), "1 a1@x.example", "{body}");
    }
}

#[test]
fn files_are_read_however_they_are_made() {
    const SEPARATOR: &str = "From - Mon Nov  2 12:00:00 2026\n";
    let (first, second) = (one(1), one(2));
    for (file, expected) in [
        (String::new(), ""),
        ("\n\n\r\n".to_owned(), ""),
        (format!("\u{feff}{SEPARATOR}{first}\n"), "1 a1@x.example"),
        (format!("\n\n{SEPARATOR}{first}\n"), "3 a1@x.example"),
        // no blank line between the messages, nor after the headers of the first, nor a line end at the end
        (format!("{SEPARATOR}{first}\nbody\n{SEPARATOR}{second}"), "1 a1@x.example, 8 a2@x.example"),
        (format!("{SEPARATOR}{first}{SEPARATOR}{}", second.trim_end()), "1 a1@x.example, 6 a2@x.example"),
        (format!("{SEPARATOR}>From old Mon Nov  2 12:00:00 2026\n{first}\n"), "1 a1@x.example"),
        // one message without a separator
        (format!("{first}\nbody\n"), "1 a1@x.example"),
        // a length that lies
        (format!("{SEPARATOR}Content-Length: 99999\n{first}\nbody\n\n{SEPARATOR}{second}\n"), "1 a1@x.example, 10 a2@x.example"),
        // separators without dates
        (format!("From a@x.example\n{first}\nFrom here on\nA: b\n\nFrom b@x.example\n{second}\n"), "1 a1@x.example, 10 a2@x.example"),
        // a message without people, between others
        (
            format!("{SEPARATOR}{first}\n{SEPARATOR}Subject: x\n\n{SEPARATOR}{second}\n"),
            "1 a1@x.example, 7 it names no sender and nobody it was sent to, 10 a2@x.example",
        ),
    ] {
        assert_eq!(found(&file), expected, "{file}");
    }
    let no_mail = "1! this is no mail: it must begin with a line such as `From anna@example.nl Mon Jan  1 12:00:00 2024` or with headers";
    for other in ["at,customer,channel\n", "From my point of view\n", "\u{1f}\u{8b}\u{8}\0", "<html>\n"] {
        assert_eq!(found(other), no_mail, "{other}");
    }
    assert_eq!(found(b"\xff\xfeF\0r\0o\0m\0"), no_mail);
}

#[test]
fn the_date_of_the_separator_is_the_last_resort() {
    let file = "From - Mon Nov  2 12:00:00 2026\nFrom: a@x.example\nTo: me@home.example\n\n";
    let read = &all(file.as_bytes())[0];
    assert_eq!(contact(read).touchpoint.facts.at, Moment(1_793_620_800_000));
    assert!(reasons(read).ends_with("taken from the line before the message"));
}

#[test]
fn a_source_in_small_pieces_is_the_same_source() {
    let bodies = ["hallo\n", "From me\n\n", &"x".repeat(300_000), "\n\n\n", &"regel\n".repeat(60_000)];
    let file: String =
        bodies.iter().enumerate().map(|(n, body)| format!("From - Mon Nov  2 12:00:00 2026\n{}\n{body}\n\n", one(n))).collect();
    let whole = all(file.as_bytes());
    assert_eq!(
        whole.iter().map(addresses).collect::<Vec<_>>().join(" "),
        "a0@x.example a1@x.example a2@x.example a3@x.example a4@x.example"
    );
    for sizes in [vec![1], vec![3, 1, 70_000, 11], vec![131_071, 0, 2]] {
        assert!(all(Pieces { rest: file.as_bytes(), sizes: sizes.clone(), turn: 0 }) == whole, "{sizes:?}");
    }
}

#[test]
fn headers_without_end_cost_no_memory_and_no_time() {
    const SEPARATOR: &str = "From - Mon Nov  2 12:00:00 2026\n";
    let flood = |name: &str, what: &str| format!("{SEPARATOR}{}{name}{}", one(1), what.repeat(400_000 / what.len()));
    for name in ["", "To: ", "Subject: ", "Date: ", "References: ", "Content-Type: a/b; c="] {
        for what in
            ["X: y\n", "x", "=?aa?q? ", "=?aa?q?", "=?utf-8?b?", "=?aa?q?=zz\n ", "(", "\"", "<", ":;", "a@b,", "\\", "order ", "re: "]
        {
            let begun = std::time::Instant::now();
            let read = all(format!("{}\n\n{SEPARATOR}{}\n", flood(name, what), one(2)).as_bytes());
            assert_eq!((read.len(), addresses(&read[1]).as_str()), (2, "a2@x.example"), "{name}{what}");
            assert!(begun.elapsed().as_secs() < 2, "{name}{what} took {:?}", begun.elapsed());
        }
    }
    let long = headers_of(&mut flood("", "X: y\n").as_bytes()).unwrap();
    assert!(long.len() <= 256 * 1024 && long.starts_with(b"From - Mon"));
}

#[test]
fn a_source_that_breaks_ends_the_reading() {
    struct Broken;
    impl Read for Broken {
        fn read(&mut self, _: &mut [u8]) -> std::io::Result<usize> {
            Err(std::io::Error::other("the disk is gone"))
        }
    }
    let file = format!("From - Mon Nov  2 12:00:00 2026\n{}\nbody\n", one(1));
    let read = all(file.as_bytes().chain(Broken));
    assert_eq!(read.len(), 2);
    let error = read[1].as_ref().unwrap_err();
    assert!(error.fatal && error.line == 8 && error.reason.en.ends_with("the disk is gone"), "{error:?}");
}

#[test]
fn the_rest_of_a_long_line_is_no_message() {
    const SEPARATOR: &str = "From - Mon Nov  2 12:00:00 2026\n";
    for length in [131_072, 131_072 * 2, 131_071, 131_073] {
        let file = format!("{SEPARATOR}{}\n{}{SEPARATOR}Subject: no\n\n{SEPARATOR}{}\n", one(1), "x".repeat(length), one(2));
        assert_eq!(found(&file), "1 a1@x.example, 10 a2@x.example", "{length}");
    }
}

proptest! {
    /// Whatever the messages are, a file of them gives each of them.
    #[test]
    fn a_file_gives_the_messages_it_was_made_of(
        messages in prop::collection::vec(("[a-z]{1,8}", "[ -~]{0,40}", prop::collection::vec("(From |>|[ -~]){0,30}", 0..6)), 1..8),
        crlf: bool,
        size in 1usize..50,
    ) {
        let heads: Vec<String> = messages.iter().map(|(who, subject, _)| {
            format!("From: {who}@x.example\nTo: me@home.example\nDate: Mon, 2 Nov 2026 10:00:00 +0100\nSubject: {subject}\n")
        }).collect();
        let mut file: String = heads.iter().zip(&messages).map(|(head, (.., body))| {
            // as mboxrd quotes it
            let quoted = |line: &String| if line.trim_start_matches('>').starts_with("From ") { format!(">{line}\n") } else { format!("{line}\n") };
            format!("From - Mon Nov  2 12:00:00 2026\n{head}\n{}\n", body.iter().map(quoted).collect::<String>())
        }).collect();
        if crlf {
            file = file.replace('\n', "\r\n");
        }
        let identities = |read: Vec<Result<Record, RecordError>>| read.into_iter().map(|read| read.unwrap().identity).collect::<Vec<_>>();
        let single = identities(heads.iter().map(read).collect());
        prop_assert_eq!(identities(all(Pieces { rest: file.as_bytes(), sizes: vec![size], turn: 0 })), single);
    }
}
