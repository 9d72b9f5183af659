//! Records fetched from the institution: at once, by way of a second factor, or later.

use std::collections::BTreeSet;

use jiff::civil::Date;
use serde_json::{Value, json};

use super::banking::accounts;
use super::callbacks::{self, News};
use super::enrichment::incomes;
use super::institution::Health;
use super::links::{Link, Mood, Status};
use super::listing::Choice;
use super::resource::Resource;
use super::view::{View, kind};
use super::{Belvo, errors, session};
use crate::answer::{Answer, Weaver};
use crate::call::Call;
use crate::players::Scene;
use crate::refusal::Refusal;

/// The smallest document of its kind, in Base64.
const PDF: &str = "JVBERi0xLjQKJSVFT0YK";
const XML: &str = "PD94bWwgdmVyc2lvbj0iMS4wIj8+PGRvY3VtZW50Lz4=";

impl Belvo {
    /// Fetches what a request asks for.
    pub(super) fn retrieve(
        &mut self,
        call: &Call,
        scene: &mut Scene<'_>,
        resource: &'static Resource,
    ) -> Result<Answer, Refusal> {
        let view = View::new(scene);
        let (number, link) = self.link_of(call, &view)?;
        usable(&view, &link, resource)?;
        period(&call.body)?;
        if link.mood == Mood::SecondFactor && resumable(scene, resource) {
            if call.body.get("token").is_none() {
                let serial = self.serial();
                return Ok(self.sessions.open(call, scene, number, serial));
            }
            session::token(call)?;
        }
        self.fetch(call, scene, resource, (number, link), &call.body.clone())
    }

    /// Goes on with what waited for a second factor.
    pub(super) fn resume(
        &mut self,
        call: &Call,
        scene: &mut Scene<'_>,
        resource: &'static Resource,
    ) -> Result<Answer, Refusal> {
        let view = View::new(scene);
        let (number, link) = self.link_of(call, &view)?;
        usable(&view, &link, resource)?;
        let session = self.sessions.close(call, scene, number)?;
        let mut body = session.body;
        if let Some(save) = call.body.get("save_data") {
            body["save_data"] = save.clone();
        }
        self.fetch(call, scene, resource, (number, link), &body)
    }

    /// The link that a body names.
    pub(super) fn link_of(&self, call: &Call, view: &View) -> Result<(u64, Link), Refusal> {
        let id = call.body["link"].as_str().unwrap_or_default();
        let found = self.links.find(view, id).and_then(|number| Some((number, self.links.get(view, number)?)));
        found.ok_or_else(|| Refusal::code("does_not_exist", "body /link", "there is no such link"))
    }

    fn fetch(
        &mut self,
        call: &Call,
        scene: &mut Scene<'_>,
        resource: &'static Resource,
        (number, mut link): (u64, Link),
        body: &Value,
    ) -> Result<Answer, Refusal> {
        let view = View::new(scene);
        let save = body.get("save_data").and_then(Value::as_bool).unwrap_or(true);
        link.accessed = scene.now;
        if save && let Some(stored) = &mut link.stored {
            stored.insert(resource.kind);
        }
        self.links.put(number, link.clone());
        if call.headers.get("X-Belvo-Request-Mode").is_some_and(|mode| mode == "async") {
            let id = errors::request_id(scene, self.serial());
            self.announce(scene, (number, &link), resource, "historical_update", Some(&id));
            return Ok(Answer::json(202, json!({ "request_id": id })));
        }
        let status = if save { 201 } else { 200 };
        let seat = link.seat(&view, number);
        let mut stretches = self.stretches(&view, &seat, resource);
        if let Some(account) = body.get("account").or_else(|| body.get("account_id")).and_then(Value::as_str) {
            let known = accounts::of(&view, &seat).iter().any(|held| accounts::id(&view, &seat, held) == account);
            if !known {
                return Err(Refusal::code("does_not_exist", "body /account", "the link has no such account"));
            }
            stretches.retain(|stretch| stretch.run.account.as_ref().is_some_and(|(_, id)| id == account));
        }
        let choice = Choice::of(call, scene.book);
        let (from, to) = (date(body, "date_from"), date(body, "date_to"));
        for stretch in &mut stretches {
            stretch.between(from, to);
        }
        if resource.kind == kind::INCOME {
            let record = incomes::record(&view, &seat, 0, (from, to), |stream| wanted(body, stream));
            let record = choice.apply(record);
            let listed = call.operation.method == http::Method::PATCH;
            return Ok(Answer::json(status, if listed { json!([record]) } else { record }));
        }
        let asked = body.clone();
        let mut records = stretches
            .into_iter()
            .flat_map(super::records::Stretch::records)
            .filter(move |record| asked_for(resource, &asked, record))
            .map({
                let (pdf, xml) = (call.body["attach_pdf"] == true, call.body["attach_xml"] == true);
                let reference = body.get("reference_date").cloned();
                move |mut record| {
                    if let (Some(reference), Some(member)) = (&reference, record.get_mut("reference_date")) {
                        *member = reference.clone();
                    }
                    choice.apply(attached(record, pdf, xml))
                }
            });
        if resource.single && call.operation.method == http::Method::POST {
            return match records.next() {
                Some(record) => Ok(Answer::json(status, record)),
                None => Err(Refusal::code("not_found", "body /link", "there is no record of it")),
            };
        }
        let mut weaver = Weaver::default();
        let document = weaver.list(records);
        Ok(Answer::woven(status, weaver, &document))
    }

    /// Tells that a resource of a link was read.
    pub(super) fn announce(
        &mut self,
        scene: &mut Scene<'_>,
        (number, link): (u64, &Link),
        resource: &Resource,
        process: &'static str,
        request_id: Option<&str>,
    ) {
        let Some(about) = resource.name else { return };
        if scene.receiver.is_none() {
            return;
        }
        let data = callbacks::totals(&View::new(scene), link, number, resource);
        let news = News { about, process, code: "historical_update", request_id, data };
        let serial = self.serial();
        callbacks::send(scene, number, link.external_id.as_deref(), &news, serial);
    }
}

/// Whether the institution lets a link read a resource.
fn usable(view: &View, link: &Link, resource: &Resource) -> Result<(), Refusal> {
    if !resource.families.contains(&link.institution.family) {
        let problem = format!("{} does not have it", link.institution.name);
        return Err(Refusal::code("unsupported_operation", "body /link", problem));
    }
    open(view, link)?;
    if link.mood == Mood::WithoutAccounts && resource.kind != kind::OWNER {
        return Err(Refusal::code("consent_without_accounts", "body /link", "the user shared no accounts"));
    }
    Ok(())
}

/// Whether a link can be used at all.
pub(super) fn open(view: &View, link: &Link) -> Result<(), Refusal> {
    if link.institution.health == Health::Down {
        return Err(Refusal::code("institution_down", "body /link", "the institution is down"));
    }
    match link.status_at(view) {
        Status::Valid => Ok(()),
        Status::Invalid => {
            Err(Refusal::code("invalid_link", "body /link", "the link is invalid: the user has to renew it"))
        }
        Status::Unconfirmed => {
            Err(Refusal::code("unconfirmed_link", "body /link", "the user has to confirm it with the institution"))
        }
        Status::TokenRequired => Err(Refusal::code("unconfirmed_link", "body /link", "the link waits for its token")),
    }
}

/// Whether a second factor can be given for a collection.
fn resumable(scene: &Scene<'_>, resource: &Resource) -> bool {
    let mut operations = scene.book.operations.iter();
    operations.any(|operation| operation.path == resource.path && operation.method == http::Method::PATCH)
}

fn date(body: &Value, name: &str) -> Option<Date> {
    body.get(name)?.as_str()?.parse().ok()
}

/// Dates have to be in their order.
fn period(body: &Value) -> Result<(), Refusal> {
    if let (Some(from), Some(to)) = (date(body, "date_from"), date(body, "date_to"))
        && from > to
    {
        return Err(Refusal::code("invalid_period", "body /date_from", "is after date_to"));
    }
    Ok(())
}

/// Whether a stream of income is among those that a retrieval wants.
fn wanted(body: &Value, stream: &Value) -> bool {
    let kinds = body.get("allowed_income_types").and_then(Value::as_array);
    let level = |name: &Value| ["LOW", "MEDIUM", "HIGH"].iter().position(|level| *name == **level);
    let least = body.get("minimum_confidence_level").and_then(level);
    kinds.is_none_or(|kinds| kinds.is_empty() || kinds.contains(&stream["income_type"]))
        && least.is_none_or(|least| level(&stream["confidence"]).is_some_and(|has| has >= least))
}

/// Whether a record is among those that a retrieval wants.
fn asked_for(resource: &Resource, body: &Value, record: &Value) -> bool {
    let (from, to) = (date(body, "date_from"), date(body, "date_to"));
    let within = |record: &Value, name: &str| {
        let day = record.get(name).and_then(Value::as_str).and_then(|day| day.get(..10)?.parse::<Date>().ok());
        day.is_none_or(|day| from.is_none_or(|from| day >= from) && to.is_none_or(|to| day <= to))
    };
    if !within(record, resource.day) {
        return false;
    }
    if resource.kind == kind::RECURRING_EXPENSE {
        let mut paid = record["transactions"].as_array().into_iter().flatten();
        return paid.any(|paid| within(paid, "value_date"));
    }
    let year = |name: &str| body.get(name)?.as_str()?.parse::<i64>().ok();
    if let Some(of) = record.pointer("/informacion_general/ejercicio").and_then(Value::as_i64)
        && (year("year_from").is_some_and(|from| of < from) || year("year_to").is_some_and(|to| of > to))
    {
        return false;
    }
    let kinds = [kind::INVOICE, kind::CHILE_INVOICE, kind::TAX_RETURN];
    let kind = body.get("type").filter(|kind| kind.is_string() && kinds.contains(&resource.kind));
    kind.is_none_or(|kind| record["type"] == *kind)
}

/// A record with the documents that were asked for.
fn attached(mut record: Value, pdf: bool, xml: bool) -> Value {
    for (wanted, name, text) in [(pdf, "pdf", PDF), (xml, "xml", XML)] {
        if wanted && let Some(member) = record.get_mut(name) {
            *member = json!(text);
        }
    }
    if pdf {
        for file in record.get_mut("files").and_then(Value::as_array_mut).into_iter().flatten() {
            file["value"] = json!(PDF);
        }
    }
    record
}

/// Kinds that stand for the resources of a request.
pub(super) fn kinds(link: &Link) -> BTreeSet<u8> {
    Resource::of(link.institution.family)
        .filter(|resource| resource.name.is_none_or(|name| link.fetch.iter().any(|fetched| fetched == name)))
        .map(|resource| resource.kind)
        .collect()
}
