//! Employments, as social security in Brazil and Mexico knows them.

use serde_json::{Value, json};

use super::Form;
use crate::players::belvo::resource::Run;
use crate::players::belvo::view::{Seat, View, kind};

const BRAZIL: Form = Form { kind: kind::EMPLOYMENT, schema: "Employment", len: 2, apart: 700, fill: fill_brazil };
const RECORD: Form =
    Form { kind: kind::EMPLOYMENT_RECORD, schema: "EmploymentRecord", len: 1, apart: 0, fill: fill_record };
const CURRENT: Form =
    Form { kind: kind::CURRENT_EMPLOYMENT, schema: "CurrentEmployment", len: 1, apart: 0, fill: fill_record };
const METRIC: Form =
    Form { kind: kind::EMPLOYMENT_METRIC, schema: "EmploymentMetric", len: 1, apart: 0, fill: fill_metric };

/// Employers, with what they do, and as what they employ.
const BRAZILIAN: [(&str, &str, &str, &str); 3] = [
    ("Padaria Sol Ltda", "1091-1 - PADARIA", "PADEIRO", "8483-05"),
    ("Meridiano Software Ltda", "6201-5 - DESENVOLVIMENTO DE PROGRAMAS", "PROGRAMADOR", "3171-10"),
    ("Oficina Aurora Ltda", "4520-0 - REPARACAO DE VEICULOS", "MECANICO", "9144-05"),
];
const MEXICAN: [&str; 3] = ["Panaderia Luna SA", "Meridiano Software SA de CV", "Taller Aurora SA de CV"];

pub(in super::super) fn brazil(view: &View, seat: &Seat) -> Vec<Run> {
    BRAZIL.runs(view, seat)
}

pub(in super::super) fn records(view: &View, seat: &Seat) -> Vec<Run> {
    RECORD.runs(view, seat)
}

pub(in super::super) fn current(view: &View, seat: &Seat) -> Vec<Run> {
    CURRENT.runs(view, seat)
}

pub(in super::super) fn metrics(view: &View, seat: &Seat) -> Vec<Run> {
    METRIC.runs(view, seat)
}

fn fill_brazil(view: &View, seat: &Seat, index: u64, record: &mut Value) {
    let mut random = view.world.random("belvo employer", &[seat.person, index]);
    let (name, activity, occupation, code) = random.pick(&BRAZILIAN).copied().unwrap_or_default();
    record["employer_data"] = json!({ "name": name, "code": random.digits(8), "economic_activity": activity });
    record["occupations"][0]["description"] = json!(occupation);
    record["occupations"][0]["name"] = json!(format!("{occupation} - {code}"));
    // All but the latest are over: they end when the next one begins.
    if index > 0 {
        let next = BRAZIL.record_start(view, seat, index - 1);
        record["end_date"] = json!(next);
        record["occupations"][0]["end_date"] = json!(next);
        record["salaries"] = json!([]);
    }
}

impl Form {
    /// The first day of an employment.
    fn record_start(self, view: &View, seat: &Seat, index: u64) -> Value {
        let plain = Self { fill: |_, _, _, _| {}, ..self };
        plain.record(view, seat, index)["start_date"].clone()
    }
}

fn fill_record(view: &View, seat: &Seat, _: u64, record: &mut Value) {
    let person = seat.holder(view);
    let mut random = view.world.random("belvo mexican employer", &[seat.person]);
    let employer = random.pick(&MEXICAN).copied().unwrap_or_default();
    let last = match person.second_last_name {
        Some(second) => format!("{} {second}", person.last_name),
        None => person.last_name.to_owned(),
    };
    record["internal_identification"] = json!(curp(view, seat));
    let data = &mut record["personal_data"];
    data["official_name"] = json!(person.full_name());
    data["first_name"] = json!(person.first_name);
    data["last_name"] = json!(last);
    data["birth_date"] = json!(person.birth_date.to_string());
    data["document_ids"][0]["document_number"] = json!(random.digits(11));
    for name in ["employment_records", "current_employment_records"] {
        if let Some(entry) = record.get_mut(name).and_then(|records| records.get_mut(0)) {
            entry["employer"] = json!(employer);
            entry["employer_id"] = json!(format!("Y{}", random.digits(10)));
        }
    }
}

fn fill_metric(view: &View, seat: &Seat, _: u64, record: &mut Value) {
    let today = crate::world::day(view.world.start);
    let born = seat.holder(view).birth_date;
    let had_birthday = (today.month(), today.day()) >= (born.month(), born.day());
    record["age"] = json!(today.year() - born.year() - i16::from(!had_birthday));
    record["updated_at"] = json!(seat.seen.to_string());
}

/// The population number of Mexico, in its form.
pub(super) fn curp(view: &View, seat: &Seat) -> String {
    let person = seat.holder(view);
    let mut random = view.world.random("belvo curp", &[seat.person]);
    let letters = person.document.get(..10).unwrap_or_default();
    format!("{letters}{}DFRRN0{}", if person.female { "M" } else { "H" }, random.digits(1))
}
