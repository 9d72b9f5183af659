//! Reports, which a feature carries: the caller has named it.

#[cfg(not(feature = "reports"))]
compile_error!("the client has no feature `reports`");

use std::collections::BTreeMap;

use crate::types::{Grade, Link, LinkKind, Report, ReportOrder, ReportSource, Upload, UploadKind};
use crate::{Client, Error, operations, runtime as rt};

pub fn sources() -> [ReportSource; 2] {
    [Upload::new(UploadKind::Upload, "f-1").into(), Link::new(LinkKind::Link, "c-1").into()]
}

pub async fn order(client: &Client, source: ReportSource) -> Result<Option<Report>, Error> {
    let answer = client.create_report(ReportOrder::new("a-1", source)).send().await?.into_inner();
    Ok(match answer {
        operations::CreateReportAnswer::Ok(report) => Some(report),
        operations::CreateReportAnswer::Accepted(pending) => {
            let _seconds: i64 = pending.retry_in;
            None
        }
        _ => None,
    })
}

pub fn ordered(order: ReportOrder) -> (rt::Id, ReportSource, Option<BTreeMap<String, String>>) {
    (order.account, order.source, order.options)
}

pub async fn file(client: &Client) -> Result<rt::Bytes, Error> {
    Ok(client.show_report("r-1").send_pdf().await?.into_inner())
}

pub async fn data(client: &Client) -> Result<Report, Error> {
    Ok(client.show_report("r-1").send().await?.into_inner())
}

pub fn good(report: &Report) -> bool {
    match report.grade {
        Some(Grade::A) => true,
        Some(Grade::B) => false,
        _ => false,
    }
}
