//! Taxes in Mexico and Chile.

use belvo_client::types::*;

use crate::{Scene, collection, raw, results};

pub(crate) async fn all(scene: &Scene) {
    mexico(scene).await;
    chile(scene).await;
}

async fn mexico(scene: &Scene) {
    let client = &scene.client;
    let link = scene.link("tatooine_mx_fiscal").await;
    let (from, to) = (crate::support::date("2025-12-01"), crate::support::date("2026-02-28"));
    let invoices = CfdiRetrieval::new(&link, from, to, InvoiceDirection::Outflow).attach_xml(true);
    let invoices = raw(&client.retrieve_invoices(invoices).send().await.unwrap());
    let invoices = invoices.as_array().unwrap();
    assert!(!invoices.is_empty());
    for invoice in invoices {
        let day = invoice["invoice_date"].as_str().unwrap();
        assert!(("2025-12-01"..="2026-02-28").contains(&day) && invoice["type"] == "OUTFLOW", "{invoice}");
        assert!(invoice["xml"].is_string());
    }
    let outgoing = client.list_invoices().link(&link).type_(InvoiceDirection::Outflow);
    let outgoing = results(&outgoing.invoice_date_range([from, to]).send().await.unwrap());
    assert_eq!(outgoing.len(), invoices.len());
    collection!(scene, client.list_invoices().link(&link), show_invoice, remove_invoice);

    let retentions = CfdiRetrieval::new(&link, from, to, InvoiceDirection::Inflow);
    let retentions = raw(&client.retrieve_tax_retentions(retentions).send().await.unwrap());
    let issued: Vec<&str> = retentions
        .as_array()
        .unwrap()
        .iter()
        .map(|one| one["issued_at"].as_str().unwrap().get(..10).unwrap())
        .collect();
    assert_eq!(issued, ["2026-02-23", "2025-12-25"]);
    collection!(scene, client.list_tax_retentions().link(&link), show_tax_retention, remove_tax_retention);

    let returns = YearlyTaxReturnRetrieval::new(&link, "yearly", "2024", "2025").attach_pdf(true);
    let returns = raw(&client.retrieve_tax_returns(returns).send().await.unwrap());
    let years: Vec<_> =
        returns.as_array().unwrap().iter().map(|one| &one["informacion_general"]["ejercicio"]).collect();
    assert_eq!(years, [2025, 2024]);
    collection!(scene, client.list_tax_returns().link(&link), show_tax_return, remove_tax_return);

    let status = client.retrieve_tax_statuses(TaxDocumentRetrieval::new(&link).attach_pdf(true)).send().await.unwrap();
    assert!(raw(&status)["pdf"].is_string());
    let rfc = raw(&status)["tax_payer_information"]["rfc"].clone();
    collection!(scene, client.list_tax_statuses().link(&link), show_tax_status, remove_tax_status);

    let compliance = client.retrieve_tax_compliance_statuses(TaxDocumentRetrieval::new(&link)).send().await.unwrap();
    assert_eq!(raw(&compliance)["rfc"], rfc);
    let list = || client.list_tax_compliance_statuses().link(&link);
    collection!(scene, list(), show_tax_compliance_status, remove_tax_compliance_status);

    client.retrieve_financial_statements(Retrieval::new(&link)).send().await.unwrap();
    let list = || client.list_financial_statements().link(&link);
    collection!(scene, list(), show_financial_statement, remove_financial_statement);
}

async fn chile(scene: &Scene) {
    let client = &scene.client;
    let link = scene.link("mockbank_cl_fiscal").await;
    let (from, to) = (crate::support::date("2025-12-01"), crate::support::date("2026-02-28"));
    let invoices = ChileInvoiceRetrieval::new(&link, from, to).type_(InvoiceDirection::Outflow);
    let invoices = raw(&client.retrieve_chile_invoices(invoices).send().await.unwrap());
    let sums = |one: &serde_json::Value| {
        one["net_amount"].as_i64().unwrap() + one["vat_amount"].as_i64().unwrap()
            == one["total_amount"].as_i64().unwrap()
    };
    assert!(invoices.as_array().unwrap().iter().all(sums) && invoices[0].is_object(), "{invoices}");
    collection!(scene, client.list_chile_invoices().link(&link), show_chile_invoice, remove_chile_invoice);

    client.retrieve_chile_tax_statuses(TaxDocumentRetrieval::new(&link)).send().await.unwrap();
    let list = || client.list_chile_tax_statuses().link(&link);
    collection!(scene, list(), show_chile_tax_status, remove_chile_tax_status);

    client.retrieve_chile_debt_reports(TaxDocumentRetrieval::new(&link)).send().await.unwrap();
    let list = || client.list_chile_debt_reports().link(&link);
    collection!(scene, list(), show_chile_debt_report, remove_chile_debt_report);
}
