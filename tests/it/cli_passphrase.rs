//! `attent passphrase`: the log encrypted at rest, in a build that can, and what a build says that cannot.

#[cfg(feature = "encryption")]
mod with_encryption {
    use std::path::Path;
    use std::process::Output;

    use serde_json::Value;

    use crate::cli::{attent, fails, ok, run};
    use crate::cli_log::{NOW, shop};

    const WORDS: &str = "correct horse battery";
    const OTHER: &str = "another few words";

    /// Runs a command that reads passphrases from files on descriptors 3 and 4.
    fn keyed(folder: &Path, args: &[&str], now: &str, new: &str) -> Output {
        let files = tempfile::tempdir().unwrap();
        std::fs::write(files.path().join("now"), format!("{now}\n")).unwrap();
        std::fs::write(files.path().join("new"), format!("{new}\n")).unwrap();
        let mut shell = std::process::Command::new("sh");
        let script = "now=$1; new=$2; shift 2; exec \"$@\" 3< \"$now\" 4< \"$new\"";
        shell.args(["-c", script, "sh"]).args([files.path().join("now"), files.path().join("new")]);
        shell.arg(env!("CARGO_BIN_EXE_attent")).args(args).current_dir(folder);
        shell.env_clear().env("PATH", "/usr/bin:/bin").env("TZ", "UTC").env("HOME", folder).env("LANG", "en_GB.UTF-8");
        shell.env("ATTENT_TRUST", "*").output().unwrap()
    }

    #[track_caller]
    fn opens(folder: &Path, args: &[&str], passphrase: &str) -> String {
        let output = keyed(folder, &[args, &["--passphrase-fd", "3", "--now", NOW]].concat(), passphrase, "");
        assert!(output.status.success(), "{args:?}: {}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).unwrap()
    }

    fn locked() -> tempfile::TempDir {
        let shop = shop(&["Zwaanhilde"]);
        ok(shop.path(), &["log", "zwaan", "called about gespreksflard", "--now", NOW]);
        assert!(keyed(shop.path(), &["passphrase", "set", "--new-fd", "4"], "", WORDS).status.success());
        shop
    }

    fn bytes(folder: &Path) -> Vec<u8> {
        std::fs::read(folder.join("attent.db")).unwrap()
    }

    fn holds(bytes: &[u8], word: &[u8]) -> bool {
        bytes.windows(word.len()).any(|window| window == word)
    }

    #[test]
    fn an_encrypted_log_shows_nothing_and_answers_as_before() {
        let shop = shop(&["Zwaanhilde"]);
        let folder = shop.path();
        ok(folder, &["log", "zwaan", "called about gespreksflard", "--now", NOW]);
        let before = ok(folder, &["score", "--by", "cell", "-O", "json", "--now", NOW]);
        assert!(holds(&bytes(folder), b"gespreksflard") && holds(&bytes(folder), b"SQLite format 3"));
        assert!(keyed(folder, &["passphrase", "set", "--new-fd", "4"], "", WORDS).status.success());
        for word in [&b"gespreksflard"[..], b"Zwaanhilde", b"zwaanhilde", b"SQLite format 3", b"customers"] {
            assert!(!holds(&bytes(folder), word), "{}", String::from_utf8_lossy(word));
        }
        let left: Vec<_> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
        assert!(!left.iter().any(|name| name.starts_with(".attent-draft-") || name.starts_with("attent.db-")), "{left:?}");
        assert_eq!(opens(folder, &["score", "--by", "cell", "-O", "json"], WORDS), before);
        opens(folder, &["log", "zwaan", "called once more"], WORDS);
        assert!(opens(folder, &["timeline", "zwaan"], WORDS).contains("called once more"));
        opens(folder, &["undo"], WORDS);
        assert!(!holds(&bytes(folder), b"once more"));
        let said = String::from_utf8(keyed(folder, &["passphrase", "remove", "--passphrase-fd", "3"], WORDS, "").stdout).unwrap();
        assert!(said.contains("no longer encrypted"), "{said}");
        assert_eq!(ok(folder, &["score", "--by", "cell", "-O", "json", "--now", NOW]), before);
    }

    #[test]
    fn a_wrong_passphrase_is_said_as_such_and_changes_nothing() {
        let shop = locked();
        let before = bytes(shop.path());
        for args in [&["score"][..], &["log", "zwaan", "x"], &["passphrase", "remove"], &["passphrase", "change", "--new-fd", "4"]] {
            let output = keyed(shop.path(), &[args, &["--passphrase-fd", "3"]].concat(), "not the right one", OTHER);
            let said = String::from_utf8_lossy(&output.stderr).into_owned();
            assert_eq!(output.status.code(), Some(1), "{args:?}: {said}");
            assert!(said.starts_with("error: the passphrase does not open") && said.contains("try again"), "{said}");
            assert!(!said.contains("ERROR") && !said.contains("not the right one"), "{said}");
        }
        assert_eq!(bytes(shop.path()), before);
        let said = fails(shop.path(), &["score", "--lang", "nl"], 2);
        assert!(said.contains("versleuteld, en er is geen wachtwoordzin gegeven") && said.contains("--passphrase-fd"), "{said}");
    }

    #[test]
    fn the_passphrase_can_be_changed() {
        let shop = locked();
        let folder = shop.path();
        let change = ["passphrase", "change", "--passphrase-fd", "3", "--new-fd", "4"];
        let output = keyed(folder, &change, WORDS, "short");
        assert_eq!(output.status.code(), Some(2), "{}", String::from_utf8_lossy(&output.stderr));
        assert!(keyed(folder, &change, WORDS, OTHER).status.success());
        assert!(opens(folder, &["timeline", "zwaan"], OTHER).contains("gespreksflard"));
        assert_eq!(keyed(folder, &["score", "--passphrase-fd", "3"], WORDS, "").status.code(), Some(1), "the old one opens nothing");
        let quoted = "it's \"quoted\"; DROP TABLE customers --";
        assert!(keyed(folder, &change, OTHER, quoted).status.success());
        assert!(opens(folder, &["timeline", "zwaan"], quoted).contains("gespreksflard"));
    }

    #[test]
    fn a_command_of_the_users_own_says_it() {
        let shop = locked();
        let folder = shop.path();
        std::fs::write(folder.join("secret"), format!("{WORDS}\nsecond line\n")).unwrap();
        let told = |command: &str| {
            attent(folder, &["timeline", "zwaan"]).env("PATH", "/usr/bin:/bin").env("ATTENT_PASSPHRASE_COMMAND", command).output().unwrap()
        };
        assert!(String::from_utf8_lossy(&told("cat secret").stdout).contains("gespreksflard"));
        for (command, why) in
            [("cat nothing", "exit status: 1"), ("no-such-program-here", "no-such-program-here"), ("true", "said nothing")]
        {
            let output = told(command);
            let said = String::from_utf8_lossy(&output.stderr).into_owned();
            assert!(output.status.code() == Some(1) && said.contains("the passphrase command failed") && said.contains(why), "{said}");
        }
        // No shell: what a shell would do with these words is not done.
        told("cat secret; touch made");
        assert!(!folder.join("made").exists());
    }

    #[test]
    fn a_workspace_cannot_name_the_command() {
        let shop = locked();
        std::fs::write(shop.path().join("attent.yaml"), "language: en\npassphrase_command: touch made\n").unwrap();
        fails(shop.path(), &["score"], 3);
        assert!(!shop.path().join("made").exists());
    }

    #[test]
    fn typed_at_a_terminal_it_is_not_shown() {
        let shop = shop(&["Anna"]);
        let mut command = attent(shop.path(), &["passphrase", "set"]);
        command.env("TERM", "xterm");
        let mut session = rexpect::session::spawn_command(command, Some(20_000)).unwrap();
        session.exp_string("New passphrase").unwrap();
        session.send_line(WORDS).unwrap();
        session.exp_string("Once more").unwrap();
        session.send_line(WORDS).unwrap();
        let said = session.exp_eof().unwrap();
        assert!(said.contains("is encrypted") && !said.contains(WORDS), "{said}");
        let mut command = attent(shop.path(), &["customers", "list"]);
        command.env("TERM", "xterm");
        let mut session = rexpect::session::spawn_command(command, Some(20_000)).unwrap();
        session.exp_string("Passphrase of").unwrap();
        session.send_line(WORDS).unwrap();
        assert!(session.exp_eof().unwrap().contains("Anna"));
    }

    #[test]
    fn killed_at_any_moment_the_log_opens_with_the_old_or_the_new_one() {
        let shop = locked();
        let folder = shop.path();
        let (mut now, mut next) = (WORDS.to_owned(), OTHER.to_owned());
        let mut changed = 0;
        for round in 0..24_u64 {
            std::fs::write(folder.join("now"), &now).unwrap();
            std::fs::write(folder.join("new"), &next).unwrap();
            let script = "exec \"$0\" passphrase change --passphrase-fd 3 --new-fd 4 3< now 4< new";
            let mut shell = std::process::Command::new("sh");
            shell.args(["-c", script, env!("CARGO_BIN_EXE_attent")]).current_dir(folder).env("HOME", folder);
            let mut child = shell.stdout(std::process::Stdio::null()).stderr(std::process::Stdio::null()).spawn().unwrap();
            std::thread::sleep(std::time::Duration::from_millis(20 + round * 137 % 2_000));
            let _ = child.kill();
            child.wait().unwrap();
            let old = keyed(folder, &["timeline", "zwaan", "--passphrase-fd", "3"], &now, "");
            if !old.status.success() {
                (now, next) = (next, now);
                changed += 1;
            }
            assert!(opens(folder, &["timeline", "zwaan"], &now).contains("gespreksflard"), "round {round}");
        }
        assert!(changed > 0, "some rounds went through to the end");
        assert!(keyed(folder, &["passphrase", "change", "--passphrase-fd", "3", "--new-fd", "4"], &now, &next).status.success());
        (now, next) = (next, now);
        assert!(!folder.join(".attent-draft-passphrase.db").exists(), "what was left half-made is gone");
        drop(next);
        let answer: Value = serde_json::from_str(&opens(folder, &["score", "-O", "json"], &now)).unwrap();
        assert_eq!(answer["schema"], "attent.score/1");
    }

    #[test]
    fn copies_of_an_encrypted_log_are_encrypted_and_it_is_looked_after_like_any_other() {
        let shop = locked();
        let folder = shop.path();
        opens(folder, &["doctor"], WORDS);
        opens(folder, &["backup", "copy.db"], WORDS);
        let copy = std::fs::read(folder.join("copy.db")).unwrap();
        assert!(!holds(&copy, b"gespreksflard") && !holds(&copy, b"SQLite format 3"));
        opens(folder, &["log", "zwaan", "called once more"], WORDS);
        opens(folder, &["restore", "copy.db", "--yes"], WORDS);
        let timeline = opens(folder, &["timeline", "zwaan"], WORDS);
        assert!(timeline.contains("gespreksflard") && !timeline.contains("once more"), "{timeline}");
        std::fs::remove_file(folder.join("attent.db")).unwrap();
        opens(folder, &["restore", "copy.db", "--yes"], WORDS);
        assert!(opens(folder, &["timeline", "zwaan"], WORDS).contains("gespreksflard"));
        let plain = opens(folder, &["export"], WORDS);
        assert!(plain.contains("gespreksflard"), "what is exported can be read by whoever has it");
        opens(folder, &["forget", "Zwaanhilde", "--yes"], WORDS);
        assert!(!opens(folder, &["export"], WORDS).contains("gespreksflard"));
        opens(folder, &["doctor"], WORDS);
    }

    /// As `together::nobody_gets_in_while_a_log_is_replaced`.
    #[test]
    fn nobody_gets_in_while_an_encrypted_log_is_replaced() {
        let shop = locked();
        opens(shop.path(), &["backup", "copy.db"], WORDS);
        attent::ledger::unlock_with(attent::ledger::Passphrase::new(WORDS).unwrap());
        let mut file = tempfile::tempfile().unwrap();
        std::io::Write::write_all(&mut file, format!("{WORDS}\n").as_bytes()).unwrap();
        crate::together::nobody_gets_in(shop.path(), &|| {
            std::io::Seek::rewind(&mut &file).unwrap();
            let mut command = attent(shop.path(), &["log", "zwaan", "called", "--passphrase-fd", "0", "--now", NOW]);
            command.stdin(file.try_clone().unwrap());
            command
        });
    }

    #[test]
    fn a_copy_that_is_not_encrypted_does_not_go_over_a_log_that_is() {
        let shop = shop(&["Anna"]);
        let folder = shop.path();
        ok(folder, &["backup", "plain.db"]);
        assert!(keyed(folder, &["passphrase", "set", "--new-fd", "4"], "", WORDS).status.success());
        let before = bytes(folder);
        let output = keyed(folder, &["restore", "plain.db", "--yes", "--passphrase-fd", "3"], WORDS, "");
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(output.status.code() == Some(1) && said.contains("one is encrypted and the other is not"), "{said}");
        assert_eq!(bytes(folder), before);
    }

    #[test]
    fn a_log_that_is_not_encrypted_needs_nothing() {
        let shop = shop(&["Anna"]);
        assert!(run(shop.path(), &["score", "--no-input"]).status.success());
        assert!(fails(shop.path(), &["passphrase", "remove"], 2).contains("is not encrypted"));
        let shop = locked();
        assert!(fails(shop.path(), &["passphrase", "set"], 2).contains("encrypted already"));
    }
}

#[cfg(not(feature = "encryption"))]
mod without_encryption {
    use crate::cli::fails;
    use crate::cli_log::shop;

    #[test]
    fn a_build_that_cannot_says_which_one_can() {
        let shop = shop(&["Anna"]);
        let said = fails(shop.path(), &["passphrase", "set"], 1);
        assert!(said.contains("cannot be encrypted by this attent") && said.contains("--features encryption"), "{said}");
        let mut state = 11_u64;
        let mut random = || {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (state >> 33) as u8
        };
        let noise: Vec<u8> = (0..40_960).map(|_| random()).collect();
        std::fs::write(shop.path().join("attent.db"), &noise).unwrap();
        let said = fails(shop.path(), &["score", "--lang", "nl"], 1);
        assert!(said.contains("is versleuteld, of geen logboek van attent") && said.contains("--features encryption"), "{said}");
        assert_eq!(std::fs::read(shop.path().join("attent.db")).unwrap(), noise, "nothing was changed");
    }
}
