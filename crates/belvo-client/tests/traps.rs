//! The traps of this API, each as it was found in the provider's documents or in the field.
#![cfg(all(
    feature = "banking",
    feature = "investments",
    feature = "employment",
    feature = "enrichment",
    feature = "fiscal-mexico",
    feature = "fiscal-chile",
    feature = "payments"
))]
#![allow(clippy::unwrap_used, clippy::panic)]

mod support;

use belvo_client::operations::RetrieveTransactionsAnswer;
use belvo_client::types::*;
use belvo_client::{Callback, CallbackVerifier, ErrorExt};
use support::{ACCOUNT, ID, LINK, Server, amount, client, date, json, json_status, read, record, reply, written};

/// A record with one member in place of another.
fn with(name: &str, pointer: &str, json: &str) -> String {
    let mut value: serde_json::Value = serde_json::from_str(&record(name)).unwrap();
    *value.pointer_mut(pointer).unwrap() = serde_json::from_str(json).unwrap();
    value.to_string()
}

#[test]
fn trap_01_amounts_are_numbers_here_and_text_there() {
    let transaction: Transaction = read(r#"{"id":"1","amount":999999999999999.9999}"#);
    assert_eq!(transaction.amount.to_string(), "999999999999999.9999");
    let moved: PaymentTransaction = read(&with("payment-transaction", "/amount", r#""1234.10""#));
    assert_eq!(moved.amount, Some(amount("1234.10")));
    assert!(written(&moved).contains(r#""amount":"1234.10""#));

    // The terms of an authorization are sent as a number and come back as text.
    assert!(written(&AuthorizationTermsCreation::new(amount("10000.05"), "Rent")).contains(r#""amount":10000.05"#));
    let terms: AuthorizationTerms = read(r#"{"amount":"10000.05"}"#);
    assert!(written(&terms).contains(r#""amount":"10000.05""#));
}

#[test]
fn trap_02_patterns_of_numbers_are_not_kept() {
    for number in ["192000.9", "202000", "0.062", "-0.10"] {
        let data: AccountCreditData = read(&format!(r#"{{"credit_limit":{number}}}"#));
        assert_eq!(data.credit_limit.as_ref().unwrap().to_string(), number);
        assert_eq!(written(&data), format!(r#"{{"credit_limit":{number}}}"#));
    }
}

#[test]
fn trap_03_merchant_categories_keep_their_zeros_where_they_are_sent() {
    for (sent, kept) in [(r#""0742""#, "0742"), ("5137", "5137")] {
        let transaction: Transaction = read(&with("transaction", "/mcc", sent));
        assert_eq!(transaction.mcc.as_deref(), Some(kept));
    }
}

#[test]
fn trap_04_broken_patterns_refuse_nothing() {
    let text = "Both the term\nand the frequency – “as agreed” ".repeat(9);
    let data: AccountLoanData = read(&serde_json::json!({ "installment_frequency_info": text }).to_string());
    assert_eq!(data.installment_frequency_info.as_deref(), Some(text.as_str()));
}

#[test]
fn trap_05_required_means_there_and_not_filled() {
    let account: Account = read(r#"{"id":"1","subtype":null,"check_digit":null,"credit_data":{"network":null}}"#);
    assert_eq!((account.subtype.as_deref(), account.check_digit.as_deref()), (None, None));
    assert_eq!(account.credit_data.as_ref().unwrap().network.as_ref(), None);
    assert!(written(&account).contains(r#""subtype":null"#));
}

#[test]
fn trap_06_null_may_be_a_word() {
    for json in ["null", r#""null""#] {
        let transaction: InvestmentTransaction = read(&with("investment-transaction", "/type", json));
        assert!(written(&transaction).contains(&format!(r#""type":{json}"#)));
        let customer: Customer = read(&with("customer-v1", "/country", json));
        assert!(written(&customer).contains(&format!(r#""country":{json}"#)));
        let phone: ChilePhone = read(&format!(r#"{{"type":{json},"number":"1"}}"#));
        assert!(written(&phone).contains(&format!(r#""type":{json}"#)));
    }
}

#[test]
fn trap_07_registration_numbers_are_text() {
    for (sent, kept) in [("11225860000140", "11225860000140"), (r#""00000000000191""#, "00000000000191")] {
        let exchange: Exchange = read(&with("exchange", "/authorized_institution_identifier", sent));
        assert_eq!(exchange.authorized_institution_identifier.as_deref(), Some(kept));
        let exchange: Exchange = read(&with("exchange", "/intermediary_institution_identifier", sent));
        assert_eq!(exchange.intermediary_institution_identifier.as_deref(), Some(kept));
    }
}

#[test]
fn trap_08_document_numbers_are_sent_in_quotes() {
    let giver = written(&ConsentGiver::new("CPF", "01234567890", "Ana"));
    assert!(giver.contains(r#""number":"01234567890""#), "{giver}");
    let retrieval = written(&YearlyTaxReturnRetrieval::new(LINK, "yearly", "2019", "2021"));
    assert!(retrieval.contains(r#""year_from":"2019","year_to":"2021""#), "{retrieval}");
}

#[test]
fn trap_09_categories_are_known_in_full_and_open() {
    for known in ["Unknown", "Online Platforms & Leisure", "Withdrawal & ATM"] {
        assert!(!matches!(TransactionCategory::from(known), TransactionCategory::Unrecognized(_)), "{known}");
    }
    // The asterisk is a footnote of the documentation.
    assert!(matches!(TransactionCategory::from("Unknown*"), TransactionCategory::Unrecognized(_)));
    let transaction: Transaction = read(&with("transaction", "/subcategory", r#""Horoscopes""#));
    assert!(matches!(transaction.subcategory.as_ref(), Some(TransactionSubcategory::Unrecognized(_))));
}

#[test]
fn trap_10_values_have_blanks_ampersands_and_commas() {
    let transaction: Transaction = read(&with("transaction", "/subcategory", r#""Apps, Software and Cloud Services""#));
    assert!(!matches!(transaction.subcategory.as_ref(), Some(TransactionSubcategory::Unrecognized(_))));
    assert!(written(&transaction).contains(r#""Apps, Software and Cloud Services""#));
    assert!(written(&transaction).contains(r#""Income & Payments""#));
}

#[test]
fn trap_11_sets_that_banks_define_are_open() {
    let account: Account = read(r#"{"id":"1","type":"TIPO_NOVO","subtype":"SUBTIPO_NOVO","balance_type":"NEITHER"}"#);
    assert_eq!(account.type_.as_deref(), Some("TIPO_NOVO"));
    let transaction: Transaction = read(
        r#"{"id":"1","amount":1,"status":"FROZEN","operation_type":"NOVO","credit_card_data":{"bill_status":"HALF"}}"#,
    );
    assert!(matches!(transaction.status.as_ref(), Some(TransactionStatus::Unrecognized(_))));
    assert_eq!(transaction.operation_type.as_deref(), Some("NOVO"));
    assert_eq!(transaction.credit_card_data.as_ref().unwrap().bill_status.as_deref(), Some("HALF"));
}

#[test]
fn trap_12_counterparties_may_be_companies() {
    let party: TransactionCounterparty = read(r#"{"type":"COMPANY","document_number":"11225860000140"}"#);
    assert_eq!(party.document_number.as_deref(), Some("11225860000140"));
}

#[test]
fn trap_13_times_have_microseconds_milliseconds_or_no_zone() {
    for (sent, zoned) in [
        ("2022-02-09T08:45:50.406032Z", true),
        ("2021-03-09T10:28:40.000Z", true),
        ("2020-04-23T21:32:55.336854+00:00", true),
        ("2024-01-31T00:00:00", false),
    ] {
        let transaction: Transaction = read(&with("transaction", "/transacted_at", &format!("{sent:?}")));
        assert_eq!(transaction.transacted_at.as_ref().unwrap().timestamp().is_some(), zoned, "{sent}");
        assert!(written(&transaction).contains(&format!(r#""transacted_at":"{sent}""#)), "{sent}");
    }
}

#[test]
fn trap_14_days_that_are_called_text_are_days_and_may_have_a_time() {
    for sent in ["2019-10-23", "2019-10-23T00:00:00"] {
        let transaction: Transaction = read(&with("transaction", "/accounting_date", &format!("{sent:?}")));
        assert_eq!(transaction.accounting_date.as_ref().unwrap().date().to_string(), "2019-10-23");
        assert!(written(&transaction).contains(&format!(r#""accounting_date":"{sent}""#)));
    }
    let loan: AccountLoanData = read(r#"{"settlement_date":"2021-09-23","disbursement_dates":["2021-09-23"]}"#);
    assert_eq!(loan.settlement_date.as_ref().unwrap(), &date("2021-09-23"));
    assert_eq!(loan.disbursement_dates.as_ref().unwrap()[0], date("2021-09-23"));
}

#[test]
fn trap_15_rates_are_under_interest_rate_data() {
    let rate: LoanInterestRate = read(r#"{"interest_rate_data":{"tax_type":"NOMINAL","pre_fixed_rate":0.062}}"#);
    let terms = rate.interest_rate_data.as_ref().unwrap();
    assert_eq!(terms.tax_type, Some(LoanTaxType::Nominal));
    assert_eq!(terms.pre_fixed_rate.as_ref().map(ToString::to_string).as_deref(), Some("0.062"));
}

#[test]
fn trap_16_what_is_charged_beyond_the_fees_is_typed_although_it_was_not_described() {
    let loan: AccountLoanData = read(r#"{"contracted_charges":[{"type":"NO_CHARGE","info":null,"rate":null}]}"#);
    assert_eq!(loan.contracted_charges.as_ref().unwrap()[0].type_.as_ref(), Some(&LoanChargeType::NoCharge));
}

#[test]
fn trap_17_one_record_or_a_list_of_them() {
    for (expense, insight, income) in [(record("recurring-expense"), record("risk-insight"), record("income")), {
        let list = |name| format!("[{}]", record(name));
        (list("recurring-expense"), list("risk-insight"), list("income"))
    }] {
        support::run(async {
            let answers = [&expense, &insight, &insight, &income].map(json);
            let server = Server::playing(answers).await;
            let client = client(&server);
            let expenses = client.show_recurring_expense(ID).send().await;
            let shown = client.show_risk_insight(ID).send().await;
            let resumed = client.resume_risk_insights(support::resumption()).send().await.unwrap();
            assert!(!matches!(*resumed, RiskInsights::Unrecognized(_)));
            let incomes = client.resume_incomes(support::resumption()).send().await.unwrap();
            assert!(!matches!(*incomes, Incomes::Unrecognized(_)));
            expenses.unwrap();
            shown.unwrap();
        });
    }
}

#[test]
fn trap_18_kinds_of_records_are_told_apart_by_what_they_hold() {
    for (file, part) in [
        ("tax-return-personal", "PersonalTaxReturn("),
        ("tax-return-personal-monthly", "PersonalMonthlyTaxReturn("),
        ("tax-return-business", "BusinessTaxReturn("),
        ("tax-return-business-monthly", "BusinessMonthlyTaxReturn("),
    ] {
        let found: TaxReturn = read(&record(file));
        assert!(format!("{found:?}").starts_with(part), "{file}: {found:?}");
    }
    for (file, of_authorization) in [("charge", false), ("charge-pix", false), ("charge-v2", true)] {
        let charge: AnyCharge = read(&record(file));
        assert_eq!(matches!(charge, AnyCharge::AuthorizationCharge(_)), of_authorization, "{file}: {charge:?}");
        assert_eq!(matches!(charge, AnyCharge::Charge(_)), !of_authorization, "{file}: {charge:?}");
    }
    let (person, company): (Owner, Owner) = (read(&record("owner-person")), read(&record("owner-company")));
    assert!(person.company_name.is_none() && company.company_name.is_some());
    let (first, second): (Customer, Customer) = (read(&record("customer-v1")), read(&record("customer-v2")));
    assert!(first.customer_type.is_some() && second.customer_type.is_none() && second.updated_at.is_some());
}

#[test]
fn trap_19_institutions_are_named_or_numbered() {
    let institution: Institution = read(&record("institution"));
    assert_eq!(institution.id.as_ref().unwrap().as_str(), "1003");
    let link: Link = read(&record("link"));
    assert!(link.institution.is_some_and(|name| name.as_str().contains("_")));
    let payments: PaymentInstitution = read(&record("payment-institution"));
    assert_eq!(payments.id.as_str().len(), 36);
}

#[test]
fn trap_20_types_of_callbacks_are_singular_and_plural() {
    let verifier = CallbackVerifier::new("Bearer x").unwrap();
    let headers =
        belvo_client::runtime::HeaderMap::from_iter([("authorization".parse().unwrap(), "Bearer x".parse().unwrap())]);
    for kind in ["LINK", "LINKS", "ACCOUNTS"] {
        let body = format!(r#"{{"webhook_type":"{kind}","webhook_code":"x","link_id":"1"}}"#);
        let Callback::Aggregation(callback) = verifier.verify(&headers, body.as_bytes()).unwrap() else { panic!() };
        assert_eq!(callback.webhook_type, kind);
    }
}

#[test]
fn trap_21_expired_at_lies_ahead() {
    let consent: Consent = read(&with("consent", "/expired_at", r#""2999-01-01T00:00:00Z""#));
    assert!(consent.expired_at.as_ref().unwrap().timestamp() > consent.created_at.unwrap().timestamp());
    let unlimited: Consent = read(r#"{"id":"1","expired_at":null,"undefined_consent_expiration":true}"#);
    assert_eq!(unlimited.undefined_consent_expiration, Some(true));
}

#[test]
fn trap_22_two_charges_have_names_a_letter_apart() {
    support::run(async {
        let server = Server::playing([json(record("charge")), json(record("charge"))]).await;
        client(&server).show_charge(ID).send().await.unwrap();
        client(&server).show_payment_intent_charge(ACCOUNT, ID).send().await.unwrap();
        let paths: Vec<_> = server.requests().iter().map(|request| request.path().to_owned()).collect();
        let nested = format!("/payments/br/payment-intents/{ACCOUNT}/charges/{ID}/");
        assert_eq!(paths, [format!("/payments/br/charges/{ID}/"), nested]);
    });
}

#[test]
fn trap_23_statuses_that_no_operation_declares() {
    support::run(async {
        let server = Server::playing([reply(429, &[], ""), reply(405, &[], "")]).await;
        let error = client(&server).remove_transaction(ID).send().await.unwrap_err();
        assert!(error.is_rate_limited());
        assert_eq!(error.advice(), belvo_client::Advice::Wait);
        let error = client(&server).remove_transaction(ID).send().await.unwrap_err();
        assert_eq!(error.status().unwrap(), 405);
    });
    support::run(async {
        let accepted = r#"{"request_id":"a6e1"}"#;
        let server = Server::playing([json_status(202, accepted), json_status(202, accepted)]).await;
        let body = Retrieval::new(LINK);
        let answer = client(&server).retrieve_financial_statements(body.clone()).request_mode(RequestMode::Async);
        assert!(format!("{:?}", answer.send().await.unwrap()).contains("Accepted"));
        let answer = client(&server).retrieve_investments(body).request_mode(RequestMode::Async);
        assert!(format!("{:?}", answer.send().await.unwrap()).contains("Accepted"));
    });
}

#[test]
fn trap_24_events_of_exchanges_are_numbers() {
    for kind in [1, 9, 77] {
        let event: ExchangeEvent = read(&with("exchange-event", "/event_type", &kind.to_string()));
        assert_eq!(event.event_type, Some(kind));
    }
}

#[test]
fn trap_25_lists_in_prose_are_text() {
    for kind in ["ASSET", "LIABILITY", "SOMETHING_ELSE"] {
        let account: Account = read(&format!(r#"{{"id":"1","balance_type":"{kind}"}}"#));
        assert_eq!(account.balance_type.as_deref(), Some(kind));
    }
}

#[test]
fn trap_26_stored_or_not_both_are_successes() {
    support::run(async {
        let list = format!("[{}]", record("account"));
        let answers = [json(&list), json_status(201, &list), json(&list), json_status(201, &list)];
        let server = Server::playing(answers).await;
        for save in [false, true] {
            let body = Retrieval::new(LINK).save_data(save);
            assert_eq!(client(&server).retrieve_accounts(body).send().await.unwrap().len(), 1);
        }
        for save in [false, true] {
            let body = support::resumption().save_data(save);
            assert_eq!(client(&server).resume_accounts(body).send().await.unwrap().len(), 1);
        }
        let transactions = format!("[{}]", record("transaction"));
        server.queue(json_status(201, transactions));
        let body = TransactionRetrieval::new(LINK, date("2024-01-01"), date("2024-01-31"));
        let answer = client(&server).retrieve_transactions(body).send().await.unwrap();
        assert!(matches!(*answer, RetrieveTransactionsAnswer::Created(_)));
    });
}

#[test]
fn trap_27_members_that_are_no_longer_filled_may_hold_what_they_held() {
    for json in ["null", r#""text""#, r#"[{"name":"Fund","value":1.50}]"#] {
        let account: Account = read(&format!(r#"{{"id":"1","funds_data":{json}}}"#));
        assert_eq!(account.funds_data.map_or("null".to_owned(), |data| data.get().to_owned()), json);
    }
    let transaction: Transaction = read(
        r#"{"id":"1","amount":1,"balance":null,"observations":null,"reference":null,
        "credit_card_data":{"bill_status":null,"previous_bill_total":null}}"#,
    );
    assert_eq!((transaction.balance.as_ref(), transaction.reference.as_deref()), (None, None));
    let credit: AccountCreditData = read(r#"{"next_payment_date":null,"no_interest_payment":null}"#);
    assert!(written(&credit).contains(r#""next_payment_date":null"#));
}
