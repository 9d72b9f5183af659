//! Employments in Brazil and Mexico.

use belvo_client::types::*;

use crate::{Scene, collection, raw};

pub(crate) async fn all(scene: &Scene) {
    let client = &scene.client;
    let link = scene.link("inss_br_employment").await;
    let fetched = raw(&client.retrieve_employments(EmploymentRetrieval::new(&link)).send().await.unwrap());
    assert_eq!(fetched.as_array().unwrap().len(), 2);
    collection!(scene, client.list_employments(&link), show_employment, remove_employment);
    let accounts = client.retrieve_accounts(Retrieval::new(&link)).send().await;
    scene.refused(accounts, 400, &ErrorCode::UnsupportedOperation);

    let link = scene.link("planet_mx_employment").await;
    let retrieval = EmploymentRecordRetrieval::new(&link).attach_pdf(true);
    let record = raw(&client.retrieve_employment_records(retrieval).send().await.unwrap());
    let list = || client.list_employment_records().link(&link);
    collection!(scene, list(), show_employment_record, remove_employment_record);
    let current = raw(&client.retrieve_current_employments(Retrieval::new(&link)).send().await.unwrap());
    assert_eq!(record[0]["internal_identification"], current[0]["internal_identification"], "one person");
    let list = || client.list_current_employments().link(&link);
    collection!(scene, list(), show_current_employment, remove_current_employment);
    let metric = client.retrieve_employment_metrics(EmploymentMetricRetrieval::new(&link)).send().await.unwrap();
    assert!(raw(&metric).is_object());
    let list = || client.list_employment_metrics().link(&link);
    collection!(scene, list(), show_employment_metric, remove_employment_metric);
}
