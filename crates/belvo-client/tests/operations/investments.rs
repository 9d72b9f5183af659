//! Investments and their movements.

use belvo_client::types::*;

use crate::support::{ID, LINK, date};
use crate::{
    Answer::{Accepted, List, Nothing, One, Page},
    BARE, Provider, body, query,
};

pub(crate) async fn all(it: &mut Provider) {
    investments(it).await;
    investment_transactions(it).await;
}

async fn investments(it: &mut Provider) {
    let client = it.client.clone();
    it.call(
        "GET /api/br/investments/",
        query("link=30cb4806-6e00-48a4-91c9-ca55968576c8&type__in=EQUITY&created_at__gt=2024-01-01"),
        Page("investment"),
        client.list_investments(LINK).type_in(["EQUITY"]).created_at_gt(date("2024-01-01")).send(),
    )
    .await;
    it.call(
        "POST /api/br/investments/",
        body(r#"{"link":"30cb4806-6e00-48a4-91c9-ca55968576c8","save_data":false}"#).asynchronous(),
        Accepted,
        client.retrieve_investments(Retrieval::new(LINK).save_data(false)).request_mode(RequestMode::Async).send(),
    )
    .await;
    it.call(
        "GET /api/br/investments/{id}/",
        query("fields=id,link"),
        One("investment"),
        client.show_investment(ID).fields(["id", "link"]).send(),
    )
    .await;
    it.call("DELETE /api/br/investments/{id}/", BARE, Nothing, client.remove_investment(ID).send()).await;
}

async fn investment_transactions(it: &mut Provider) {
    let client = it.client.clone();
    it.call(
        "GET /api/br/investment-transactions/",
        query(
            "link=30cb4806-6e00-48a4-91c9-ca55968576c8&type__in=INFLOW\
             &created_at__range=2024-01-01,2024-01-31",
        ),
        Page("investment-transaction"),
        client
            .list_investment_transactions(LINK)
            .type_in(["INFLOW"])
            .created_at_range([date("2024-01-01"), date("2024-01-31")])
            .send(),
    )
    .await;
    it.call(
        "POST /api/br/investment-transactions/",
        body(
            r#"{"link":"30cb4806-6e00-48a4-91c9-ca55968576c8",
             "date_from":"2024-01-01","date_to":"2024-01-31"}"#,
        ),
        List("investment-transaction"),
        client
            .retrieve_investment_transactions(
                InvestmentTransactionRetrieval::new(LINK).date_from(date("2024-01-01")).date_to(date("2024-01-31")),
            )
            .send(),
    )
    .await;
    it.call(
        "GET /api/br/investment-transactions/{id}/",
        query("fields=id,link"),
        One("investment-transaction"),
        client.show_investment_transaction(ID).fields(["id", "link"]).send(),
    )
    .await;
    it.call(
        "DELETE /api/br/investment-transactions/{id}/",
        BARE,
        Nothing,
        client.remove_investment_transaction(ID).send(),
    )
    .await;
}
