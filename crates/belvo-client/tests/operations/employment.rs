//! Employments in Brazil and Mexico.

use belvo_client::types::*;

use crate::support::{ACCOUNT, ID, LINK, date};
use crate::{
    Answer::{Accepted, List, Nothing, One, Page},
    BARE, Provider, body, query,
};

pub(crate) async fn all(it: &mut Provider) {
    employments(it).await;
    employment_records(it).await;
    current_employments(it).await;
    employment_metrics(it).await;
}

async fn employments(it: &mut Provider) {
    let client = it.client.clone();
    it.call(
        "GET /api/br/employments/",
        query(
            "link=30cb4806-6e00-48a4-91c9-ca55968576c8&start_date__gte=2020-01-01\
             &end_date__range=2024-01-01,2024-01-31",
        ),
        Page("employment"),
        client
            .list_employments(LINK)
            .start_date_gte(date("2020-01-01"))
            .end_date_range([date("2024-01-01"), date("2024-01-31")])
            .send(),
    )
    .await;
    it.call(
        "POST /api/br/employments/",
        body(
            r#"{"link":"30cb4806-6e00-48a4-91c9-ca55968576c8",
             "date_from":"2024-01-01","date_to":"2024-01-31"}"#,
        )
        .asynchronous(),
        Accepted,
        client
            .retrieve_employments(
                EmploymentRetrieval::new(LINK).date_from(date("2024-01-01")).date_to(date("2024-01-31")),
            )
            .request_mode(RequestMode::Async)
            .send(),
    )
    .await;
    it.call(
        "GET /api/br/employments/{id}/",
        query("fields=id,link"),
        One("employment"),
        client.show_employment(ID).fields(["id", "link"]).send(),
    )
    .await;
    it.call("DELETE /api/br/employments/{id}/", BARE, Nothing, client.remove_employment(ID).send()).await;
}

async fn employment_records(it: &mut Provider) {
    let client = it.client.clone();
    it.call(
        "GET /api/employment-records/",
        query(
            "link=30cb4806-6e00-48a4-91c9-ca55968576c8&internal_identification__in=1,2\
             &created_at__gt=2024-01-01",
        ),
        Page("employment-record"),
        client
            .list_employment_records()
            .link(LINK)
            .internal_identification_in(["1", "2"])
            .created_at_gt(date("2024-01-01"))
            .send(),
    )
    .await;
    it.call(
        "POST /api/employment-records/",
        body(r#"{"link":"30cb4806-6e00-48a4-91c9-ca55968576c8","attach_pdf":true}"#),
        List("employment-record"),
        client.retrieve_employment_records(EmploymentRecordRetrieval::new(LINK).attach_pdf(true)).send(),
    )
    .await;
    it.call(
        "GET /api/employment-records/{id}/",
        query("fields=id,link"),
        One("employment-record"),
        client.show_employment_record(ID).fields(["id", "link"]).send(),
    )
    .await;
    it.call("DELETE /api/employment-records/{id}/", BARE, Nothing, client.remove_employment_record(ID).send()).await;
}

async fn current_employments(it: &mut Provider) {
    let client = it.client.clone();
    it.call(
        "GET /api/mx/current-employments/",
        query("link=30cb4806-6e00-48a4-91c9-ca55968576c8&collected_at__lte=2024-02-01"),
        Page("current-employment"),
        client.list_current_employments().link(LINK).collected_at_lte(date("2024-02-01")).send(),
    )
    .await;
    it.call(
        "POST /api/mx/current-employments/",
        body(r#"{"link":"30cb4806-6e00-48a4-91c9-ca55968576c8","save_data":false}"#),
        List("current-employment"),
        client.retrieve_current_employments(Retrieval::new(LINK).save_data(false)).send(),
    )
    .await;
    it.call(
        "GET /api/mx/current-employments/{id}/",
        BARE,
        One("current-employment"),
        client.show_current_employment(ID).send(),
    )
    .await;
    it.call("DELETE /api/mx/current-employments/{id}/", BARE, Nothing, client.remove_current_employment(ID).send())
        .await;
}

async fn employment_metrics(it: &mut Provider) {
    let client = it.client.clone();
    it.call(
        "GET /api/employment-metrics/",
        query("link__in=30cb4806-6e00-48a4-91c9-ca55968576c8,d979d5fa-91ad-4f8c-8c30-9f5c6c2b7d1e"),
        Page("employment-metric"),
        client.list_employment_metrics().link_in([LINK, ACCOUNT]).send(),
    )
    .await;
    it.call(
        "POST /api/employment-metrics/",
        body(
            r#"{"link":"30cb4806-6e00-48a4-91c9-ca55968576c8",
             "reference_date":"2024-01-01"}"#,
        ),
        One("employment-metric"),
        client
            .retrieve_employment_metrics(EmploymentMetricRetrieval::new(LINK).reference_date(date("2024-01-01")))
            .send(),
    )
    .await;
    it.call(
        "GET /api/employment-metrics/{id}/",
        query("fields=id,link"),
        One("employment-metric"),
        client.show_employment_metric(ID).fields(["id", "link"]).send(),
    )
    .await;
    it.call("DELETE /api/employment-metrics/{id}/", BARE, Nothing, client.remove_employment_metric(ID).send()).await;
}
