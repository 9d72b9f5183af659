//! The traps of this API, each as it was found in the documentation or in the field.
#![allow(clippy::unwrap_used, clippy::panic)]

mod support;

use std::collections::BTreeMap;

use support::{
    Server, answers, calls, client, differences, failure, json, json_status, outcomes, read, request, sample, written,
};
use wealthreader_client::runtime as rt;
use wealthreader_client::types::*;
use wealthreader_client::{
    Advice, Client, ErrorCode, ErrorExt, Id, OauthLogin, UnsignedBatchNotification, WarningPriority,
};

fn financials() -> Financials {
    let answer: FinancialDataAnswer = read(&sample("entities.response"));
    answer.data().unwrap().financials().unwrap().unwrap().clone()
}

#[test]
fn trap_01_a_session_is_text_even_where_it_looks_like_a_number() {
    for sent in [r#""3463754e3540884""#, "3463754e3540884", r#""0012""#, "12345678901234567890"] {
        let statistics: Statistics = read(&format!(r#"{{"SESSION":{sent}}}"#));
        assert_eq!(statistics.session.as_deref(), Some(sent.trim_matches('"')), "{sent}");
        assert_eq!(written(&statistics), format!(r#"{{"SESSION":"{}"}}"#, sent.trim_matches('"')));
    }
    // As the documentation renders it, it is no JSON.
    let printed = r#"{"success":true,"payload":{},"statistics":{"SESSION":Infinity}}"#;
    assert!(outcomes([json(printed)]).remove(0).unwrap_err().is_decode());
}

#[test]
fn trap_02_a_read_answers_with_an_object_or_a_list_of_one() {
    let alone = sample("batch-result.response");
    let listed = format!("[{alone}]");
    for (text, outcome) in [&alone, &listed].into_iter().zip(outcomes([json(&*alone), json(&*listed)])) {
        let answer = outcome.unwrap();
        assert_eq!(answer.data().unwrap(), &read::<FinancialData>(&alone));
        assert_eq!(written(&*answer).starts_with('['), text.starts_with('['));
    }
    for other in ["[]", &format!("[{alone},{alone}]"), "7", r#"{"payload":{}}"#, r#"[{"payload":{}}]"#] {
        let answer: FinancialDataAnswer = read(other);
        assert!(answer.data().is_err(), "{other}");
    }
}

#[test]
fn trap_03_code_lists_are_nested_flat_or_in_an_envelope() {
    let code = r#"{"code":2,"description":"x","fatal":false}"#;
    for text in [
        format!("[[{code}]]"),
        format!("[{code}]"),
        format!(r#"{{"success":true,"payload":[{code}],"error":null,"statistics":{{"SESSION":"1"}}}}"#),
        format!(r#"{{"success":true,"payload":[[{code}]]}}"#),
    ] {
        let codes: CodeList = read(&text);
        assert_eq!(
            codes.codes().unwrap().into_iter().map(|known| (known.code, known.fatal)).collect::<Vec<_>>(),
            [(2, Some(false))],
            "{text}"
        );
    }
    let category = r#"{"type":1,"literal":"x"}"#;
    for text in [format!("[[{category}]]"), format!("[{category}]"), format!(r#"{{"payload":[{category}]}}"#)] {
        let types: CategoryTypeList = read(&text);
        assert_eq!(
            types.category_types().unwrap().into_iter().map(|known| known.type_.as_str()).collect::<Vec<_>>(),
            ["1"],
            "{text}"
        );
    }
    // What cannot be read is no empty list.
    assert_eq!(read::<CodeList>(r#"[[{"code":2}],"odd"]"#).codes().unwrap_err().path(), "/1");
    assert!(read::<CodeList>(r#""under maintenance""#).codes().is_err());
    assert!(read::<CategoryTypeList>("7").category_types().is_err());
    assert!(read::<EntityList>(r#""under maintenance""#).entities().is_err());
    assert!(read::<TokenPage>("7").tokens().is_err());
    assert_eq!(read::<CategoryTypeList>(answers::CATEGORY_TYPES).category_types().unwrap().len(), 2);
}

#[test]
fn trap_04_misspelt_names_stay() {
    let text = sample("tokens-list.response");
    let page: TokenPage = read(&text);
    assert!(page.tokens().unwrap()[0].accesed_at.is_some() && page.tokens().unwrap()[0].times_accesed == Some(0));
    assert!(written(&page).contains(r#""times_accesed":0"#));
    assert_eq!(financials().cards.unwrap()[0].anual_interest.unwrap().to_string(), "17.48");
    let page: TokenPage = read(r#"[{"token":"x","accessed_at":"2019-08-24T14:15:22Z"}]"#);
    assert_eq!(page.tokens().unwrap()[0].accesed_at, None, "the right spelling is not the provider's");
    // The path is checked with all others in `operations.rs`.
}

#[test]
fn trap_05_a_key_has_a_hyphen() {
    let category: Categorization = read(r#"{"portfolio-uuid":"1465010091400123456789"}"#);
    assert_eq!(category.portfolio_uuid.as_deref(), Some("1465010091400123456789"));
    assert_eq!(written(&category), r#"{"portfolio-uuid":"1465010091400123456789"}"#);
}

#[test]
fn trap_06_names_are_in_every_case() {
    let owner: Owner = read(r#"{"ID":"1","id":"2"}"#);
    assert_eq!(owner.id.as_deref(), Some("1"));
    let holder: LoanHolder = read(r#"{"id":"2","ID":"1"}"#);
    assert_eq!(holder.id.as_deref(), Some("2"));
    let bond: Bond = read(r#"{"uuid":"1","isin":"ES00000123E5"}"#);
    assert_eq!(bond.isin.as_deref(), Some("ES00000123E5"));
    let category: Categorization = read(r#"{"ISIN":"US88160R1014"}"#);
    assert_eq!(category.isin.as_deref(), Some("US88160R1014"));
    let period = &financials().employment.unwrap().periods.unwrap()[0];
    assert_eq!(period.actual_start_date.as_ref().unwrap().to_string(), "2022-11-10");
    let required = RequiredProducts::new().accounts(BTreeMap::from([("1".to_owned(), RequiredProduct::new())]));
    assert_eq!(written(&required), r#"{"ACCOUNTS":{"1":{}}}"#);
}

#[test]
fn trap_07_an_empty_text_is_no_date() {
    let financials = financials();
    assert_eq!(financials.factoring.unwrap()[0].next_payment_date, None);
    assert_eq!(financials.confirming.unwrap()[0].next_payment_date, None);
}

#[test]
fn trap_08_a_word_stands_for_a_date() {
    let period = &financials().employment.unwrap().periods.unwrap()[0];
    assert_eq!(period.end_date.as_deref(), Some("Actual"));
    let ended: EmploymentPeriod = read(r#"{"endDate":"2024-01-31"}"#);
    assert_eq!(ended.end_date.as_deref(), Some("2024-01-31"));
}

#[test]
fn trap_09_additional_amounts_are_text() {
    let info = &financials().guarantees.unwrap()[0].additional_info.clone().unwrap()[0];
    assert_eq!((info.key.as_deref(), info.value.as_deref()), (Some("euroEquivalent"), Some("0.00")));
    let number: AdditionalInfo = read(r#"{"key":"x","value":0.10}"#);
    assert_eq!(number.value.as_deref(), Some("0.10"));
}

#[test]
fn trap_10_a_composition_is_one_position_or_a_list() {
    let position = r#"{"ISIN":"US88160R1014","shares":225.0077,"total_amount":3275.60}"#;
    let portfolio =
        |composition: &str| -> Portfolio { read(&format!(r#"{{"uuid":"1","composition":{composition}}}"#)) };
    for composition in [position.to_owned(), format!("[{position}]")] {
        let portfolio = portfolio(&composition);
        assert_eq!(portfolio.positions().unwrap()[0].total_amount.as_ref().unwrap().to_string(), "3275.60");
        assert_eq!(
            differences(&format!(r#"{{"uuid":"1","composition":{composition}}}"#), &written(&portfolio)),
            [""; 0]
        );
    }
    assert!(portfolio("[]").positions().unwrap().is_empty() && portfolio("null").positions().unwrap().is_empty());
    assert_eq!(portfolio(r#"[{"shares":"many"}]"#).positions().unwrap_err().path(), "/composition/0/shares");
    assert_eq!(portfolio(&format!("[{position},{position}]")).positions().unwrap().len(), 2);
}

#[test]
fn trap_11_bonds_stand_alone_or_among_the_portfolios() {
    assert_eq!(financials().bonds.unwrap()[0].principal.unwrap().to_string(), "1000");
    let bonds: Portfolio =
        read(r#"{"uuid":"1","subtype":"bonds","composition":[{"effective_yield":2.50,"due_date":"2030-01-01"}]}"#);
    assert_eq!(bonds.subtype, Some(PortfolioSubtype::Bonds));
    assert_eq!(bonds.positions().unwrap()[0].effective_yield.as_ref().unwrap().to_string(), "2.50");
}

#[test]
fn trap_12_a_card_has_an_owner_or_owners() {
    let owner = r#"{"ID":"1","name":"Ana"}"#;
    let card = |members: &str| -> Card { read(&format!(r#"{{"uuid":"1"{members}}}"#)) };
    for members in [format!(r#","owner":{owner}"#), format!(r#","owner":[{owner}]"#), format!(r#","owners":[{owner}]"#)]
    {
        let card = card(&members);
        assert_eq!(
            card.holders().unwrap().iter().map(|known| known.name.as_deref()).collect::<Vec<_>>(),
            [Some("Ana")],
            "{members}"
        );
    }
    assert!(card("").holders().unwrap().is_empty());
    assert_eq!(card(r#","owner":"Ana""#).holders().unwrap_err().path(), "/owner");
}

#[test]
fn trap_13_a_pdf_is_final_or_settled_beside_its_text() {
    let older: AccountTransaction = read(r#"{"amount":1,"pdf_file":"JVBERi0=","pdf_file_final":true}"#);
    assert_eq!((older.pdf_file_final, older.pdf_file_settled), (Some(true), None));
    let newer: AccountTransaction = read(r#"{"amount":1,"pdf_file":"JVBERi0=","pdf_file_settled":false}"#);
    assert_eq!((newer.pdf_file_final, newer.pdf_file_settled), (None, Some(false)));
    assert_eq!(newer.pdf_file.as_deref(), Some("JVBERi0="));
    let receipt: DebitReceipt = read(r#"{"pdf_file_settled":true}"#);
    assert_eq!(receipt.pdf_file_settled, Some(true));
}

#[test]
fn trap_14_factoring_has_two_generations() {
    let older = &financials().factoring.unwrap()[0];
    let invoice = &older.invoices.as_ref().unwrap()[0];
    assert_eq!(invoice.amount.unwrap().to_string(), "918.45");
    assert_eq!(invoice.status, Some(InvoiceStatus::Advanced));
    assert!(older.providers.is_some() && older.clients.is_none());
    let text = r#"{"uuid":"1","assignor_type":"recourse-factor","clients":[{"client_id":"A1"}],
        "invoices":[{"invoice_amount":918.45,"received_amount":900.00,"status":"pending_collection"}]}"#;
    let newer: Factoring = read(text);
    let invoice = &newer.invoices.as_ref().unwrap()[0];
    assert_eq!(invoice.received_amount.unwrap().to_string(), "900.00");
    assert_eq!(invoice.status, Some(InvoiceStatus::PendingCollection));
    assert_eq!(differences(text, &written(&newer)), [""; 0]);
}

#[test]
fn trap_15_a_category_is_a_number_or_text() {
    for (sent, text) in [("1", "1"), (r#""1""#, "1"), (r#""transfer""#, "transfer")] {
        let category: Categorization = read(&format!(r#"{{"type":{sent}}}"#));
        assert_eq!(category.type_.as_deref(), Some(text));
    }
}

#[test]
fn trap_16_a_batch_is_text_or_a_number() {
    let body = br#"{"batch_id":10863151,"credential_id":"cred_002"}"#;
    assert_eq!(UnsignedBatchNotification::read(body).unwrap().batch_id(), &Id::from("10863151"));
    let receipt: BatchReceipt = read(&sample("batch-create.response"));
    assert_eq!(receipt.batch_id, "batch_20250120_a1b2c3d4");
    assert_eq!(written(&BatchQuery::new(10863151)), r#"{"batch_id":"10863151"}"#);
}

#[test]
fn trap_17_failures_have_three_shapes_and_status_200() {
    let shapes = [
        failure(3),
        r#"{"success":false,"message":"x"}"#.into(),
        r#"{"success":false,"code":"x","message":"x"}"#.into(),
    ];
    for (shape, outcome) in shapes.iter().zip(outcomes(shapes.clone().map(json))) {
        assert_eq!(outcome.unwrap_err().status().unwrap(), 200, "{shape}");
    }
}

#[test]
fn trap_18_booleans_in_forms_are_words_or_digits() {
    support::run(async {
        let server = Server::answering(|_| json(r#"{"success":true}"#)).await;
        let read = request().only_balances(true);
        client(&server).read_financial_data(read).send().await.unwrap();
        client(&server).add_domain(calls::domain()).send().await.unwrap();
        let sent = server.requests();
        assert_eq!(sent[0].form_value("only_balances").as_deref(), Some("true"));
        assert_eq!(sent[1].form_value("tokenize").as_deref(), Some("1"));
        assert_eq!(Tokenize::No.as_ref(), "0");
    });
}

#[test]
fn trap_19_values_have_blanks() {
    let movement: PortfolioTransaction = read(r#"{"uuid":"1","operation_type":"subscription by transfer"}"#);
    assert_eq!(movement.operation_type, Some(PortfolioOperation::SubscriptionByTransfer));
    let owner: Owner = read(r#"{"role":"legal representative"}"#);
    assert_eq!(owner.role, Some(OwnerRole::LegalRepresentative));
    assert_eq!(written(&owner), r#"{"role":"legal representative"}"#);
}

#[test]
fn trap_20_banks_come_with_statistics_and_a_token_in_them() {
    let list: EntityList = read(&sample("entities-list.response"));
    let statistics = list.entities().unwrap()[0].statistics.as_ref().unwrap();
    assert_eq!(statistics.session.as_deref(), Some("INFINITY-AS-PRINTED"));
    assert!(!format!("{list:?}").contains("FRJ0mHlaqZwLzu"));
}

#[test]
fn trap_21_pages_are_counted_in_integers() {
    support::run(async {
        let server = Server::answering(|_| json("[]")).await;
        client(&server).list_tokens().body(TokenQuery::new().page(3)).send().await.unwrap();
        assert_eq!(server.request().form_value("page").as_deref(), Some("3"));
    });
}

#[test]
fn trap_22_a_key_may_have_any_length() {
    support::run(async {
        let server = Server::answering(|_| json(r#"{"success":true}"#)).await;
        for key in ["a1b2c3d4", "a", "äöü-_=&+ %/", "a1b2c3d4e5f6a7b8c9d0e1f2a3b4c5d6"] {
            let client = support::builder_with(&server, key).0.build().unwrap();
            client.check_user(UserQuery::new("1")).send().await.unwrap();
            let sent = server.requests().pop().unwrap();
            assert_eq!(sent.form_value("api_key").as_deref(), Some(key));
        }
        assert!(Client::builder("").build().is_err());
    });
}

#[test]
fn trap_23_a_translation_under_the_key_false_does_no_harm() {
    let codes: CodeList = read(r#"[[{"code":2,"x-i18n":{"false":"Feil kall","en":"Incorrect call"}}]]"#);
    let code = codes.codes().unwrap()[0];
    assert!(code.unlisted["x-i18n"].get().contains("Feil kall"));
}

#[test]
fn trap_24_ids_are_any_text() {
    let financials = financials();
    assert_eq!(financials.accounts.unwrap()[0].uuid, "8076932f04f73e27fe608fee4d12fca8708dec8c");
    let guarantee = &financials.guarantees.unwrap()[0];
    assert_eq!(guarantee.code.as_deref(), Some("f2eb8HsfBDSDseBw8HeSccOwJweJ2OfxH2xDw8Ss"));
}

#[test]
fn trap_25_digits_are_kept() {
    let list: EntityList = read(&sample("entities-list.response"));
    let statistics = list.entities().unwrap()[0].statistics.as_ref().unwrap();
    assert_eq!(statistics.execution_time.unwrap().to_string(), "0.958119869232178");
    for sent in ["-0.10", "999999999999999.9999", "14302.07", "0.1234567890123456789012345678"] {
        let movement: AccountTransaction = read(&format!(r#"{{"amount":{sent}}}"#));
        assert_eq!(movement.amount.to_string(), sent);
        assert_eq!(written(&movement), format!(r#"{{"amount":{sent}}}"#));
    }
    assert!(rt::de::from_str::<AccountTransaction>(r#"{"amount":9.2345678901234567890123456789}"#).is_err());
}

#[test]
fn trap_26_what_can_be_asked_for_is_less_than_what_comes() {
    let financials = financials();
    assert!(financials.contracts.is_some() && financials.employment.is_some() && financials.guarantees.is_some());
    // Products that have no value yet can be asked for by their text.
    let asked = request().product_types([ProductType::Deposits, ProductType::from("guarantees"), ProductType::All]);
    assert_eq!(written(&asked.product_types), r#"["deposits","guarantees","ALL"]"#);
}

#[test]
fn trap_27_one_number_is_an_error_and_a_warning() {
    let (errors, warnings): (CodeList, CodeList) =
        (read(&sample("error-codes-list.response")), read(&sample("warning-codes-list.response")));
    assert_eq!(errors.codes().unwrap()[0].code, warnings.codes().unwrap()[0].code);
    assert_eq!(ErrorCode::from(2).advice(), Some(Advice::GiveUp));
    assert_eq!(WarningPriority::for_code(2), Some(WarningPriority::Report));
    let refused = outcomes([json_status(400, failure(2))]).remove(0).unwrap_err();
    assert_eq!(refused.advice(), Advice::GiveUp);
}

#[test]
fn trap_28_the_redirect_flow_is_no_standard_pkce() {
    let login = OauthLogin::begin("https://app.example.com/return").unwrap();
    let url = login.redirect_url(&r#"{"operation_id":"1"}"#.parse().unwrap()).unwrap();
    let names: Vec<_> = url.expose().split(['?', '&']).skip(1).map(|pair| pair.split('=').next().unwrap()).collect();
    assert!(names.contains(&"challenge_code") && !names.contains(&"code_challenge"), "{names:?}");
    let challenge = rt::hex(&rt::sha256(login.code_verifier().expose().as_bytes()));
    assert!(url.expose().contains(&format!("challenge_code={challenge}&code_challenge_method=S256")));
}
