//! Invoices and taxes in Mexico.

use belvo_client::types::*;

use crate::support::{ACCOUNT, ID, LINK, amount, date, resumption};
use crate::{
    Answer::{Accepted, List, Nothing, One, Page},
    BARE, Provider, body, query,
};

pub(crate) async fn all(it: &mut Provider) {
    invoices(it).await;
    tax_compliance_statuses(it).await;
    tax_returns(it).await;
    tax_retentions(it).await;
    tax_statuses(it).await;
    financial_statements(it).await;
}

async fn invoices(it: &mut Provider) {
    let client = it.client.clone();
    it.call(
        "GET /api/invoices/",
        query(
            "link=30cb4806-6e00-48a4-91c9-ca55968576c8&invoice_date__range=2024-01-01,2024-01-31\
             &invoice_identification__in=A1,B2&status__in=Vigente&type=INFLOW\
             &total_amount__gt=100.50",
        ),
        Page("invoice"),
        client
            .list_invoices()
            .link(LINK)
            .invoice_date_range([date("2024-01-01"), date("2024-01-31")])
            .invoice_identification_in(["A1", "B2"])
            .status_in(["Vigente"])
            .type_(InvoiceDirection::Inflow)
            .total_amount_gt(amount("100.50"))
            .send(),
    )
    .await;
    it.call(
        "POST /api/invoices/",
        body(
            r#"{"link":"30cb4806-6e00-48a4-91c9-ca55968576c8",
             "date_from":"2024-01-01","date_to":"2024-01-31","type":"INFLOW",
             "attach_xml":true}"#,
        )
        .asynchronous(),
        Accepted,
        client
            .retrieve_invoices(
                CfdiRetrieval::new(LINK, date("2024-01-01"), date("2024-01-31"), InvoiceDirection::Inflow)
                    .attach_xml(true),
            )
            .request_mode(RequestMode::Async)
            .send(),
    )
    .await;
    it.call(
        "PATCH /api/invoices/",
        body(
            r#"{"session":"2675b703b9d4451f8d4861a3eee54449","token":"1234ab",
             "link":"30cb4806-6e00-48a4-91c9-ca55968576c8","save_data":false}"#,
        ),
        List("invoice"),
        client.resume_invoices(resumption()).send(),
    )
    .await;
    it.call(
        "GET /api/invoices/{id}/",
        query("fields=id,link"),
        One("invoice"),
        client.show_invoice(ID).fields(["id", "link"]).send(),
    )
    .await;
    it.call("DELETE /api/invoices/{id}/", BARE, Nothing, client.remove_invoice(ID).send()).await;
}

async fn tax_compliance_statuses(it: &mut Provider) {
    let client = it.client.clone();
    it.call(
        "GET /api/tax-compliance-status/",
        query("link=30cb4806-6e00-48a4-91c9-ca55968576c8&created_at__gt=2024-01-01"),
        Page("tax-compliance-status"),
        client.list_tax_compliance_statuses().link(LINK).created_at_gt(date("2024-01-01")).send(),
    )
    .await;
    it.call(
        "POST /api/tax-compliance-status/",
        body(r#"{"link":"30cb4806-6e00-48a4-91c9-ca55968576c8","attach_pdf":true}"#),
        One("tax-compliance-status"),
        client.retrieve_tax_compliance_statuses(TaxDocumentRetrieval::new(LINK).attach_pdf(true)).send(),
    )
    .await;
    it.call(
        "GET /api/tax-compliance-status/{id}/",
        query("fields=id,link"),
        One("tax-compliance-status"),
        client.show_tax_compliance_status(ID).fields(["id", "link"]).send(),
    )
    .await;
    it.call("DELETE /api/tax-compliance-status/{id}/", BARE, Nothing, client.remove_tax_compliance_status(ID).send())
        .await;
}

async fn tax_returns(it: &mut Provider) {
    let client = it.client.clone();
    it.call(
        "GET /api/tax-returns/",
        query(
            "link=30cb4806-6e00-48a4-91c9-ca55968576c8&ejercicio__gte=2020\
             &ejercicio__range=2019,2021&tipo_declaracion=Normal",
        ),
        Page("tax-return-personal"),
        client
            .list_tax_returns()
            .link(LINK)
            .ejercicio_gte(2020)
            .ejercicio_range([2019, 2021])
            .tipo_declaracion("Normal")
            .send(),
    )
    .await;
    it.call(
        "POST /api/tax-returns/",
        body(
            r#"{"link":"30cb4806-6e00-48a4-91c9-ca55968576c8","type":"yearly",
             "year_from":"2019","year_to":"2021","attach_pdf":true}"#,
        ),
        List("tax-return-personal"),
        client
            .retrieve_tax_returns(YearlyTaxReturnRetrieval::new(LINK, "yearly", "2019", "2021").attach_pdf(true))
            .send(),
    )
    .await;
    it.call(
        "GET /api/tax-returns/{id}/",
        query("fields=id,link"),
        One("tax-return-business"),
        client.show_tax_return(ID).fields(["id", "link"]).send(),
    )
    .await;
    it.call("DELETE /api/tax-returns/{id}/", BARE, Nothing, client.remove_tax_return(ID).send()).await;
}

async fn tax_retentions(it: &mut Provider) {
    let client = it.client.clone();
    it.call(
        "GET /api/tax-retentions/",
        query("link=30cb4806-6e00-48a4-91c9-ca55968576c8&created_at__lt=2024-02-01&page_size=7"),
        Page("tax-retention"),
        client.list_tax_retentions().link(LINK).created_at_lt(date("2024-02-01")).page_size(7).send(),
    )
    .await;
    it.call(
        "POST /api/tax-retentions/",
        body(
            r#"{"link":"30cb4806-6e00-48a4-91c9-ca55968576c8",
             "date_from":"2024-01-01","date_to":"2024-01-31","type":"INFLOW",
             "attach_xml":true}"#,
        ),
        List("tax-retention"),
        client
            .retrieve_tax_retentions(
                CfdiRetrieval::new(LINK, date("2024-01-01"), date("2024-01-31"), InvoiceDirection::Inflow)
                    .attach_xml(true),
            )
            .send(),
    )
    .await;
    it.call(
        "GET /api/tax-retentions/{id}/",
        query("fields=id,link"),
        One("tax-retention"),
        client.show_tax_retention(ID).fields(["id", "link"]).send(),
    )
    .await;
    it.call("DELETE /api/tax-retentions/{id}/", BARE, Nothing, client.remove_tax_retention(ID).send()).await;
}

async fn tax_statuses(it: &mut Provider) {
    let client = it.client.clone();
    it.call(
        "GET /api/tax-status/",
        query(
            "link__in=30cb4806-6e00-48a4-91c9-ca55968576c8,d979d5fa-91ad-4f8c-8c30-9f5c6c2b7d1e\
             &id=30cb4806-6e00-48a4-91c9-ca55968576c8",
        ),
        Page("tax-status"),
        client.list_tax_statuses().link_in([LINK, ACCOUNT]).id(LINK).send(),
    )
    .await;
    it.call(
        "POST /api/tax-status/",
        body(r#"{"link":"30cb4806-6e00-48a4-91c9-ca55968576c8","attach_pdf":true}"#),
        One("tax-status"),
        client.retrieve_tax_statuses(TaxDocumentRetrieval::new(LINK).attach_pdf(true)).send(),
    )
    .await;
    it.call(
        "GET /api/tax-status/{id}/",
        query("fields=id,link"),
        One("tax-status"),
        client.show_tax_status(ID).fields(["id", "link"]).send(),
    )
    .await;
    it.call("DELETE /api/tax-status/{id}/", BARE, Nothing, client.remove_tax_status(ID).send()).await;
}

async fn financial_statements(it: &mut Provider) {
    let client = it.client.clone();
    it.call(
        "GET /api/financial-statements/",
        query("link=30cb4806-6e00-48a4-91c9-ca55968576c8&created_at=2024-01-03"),
        Page("financial-statement"),
        client.list_financial_statements().link(LINK).created_at(date("2024-01-03")).send(),
    )
    .await;
    it.call(
        "POST /api/financial-statements/",
        body(r#"{"link":"30cb4806-6e00-48a4-91c9-ca55968576c8","save_data":false}"#),
        List("financial-statement"),
        client.retrieve_financial_statements(Retrieval::new(LINK).save_data(false)).send(),
    )
    .await;
    it.call(
        "GET /api/financial-statements/{id}/",
        query("fields=id,link"),
        One("financial-statement"),
        client.show_financial_statement(ID).fields(["id", "link"]).send(),
    )
    .await;
    it.call("DELETE /api/financial-statements/{id}/", BARE, Nothing, client.remove_financial_statement(ID).send())
        .await;
}
