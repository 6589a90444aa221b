//! The shipped profiles, each on a file as its program exports it.

use super::*;

/// A profile, a file, and what each row tells.
const FILES: &[(&str, &str, &[&str])] = &[
    (
        "hubspot-contacts",
        "Record ID,First Name,Last Name,Email,Phone Number,Contact owner,Last Activity Date,Lead Status,Create Date,Lifecycle Stage\n\
         151,Anna,Smit,anna@example.nl,+31 6 12345678,Bo,,New,2025-03-01 10:22,Customer\n",
        &["2: card Anna Smit / anna@example.nl / +31 6 12345678 / Customer"],
    ),
    (
        "hubspot-calls",
        "Record ID,Call Title,Activity date,Call Direction,Call outcome,Call duration (HH:mm:ss),Associated Contact\n\
         9,Intake,2026-06-30 14:30,Inbound,Connected,00:12:40,Anna Smit (anna@example.nl)\n",
        &["2: Anna Smit anna@example.nl | 2026-06-30T14:30 phone both human personal relational minutes=13 note=Intake"],
    ),
    (
        "hubspot-meetings",
        "Record ID,Meeting name,Activity date,Meeting outcome,Associated Contact\n\
         9,Kennismaking,2026-06-30 14:30,Completed,Anna Smit (anna@example.nl)\n10,Demo,2026-07-01 09:00,Canceled,Bo (bo@example.nl)\n",
        &[
            "2: Anna Smit anna@example.nl | 2026-06-30T14:30 visit both human personal relational note=Kennismaking",
            "3: nothing: `Meeting outcome` is `Canceled`",
        ],
    ),
    (
        "hubspot-emails",
        "Record ID,Email subject,Activity date,Email direction,Associated Contact\n\
         9,Geheim,2026-06-30 14:30,INCOMING_EMAIL,Anna Smit (anna@example.nl)\n10,Re: Geheim,2026-06-30 15:00,EMAIL,Anna Smit (anna@example.nl)\n",
        &[
            "2: Anna Smit anna@example.nl | 2026-06-30T14:30 email in human personal service",
            "3: Anna Smit anna@example.nl | 2026-06-30T15:00 email out human personal service",
        ],
    ),
    (
        "hubspot-activities",
        "Activity type,Activity date,Associated Contact\nCall,2026-06-30 14:30,Anna Smit (anna@example.nl)\nTask,2026-06-30 14:30,Anna Smit (anna@example.nl)\n",
        &["2: Anna Smit anna@example.nl | 2026-06-30T14:30 phone both human personal relational", "3: nothing: `Activity type` is `Task`"],
    ),
    (
        "shopify-orders",
        "Name,Email,Financial Status,Paid at,Fulfillment Status,Currency,Total,Created at,Lineitem quantity,Lineitem name,Billing Name,Billing Company,Billing Phone,Cancelled at,Phone\n\
         #1002,anna@example.nl,paid,2026-06-30 14:31:00 +0200,fulfilled,EUR,\"1234.500\",2026-06-30 14:30:00 +0200,1,Mok,Anna Smit,,'+31612345678,,\n\
         #1002,anna@example.nl,,,,,,2026-06-30 14:30:00 +0200,2,Bord,,,,,\n\
         #1001,bo@example.nl,refunded,,,EUR,5.00,2026-06-29 14:30:00 +0200,1,Mok,Bo,,,,\n\
         #1001,bo@example.nl,,,,,,2026-06-29 14:30:00 +0200,1,Bord,,,,,\n\
         #1000,cas@example.nl,paid,,,EUR,5.00,2026-06-28 14:30:00 +0200,1,Mok,Cas,,,2026-06-29 10:00:00 +0200,\n",
        &[
            "2: Anna Smit anna@example.nl +31612345678 | 2026-06-30T12:30 email out automated generic transactional cents=123450 note=#1002 tags=order",
            "3: nothing: another line with the same number",
            "4: nothing: `Financial Status` is `refunded`",
            "5: nothing: another line with the same number",
            "6: nothing: `Cancelled at` is filled in",
        ],
    ),
    (
        "woocommerce-orders",
        "Order Number,Order Status,Order Date,Customer Note,First Name (Billing),Last Name (Billing),Company (Billing),Email (Billing),Phone (Billing),Order Total Amount\n\
         501,Afgerond,2026-06-30 14:30,,Anna,Smit,Jansen BV,anna@example.nl,0612345678,49.95\n502,Failed,2026-06-30 14:30,,Bo,B,,bo@example.nl,,1\n",
        &[
            "2: Anna Smit anna@example.nl 0612345678 | 2026-06-30T14:30 email out automated generic transactional cents=4995 note=501 tags=order",
            "3: nothing: `Order Status` is `Failed`",
        ],
    ),
    (
        "woocommerce-export",
        "order_id,order_number,date,status,order_total,billing_first_name,billing_last_name,billing_email,billing_phone\n\
         1,501,2026-06-30 14:30:00,completed,49.95,Anna,Smit,anna@example.nl,0612345678\n",
        &[
            "2: Anna Smit anna@example.nl 0612345678 | 2026-06-30T14:30 email out automated generic transactional cents=4995 note=501 tags=order",
        ],
    ),
    (
        "woocommerce-analytics",
        "Date,Order #,Status,Customer,Customer type,Product(s),Items sold,Coupon(s),N. Revenue,Attribution\n\
         2026-06-30 14:30:00,501,completed,Anna Smit,new,Mok,1,,49.95,Direct\n2026-06-30 14:30:00,502,cancelled,Bo,new,Mok,1,,49.95,Direct\n",
        &[
            "2: Anna Smit | 2026-06-30T14:30 email out automated generic transactional cents=4995 note=501 tags=order",
            "3: nothing: `Status` is `cancelled`",
        ],
    ),
    (
        "mollie-payments",
        "Date,Payment method,Currency,Amount,Status,ID,Description,Consumer name,Consumer bank account,Settlement currency,Settlement amount,Settlement reference\n\
         2026-06-30 14:30:00,iDEAL,EUR,12.50,paid,tr_1,Bestelling 7,A. Smit,NL00,EUR,12.50,1\n2026-06-30 14:30:00,iDEAL,EUR,12.50,expired,tr_2,Bestelling 8,,,,,\n",
        &[
            "2: A. Smit | 2026-06-30T14:30 email out automated generic transactional cents=1250 note=Bestelling 7 tags=payment",
            "3: nothing: `Status` is `expired`",
        ],
    ),
    (
        "mollie-betalingen",
        "Datum;Betaalmethode;Valuta;Bedrag;Status;ID;Omschrijving;Naam consument\n30-06-2026;iDEAL;EUR;12,50;Betaald;tr_1;Bestelling 7;A. Smit\n",
        &["2: A. Smit | 2026-06-30T00:00 email out automated generic transactional cents=1250 note=Bestelling 7 tags=payment"],
    ),
    (
        "stripe-payments",
        "id,Created date (UTC),Amount,Amount Refunded,Currency,Captured,Description,Status,Seller Message,Customer ID,Customer Description,Customer Email\n\
         ch_1,2026-06-30 14:30,12.50,0.00,eur,true,Abonnement,Paid,Payment complete.,cus_1,Anna Smit,anna@example.nl\n\
         ch_2,2026-06-30 14:30,12.50,0.00,eur,false,Abonnement,Failed,The bank refused.,cus_2,,bo@example.nl\n",
        &[
            "2: Anna Smit anna@example.nl | 2026-06-30T14:30 email out automated generic transactional cents=1250 note=Abonnement tags=payment",
            "3: nothing: `Status` is `Failed`",
        ],
    ),
    (
        "moneybird-invoices",
        "Factuurnummer;Contact;Factuurdatum;Vervaldatum;Status;Totaal incl. btw\n2026-0001;Jansen BV;30-06-2026;14-07-2026;Betaald;\"1.210,00\"\n2026-0002;Bo;30-06-2026;;Concept;5,00\n",
        &[
            "2: Jansen BV | 2026-06-30T00:00 email out automated generic transactional cents=121000 note=2026-0001 tags=invoice",
            "3: nothing: `Status` is `Concept`",
        ],
    ),
    (
        "e-boekhouden-facturen",
        "Factuurnummer;Relatiecode;Bedrijf;Datum;Totaal excl.;Totaal incl.\nF001;J1;Jansen BV;30-06-2026;1.000,00;1.210,00\n",
        &["2: Jansen BV | 2026-06-30T00:00 email out automated generic transactional cents=121000 note=F001 tags=invoice"],
    ),
    (
        "e-boekhouden-mutaties",
        "Mutatienummer;Soort;Datum;Rekening;Relatie;Omschrijving;Bedrag\n7;Factuur verstuurd;30-06-2026;1300;Jansen BV;Advies juni;1210,00\n8;Geld uitgegeven;30-06-2026;1000;Bank;Kosten;5,00\n",
        &[
            "2: Jansen BV | 2026-06-30T00:00 email out automated generic transactional cents=121000 note=Advies juni tags=invoice",
            "3: nothing: `Soort` is `Geld uitgegeven`",
        ],
    ),
    (
        "event-log",
        "case:concept:name,concept:name,time:timestamp,org:resource\n3,register request,2010-12-30T14:32:00.000+01:00,Pete\n",
        &["2: 3 | 2010-12-30T13:32 portal out automated generic service note=register request"],
    ),
    (
        "event-log-plain",
        "case,activity,timestamp\n3,register request,2010-12-30T14:32:00.000+01:00\n",
        &["2: 3 | 2010-12-30T13:32 portal out automated generic service note=register request"],
    ),
];

#[test]
fn nothing_in_the_shipped_profiles_is_complained_of() {
    let parsed = parse_workspace(include_bytes!("../../profiles.yaml"));
    assert_eq!(parsed.complaints, []);
    let mut tried: Vec<&str> = FILES.iter().map(|(id, ..)| *id).collect();
    tried.sort_unstable();
    assert_eq!(profiles::shipped().iter().map(|profile| profile.id.as_str()).collect::<Vec<_>>(), tried, "each has a file here");
}

#[test]
fn each_is_recognised_and_read() {
    for (id, text, expected) in FILES {
        let header = head(text.as_bytes()).unwrap().header;
        let profile = profiles::recognise(&header, profiles::shipped()).unwrap_or_else(|| panic!("{id} is not recognised"));
        assert_eq!(profile.id, *id);
        assert_eq!(lines(profile, text.as_bytes()), *expected, "{id}");
    }
}

#[test]
fn attents_own_log_and_strangers_are_nobodys() {
    let columns = |text: &str| text.split(',').map(str::to_owned).collect::<Vec<_>>();
    let own = profile("columns: {at: at, customer: customer, channel: channel}");
    for (header, known) in
        [("at,customer,channel", false), ("At,customer,channel,note", false), ("at,customer,channel,extra", true), ("a,b", false)]
    {
        assert_eq!(profiles::recognise(&columns(header), [&own]).is_some(), known, "{header}");
    }
    assert_eq!(profiles::recognise(&columns("Datum,Naam"), profiles::shipped()), None);
    let (few, many) = (profile("header: [a]\ncolumns: {customer: a}"), profile("columns: {customer: a, email: {any: [b, c]}}"));
    assert_eq!(profiles::recognise(&columns("a,c"), [&few, &many]), Some(&many));
    assert_eq!(profiles::recognise(&columns("a,d"), [&few, &many]), Some(&few));
}
