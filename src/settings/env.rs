//! The environment, taken once. Nothing else in the program reads a variable.
//!
//! Empty counts as not set, as POSIX and the XDG base directory specification have it; a relative
//! XDG path is passed by, as that specification asks.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::path::PathBuf;

use crate::domain::text::Lang;

/// Variables that are looked at besides those that begin with [`PREFIX`].
const OTHERS: [&str; 10] =
    ["XDG_DATA_HOME", "XDG_CONFIG_HOME", "HOME", "USERPROFILE", "LC_ALL", "LC_MESSAGES", "LANG", "NO_COLOR", "CLICOLOR_FORCE", "COLUMNS"];

/// How the program's own variables begin.
const PREFIX: &str = "ATTENT_";

/// Own variables that are no settings.
const NO_SETTINGS: [&str; 4] = ["ATTENT_WORKSPACE", "ATTENT_NOW", "ATTENT_TRUST", "ATTENT_PASSPHRASE_COMMAND"];

/// The variables the program knows, as they were when it started.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Environment {
    variables: BTreeMap<String, OsString>,
}

impl Environment {
    /// The environment of this process.
    pub fn of_process() -> Self {
        Self::from_pairs(std::env::vars_os())
    }

    /// An environment of the given variables; those that are empty or of no concern are left out.
    pub fn from_pairs<K: Into<OsString>, V: Into<OsString>>(pairs: impl IntoIterator<Item = (K, V)>) -> Self {
        let known = |name: &str| name.starts_with(PREFIX) || OTHERS.contains(&name);
        let variables = pairs
            .into_iter()
            .filter_map(|(name, value)| Some((name.into().into_string().ok()?, value.into())))
            .filter(|(name, value)| known(name) && !value.is_empty())
            .collect();
        Self { variables }
    }

    fn text(&self, name: &str) -> Option<&str> {
        self.variables.get(name)?.to_str()
    }

    fn path(&self, name: &str) -> Option<PathBuf> {
        self.variables.get(name).map(PathBuf::from)
    }

    /// `ATTENT_WORKSPACE`: the workspace to use.
    pub fn workspace(&self) -> Option<PathBuf> {
        self.path("ATTENT_WORKSPACE")
    }

    /// `ATTENT_TRUST`: the folders whose workspaces are as they are meant to be, with `:` between them
    /// (`;` on Windows); `*` is every folder.
    pub fn trust(&self) -> Vec<PathBuf> {
        self.variables.get("ATTENT_TRUST").map(|paths| std::env::split_paths(paths).collect()).unwrap_or_default()
    }

    /// `ATTENT_NOW`: what counts as now, as typed.
    pub fn now(&self) -> Option<&str> {
        self.text("ATTENT_NOW")
    }

    /// `ATTENT_PASSPHRASE_COMMAND`: what says the passphrase of an encrypted log.
    pub fn passphrase_command(&self) -> Option<&str> {
        self.text("ATTENT_PASSPHRASE_COMMAND")
    }

    /// The variable that carries a setting: `budget.minutes` → `ATTENT_BUDGET_MINUTES`.
    pub fn variable(key: &str) -> String {
        format!("{PREFIX}{}", key.to_ascii_uppercase().replace(['.', '-'], "_"))
    }

    /// The variable that sets a setting, and its value. `ATTENT_LANG` also stands for `language`.
    pub fn source(&self, key: &str) -> Option<(String, &str)> {
        let short = if key == "language" { Some("ATTENT_LANG".to_owned()) } else { None };
        let names = [Some(Self::variable(key)), short];
        names.into_iter().flatten().find_map(|name| self.text(&name).map(|value| (name.clone(), value)))
    }

    /// The value of a setting, if a [`source`](Self::source) is set.
    pub fn setting(&self, key: &str) -> Option<&str> {
        Some(self.source(key)?.1)
    }

    /// The names of all own variables that mean to be settings, for a word about those nobody knows.
    pub fn setting_variables(&self) -> impl Iterator<Item = &str> {
        self.variables.keys().map(String::as_str).filter(|name| name.starts_with(PREFIX) && !NO_SETTINGS.contains(name))
    }

    /// The locale of messages: `LC_ALL`, else `LC_MESSAGES`, else `LANG`.
    pub fn locale(&self) -> Option<&str> {
        ["LC_ALL", "LC_MESSAGES", "LANG"].into_iter().find_map(|name| self.text(name))
    }

    /// The reader's language as far as the environment tells: the setting, else the locale.
    pub fn language(&self) -> Lang {
        self.setting("language").or(self.locale()).and_then(Lang::from_locale).unwrap_or_default()
    }

    /// Where a user's data lie: `$XDG_DATA_HOME`, else `~/.local/share`.
    pub fn data_home(&self) -> Option<PathBuf> {
        self.base("XDG_DATA_HOME", ".local/share")
    }

    /// Where a user's settings lie: `$XDG_CONFIG_HOME`, else `~/.config`.
    pub fn config_home(&self) -> Option<PathBuf> {
        self.base("XDG_CONFIG_HOME", ".config")
    }

    /// The user's home.
    pub fn home(&self) -> Option<PathBuf> {
        ["HOME", "USERPROFILE"].into_iter().find_map(|name| self.path(name).filter(|path| path.is_absolute()))
    }

    fn base(&self, name: &str, below_home: &str) -> Option<PathBuf> {
        let absolute = |name| self.path(name).filter(|path| path.is_absolute());
        absolute(name).or_else(|| Some(self.home()?.join(below_home)))
    }

    /// `NO_COLOR` is set to anything.
    pub fn no_color(&self) -> bool {
        self.variables.contains_key("NO_COLOR")
    }

    /// `CLICOLOR_FORCE` is set to anything but `0`.
    pub fn force_color(&self) -> bool {
        self.variables.get("CLICOLOR_FORCE").is_some_and(|value| value != "0")
    }

    /// `COLUMNS`: the width to fit, if it is a width.
    pub fn columns(&self) -> Option<u16> {
        self.text("COLUMNS")?.parse().ok().filter(|&columns| columns > 0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn empty_is_not_set_and_relative_is_passed_by() {
        let bare =
            Environment::from_pairs([("NO_COLOR", ""), ("ATTENT_NOW", ""), ("XDG_DATA_HOME", "data"), ("PATH", "/bin"), ("COLUMNS", "0")]);
        assert_eq!((bare.no_color(), bare.force_color(), bare.now(), bare.data_home(), bare.columns()), (false, false, None, None, None));
        let home = Environment::from_pairs([
            ("HOME", "/home/anna"),
            ("XDG_DATA_HOME", "data"),
            ("XDG_CONFIG_HOME", "/etc/anna"),
            ("CLICOLOR_FORCE", "0"),
        ]);
        assert_eq!(home.data_home(), Some(PathBuf::from("/home/anna/.local/share")));
        assert_eq!(home.config_home(), Some(PathBuf::from("/etc/anna")));
        assert!(!home.force_color());
    }

    #[test]
    fn settings_have_variables() {
        let set = Environment::from_pairs([
            ("ATTENT_BUDGET_MINUTES", "90"),
            ("ATTENT_LANG", "nl"),
            ("ATTENT_WORKSPACE", "/w"),
            ("ATTENT_OOPS", "1"),
        ]);
        assert_eq!((set.setting("budget.minutes"), set.setting("language"), set.setting("currency")), (Some("90"), Some("nl"), None));
        assert_eq!(set.setting_variables().collect::<Vec<_>>(), ["ATTENT_BUDGET_MINUTES", "ATTENT_LANG", "ATTENT_OOPS"]);
        assert_eq!(set.workspace(), Some(PathBuf::from("/w")));
    }

    #[test]
    fn the_most_particular_locale_wins() {
        let all = [("LANG", "en_GB.UTF-8"), ("LC_MESSAGES", "nl_NL"), ("LC_ALL", "C")];
        assert_eq!(Environment::from_pairs(all).locale(), Some("C"));
        assert_eq!(Environment::from_pairs(all[..2].to_vec()).locale(), Some("nl_NL"));
        assert_eq!(Environment::from_pairs([("LC_ALL", ""), ("LANG", "nl")]).locale(), Some("nl"));
        let shown = Environment::from_pairs([("NO_COLOR", "0"), ("CLICOLOR_FORCE", "1"), ("COLUMNS", "72")]);
        assert_eq!((shown.no_color(), shown.force_color(), shown.columns()), (true, true, Some(72)));
    }
}
