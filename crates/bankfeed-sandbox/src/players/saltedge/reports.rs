//! Reports on a customer: ordered, looked at, gone after a week.

use std::collections::BTreeMap;

use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};

use super::flows::Days;
use super::ids::{self, Kind};
use super::{SaltEdge, callbacks, paging, pdf, rates};
use crate::answer::Answer;
use crate::call::Call;
use crate::players::Scene;
use crate::refusal::Refusal;
use crate::world::{World, day};

/// How long a report is kept.
const KEPT: SignedDuration = SignedDuration::from_hours(7 * 24);
/// Most days that a report covers.
const LONGEST: i64 = 731;

/// What was ordered.
#[derive(Default)]
pub(super) struct Reports {
    stored: BTreeMap<u64, Report>,
    count: u64,
}

impl Reports {
    pub(super) fn drop_of(&mut self, customer: u64) {
        self.stored.retain(|_, report| report.customer != customer);
    }
}

pub(super) struct Report {
    pub(super) number: u64,
    pub(super) customer: u64,
    pub(super) connections: Vec<u64>,
    pub(super) currency: String,
    pub(super) days: Days,
    /// The day whose rates count.
    pub(super) rates_of: Date,
    pub(super) types: Vec<String>,
    pub(super) natures: Option<Vec<String>>,
    created_at: Timestamp,
}

impl Report {
    pub(super) fn connection_ids(&self, world: &World) -> Vec<String> {
        self.connections.iter().map(|number| ids::text(world, Kind::Connection, *number)).collect()
    }

    fn is_over(&self, now: Timestamp) -> bool {
        now.duration_since(self.created_at) >= KEPT
    }
}

fn strings(value: &Value) -> Vec<String> {
    value.as_array().into_iter().flatten().filter_map(|text| text.as_str().map(str::to_owned)).collect()
}

impl SaltEdge {
    pub(super) fn create_report(&mut self, call: &Call, scene: &mut Scene<'_>) -> Result<Answer, Refusal> {
        let world = scene.world;
        let data = &call.body["data"];
        let customer =
            self.customer(world, "body /data/customer_id", data["customer_id"].as_str().unwrap_or_default())?;
        let wrong =
            |name: &str, problem: &str| Refusal::code("WrongRequestFormat", format!("body /data/{name}"), problem);
        let types = strings(&data["report_types"]);
        if types.is_empty() {
            return Err(Refusal::code("WrongReportType", "body /data/report_types", "names no type"));
        }
        let today = day(scene.now);
        let date = |name: &str| data[name].as_str().and_then(|text| text.parse::<Date>().ok()).unwrap_or(today);
        let days = Days { from: date("from_date"), to: date("to_date") };
        if days.from > days.to {
            return Err(wrong("from_date", "is after to_date"));
        }
        if days.count() > LONGEST {
            return Err(wrong("from_date", "is more than two years before to_date"));
        }
        let currency = data["currency_code"].as_str().unwrap_or_default().to_owned();
        if rates::rate(world, &currency, today).is_none() {
            return Err(wrong("currency_code", "is no currency that has a rate"));
        }
        let connections = self.reported(data, customer.number, world)?;
        let number = self.reports.count;
        self.reports.count += 1;
        let natures = data["include_account_natures"].is_array().then(|| strings(&data["include_account_natures"]));
        let report = Report {
            number,
            customer: customer.number,
            connections,
            currency,
            days,
            rates_of: days.to.min(today),
            types,
            natures,
            created_at: scene.now,
        };
        let answer = paging::single(&self.written(&report, "initialized", world));
        self.reports.stored.insert(number, report);
        callbacks::reported(number, customer.number, scene);
        Ok(answer)
    }

    /// The connections that a report is about: those named, or all.
    fn reported(&self, data: &Value, customer: u64, world: &World) -> Result<Vec<u64>, Refusal> {
        let all = self.connections.of_customer(world, customer);
        let wanted = strings(&data["connection_ids"]);
        if all.is_empty() {
            return Err(Refusal::code("ActionNotAllowed", "body /data/customer_id", "the customer has no connection"));
        }
        if wanted.is_empty() {
            return Ok(all);
        }
        let place = "body /data/connection_ids";
        let numbers = wanted.iter().map(|id| {
            let number = self.connection(world, place, id)?.number;
            let other = || Refusal::code("ConnectionNotFound", place, "a connection belongs to another customer");
            all.contains(&number).then_some(number).ok_or_else(other)
        });
        numbers.collect()
    }

    pub(super) fn list_reports(&self, call: &Call, scene: &Scene<'_>) -> Result<Answer, Refusal> {
        let id = call.text("customer_id").unwrap_or_default();
        let customer = self.customer(scene.world, "query parameter customer_id", id)?;
        let kept = self
            .reports
            .stored
            .values()
            .filter(|report| report.customer == customer.number && !report.is_over(scene.now));
        let listed = kept.map(|report| (ids::id(scene.world, Kind::Report, report.number), report));
        // Lists leave the content out.
        paging::listed(call, listed, |report| self.written(report, "success", scene.world))
    }

    pub(super) fn show_report(&self, call: &Call, scene: &Scene<'_>) -> Result<Answer, Refusal> {
        let id = call.text("customer_id").unwrap_or_default();
        let customer = self.customer(scene.world, "query parameter customer_id", id)?;
        let report = self.report(call, scene.world)?;
        let place = "path report_id";
        if report.customer != customer.number {
            return Err(Refusal::code("ReportNotFound", place, "the customer has no report with this id"));
        }
        if report.is_over(scene.now) {
            return Err(Refusal::code("ReportExpired", place, "reports are kept for a week"));
        }
        let active = |number: &u64| {
            let connection = self.connections.get(scene.world, *number);
            connection.is_some_and(|connection| self.is_active(&connection, scene.world, scene.now))
        };
        if !report.connections.iter().any(active) {
            return Err(Refusal::code("ReportConsentRevoked", place, "no consent of its connections stands any more"));
        }
        let content = self.calculated(report, scene.world, scene.now);
        if prefers_pdf(call) {
            return Ok(Answer::bytes(200, "application/pdf", pdf::page(&printed(&content))));
        }
        let mut value = self.written(report, "success", scene.world);
        value["data"] = content;
        Ok(paging::single(&value))
    }

    pub(super) fn remove_report(&mut self, call: &Call, scene: &Scene<'_>) -> Result<Answer, Refusal> {
        let number = self.report(call, scene.world)?.number;
        self.reports.stored.remove(&number);
        Ok(paging::single(&json!({ "id": call.segment("report_id"), "deleted": true })))
    }

    fn report(&self, call: &Call, world: &World) -> Result<&Report, Refusal> {
        ids::read(world, Kind::Report, call.segment("report_id"))
            .and_then(|number| self.reports.stored.get(&number))
            .ok_or_else(|| Refusal::code("ReportNotFound", "path report_id", "no report has this id"))
    }

    fn written(&self, report: &Report, status: &str, world: &World) -> Value {
        let identifier = self.customers.get(world, report.customer).and_then(|customer| customer.identifier);
        json!({
            "id": ids::text(world, Kind::Report, report.number),
            "customer_id": ids::text(world, Kind::Customer, report.customer),
            "customer_identifier": identifier,
            "connection_ids": report.connection_ids(world),
            "status": status,
            "currency_code": report.currency,
            "from_date": report.days.from.to_string(),
            "to_date": report.days.to.to_string(),
            "report_types": report.types,
            "include_account_natures": report.natures,
            "created_at": report.created_at.to_string(),
            "updated_at": report.created_at.to_string(),
            "data": {},
        })
    }
}

/// Whether PDF comes before JSON in what is accepted.
fn prefers_pdf(call: &Call) -> bool {
    let accepted = call.received.header("accept").unwrap_or_default();
    let first = accepted.split(',').next().unwrap_or_default().split(';').next().unwrap_or_default();
    first.trim().eq_ignore_ascii_case("application/pdf")
}

/// The summary in lines.
fn printed(content: &Value) -> Vec<String> {
    let text = |pointer: &str| {
        let value = content.pointer(pointer).unwrap_or(&Value::Null);
        value.as_str().map_or_else(|| value.to_string(), str::to_owned)
    };
    let mut lines = vec![
        "Financial insights (Salt Edge sandbox, no real data)".to_owned(),
        format!("Report {}, customer {}", text("/report_id"), text("/customer_id")),
        format!("From {} to {}, in {}", text("/from_date"), text("/to_date"), text("/currency_code")),
        format!("Transactions: {}", text("/result/accounts_summary/transactions_count")),
    ];
    for (name, pointer) in [
        ("Balance at the end", "/result/accounts_summary/balance/end_date_amount"),
        ("Income", "/result/accounts_summary/income/total"),
        ("Expense", "/result/accounts_summary/expense/total"),
        ("Savings", "/result/accounts_summary/savings/total"),
    ] {
        if content.pointer(pointer).is_some() {
            lines.push(format!("{name}: {}", text(pointer)));
        }
    }
    for account in content.pointer("/result/accounts").and_then(Value::as_array).into_iter().flatten() {
        let name = account["name"].as_str().unwrap_or_default();
        lines.push(format!("{name} ({})", account["nature"].as_str().unwrap_or_default()));
    }
    lines
}
