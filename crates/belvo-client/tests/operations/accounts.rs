//! Accounts, balances, exchanges and bills.

use belvo_client::types::*;

use crate::support::{ACCOUNT, ID, LINK, amount, date, resumption};
use crate::{
    Answer::{List, Nothing, One, Page},
    BARE, Provider, body, query,
};

pub(crate) async fn all(it: &mut Provider) {
    accounts(it).await;
    balances(it).await;
    exchanges(it).await;
    bills(it).await;
}

async fn accounts(it: &mut Provider) {
    let client = it.client.clone();
    it.call(
        "GET /api/accounts/",
        query(
            "link=30cb4806-6e00-48a4-91c9-ca55968576c8&balance__available__lt=100.50\
             &balance__current__range=-10,2000.25&category__in=CHECKING_ACCOUNT,CREDIT_CARD\
             &created_at__gte=2024-01-01&currency__in=BRL,USD&name__icontains=conta\
             &type=STANDARD_NACIONAL",
        ),
        Page("account"),
        client
            .list_accounts()
            .link(LINK)
            .balance_available_lt(amount("100.50"))
            .balance_current_range([amount("-10"), amount("2000.25")])
            .category_in([AccountCategory::CheckingAccount, AccountCategory::CreditCard])
            .created_at_gte(date("2024-01-01"))
            .currency_in(["BRL", "USD"])
            .name_icontains("conta")
            .type_("STANDARD_NACIONAL")
            .send(),
    )
    .await;
    it.call(
        "POST /api/accounts/",
        body(
            r#"{"link":"30cb4806-6e00-48a4-91c9-ca55968576c8","token":"1234ab",
             "save_data":false}"#,
        ),
        List("account"),
        client.retrieve_accounts(Retrieval::new(LINK).token("1234ab").save_data(false)).send(),
    )
    .await;
    it.call(
        "PATCH /api/accounts/",
        body(
            r#"{"session":"2675b703b9d4451f8d4861a3eee54449","token":"1234ab",
             "link":"30cb4806-6e00-48a4-91c9-ca55968576c8","save_data":false}"#,
        ),
        List("account"),
        client.resume_accounts(resumption()).send(),
    )
    .await;
    it.call(
        "GET /api/accounts/{id}/",
        query("fields=id,link"),
        One("account"),
        client.show_account(ID).fields(["id", "link"]).send(),
    )
    .await;
    it.call("DELETE /api/accounts/{id}/", BARE, Nothing, client.remove_account(ID).send()).await;
}

async fn balances(it: &mut Provider) {
    let client = it.client.clone();
    it.call(
        "GET /api/br/balances/",
        query(
            "link=30cb4806-6e00-48a4-91c9-ca55968576c8\
             &account__in=d979d5fa-91ad-4f8c-8c30-9f5c6c2b7d1e,30cb4806-6e00-48a4-91c9-ca55968576c8\
             &collected_at__gt=2024-01-01&created_at__lte=2024-02-01",
        ),
        Page("balance"),
        client
            .list_balances(LINK)
            .account_in([ACCOUNT, LINK])
            .collected_at_gt(date("2024-01-01"))
            .created_at_lte(date("2024-02-01"))
            .send(),
    )
    .await;
    it.call(
        "POST /api/br/balances/",
        body(
            r#"{"link":"30cb4806-6e00-48a4-91c9-ca55968576c8",
             "account_id":"d979d5fa-91ad-4f8c-8c30-9f5c6c2b7d1e"}"#,
        ),
        List("balance"),
        client.retrieve_balances(BalanceRetrieval::new(LINK).account_id(ACCOUNT)).send(),
    )
    .await;
    it.call(
        "GET /api/br/balances/{id}/",
        query("fields=id,link"),
        One("balance"),
        client.show_balance(ID).fields(["id", "link"]).send(),
    )
    .await;
}

async fn exchanges(it: &mut Provider) {
    let client = it.client.clone();
    it.call(
        "GET /api/br/exchanges/",
        query(
            "link=30cb4806-6e00-48a4-91c9-ca55968576c8\
             &id__in=d979d5fa-91ad-4f8c-8c30-9f5c6c2b7d1e\
             &collected_at__range=2024-01-01,2024-01-31&page=3",
        ),
        Page("exchange"),
        client
            .list_exchanges(LINK)
            .id_in([ACCOUNT])
            .collected_at_range([date("2024-01-01"), date("2024-01-31")])
            .page(3)
            .send(),
    )
    .await;
    it.call(
        "POST /api/br/exchanges/",
        body(
            r#"{"link":"30cb4806-6e00-48a4-91c9-ca55968576c8",
             "date_from":"2024-01-01","date_to":"2024-01-31"}"#,
        ),
        List("exchange"),
        client
            .retrieve_exchanges(ExchangeRetrieval::new(LINK).date_from(date("2024-01-01")).date_to(date("2024-01-31")))
            .send(),
    )
    .await;
    it.call(
        "GET /api/br/exchanges/{id}/",
        query("fields=id,link"),
        One("exchange"),
        client.show_exchange(ID).fields(["id", "link"]).send(),
    )
    .await;
    it.call("DELETE /api/br/exchanges/{id}/", BARE, Nothing, client.remove_exchange(ID).send()).await;
    it.call(
        "GET /api/br/exchanges/{id}/history/",
        query("page_size=10"),
        Page("exchange-event"),
        client.list_exchange_history(ID).page_size(10).send(),
    )
    .await;
}

async fn bills(it: &mut Provider) {
    let client = it.client.clone();
    it.call(
        "GET /api/bills/",
        query(
            "link=30cb4806-6e00-48a4-91c9-ca55968576c8\
             &account=d979d5fa-91ad-4f8c-8c30-9f5c6c2b7d1e&due_date__lt=2024-03-01\
             &collected_at__gte=2024-01-01",
        ),
        Page("bill"),
        client
            .list_bills(LINK)
            .account(ACCOUNT)
            .due_date_lt(date("2024-03-01"))
            .collected_at_gte(date("2024-01-01"))
            .send(),
    )
    .await;
    it.call(
        "POST /api/bills/",
        body(r#"{"link":"30cb4806-6e00-48a4-91c9-ca55968576c8","save_data":false}"#),
        List("bill"),
        client.retrieve_bills(Retrieval::new(LINK).save_data(false)).send(),
    )
    .await;
    it.call(
        "GET /api/bills/{id}/",
        query("fields=id,link"),
        One("bill"),
        client.show_bill(ID).fields(["id", "link"]).send(),
    )
    .await;
    it.call("DELETE /api/bills/{id}/", BARE, Nothing, client.remove_bill(ID).send()).await;
}
