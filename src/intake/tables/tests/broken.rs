//! Files with bytes changed never make it fall over.

use super::*;

/// A seed with some of its bytes changed, left out or put in, always the same for one number.
pub(in crate::intake) fn mutate(seed: &[u8], n: u64) -> Vec<u8> {
    let mut state = n.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1;
    let mut next = |below: usize| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        (state >> 11) as usize % below.max(1)
    };
    let mut bytes = seed.to_vec();
    for _ in 0..=next(4) {
        let at = next(bytes.len());
        match next(6) {
            0 if !bytes.is_empty() => drop(bytes.remove(at)),
            1 => bytes.insert(at, b"\"',;\n\r\0<>&\xff{}"[next(13)]),
            2 => bytes.truncate(at),
            3 if !bytes.is_empty() => bytes[at] ^= 1 << next(8),
            4 => {
                let end = (at + next(40)).min(bytes.len());
                let copy = bytes[at.min(end)..end].to_vec();
                bytes.splice(at..at, copy);
            }
            _ if !bytes.is_empty() => bytes[at] = next(256) as u8,
            _ => {}
        }
    }
    bytes
}

#[test]
fn no_mutation_makes_it_fall_over() {
    let profile = Profile {
        once: true,
        ..profile(
            "columns: {at: D, customer: [V, A], email: E, amount: T, id: I, minutes: M, birthday: D, tags: N, note: N}\ngives: both\nalways: {channel: visit}",
        )
    };
    let seed = "D;V;A;E;T;I;M;N\n30-6-2026 14:30;Anna;Smit;a@x.nl;\"1.234,56\";7;0:15;\"a\n\"\"b\"\"\"\n1-7-2026;Bé;;;€ 5,-;8;15;x\n";
    for n in 0..1500 {
        let bytes = mutate(seed.as_bytes(), n);
        let all = read(&profile, &bytes);
        assert!(all.len() <= 2 * bytes.len() + 1, "{n}");
        assert!(all.iter().rev().skip(1).all(|read| !matches!(read, Err(error) if error.fatal)), "{n}: nothing follows what is fatal");
        let _ = head(bytes.as_slice());
    }
}
