//! How countries write their own telephone numbers (ITU-T E.164 and the national plans, 2025).

/// A country, as far as its telephone numbers go.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Country {
    /// Two letters (ISO 3166-1).
    code: &'static str,
    /// The calling code, without a plus.
    pub(super) calling: &'static str,
    /// What is put before a number inside the country and dropped from outside.
    pub(super) trunks: &'static [&'static str],
    /// What is dialled for abroad where that is not `00`; else empty.
    pub(super) abroad: &'static str,
    /// The fewest and most digits of a usual number, without trunk.
    digits: (usize, usize),
}

const ZERO: &[&str] = &["0"];
const NONE: &[&str] = &[];

const fn country(code: &'static str, calling: &'static str, trunks: &'static [&'static str], digits: (usize, usize)) -> Country {
    Country { code, calling, trunks, abroad: "", digits }
}

const NETHERLANDS: Country = country("NL", "31", ZERO, (9, 9));

/// Where calling codes are shared, the first one stands for them.
const COUNTRIES: &[Country] = &[
    NETHERLANDS,
    country("AD", "376", NONE, (6, 9)),
    country("AL", "355", ZERO, (8, 9)),
    country("AT", "43", ZERO, (7, 13)),
    Country { abroad: "0011", ..country("AU", "61", ZERO, (9, 9)) },
    country("BA", "387", ZERO, (8, 9)),
    country("BE", "32", ZERO, (8, 9)),
    country("BG", "359", ZERO, (7, 9)),
    country("BY", "375", &["80", "8"], (9, 9)),
    country("CH", "41", ZERO, (9, 9)),
    country("CY", "357", NONE, (8, 8)),
    country("CZ", "420", NONE, (9, 9)),
    country("DE", "49", ZERO, (7, 12)),
    country("DK", "45", NONE, (8, 8)),
    country("EE", "372", NONE, (7, 8)),
    country("ES", "34", NONE, (9, 9)),
    country("FI", "358", ZERO, (6, 11)),
    country("FR", "33", ZERO, (9, 9)),
    country("GB", "44", ZERO, (9, 10)),
    country("GR", "30", NONE, (10, 10)),
    country("HR", "385", ZERO, (8, 9)),
    country("HU", "36", &["06"], (8, 9)),
    country("IE", "353", ZERO, (7, 9)),
    country("IL", "972", ZERO, (8, 9)),
    country("IN", "91", ZERO, (10, 10)),
    country("IS", "354", NONE, (7, 7)),
    country("IT", "39", NONE, (6, 11)),
    country("LI", "423", NONE, (7, 7)),
    country("LT", "370", &["8", "0"], (8, 8)),
    country("LU", "352", NONE, (6, 9)),
    country("LV", "371", NONE, (8, 8)),
    country("MA", "212", ZERO, (9, 9)),
    country("MC", "377", NONE, (8, 9)),
    country("MD", "373", ZERO, (8, 8)),
    country("ME", "382", ZERO, (8, 8)),
    country("MK", "389", ZERO, (8, 8)),
    country("MT", "356", NONE, (8, 8)),
    country("NO", "47", NONE, (8, 8)),
    country("NZ", "64", ZERO, (8, 10)),
    country("PL", "48", NONE, (9, 9)),
    country("PT", "351", NONE, (9, 9)),
    country("RO", "40", ZERO, (9, 9)),
    country("RS", "381", ZERO, (8, 9)),
    country("SE", "46", ZERO, (7, 9)),
    country("SI", "386", ZERO, (8, 8)),
    country("SK", "421", ZERO, (9, 9)),
    country("SM", "378", NONE, (6, 10)),
    country("SR", "597", NONE, (7, 7)),
    country("TR", "90", ZERO, (10, 10)),
    country("UA", "380", ZERO, (9, 9)),
    Country { abroad: "011", ..country("US", "1", &["1"], (10, 10)) },
    Country { abroad: "011", ..country("CA", "1", &["1"], (10, 10)) },
    country("ZA", "27", ZERO, (9, 9)),
];

impl Default for Country {
    /// The Netherlands.
    fn default() -> Self {
        NETHERLANDS
    }
}

impl Country {
    /// The country of two letters (ISO 3166-1), in either case, also `UK` and `EL`; `None` when the
    /// table does not have it.
    pub fn of(code: &str) -> Option<Self> {
        let code = match code.trim().to_ascii_uppercase().as_str() {
            "UK" => "GB".to_owned(),
            "EL" => "GR".to_owned(),
            code => code.to_owned(),
        };
        COUNTRIES.iter().find(|country| country.code == code).copied()
    }

    /// The two letters.
    pub fn code(self) -> &'static str {
        self.code
    }

    /// The calling code these digits begin with; empty when the table does not have it.
    pub fn calling_code(digits: &str) -> &'static str {
        Self::called(digits).map_or("", |country| country.calling)
    }

    /// The country whose calling code these digits begin with. No code begins another.
    pub(super) fn called(digits: &str) -> Option<Self> {
        COUNTRIES.iter().find(|country| digits.starts_with(country.calling)).copied()
    }

    /// A number from its calling code on, without a trunk zero left in after the code.
    pub(super) fn without_zero(self, coded: &str) -> String {
        let rest = &coded[self.calling.len()..];
        let zero = self.trunks.iter().find(|trunk| trunk.starts_with('0') && rest.starts_with(**trunk));
        let rest = zero.map_or(rest, |trunk| rest[trunk.len()..].trim_start_matches('0'));
        format!("{}{rest}", self.calling)
    }

    /// Whether these digits are a whole number already, so that what looks like a trunk is its own
    /// first digit.
    pub(super) fn is_all_of(self, digits: &str) -> bool {
        let (fewest, most) = self.digits;
        fewest == most && digits.len() == most && !digits.starts_with('0')
    }

    /// From the calling code on, of a number written without plus and trunk: all of it where there
    /// is no trunk; else a plus or a zero got lost, as happens in spreadsheets.
    pub(super) fn without_trunk(self, digits: &str) -> Option<String> {
        let (fewest, most) = self.digits;
        let usual = |length: usize| (fewest..=most).contains(&length);
        let coded = digits.strip_prefix(self.calling).is_some_and(|rest| usual(rest.len()));
        if coded && !(self.trunks.is_empty() && usual(digits.len())) {
            return Some(digits.to_owned());
        }
        // Where lengths differ much, this may as well be a local number without its area.
        let sure = self.trunks.is_empty() || most - fewest <= 1;
        (sure && usual(digits.len())).then(|| format!("{}{digits}", self.calling))
    }
}
