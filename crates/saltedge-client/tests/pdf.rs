//! A report as PDF.
#![allow(clippy::unwrap_used, clippy::panic)]

mod support;

use support::{Server, reply};

#[test]
fn a_report_comes_as_pdf() {
    support::run(async {
        const PDF: &[u8] = b"%PDF-1.7\n\xe2\xe3\xcf\xd3 not text \x00\xff";
        let server = Server::playing([reply(200, &[("content-type", "application/pdf")], PDF)]).await;
        let report = support::client(&server).show_report("111", "222").send_pdf().await.unwrap();
        assert_eq!(&**report, PDF);
        let request = server.request();
        assert_eq!(request.header("accept"), Some("application/pdf"));
        assert_eq!(request.target, "/api/v6/reports/111?customer_id=222");
    });
}

#[test]
fn a_refused_pdf_is_a_typed_error() {
    support::run(async {
        use saltedge_client::ErrorExt;
        use saltedge_client::types::ErrorClass;
        let refusal = r#"{"error":{"class":"ReportExpired","message":"gone"}}"#;
        let server = Server::playing([reply(406, &[("content-type", "application/json")], refusal)]).await;
        let error = support::client(&server).show_report("111", "222").send_pdf().await.unwrap_err();
        assert_eq!(error.class(), Some(&ErrorClass::ReportExpired));
    });
}
