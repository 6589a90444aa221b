//! `gift_policies:` in `attent.yaml`: what customers of a group may accept (METHOD §3.2, G7).

use std::collections::BTreeMap;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::Deserialize;
use serde_json::Value;

use super::read::File;
use crate::domain::customer::{GiftPolicy, GiftTerms};
use crate::domain::names::fold;
use crate::intake::near::shorten;
use crate::intake::raw::amount;
use crate::intake::tree::Path;
use crate::text;

/// What customers of a group may accept: in one word, or with what else holds.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(untagged)]
#[schemars(inline)]
pub enum RawGiftPolicy {
    /// With what else holds.
    Full(RawGiftTerms),
    /// `none`, or the most a gift may be worth.
    #[schemars(schema_with = "accepts_schema")]
    Short(Value),
}

/// What customers of a group may accept, and what else holds.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RawGiftTerms {
    /// `none`, or the most a gift may be worth; not known when left out.
    #[schemars(schema_with = "accepts_schema")]
    #[serde(default)]
    pub accepts: Option<Value>,
    /// The most that all gifts of a year may be worth together.
    #[schemars(schema_with = "crate::intake::raw::amount_schema")]
    #[serde(default)]
    pub a_year: Option<Value>,
    /// Somebody on their side must approve first; no when left out.
    #[serde(default)]
    pub approval: Option<bool>,
    /// Only to the address of the office, never to somebody's home; no when left out.
    #[serde(default)]
    pub office_only: Option<bool>,
}

fn accepts_schema(_: &mut SchemaGenerator) -> Schema {
    json_schema!({"type": ["number", "string"], "minimum": 0, "examples": [50, "none", "unknown"]})
}

/// What may be accepted by segment, in the order of the file.
pub(super) fn gift_policies(file: &mut File, raw: BTreeMap<String, RawGiftPolicy>) -> Vec<(String, GiftPolicy, GiftTerms)> {
    let mut policies: Vec<(String, GiftPolicy, GiftTerms)> = Vec::new();
    let place = |segment: &str| Path::default().key("gift_policies").key(segment);
    let mut raw = Vec::from_iter(raw);
    raw.sort_by_key(|(segment, _)| file.span(&place(segment)));
    for (segment, raw) in raw {
        let path = place(&segment);
        if let Some((earlier, ..)) = policies.iter().find(|(earlier, ..)| fold(earlier) == fold(&segment)) {
            let (earlier, shown) = (shorten(earlier), shorten(&segment));
            let what = text!("`{shown}` is the same group as `{earlier}`", "`{shown}` is dezelfde groep als `{earlier}`");
            file.error(&path, what).help = text!("say it once", "zeg het één keer");
            continue;
        }
        let (policy, terms) = match raw {
            RawGiftPolicy::Short(typed) => (accepts(file, &path, Some(&typed)), GiftTerms::default()),
            RawGiftPolicy::Full(raw) => full(file, &path, &raw),
        };
        policies.push((segment, policy, terms));
    }
    policies
}

fn full(file: &mut File, path: &Path, raw: &RawGiftTerms) -> (GiftPolicy, GiftTerms) {
    let terms = GiftTerms {
        a_year: amount(file, &path.key("a_year"), raw.a_year.as_ref()),
        approval: raw.approval.unwrap_or(false),
        office_only: raw.office_only.unwrap_or(false),
    };
    (accepts(file, &path.key("accepts"), raw.accepts.as_ref()), terms)
}

/// `none`, an amount, or not known.
fn accepts(file: &mut File, path: &Path, typed: Option<&Value>) -> GiftPolicy {
    let word = typed.and_then(Value::as_str).map(|word| word.trim().to_lowercase());
    match word.as_deref() {
        Some("none" | "geen") => GiftPolicy::None,
        Some("unknown" | "onbekend") => GiftPolicy::Unknown,
        _ => {
            let before = file.complaints.len();
            let cap = amount(file, path, typed);
            for complaint in &mut file.complaints[before..] {
                complaint.help = text!("write the most it may be worth, or `none`", "schrijf wat het hoogstens waard mag zijn, of `none`");
            }
            cap.map_or(GiftPolicy::Unknown, GiftPolicy::UpTo)
        }
    }
}
