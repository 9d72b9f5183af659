//! Invoices, taxes and debts in Chile.

use belvo_client::types::*;

use crate::support::{ACCOUNT, ID, LINK, date};
use crate::{
    Answer::{Accepted, List, Nothing, One, Page},
    BARE, Provider, body, query,
};

pub(crate) async fn all(it: &mut Provider) {
    invoices(it).await;
    tax_statuses(it).await;
    debt_reports(it).await;
}

async fn invoices(it: &mut Provider) {
    let client = it.client.clone();
    it.call(
        "GET /api/cl/invoices/",
        query(
            "link=30cb4806-6e00-48a4-91c9-ca55968576c8\
             &id__in=d979d5fa-91ad-4f8c-8c30-9f5c6c2b7d1e",
        ),
        Page("chile-invoice"),
        client.list_chile_invoices().link(LINK).id_in([ACCOUNT]).send(),
    )
    .await;
    it.call(
        "POST /api/cl/invoices/",
        body(
            r#"{"link":"30cb4806-6e00-48a4-91c9-ca55968576c8",
             "date_from":"2024-01-01","date_to":"2024-01-31","type":"OUTFLOW"}"#,
        ),
        List("chile-invoice"),
        client
            .retrieve_chile_invoices(
                ChileInvoiceRetrieval::new(LINK, date("2024-01-01"), date("2024-01-31"))
                    .type_(InvoiceDirection::Outflow),
            )
            .send(),
    )
    .await;
    it.call(
        "GET /api/cl/invoices/{id}/",
        query("fields=id,link"),
        One("chile-invoice"),
        client.show_chile_invoice(ID).fields(["id", "link"]).send(),
    )
    .await;
    it.call("DELETE /api/cl/invoices/{id}/", BARE, Nothing, client.remove_chile_invoice(ID).send()).await;
}

async fn tax_statuses(it: &mut Provider) {
    let client = it.client.clone();
    it.call(
        "GET /api/cl/tax-status/",
        query("link=30cb4806-6e00-48a4-91c9-ca55968576c8&created_at__gte=2024-01-01"),
        Page("chile-tax-status"),
        client.list_chile_tax_statuses().link(LINK).created_at_gte(date("2024-01-01")).send(),
    )
    .await;
    it.call(
        "POST /api/cl/tax-status/",
        body(r#"{"link":"30cb4806-6e00-48a4-91c9-ca55968576c8","attach_pdf":true}"#),
        List("chile-tax-status"),
        client.retrieve_chile_tax_statuses(TaxDocumentRetrieval::new(LINK).attach_pdf(true)).send(),
    )
    .await;
    it.call(
        "GET /api/cl/tax-status/{id}/",
        query("fields=id,link"),
        One("chile-tax-status"),
        client.show_chile_tax_status(ID).fields(["id", "link"]).send(),
    )
    .await;
    it.call("DELETE /api/cl/tax-status/{id}/", BARE, Nothing, client.remove_chile_tax_status(ID).send()).await;
}

async fn debt_reports(it: &mut Provider) {
    let client = it.client.clone();
    it.call(
        "GET /api/cl/debt-reports/",
        query("link=30cb4806-6e00-48a4-91c9-ca55968576c8&omit=debtor"),
        Page("chile-debt-report"),
        client.list_chile_debt_reports().link(LINK).omit(["debtor"]).send(),
    )
    .await;
    it.call(
        "POST /api/cl/debt-reports/",
        body(r#"{"link":"30cb4806-6e00-48a4-91c9-ca55968576c8","attach_pdf":true}"#).asynchronous(),
        Accepted,
        client
            .retrieve_chile_debt_reports(TaxDocumentRetrieval::new(LINK).attach_pdf(true))
            .request_mode(RequestMode::Async)
            .send(),
    )
    .await;
    it.call(
        "GET /api/cl/debt-reports/{id}/",
        query("fields=id,link"),
        One("chile-debt-report"),
        client.show_chile_debt_report(ID).fields(["id", "link"]).send(),
    )
    .await;
    it.call("DELETE /api/cl/debt-reports/{id}/", BARE, Nothing, client.remove_chile_debt_report(ID).send()).await;
}
