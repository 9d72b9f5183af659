//! Institutions, links, consents, tokens of the widget.

use belvo_client::ErrorExt;
use belvo_client::types::*;

use crate::{BANK, Scene, TOKENS, id, raw, results};

pub(crate) async fn all(scene: &Scene) {
    institutions(scene).await;
    life(scene).await;
    second_factor(scene).await;
    refused(scene).await;
    consents(scene).await;
    widget(scene).await;
}

async fn institutions(scene: &Scene) {
    let client = &scene.client;
    let all = results(&client.list_institutions().send().await.unwrap());
    let banks = client.list_institutions().type_in([InstitutionType::Bank]).country_code("BR").send().await.unwrap();
    let banks = results(&banks);
    assert!(banks.len() < all.len() && banks.iter().all(|bank| bank["type"] == "bank"), "{banks:?}");
    let both = [Resource::TaxStatus, Resource::Invoices];
    let fiscal = results(&client.list_institutions().resources_allin(both).send().await.unwrap());
    assert!(fiscal.iter().all(|one| one["type"] == "fiscal") && fiscal.len() == 2, "{fiscal:?}");
    let number = all[0]["id"].to_string();
    assert_eq!(raw(&client.show_institution(&number).send().await.unwrap()), all[0]);
    scene.gone(client.show_institution("1").send().await);
}

/// A link from its creation to its end.
async fn life(scene: &Scene) {
    let client = &scene.client;
    let before = results(&client.list_links().send().await.unwrap()).len();
    let creation = LinkCreation::new(TOKENS, "anybody").password("secret").external_id("user-1").stale_in("30d");
    let link = client.create_link(creation).send().await.unwrap().into_inner();
    assert_eq!(link.status, Some(LinkStatus::Valid));
    let known = client.list_links().external_id("user-1").send().await.unwrap();
    assert_eq!(results(&known).len(), 1);
    assert_eq!(client.show_link(&link.id).send().await.unwrap().into_inner(), link);

    let change = LinkChange::new().access_mode(AccessMode::Single).fetch_resources([Resource::Accounts]);
    let changed = raw(&client.update_link(&link.id, change).send().await.unwrap());
    assert_eq!((&changed["access_mode"], &changed["refresh_rate"]), (&"single".into(), &serde_json::Value::Null));
    let beyond = LinkChange::new().fetch_resources([Resource::Invoices]);
    scene.refused(client.update_link(&link.id, beyond).send().await, 400, &ErrorCode::InvalidFetchResources);

    let wrong = CredentialsChange::new("wrong");
    scene.refused(client.update_link_credentials(&link.id, wrong).send().await, 400, &ErrorCode::LoginError);
    assert_eq!(client.show_link(&link.id).send().await.unwrap().into_inner().status, Some(LinkStatus::Invalid));
    let accounts = client.retrieve_accounts(Retrieval::new(&link.id)).send().await;
    scene.refused(accounts, 400, &ErrorCode::InvalidLink);
    let right = client.update_link_credentials(&link.id, CredentialsChange::new("right")).send().await.unwrap();
    assert_eq!(right.into_inner().status, Some(LinkStatus::Valid));

    let refreshed = client.refresh_link(&link.id, LinkRefresh::new()).send().await.unwrap().into_inner();
    assert!(refreshed.request_id.is_some());
    let again = client.refresh_link(&link.id, LinkRefresh::new()).send().await;
    scene.refused(again, 409, &ErrorCode::LinkRefreshed);

    let account = results(&client.list_accounts().link(&link.id).send().await.unwrap()).remove(0);
    client.remove_link(&link.id).send().await.unwrap();
    scene.gone(client.show_link(&link.id).send().await);
    scene.gone(client.show_account(id(&account)).send().await);
    assert!(results(&client.list_transactions(&link.id).send().await.unwrap()).is_empty());
    assert_eq!(results(&client.list_links().send().await.unwrap()).len(), before);
}

/// A user whose institution wants a token each time.
async fn second_factor(scene: &Scene) {
    let client = &scene.client;
    let error = client.create_link(LinkCreation::new(TOKENS, "second-factor")).send().await.unwrap_err();
    let asked = error.second_factor().unwrap();
    let waiting = client.show_link(&asked.link).send().await.unwrap().into_inner();
    assert_eq!(waiting.status, Some(LinkStatus::TokenRequired));
    scene.refused(client.resume_link(asked.answer("0000")).send().await, 400, &ErrorCode::Invalid);
    let link = client.resume_link(asked.answer("1234")).send().await.unwrap().into_inner();
    assert_eq!(link.status, Some(LinkStatus::Valid));
    scene.refused(client.resume_link(asked.answer("1234")).send().await, 400, &ErrorCode::Invalid);

    macro_rules! resumed {
        ($($retrieve:expr => $resume:ident;)*) => { $(
            let error = $retrieve.send().await.unwrap_err();
            let asked = error.second_factor().unwrap().answer("1234").save_data(false);
            let fetched = client.$resume(asked).send().await.unwrap();
            assert_eq!(fetched.status().as_u16(), 200, "nothing is saved");
            assert!(raw(&fetched).as_array().is_some_and(|fetched| !fetched.is_empty()), stringify!($resume));
        )* };
    }
    let (from, to) = (crate::support::date("2026-01-01"), crate::support::date("2026-01-31"));
    resumed! {
        client.retrieve_accounts(Retrieval::new(&link.id)) => resume_accounts;
        client.retrieve_transactions(TransactionRetrieval::new(&link.id, from, to)) => resume_transactions;
        client.retrieve_owners(Retrieval::new(&link.id)) => resume_owners;
        client.retrieve_incomes(IncomeRetrieval::new(&link.id)) => resume_incomes;
        client.retrieve_recurring_expenses(RecurringExpenseRetrieval::new(&link.id)) => resume_recurring_expenses;
        client.retrieve_risk_insights(Retrieval::new(&link.id)) => resume_risk_insights;
    }
    let at_once = client.retrieve_accounts(Retrieval::new(&link.id).token("1234")).send().await.unwrap();
    assert_eq!(at_once.status().as_u16(), 201);

    let creation = LinkCreation::new("tatooine_mx_fiscal", "second-factor");
    let error = client.create_link(creation).send().await.unwrap_err();
    let link = client.resume_link(error.second_factor().unwrap().answer("1234")).send().await.unwrap().into_inner();
    let retrieval = || {
        let (from, to) = (crate::support::date("2025-06-01"), crate::support::date("2026-03-01"));
        CfdiRetrieval::new(&link.id, from, to, InvoiceDirection::Outflow)
    };
    resumed! { client.retrieve_invoices(retrieval()) => resume_invoices; }
    let error = client.retrieve_invoices(retrieval()).send().await.unwrap_err();
    scene.sandbox.advance(error.second_factor().unwrap().lifetime().unwrap());
    let late = client.resume_invoices(error.second_factor().unwrap().answer("1234")).send().await;
    scene.refused(late, 400, &ErrorCode::SessionExpired);
}

/// Users whom the institution turns down, and what is refused before it is asked.
async fn refused(scene: &Scene) {
    let client = &scene.client;
    let create = |institution: &str, user: &str| client.create_link(LinkCreation::new(institution, user)).send();
    scene.refused(create(TOKENS, "wrong-login").await, 400, &ErrorCode::LoginError);
    scene.refused(create(TOKENS, "unavailable").await, 400, &ErrorCode::InstitutionUnavailable);
    scene.refused(create(TOKENS, "no-access").await, 403, &ErrorCode::AccessToResourceDenied);
    scene.refused(create(TOKENS, "slow").await, 408, &ErrorCode::RequestTimeout);
    scene.refused(create("fechado_br_retail", "anybody").await, 400, &ErrorCode::InstitutionDown);
    scene.refused(create(BANK, "anybody").await, 400, &ErrorCode::UnsupportedOperation);
    scene.refused(create("nowhere", "anybody").await, 400, &ErrorCode::DoesNotExist);
    let link = create(TOKENS, "unconfirmed").await.unwrap().into_inner();
    assert_eq!(link.status, Some(LinkStatus::Unconfirmed));
    let accounts = client.retrieve_accounts(Retrieval::new(&link.id)).send().await;
    scene.refused(accounts, 400, &ErrorCode::UnconfirmedLink);
    let link = create(TOKENS, "without-accounts").await.unwrap().into_inner();
    let accounts = client.retrieve_accounts(Retrieval::new(&link.id)).send().await;
    scene.refused(accounts, 401, &ErrorCode::ConsentWithoutAccounts);
}

async fn consents(scene: &Scene) {
    let client = &scene.client;
    let link = scene.link(BANK).await;
    let owner = results(&client.list_owners().link(&link).send().await.unwrap()).remove(0);
    let document = owner["document_id"]["document_number"].as_str().unwrap();
    let consents = results(&client.list_consents(document).send().await.unwrap());
    assert_eq!(consents.len(), 2, "one for each bank");
    assert!(consents.iter().all(|consent| consent["status"] == "AUTHORISED"), "{consents:?}");
    assert!(consents.iter().any(|consent| consent["link_id"] == link.as_str()), "{consents:?}");
    assert_eq!(raw(&client.show_consent(id(&consents[0])).send().await.unwrap()), consents[0]);
    assert!(results(&client.list_consents("00000000000").send().await.unwrap()).is_empty());
}

async fn widget(scene: &Scene) {
    let access = scene.sandbox.belvo();
    let creation = |password: &str, scopes: &str| {
        let branding =
            WidgetBranding::new("https://a.example/i.svg", "https://a.example/l.svg", "ACME", "https://a.example");
        let widget = WidgetSettings::new(branding);
        WidgetTokenCreation::new(access.secret_id, password, scopes, [Resource::Invoices], "365d", widget)
    };
    let client = &scene.client;
    let scopes = "read_institutions,write_links";
    let right = creation(access.secret_password, scopes);
    assert!(!client.create_widget_token(right).send().await.unwrap().into_inner().access.expose().is_empty());
    let wrong = client.create_widget_token(creation("wrong", scopes)).send().await;
    scene.refused(wrong, 401, &ErrorCode::AuthenticationFailed);
    let unknown = client.create_widget_token(creation(access.secret_password, "everything")).send().await;
    scene.refused(unknown, 400, &ErrorCode::Invalid);
}
