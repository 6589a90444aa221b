//! Files with bytes changed never make it fall over.

use super::*;
use crate::intake::mutate::damaged;

#[test]
fn damaged_tables_are_read_as_far_as_they_go() {
    let profile = Profile {
        once: true,
        ..profile(
            "columns: {at: D, customer: [V, A], email: E, amount: T, id: I, minutes: M, birthday: D, tags: N, note: N}\ngives: both\nalways: {channel: visit}",
        )
    };
    let seed = "D;V;A;E;T;I;M;N\n30-6-2026 14:30;Anna;Smit;a@x.nl;\"1.234,56\";7;0:15;\"a\n\"\"b\"\"\"\n1-7-2026;Bé;;;€ 5,-;8;15;x\n";
    damaged(&[seed], |n, bytes| {
        let all = read(&profile, bytes);
        assert!(all.len() <= 2 * bytes.len() + 1, "{n}");
        assert!(all.iter().rev().skip(1).all(|read| !matches!(read, Err(error) if error.fatal)), "{n}: nothing follows what is fatal");
        let _ = head(bytes);
    });
}
