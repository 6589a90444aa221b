//! `retention:` in `attent.yaml`: for how long what is kept.

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::Deserialize;

use super::read::File;
use crate::domain::retention::{Retention, read};
use crate::intake::tree::Path;
use crate::text;

/// For how long what is kept; what is left out is kept for good.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RawRetention {
    /// What happened with customers: contacts, and nudges, failures and gifts that are over.
    #[schemars(schema_with = "kept_schema")]
    #[serde(default)]
    pub contacts: Option<String>,
    /// Customers with whom there was no contact for so long: they are forgotten.
    #[schemars(schema_with = "kept_schema")]
    #[serde(default)]
    pub customers_without_contact: Option<String>,
    /// Contacts that a machine made, such as newsletters and receipts.
    #[schemars(schema_with = "kept_schema")]
    #[serde(default)]
    pub machine_mail: Option<String>,
    /// What is remembered so that it can be undone.
    #[schemars(schema_with = "kept_schema")]
    #[serde(default)]
    pub journal: Option<String>,
    /// Copies in the folder backups; the newest one stays.
    #[schemars(schema_with = "kept_schema")]
    #[serde(default)]
    pub backups: Option<String>,
}

fn kept_schema(_: &mut SchemaGenerator) -> Schema {
    json_schema!({"type": "string", "pattern": "^ *([0-9]+(\\.[0-9]+)? *[A-Za-z]+|keep|bewaren) *$", "examples": ["5 years", "18m", "keep"]})
}

/// What the file says, each with its days; `None` for good.
pub(super) fn retention(file: &mut File, raw: RawRetention) -> Vec<(Retention, Option<f64>)> {
    let said = [
        (Retention::Contacts, raw.contacts),
        (Retention::Customers, raw.customers_without_contact),
        (Retention::MachineMail, raw.machine_mail),
        (Retention::Journal, raw.journal),
        (Retention::Backups, raw.backups),
    ];
    let mut found = Vec::new();
    for (what, typed) in said {
        let Some(typed) = typed else { continue };
        match read(&typed) {
            Ok(days) => found.push((what, days)),
            Err(wrong) => {
                let place = Path::default().key("retention").key(what.id());
                file.error(&place, wrong).help = text!(
                    "write 30 days or more, such as 5 years or 18m, or `keep`",
                    "schrijf 30 dagen of meer, zoals 5 jaar of 18m, of `keep`"
                );
            }
        }
    }
    found
}
