//! Insights computed from accounts and transactions.

use belvo_client::types::*;

use crate::support::{ACCOUNT, ID, LINK, date, resumption};
use crate::{
    Answer::{List, Nothing, One, Page},
    BARE, Provider, body, query,
};

pub(crate) async fn all(it: &mut Provider) {
    incomes(it).await;
    recurring_expenses(it).await;
    risk_insights(it).await;
}

async fn incomes(it: &mut Provider) {
    let client = it.client.clone();
    it.call(
        "GET /api/incomes/",
        query(
            "link=30cb4806-6e00-48a4-91c9-ca55968576c8\
             &account__in=d979d5fa-91ad-4f8c-8c30-9f5c6c2b7d1e",
        ),
        Page("income"),
        client.list_incomes().link(LINK).account_in([ACCOUNT]).send(),
    )
    .await;
    it.call(
        "POST /api/incomes/",
        body(
            r#"{"link":"30cb4806-6e00-48a4-91c9-ca55968576c8",
             "allowed_income_types":["SALARY"],"minimum_confidence_level":"HIGH",
             "date_from":"2024-01-01","date_to":"2024-01-31"}"#,
        ),
        One("income"),
        client
            .retrieve_incomes(
                IncomeRetrieval::new(LINK)
                    .allowed_income_types([IncomeType::Salary])
                    .minimum_confidence_level(IncomeConfidence::High)
                    .date_from(date("2024-01-01"))
                    .date_to(date("2024-01-31")),
            )
            .send(),
    )
    .await;
    it.call(
        "PATCH /api/incomes/",
        body(
            r#"{"session":"2675b703b9d4451f8d4861a3eee54449","token":"1234ab",
             "link":"30cb4806-6e00-48a4-91c9-ca55968576c8","save_data":false}"#,
        ),
        List("income"),
        client.resume_incomes(resumption()).send(),
    )
    .await;
    it.call(
        "GET /api/incomes/{id}/",
        query("fields=id,link"),
        One("income"),
        client.show_income(ID).fields(["id", "link"]).send(),
    )
    .await;
    it.call("DELETE /api/incomes/{id}/", BARE, Nothing, client.remove_income(ID).send()).await;
}

async fn recurring_expenses(it: &mut Provider) {
    let client = it.client.clone();
    it.call(
        "GET /api/recurring-expenses/",
        query(
            "link__in=30cb4806-6e00-48a4-91c9-ca55968576c8\
             &account=d979d5fa-91ad-4f8c-8c30-9f5c6c2b7d1e\
             &id=30cb4806-6e00-48a4-91c9-ca55968576c8",
        ),
        Page("recurring-expense"),
        client.list_recurring_expenses().link_in([LINK]).account(ACCOUNT).id(LINK).send(),
    )
    .await;
    it.call(
        "POST /api/recurring-expenses/",
        body(
            r#"{"link":"30cb4806-6e00-48a4-91c9-ca55968576c8",
             "date_from":"2024-01-01","date_to":"2024-01-31","token":"1234ab"}"#,
        ),
        List("recurring-expense"),
        client
            .retrieve_recurring_expenses(
                RecurringExpenseRetrieval::new(LINK)
                    .date_from(date("2024-01-01"))
                    .date_to(date("2024-01-31"))
                    .token("1234ab"),
            )
            .send(),
    )
    .await;
    it.call(
        "PATCH /api/recurring-expenses/",
        body(
            r#"{"session":"2675b703b9d4451f8d4861a3eee54449","token":"1234ab",
             "link":"30cb4806-6e00-48a4-91c9-ca55968576c8","save_data":false}"#,
        ),
        List("recurring-expense"),
        client.resume_recurring_expenses(resumption()).send(),
    )
    .await;
    it.call(
        "GET /api/recurring-expenses/{id}/",
        query("fields=id,link"),
        List("recurring-expense"),
        client.show_recurring_expense(ID).fields(["id", "link"]).send(),
    )
    .await;
    it.call("DELETE /api/recurring-expenses/{id}/", BARE, Nothing, client.remove_recurring_expense(ID).send()).await;
}

async fn risk_insights(it: &mut Provider) {
    let client = it.client.clone();
    it.call(
        "GET /api/risk-insights/",
        query(
            "link=30cb4806-6e00-48a4-91c9-ca55968576c8\
             &id__in=d979d5fa-91ad-4f8c-8c30-9f5c6c2b7d1e,30cb4806-6e00-48a4-91c9-ca55968576c8",
        ),
        Page("risk-insight"),
        client.list_risk_insights().link(LINK).id_in([ACCOUNT, LINK]).send(),
    )
    .await;
    it.call(
        "POST /api/risk-insights/",
        body(r#"{"link":"30cb4806-6e00-48a4-91c9-ca55968576c8","save_data":false}"#),
        One("risk-insight"),
        client.retrieve_risk_insights(Retrieval::new(LINK).save_data(false)).send(),
    )
    .await;
    it.call(
        "PATCH /api/risk-insights/",
        body(
            r#"{"session":"2675b703b9d4451f8d4861a3eee54449","token":"1234ab",
             "link":"30cb4806-6e00-48a4-91c9-ca55968576c8","save_data":false}"#,
        ),
        List("risk-insight"),
        client.resume_risk_insights(resumption()).send(),
    )
    .await;
    it.call(
        "GET /api/risk-insights/{id}/",
        query("fields=id,link"),
        List("risk-insight"),
        client.show_risk_insight(ID).fields(["id", "link"]).send(),
    )
    .await;
    it.call("DELETE /api/risk-insights/{id}/", BARE, Nothing, client.remove_risk_insight(ID).send()).await;
}
