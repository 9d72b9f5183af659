//! What is worked out from transactions.

use belvo_client::types::*;

use crate::{Scene, collection, raw};

/// The bank whose accounts no other test takes away.
const BANK: &str = "ofbancoficticio_br_retail";

pub(crate) async fn all(scene: &Scene) {
    let client = &scene.client;
    let link = scene.link(BANK).await;
    let incomes = client.retrieve_incomes(IncomeRetrieval::new(&link)).send().await.unwrap().into_inner();
    let salaries = IncomeRetrieval::new(&link).allowed_income_types([IncomeType::Salary]);
    let salaries = client.retrieve_incomes(salaries).send().await.unwrap().into_inner();
    let kinds = |income: &Income| income.income_streams.as_ref().unwrap().len();
    assert_eq!((kinds(&salaries), kinds(&incomes) > 1), (1, true));
    assert_eq!(incomes.income_source_type, Some(IncomeSourceType::Bank));
    collection!(scene, client.list_incomes().link(&link), show_income, remove_income);

    let retrieval = RecurringExpenseRetrieval::new(&link);
    let expenses = raw(&client.retrieve_recurring_expenses(retrieval).send().await.unwrap());
    assert!(expenses.as_array().unwrap().iter().all(|expense| expense["transactions"].as_array().unwrap().len() > 1));
    let before = RecurringExpenseRetrieval::new(&link).date_to(crate::support::date("2020-01-01"));
    let before = client.retrieve_recurring_expenses(before).send().await.unwrap();
    assert!(raw(&before).as_array().unwrap().is_empty(), "none is that old");
    let list = || client.list_recurring_expenses().link(&link);
    collection!(scene, list(), show_recurring_expense, remove_recurring_expense);

    let insight = raw(&client.retrieve_risk_insights(Retrieval::new(&link)).send().await.unwrap());
    let accounts = raw(&client.list_accounts().link(&link).send().await.unwrap());
    let ids: Vec<_> = accounts["results"].as_array().unwrap().iter().map(|account| account["id"].clone()).collect();
    assert_eq!(insight["accounts"], serde_json::Value::Array(ids));
    collection!(scene, client.list_risk_insights().link(&link), show_risk_insight, remove_risk_insight);
}
