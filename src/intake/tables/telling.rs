//! What the names of the columns tell of a table as a whole, and of rows that came to nothing.

use super::guess::is_any;
use crate::domain::names::fold;

/// Folded names of columns only such a table has, by the label its rows get.
const SALES: &[(&str, &str)] = &[
    (
        "invoice",
        "factuur, factuurnummer, factuurnr, factuurdatum, factuurbedrag, invoice, invoice number, invoice no, invoice id, invoice date, \
      invoice amount, invoice total, notanummer",
    ),
    (
        "order",
        "order, orders, ordernummer, ordernr, orderdatum, ordertotaal, order number, order no, order id, order date, order total, \
      order amount, bestelling, bestelnummer, bestelnr, besteldatum, bestelbedrag, bonnummer, bonnr",
    ),
    (
        "payment",
        "betaling, betaaldatum, betalingskenmerk, betaling id, payment, payment date, payment id, payment amount, transaction, \
      transaction id, transactie, transactie id, transactienummer, paid at",
    ),
];

const STATUS: &str = "status, staat, state, toestand, betaalstatus, orderstatus, order status, bestelstatus, factuurstatus, invoice status, \
      payment status, financial status, status bestelling, status betaling";

const CAME_TO_NOTHING: &str = "geannuleerd, annulering, cancelled, canceled, concept, draft, voided, void, refunded, terugbetaald, teruggestort, \
      gecrediteerd, failed, mislukt, expired, verlopen betaling, afgewezen, declined, rejected, deleted, verwijderd, vervallen, no show, noshow, \
      niet doorgegaan, ingetrokken, trash, abandoned";

const HOURS: &str = "uren, uur, aantal uren, gewerkte uren, uren gewerkt, hours, hours worked, number of hours";

const WORK: &str = "werkbon, werkbonnummer, bonnummer, opdracht, klus, job, visit, monteur, medewerker, engineer, technician";

/// The label of the orders, invoices or payments of a table with an amount, when a column names them.
pub(super) fn sale(header: &[String]) -> Option<&'static str> {
    SALES.iter().find(|(_, words)| header.iter().any(|name| is_any(words, name))).map(|(label, _)| *label)
}

/// Whether rows are work done at the customer's: slips, hours.
pub(super) fn is_work(header: &[String]) -> bool {
    header.iter().any(|name| is_any(WORK, name) || is_hours(name))
}

/// Whether a column says how far a row came.
pub(super) fn is_status(name: &str) -> bool {
    is_any(STATUS, name)
}

/// Whether a status says that nothing came of it.
pub(super) fn came_to_nothing(status: &str) -> bool {
    is_any(CAME_TO_NOTHING, &fold(status))
}

/// Whether a column by its name holds hours, where attent wants minutes.
pub(super) fn is_hours(name: &str) -> bool {
    is_any(HOURS, name)
}
