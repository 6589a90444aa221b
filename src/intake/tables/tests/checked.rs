//! Profiles in `attent.yaml`: what is complained of, and where.

use super::*;
use crate::intake::told::told;

fn complaints(yaml: &str, expected: &[&str]) {
    let text = format!("profiles:\n  a:\n    {}\n", yaml.replace('\n', "\n    "));
    assert_eq!(told(&text, &parse_workspace(text.as_bytes()).complaints), expected, "{text}");
}

#[test]
fn mistakes_have_their_places() {
    let fine = "columns: {at: D, customer: C}\nalways: {channel: email}";
    complaints(fine, &[]);
    complaints(&format!("{fine}\ndelimeter: ','"), &["5:5 unknown key `delimeter` | did you mean `delimiter`?"]);
    complaints(&format!("{fine}\ndelimiter: ':'"), &["5:16 `:` is not a value of `delimiter`"]);
    complaints(&format!("{fine}\nencoding: klingon"), &["5:15 `klingon` is not a character set I know"]);
    complaints(&format!("{fine}\ndates: ['%d-%m-%Y', dd-mm]"), &["5:25 `dd-mm` is not a way to write a date"]);
    complaints(&format!("{fine}\nonce: true"), &["3:15 `once` needs the column of the row's number: `id`"]);
    complaints(&format!("{fine}\nvalues: {{channel: {{bel: fone}}}}"), &["5:29 `fone` is not a value of `bel` | did you mean `phone`?"]);
    complaints(&format!("{fine}\nvalues: {{sentiment: {{blij: 2}}}}"), &["5:32 a sentiment is a number from -1 to 1, not 2"]);
    complaints("columns: {att: D, customer: C}", &["3:15 unknown key `att` | did you mean `at`?"]);
    complaints(
        "columns: {at: D, customer: C}",
        &["3:15 nothing says through which channel it went: give `channel` a column, or write `always: {channel: email}`"],
    );
    complaints(
        "columns: {at: D}\nalways: {channel: email}",
        &["3:15 no column says who it is: give `customer`, `email`, `phone` or `organisation`"],
    );
    complaints("columns: {customer: C}\ngives: both\nalways: {channel: email}", &["3:15 a contact needs the column of its date: `at`"]);
    complaints("columns: {customer: {any: []}, email: ['']}", &["3:26 a column here has no name", "3:43 a column here has no name"]);
    complaints("always: {channel: email}", &["3:5 `columns` is missing"]);
    complaints("columns: {customer: 3, email: {all: [E]}}", &["3:36 `any` is missing", "3:36 unknown key `all`"]);
    let text = "profiles:\n  My Shop:\n    columns: {customer: C}\n";
    assert_eq!(told(text, &parse_workspace(text.as_bytes()).complaints), ["3:5 `My Shop` cannot be an id"]);
}

#[test]
fn what_is_left_out_has_its_default() {
    let of = profile(
        "columns: {at: D, customer: [V, A], phone: {any: [T, [X, Y]]}}\nalways: {channel: email, tags: [VIP]}\nonly: {S: Paid, G: ['']}",
    );
    assert_eq!((of.gives, of.once, of.utc, of.delimiter, of.decimal), (Gives::Contacts, false, false, None, None));
    assert_eq!(of.source(Target::Customer), Some(&Source::Columns(vec!["V".into(), "A".into()])));
    assert_eq!(of.source(Target::Phone), Some(&Source::Choice(vec![vec!["T".into()], vec!["X".into(), "Y".into()]])));
    assert_eq!(
        (of.only, of.always.tags),
        (vec![("G".into(), vec![String::new()]), ("S".into(), vec!["paid".into()])], vec!["vip".to_owned()])
    );
    assert_eq!(profile("columns: {customer: C}").gives, Gives::Customers);
}
