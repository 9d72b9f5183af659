//! On which days a payment is made.

use jiff::civil::{Date, Weekday};
use serde_json::Value;

use super::verify::{invalid, text};
use crate::refusal::Refusal;

/// The days of a payment that is not made at once.
pub(super) struct Schedule {
    /// As it was asked for.
    pub(super) asked: Value,
    /// In their order.
    pub(super) days: Vec<Date>,
    /// One payment, not several.
    pub(super) single: bool,
}

/// How many days ahead a payment can be planned.
const HORIZON: i64 = 720;
const MEMBERS: [&str; 5] = ["single", "daily", "weekly", "monthly", "custom"];

impl Schedule {
    /// What a body asks for on a day; `None` when it asks for nothing.
    pub(super) fn read(asked: &Value, today: Date, place: &str) -> Result<Option<Self>, Refusal> {
        let members: Vec<&str> = MEMBERS.into_iter().filter(|member| !asked[*member].is_null()).collect();
        let member = match (members.as_slice(), asked.is_null()) {
            ([], true) => return Ok(None),
            ([member], _) => *member,
            _ => return Err(invalid(place, "has to have one member")),
        };
        let place = format!("{place}/{member}");
        let plan = &asked[member];
        let days = match member {
            "single" => vec![day(plan, "date", &place)?],
            "daily" => repeated(plan, &place, 60, |first, turn| first.saturating_add(jiff::Span::new().days(turn)))?,
            "weekly" => {
                let days =
                    repeated(plan, &place, 60, |first, turn| first.saturating_add(jiff::Span::new().weeks(turn)))?;
                let wanted = text(plan, "day_of_week");
                if wanted != days.first().map(|day| name(day.weekday())) {
                    return Err(invalid(format!("{place}/day_of_week"), "is not that of start_date"));
                }
                days
            }
            "monthly" => {
                let days =
                    repeated(plan, &place, 24, |first, turn| first.saturating_add(jiff::Span::new().months(turn)))?;
                let wanted = plan["day_of_month"].as_i64();
                if wanted != days.first().map(|day| i64::from(day.day())) {
                    return Err(invalid(format!("{place}/day_of_month"), "is not that of start_date"));
                }
                days
            }
            _ => custom(plan, &place)?,
        };
        ahead(&days, today, member == "single" || member == "custom", &place)?;
        Ok(Some(Self { asked: asked.clone(), days, single: member == "single" }))
    }
}

/// Days that lie ahead, and not too far where the provider sets an end.
pub(super) fn ahead(days: &[Date], today: Date, limited: bool, place: &str) -> Result<(), Refusal> {
    if days.iter().any(|day| *day <= today) {
        return Err(invalid(place, "begins before tomorrow, by the time of Brasília"));
    }
    let last = today.saturating_add(jiff::Span::new().days(HORIZON));
    if limited && days.iter().any(|day| *day > last) {
        return Err(invalid(place, format!("lies more than {HORIZON} days ahead")));
    }
    Ok(())
}

/// A list of days, each once, in their order.
pub(super) fn days(list: &Value, place: &str) -> Result<Vec<Date>, Refusal> {
    let texts = list.as_array().into_iter().flatten().filter_map(Value::as_str);
    let mut days = Vec::new();
    for text in texts {
        let day: Date = text.parse().map_err(|_| invalid(place, "holds something that is no day"))?;
        if days.contains(&day) {
            return Err(invalid(place, "holds a day twice"));
        }
        days.push(day);
    }
    days.sort_unstable();
    if days.is_empty() {
        return Err(invalid(place, "holds no day"));
    }
    Ok(days)
}

fn custom(plan: &Value, place: &str) -> Result<Vec<Date>, Refusal> {
    if text(plan, "description").is_none_or(str::is_empty) {
        return Err(super::verify::required(format!("{place}/description"), "is required"));
    }
    days(&plan["dates"], &format!("{place}/dates"))
}

fn day(plan: &Value, member: &str, place: &str) -> Result<Date, Refusal> {
    let place = format!("{place}/{member}");
    let text = text(plan, member).ok_or_else(|| super::verify::required(place.clone(), "is required"))?;
    text.parse().map_err(|_| invalid(place, "is no day"))
}

/// The first day and what follows from it. Each is counted from the first, so that the last day of a month stays one.
fn repeated(plan: &Value, place: &str, most: i64, next: impl Fn(Date, i64) -> Date) -> Result<Vec<Date>, Refusal> {
    let first = day(plan, "start_date", place)?;
    let occurrences = plan["occurrences"].as_i64().unwrap_or_default();
    if !(2..=most).contains(&occurrences) {
        return Err(invalid(format!("{place}/occurrences"), format!("is not between 2 and {most}")));
    }
    Ok((0..occurrences).map(|turn| next(first, turn)).collect())
}

fn name(weekday: Weekday) -> &'static str {
    match weekday {
        Weekday::Monday => "MONDAY",
        Weekday::Tuesday => "TUESDAY",
        Weekday::Wednesday => "WEDNESDAY",
        Weekday::Thursday => "THURSDAY",
        Weekday::Friday => "FRIDAY",
        Weekday::Saturday => "SATURDAY",
        Weekday::Sunday => "SUNDAY",
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use serde_json::json;

    use super::*;

    fn read(asked: &Value) -> Result<Vec<String>, String> {
        let read = Schedule::read(asked, date(2026, 1, 30), "here").map_err(|refusal| refusal.place)?;
        Ok(read.into_iter().flat_map(|schedule| schedule.days).map(|day| day.to_string()).collect())
    }

    #[test]
    fn months_end_when_they_end() {
        let asked = json!({ "monthly": { "start_date": "2026-01-31", "day_of_month": 31, "occurrences": 3 } });
        assert_eq!(read(&asked).unwrap(), ["2026-01-31", "2026-02-28", "2026-03-31"]);
    }

    #[test]
    fn weeks_keep_their_day() {
        let asked = json!({ "weekly": { "start_date": "2026-02-03", "day_of_week": "TUESDAY", "occurrences": 2 } });
        assert_eq!(read(&asked).unwrap(), ["2026-02-03", "2026-02-10"]);
        let asked = json!({ "weekly": { "start_date": "2026-02-03", "day_of_week": "MONDAY", "occurrences": 2 } });
        assert_eq!(read(&asked).unwrap_err(), "here/weekly/day_of_week");
    }

    #[test]
    fn days_lie_ahead() {
        assert_eq!(read(&Value::Null).unwrap(), [""; 0]);
        assert_eq!(read(&json!({ "single": { "date": "2026-01-31" } })).unwrap(), ["2026-01-31"]);
        for (asked, place) in [
            (json!({ "single": { "date": "2026-01-30" } }), "here/single"),
            (json!({ "single": { "date": "2028-06-01" } }), "here/single"),
            (json!({ "daily": { "start_date": "2026-02-01", "occurrences": 61 } }), "here/daily/occurrences"),
            (json!({ "custom": { "dates": ["2026-02-01", "2026-02-01"], "description": "x" } }), "here/custom/dates"),
            (json!({ "custom": { "dates": ["2026-02-01"] } }), "here/custom/description"),
            (json!({}), "here"),
        ] {
            assert_eq!(read(&asked).unwrap_err(), place);
        }
    }
}
