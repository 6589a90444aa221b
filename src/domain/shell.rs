//! Words of a command that a person is told to type. Names come from mail and files of others, and who copies
//! a command copies the name in it: a shell must find a word there and nothing to do.

/// A name as a shell and the program read it back, always in quotes.
///
/// Inside double quotes a shell still obeys `$`, `` ` ``, `\` and, at a prompt, `!`; those take single quotes.
/// A name that begins with `-` would be a flag; the space before it is not, and is no part of a name.
pub fn quoted(name: &str) -> String {
    let space = if name.starts_with('-') { " " } else { "" };
    if name.contains(['"', '$', '`', '\\', '!']) || name.chars().any(char::is_control) {
        format!("'{space}{}'", name.replace('\'', r"'\''"))
    } else {
        format!("\"{space}{name}\"")
    }
}

/// A path as a shell reads it back, in quotes where it needs them. What a terminal does not show is written out.
pub fn path(path: &str) -> String {
    let here = if path.starts_with('-') { "./" } else { "" };
    if path.chars().any(char::is_control) {
        let written = |c: char| match c {
            '\'' | '\\' => format!("\\{c}"),
            c if c.is_control() => c.to_string().bytes().map(|byte| format!("\\x{byte:02x}")).collect(),
            c => c.to_string(),
        };
        return format!("$'{here}{}'", path.chars().map(written).collect::<String>());
    }
    let plain = !path.is_empty() && path.chars().all(|c| c.is_alphanumeric() || "/._-~+:,@".contains(c)) && !path.starts_with('~');
    if plain { format!("{here}{path}") } else { format!("'{here}{}'", path.replace('\'', r"'\''")) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_shell_finds_a_word_and_nothing_to_do() {
        for (name, written) in [
            ("Anna Bakker", "\"Anna Bakker\""),
            ("O'Neil", "\"O'Neil\""),
            ("$(touch x)", "'$(touch x)'"),
            ("`touch x`", "'`touch x`'"),
            ("a\"; touch x; \"", "'a\"; touch x; \"'"),
            ("it's \"so\"", "'it'\\''s \"so\"'"),
            ("a\\", "'a\\'"),
            ("!!", "'!!'"),
            ("-o/tmp/x", "\" -o/tmp/x\""),
            ("", "\"\""),
        ] {
            assert_eq!(quoted(name), written);
        }
        for (name, written) in [
            ("a/b.csv", "a/b.csv"),
            ("two\nlines.db", "$'two\\x0alines.db'"),
            ("it's\t\\", "$'it\\'s\\x09\\\\'"),
            ("a b.csv", "'a b.csv'"),
            ("~x", "'~x'"),
            ("-rf", "./-rf"),
            ("-r f", "'./-r f'"),
            ("$(x)", "'$(x)'"),
            ("", "''"),
        ] {
            assert_eq!(path(name), written);
        }
    }
}
