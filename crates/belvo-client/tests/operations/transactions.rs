//! Transactions and owners.

use belvo_client::types::*;

use crate::support::{ACCOUNT, ID, LINK, amount, date, resumption};
use crate::{
    Answer::{Accepted, List, Nothing, One, Page},
    BARE, Provider, body, query,
};

pub(crate) async fn all(it: &mut Provider) {
    transactions(it).await;
    owners(it).await;
}

async fn transactions(it: &mut Provider) {
    let client = it.client.clone();
    it.call(
        "GET /api/transactions/",
        query(
            "link=30cb4806-6e00-48a4-91c9-ca55968576c8&page_size=1000\
             &account__in=d979d5fa-91ad-4f8c-8c30-9f5c6c2b7d1e\
             &account__balance__current__gte=0.01&account_type__in=STANDARD_NACIONAL\
             &accounting_date__lt=2024-02-01&amount__range=-5,99.99&collected_at=2024-01-03\
             &credit_card_data__bill_name__in=apr-2020&reference__in=1,2\
             &status__in=PENDING,PROCESSED&type=OUTFLOW&value_date__gte=2024-01-01",
        ),
        Page("transaction"),
        client
            .list_transactions(LINK)
            .page_size(1000)
            .account_in([ACCOUNT])
            .account_balance_current_gte(amount("0.01"))
            .account_type_in(["STANDARD_NACIONAL"])
            .accounting_date_lt(date("2024-02-01"))
            .amount_range([amount("-5"), amount("99.99")])
            .collected_at(date("2024-01-03"))
            .credit_card_data_bill_name_in(["apr-2020"])
            .reference_in(["1", "2"])
            .status_in([TransactionStatus::Pending, TransactionStatus::Processed])
            .type_(TransactionType::Outflow)
            .value_date_gte(date("2024-01-01"))
            .send(),
    )
    .await;
    it.call(
        "POST /api/transactions/",
        body(
            r#"{"link":"30cb4806-6e00-48a4-91c9-ca55968576c8",
             "account":"d979d5fa-91ad-4f8c-8c30-9f5c6c2b7d1e",
             "date_from":"2024-01-01","date_to":"2024-01-31","save_data":false}"#,
        )
        .asynchronous(),
        Accepted,
        client
            .retrieve_transactions(
                TransactionRetrieval::new(LINK, date("2024-01-01"), date("2024-01-31"))
                    .account(ACCOUNT)
                    .save_data(false),
            )
            .request_mode(RequestMode::Async)
            .send(),
    )
    .await;
    it.call(
        "PATCH /api/transactions/",
        body(
            r#"{"session":"2675b703b9d4451f8d4861a3eee54449","token":"1234ab",
             "link":"30cb4806-6e00-48a4-91c9-ca55968576c8","save_data":false}"#,
        ),
        List("transaction"),
        client.resume_transactions(resumption()).send(),
    )
    .await;
    it.call(
        "GET /api/transactions/{id}/",
        query("fields=id,link"),
        One("transaction"),
        client.show_transaction(ID).fields(["id", "link"]).send(),
    )
    .await;
    it.call("DELETE /api/transactions/{id}/", BARE, Nothing, client.remove_transaction(ID).send()).await;
}

async fn owners(it: &mut Provider) {
    let client = it.client.clone();
    it.call(
        "GET /api/owners/",
        query(
            "link__in=30cb4806-6e00-48a4-91c9-ca55968576c8,d979d5fa-91ad-4f8c-8c30-9f5c6c2b7d1e\
             &created_at__lt=2024-02-01&email=me@example.com&display_name__icontains=ana",
        ),
        Page("owner-person"),
        client
            .list_owners()
            .link_in([LINK, ACCOUNT])
            .created_at_lt(date("2024-02-01"))
            .email("me@example.com")
            .display_name_icontains("ana")
            .send(),
    )
    .await;
    it.call(
        "POST /api/owners/",
        body(r#"{"link":"30cb4806-6e00-48a4-91c9-ca55968576c8","save_data":false}"#),
        List("owner-person"),
        client.retrieve_owners(Retrieval::new(LINK).save_data(false)).send(),
    )
    .await;
    it.call(
        "PATCH /api/owners/",
        body(
            r#"{"session":"2675b703b9d4451f8d4861a3eee54449","token":"1234ab",
             "link":"30cb4806-6e00-48a4-91c9-ca55968576c8","save_data":false}"#,
        ),
        List("owner-person"),
        client.resume_owners(resumption()).send(),
    )
    .await;
    it.call(
        "GET /api/owners/{id}/",
        query("fields=id,link"),
        One("owner-company"),
        client.show_owner(ID).fields(["id", "link"]).send(),
    )
    .await;
    it.call("DELETE /api/owners/{id}/", BARE, Nothing, client.remove_owner(ID).send()).await;
}
