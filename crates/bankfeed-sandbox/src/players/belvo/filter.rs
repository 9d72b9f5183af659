//! Filters of lists, by the names of their parameters: a path into the record and an operator.

use std::cmp::Ordering;

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use serde_json::{Map, Value};

/// Parameters that choose a page or members, not records.
const NO_FILTER: [&str; 4] = ["page", "page_size", "omit", "fields"];

/// One condition on a record.
#[derive(Clone, Debug)]
pub(super) struct Filter {
    /// Such as `value_date` or `account__balance__current`.
    pub(super) name: String,
    pub(super) operator: Operator,
    /// What the request gave; lists come as lists.
    pub(super) wanted: Value,
}

/// How the record's value stands to the one that is wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Operator {
    Is,
    Greater,
    AtLeast,
    Less,
    AtMost,
    /// Between two values, both included.
    Range,
    In,
    NotIn,
    /// Contains the text, in any case.
    Contains,
    /// A list that holds all of the values.
    AllIn,
}

const SUFFIXES: [(&str, Operator); 9] = [
    ("__gt", Operator::Greater),
    ("__gte", Operator::AtLeast),
    ("__lt", Operator::Less),
    ("__lte", Operator::AtMost),
    ("__range", Operator::Range),
    ("__in", Operator::In),
    ("__not_in", Operator::NotIn),
    ("__icontains", Operator::Contains),
    ("__allin", Operator::AllIn),
];

/// The filters of a query.
pub(super) fn read(query: &Map<String, Value>) -> Vec<Filter> {
    query
        .iter()
        .filter(|(name, _)| !NO_FILTER.contains(&name.as_str()))
        .map(|(name, wanted)| {
            let suffix = SUFFIXES.iter().filter(|(suffix, _)| name.ends_with(suffix));
            let (name, operator) = match suffix.max_by_key(|(suffix, _)| suffix.len()) {
                Some((suffix, operator)) => (name.trim_end_matches(suffix), *operator),
                None => (name.as_str(), Operator::Is),
            };
            Filter { name: name.to_owned(), operator, wanted: wanted.clone() }
        })
        .collect()
}

impl Filter {
    /// Whether a record fits. `created` stands in for the moment of creation where records do not tell it.
    pub(super) fn fits(&self, record: &Value, created: Timestamp) -> bool {
        let mut found = Vec::new();
        collect(record, &self.name, &mut found);
        if found.is_empty() && self.name == "created_at" && record.get("created_at").is_none() {
            return self.judge(&[&Value::String(created.to_string())]);
        }
        self.judge(&found)
    }

    /// Whether a value that the record would have fits.
    pub(super) fn fits_value(&self, value: &Value) -> bool {
        self.judge(&[value])
    }

    fn judge(&self, found: &[&Value]) -> bool {
        let wanted = match &self.wanted {
            Value::Array(wanted) => wanted.as_slice(),
            single => std::slice::from_ref(single),
        };
        let single = wanted.first().unwrap_or(&Value::Null);
        let any = |orders: &[Ordering], wanted: &Value| {
            found.iter().any(|value| compare(value, wanted).is_some_and(|order| orders.contains(&order)))
        };
        let listed = || wanted.iter().any(|wanted| found.iter().any(|value| same(value, wanted)));
        match self.operator {
            Operator::Is => found.iter().any(|value| same(value, single)),
            Operator::Greater => any(&[Ordering::Greater], single),
            Operator::AtLeast => any(&[Ordering::Greater, Ordering::Equal], single),
            Operator::Less => any(&[Ordering::Less], single),
            Operator::AtMost => any(&[Ordering::Less, Ordering::Equal], single),
            Operator::Range => {
                any(&[Ordering::Greater, Ordering::Equal], single)
                    && wanted.get(1).is_some_and(|last| any(&[Ordering::Less, Ordering::Equal], last))
            }
            Operator::In => listed(),
            Operator::NotIn => !listed(),
            Operator::Contains => found.iter().any(|value| contains(value, single)),
            Operator::AllIn => wanted.iter().all(|wanted| found.iter().any(|value| same(value, wanted))),
        }
    }
}

/// The values that a name stands for in a record. Names differ from members here and there.
fn collect<'a>(record: &'a Value, name: &str, found: &mut Vec<&'a Value>) {
    match name {
        "account" => {
            let account = record.get("account").map(|account| account.get("id").unwrap_or(account));
            found.extend(account.or_else(|| record.get("account_id")));
            found.extend(record["accounts"].as_array().into_iter().flatten());
            let streams = record["income_streams"].as_array().into_iter().flatten();
            found.extend(streams.filter_map(|stream| stream.get("account_id")));
        }
        "account_type" => found.extend(record.pointer("/account/type")),
        "institution" => {
            found.extend(record.get("institution").map(|institution| institution.get("name").unwrap_or(institution)));
        }
        "country_code" => found.extend(record["country_codes"].as_array().into_iter().flatten()),
        "resources" => found.extend(record["resources"].as_array().into_iter().flatten()),
        "user_document" => found.extend(record.get("document_number")),
        "ejercicio" | "tipo_declaracion" => {
            found.extend(record.get("informacion_general").and_then(|general| general.get(name)));
        }
        _ => {
            let mut value = Some(record);
            for part in name.split("__") {
                value = value.and_then(|value| value.get(part));
            }
            found.extend(value);
        }
    }
    found.retain(|value| !value.is_null());
}

fn same(value: &Value, wanted: &Value) -> bool {
    if let (Value::String(value), Value::String(wanted)) = (value, wanted) {
        // A day stands for all of its moments.
        let whole_day = wanted.len() == 10 && wanted.parse::<Date>().is_ok() && value.len() > 10;
        return value == wanted || (whole_day && value.starts_with(wanted.as_str()));
    }
    compare(value, wanted) == Some(Ordering::Equal) || text(value) == text(wanted)
}

fn compare(value: &Value, wanted: &Value) -> Option<Ordering> {
    if let (Some(value), Some(wanted)) = (moment(value), moment(wanted)) {
        return Some(value.cmp(&wanted));
    }
    if let (Some(value), Some(wanted)) = (amount(value), amount(wanted)) {
        return value.partial_cmp(&wanted);
    }
    Some(value.as_str()?.cmp(wanted.as_str()?))
}

fn contains(value: &Value, wanted: &Value) -> bool {
    text(value).to_lowercase().contains(&text(wanted).to_lowercase())
}

fn text(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

fn amount(value: &Value) -> Option<f64> {
    value.as_f64().or_else(|| value.as_str()?.parse().ok())
}

fn moment(value: &Value) -> Option<Timestamp> {
    let text = value.as_str()?;
    if text.len() == 10 {
        return Some(text.parse::<Date>().ok()?.to_zoned(TimeZone::UTC).ok()?.timestamp());
    }
    text.parse().ok()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn fits(name: &str, wanted: Value, record: &Value) -> bool {
        let query = [(name.to_owned(), wanted)].into_iter().collect();
        read(&query).iter().all(|filter| filter.fits(record, Timestamp::UNIX_EPOCH))
    }

    #[test]
    fn operators_are_read_off_the_name() {
        let record = json!({
            "amount": 12.5, "value_date": "2026-01-31", "created_at": "2026-02-01T10:00:00Z", "name": "Conta Corrente",
            "account": { "id": "a", "balance": { "current": 100.0 } }, "resources": ["A", "B"],
        });
        for (name, right, wrong) in [
            ("amount", json!(12.5), json!(12.4)),
            ("amount__gt", json!(12.4), json!(12.5)),
            ("amount__lte", json!(12.5), json!(12.4)),
            ("amount__range", json!([12.5, 13.0]), json!([1.0, 2.0])),
            ("value_date__gte", json!("2026-01-31"), json!("2026-02-01")),
            ("value_date__range", json!(["2026-01-01", "2026-01-31"]), json!(["2026-01-01", "2026-01-30"])),
            ("created_at", json!("2026-02-01"), json!("2026-02-02")),
            ("created_at__lt", json!("2026-02-02"), json!("2026-02-01")),
            ("account", json!("a"), json!("b")),
            ("account__in", json!(["b", "a"]), json!(["b"])),
            ("account__balance__current__gte", json!(100.0), json!(100.01)),
            ("name__icontains", json!("corr"), json!("poup")),
            ("name__not_in", json!(["x"]), json!(["Conta Corrente"])),
            ("resources__allin", json!(["B", "A"]), json!(["A", "C"])),
            ("currency", json!("BRL"), json!("BRL")),
        ] {
            assert!(!fits(name, wrong, &record), "{name}");
            assert_eq!(fits(name, right, &record), name != "currency", "{name}");
        }
    }
}
