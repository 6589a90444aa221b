//! Whose policy holds for a recipient (METHOD §3.2, G7): what was said of the customer, else of their
//! segment, else what is shipped.

use crate::domain::customer::{Customer, GiftPolicy, GiftTerms};
use crate::domain::names::fold;

/// Where a policy comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PolicyFrom {
    /// It was said of the customer.
    Customer,
    /// The settings say it of their segment.
    Segment,
    /// Medical professionals are given nothing unless something else is said: a shipped default. Their
    /// professional bodies advise against it (METHOD §3.2: nvk.nl, CGR).
    Medical,
    /// Nobody said anything: a card, and ask first.
    Nobody,
}

impl PolicyFrom {
    /// The word in machine formats.
    pub fn word(self) -> &'static str {
        match self {
            Self::Customer => "customer",
            Self::Segment => "segment",
            Self::Medical => "medical-default",
            Self::Nobody => "nobody",
        }
    }
}

/// What a recipient may accept, and who says so.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Policy {
    /// What they may accept.
    pub gifts: GiftPolicy,
    /// What else holds.
    pub terms: GiftTerms,
    /// Who says what they may accept.
    pub from: PolicyFrom,
}

/// The policy that holds for a customer; `policies` are those of segments, a stronger one first.
///
/// The most in a year follows the same order. That somebody must approve, or that only the office will
/// do, holds when it was said of either: an amount said of one person does not lift the duty of their
/// employer.
pub fn policy_of(customer: &Customer, policies: &[(String, GiftPolicy, GiftTerms)]) -> Policy {
    let segment = fold(&customer.segment);
    let named = policies.iter().find(|(name, ..)| !segment.is_empty() && fold(name) == segment);
    let own = customer.gift_terms;
    let terms = named.map_or(own, |(_, _, theirs)| GiftTerms { a_year: own.a_year.or(theirs.a_year), ..own.stricter(*theirs) });
    let (gifts, from) = match (customer.gifts, named) {
        (GiftPolicy::Unknown, Some((_, said @ (GiftPolicy::None | GiftPolicy::UpTo(_)), _))) => (*said, PolicyFrom::Segment),
        (GiftPolicy::Unknown, _) if is_medical(&customer.segment) => (GiftPolicy::None, PolicyFrom::Medical),
        (GiftPolicy::Unknown, _) => (GiftPolicy::Unknown, PolicyFrom::Nobody),
        (said, _) => (said, PolicyFrom::Customer),
    };
    Policy { gifts, terms, from }
}

/// What words of medical segments begin with, folded.
const MEDICAL: &[&str] = &[
    "medisch",
    "medical",
    "medic",
    "pharma",
    "farma",
    "zorg",
    "artsen",
    "huisarts",
    "tandarts",
    "kinderarts",
    "apothe",
    "ziekenhui",
    "hospital",
    "doctor",
    "dokter",
    "physician",
    "verpleeg",
    "verplegin",
    "healthcare",
];

/// Whether a segment is one of medical professionals, by its words. `arts` by itself is a doctor; beside
/// other words it may be English.
pub fn is_medical(segment: &str) -> bool {
    let folded = fold(segment);
    folded == "arts" || folded.split(' ').any(|word| MEDICAL.iter().any(|medical| word.starts_with(medical)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::money::Cents;

    fn of(segment: &str, gifts: GiftPolicy, terms: GiftTerms) -> Policy {
        let office = GiftTerms { a_year: Some(Cents(10_000)), approval: true, office_only: true };
        let policies = [
            ("Overheid".to_owned(), GiftPolicy::UpTo(Cents(5000)), office),
            ("zorg thuis".to_owned(), GiftPolicy::UpTo(Cents(1000)), GiftTerms::default()),
            ("tandartsen".to_owned(), GiftPolicy::Unknown, GiftTerms::default()),
        ];
        policy_of(&Customer { segment: segment.into(), gifts, gift_terms: terms, ..Customer::named("Anna") }, &policies)
    }

    #[test]
    fn what_was_said_of_the_customer_goes_before_the_segment_and_the_segment_before_the_default() {
        use GiftPolicy::{None, Unknown, UpTo};
        let plain = GiftTerms::default();
        for (segment, said, gifts, from) in [
            ("", Unknown, Unknown, PolicyFrom::Nobody),
            ("webshop", Unknown, Unknown, PolicyFrom::Nobody),
            ("overheid", Unknown, UpTo(Cents(5000)), PolicyFrom::Segment),
            ("overheid", None, None, PolicyFrom::Customer),
            ("Zorg-thuis", Unknown, UpTo(Cents(1000)), PolicyFrom::Segment),
            ("tandartsen", Unknown, None, PolicyFrom::Medical),
            ("Medische sector", Unknown, None, PolicyFrom::Medical),
            ("medical", UpTo(Cents(100)), UpTo(Cents(100)), PolicyFrom::Customer),
        ] {
            let policy = of(segment, said, plain);
            assert_eq!((policy.gifts, policy.from), (gifts, from), "{segment} {said:?}");
        }
    }

    #[test]
    fn a_year_said_of_the_customer_counts_and_duties_of_the_segment_stay() {
        let own = GiftTerms { a_year: Some(Cents(20_000)), ..GiftTerms::default() };
        let policy = of("overheid", GiftPolicy::UpTo(Cents(2000)), own);
        assert_eq!(policy.terms, GiftTerms { a_year: Some(Cents(20_000)), approval: true, office_only: true });
        assert_eq!(of("webshop", GiftPolicy::Unknown, own).terms, own);
    }

    #[test]
    fn medical_segments_are_known_by_their_words() {
        for (segment, medical) in [
            ("arts", true),
            ("Huisartsenpraktijk", true),
            ("pharma", true),
            ("Zorginstelling", true),
            ("bezorgdienst", false),
            ("arts and crafts", false),
            ("", false),
        ] {
            assert_eq!(is_medical(segment), medical, "{segment}");
        }
    }
}
