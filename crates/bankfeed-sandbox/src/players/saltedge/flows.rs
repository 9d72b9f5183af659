//! Money that came and went in the days of a report, added up.

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde_json::{Value, json};

use super::categories;
use crate::world::{Category, Entry, EntryKind, number};

/// One movement, in the currency of the report.
#[derive(Clone)]
pub(super) struct Move {
    pub(super) id: String,
    pub(super) on: Date,
    pub(super) cents: i64,
    pub(super) category: Category,
    pub(super) kind: EntryKind,
}

impl Move {
    pub(super) fn of(entry: &Entry, id: String, cents: i64) -> Self {
        Self { id, on: entry.made_on(), cents, category: entry.category, kind: entry.kind }
    }

    /// From one account of the same person to another.
    pub(super) fn is_internal(&self) -> bool {
        matches!(self.category, Category::Savings | Category::CardPayment)
    }

    fn is_regular(&self) -> bool {
        use Category::{Insurance, Interest, LoanPayment, Rent, Salary};
        matches!(self.category, Salary | Rent | LoanPayment | Interest | Insurance)
    }
}

/// The days of a report, both included.
#[derive(Clone, Copy)]
pub(super) struct Days {
    pub(super) from: Date,
    pub(super) to: Date,
}

impl Days {
    pub(super) fn count(self) -> i64 {
        i64::from(self.to.since(self.from).map_or(0, |span| span.get_days())) + 1
    }

    /// Every month that has one of the days, and whether it has all of them.
    pub(super) fn months(self) -> Vec<(i16, i8, bool)> {
        let mut months = Vec::new();
        let mut first = self.from.first_of_month();
        while first <= self.to {
            let whole = self.from <= first && first.last_of_month() <= self.to;
            months.push((first.year(), first.month(), whole));
            match first.checked_add(jiff::Span::new().months(1)) {
                Ok(next) => first = next,
                Err(_) => break,
            }
        }
        months
    }

    pub(super) fn whole_months(self) -> i64 {
        i64::try_from(self.months().iter().filter(|(_, _, whole)| *whole).count()).unwrap_or(0)
    }
}

fn key(on: Date) -> (i16, i8) {
    (on.year(), on.month())
}

/// Sum and number of the movements of each month.
fn by_month(moves: &[&Move]) -> BTreeMap<(i16, i8), (i64, u64)> {
    let mut months: BTreeMap<_, (i64, u64)> = BTreeMap::new();
    for moved in moves {
        let month = months.entry(key(moved.on)).or_default();
        month.0 += moved.cents;
        month.1 += 1;
    }
    months
}

/// `total_per_month` and its like.
pub(super) fn per_month(moves: &[&Move], days: Days) -> Value {
    let sums = by_month(moves);
    let months = days.months().into_iter().map(|(year, month, whole)| {
        let (cents, count) = sums.get(&(year, month)).copied().unwrap_or_default();
        json!({ "year": year, "month": month, "is_whole_month": whole, "amount": number(cents), "count": count })
    });
    months.collect::<Vec<_>>().into()
}

/// Averages over the whole months among the days: by month, quarter and year, as far as there are as many months.
pub(super) fn averages(moves: &[&Move], days: Days) -> (Value, Value) {
    let sums = by_month(moves);
    let whole: Vec<(i16, i8, bool)> = days.months().into_iter().filter(|(_, _, whole)| *whole).collect();
    let total: i64 =
        whole.iter().map(|(year, month, _)| sums.get(&(*year, *month)).map_or(0, |(cents, _)| *cents)).sum();
    let count = i64::try_from(whole.len()).unwrap_or(0);
    let over = |months: i64| if count >= months { number(total * months / count.max(1)) } else { Value::Null };
    let average = json!({ "monthly": over(1), "quarterly": over(3), "annual": over(12) });
    // Tomorrow is expected to be like yesterday.
    let forecast = json!({ "next_month": over(1), "next_quarter": over(3), "next_year": over(12) });
    (average, forecast)
}

/// Income or expense.
pub(super) fn cash_flow(moves: &[&Move], days: Days) -> Value {
    let (average, forecasted) = averages(moves, days);
    let total: i64 = moves.iter().map(|moved| moved.cents).sum();
    let last_year = (days.count() >= 365).then(|| {
        let since = days.to.checked_sub(jiff::Span::new().years(1)).unwrap_or(days.from);
        number(moves.iter().filter(|moved| moved.on > since).map(|moved| moved.cents).sum())
    });
    json!({
        "start_date": moves.first().map(|moved| moved.on.to_string()),
        "end_date": moves.last().map(|moved| moved.on.to_string()),
        "transactions_count": moves.len(),
        "last_year_amount": last_year,
        "total": number(total),
        "total_per_month": per_month(moves, days),
        "average": average,
        "forecasted_average": forecasted,
        "streams": streams(moves, days),
    })
}

/// What comes again and again, apart from what does not.
pub(super) fn streams(moves: &[&Move], days: Days) -> Value {
    let mut regular: BTreeMap<&'static str, Vec<&Move>> = BTreeMap::new();
    let mut irregular: Vec<&Move> = Vec::new();
    for moved in moves {
        if moved.is_regular() {
            regular.entry(categories::of(moved.category, "personal")).or_default().push(moved);
        } else {
            irregular.push(moved);
        }
    }
    // Once is no stream.
    for lonely in regular.values_mut().filter(|moves| moves.len() < 2) {
        irregular.append(lonely);
    }
    regular.retain(|_, moves| !moves.is_empty());
    irregular.sort_by_key(|moved| moved.on);
    let sum = |moves: &[&Move]| -> i64 { moves.iter().map(|moved| moved.cents).sum() };
    let regular_amount: i64 = regular.values().map(|moves| sum(moves)).sum();
    let known: Vec<Value> = regular.iter().map(|(category, moves)| stream(category, moves, days)).collect();
    json!({
        "regular_amount": number(regular_amount),
        "irregular_amount": number(sum(&irregular)),
        "count": {
            "regular": known.len(),
            "irregular": u8::from(!irregular.is_empty()),
            "maximum_overlapping": known.len(),
        },
        "regular": known,
        "irregular": {
            "transactions_count": irregular.len(),
            "transaction_ids": ids(&irregular),
            "start_date": irregular.first().map(|moved| moved.on.to_string()),
            "end_date": irregular.last().map(|moved| moved.on.to_string()),
            "amounts_per_month": per_month(&irregular, days),
            "average": mean(&irregular).map(number),
        },
    })
}

fn ids(moves: &[&Move]) -> Vec<String> {
    moves.iter().map(|moved| moved.id.clone()).collect()
}

fn mean(moves: &[&Move]) -> Option<i64> {
    let count = i64::try_from(moves.len()).ok().filter(|count| *count > 0)?;
    Some(moves.iter().map(|moved| moved.cents).sum::<i64>() / count)
}

fn stream(category: &str, moves: &[&Move], days: Days) -> Value {
    let mut amounts: Vec<i64> = moves.iter().map(|moved| moved.cents).collect();
    amounts.sort_unstable();
    let median = amounts.get(amounts.len() / 2).copied().unwrap_or(0);
    let average = mean(moves).unwrap_or(0);
    let squares: u128 = amounts.iter().map(|cents| u128::from(cents.abs_diff(average)).pow(2)).sum();
    let deviation = (squares / (amounts.len().max(1) as u128)).isqrt();
    let gap = gap(moves);
    json!({
        "transactions_count": moves.len(),
        "transaction_ids": ids(moves),
        "start_date": moves.first().map(|moved| moved.on.to_string()),
        "end_date": moves.last().map(|moved| moved.on.to_string()),
        "amount": {
            "total": number(amounts.iter().sum()),
            "average": number(average),
            "median": number(median),
            "stdev": number(i64::try_from(deviation).unwrap_or(i64::MAX)),
        },
        "amounts_per_month": per_month(moves, days),
        "frequency": frequency(gap),
        "days_count": gap,
        "category_code": category,
        "description": category.replace('_', " "),
        "merchant": { "name": null, "email": null, "phone": null, "address": null, "website": null },
    })
}

/// Days from one to the next, on average.
fn gap(moves: &[&Move]) -> i64 {
    let (Some(first), Some(last)) = (moves.first(), moves.last()) else { return 0 };
    let days = Days { from: first.on, to: last.on }.count() - 1;
    days / i64::try_from(moves.len() - 1).unwrap_or(1).max(1)
}

fn frequency(gap: i64) -> &'static str {
    match gap {
        ..=1 => "daily",
        2 => "3_times_a_week",
        3..=4 => "twice_a_week",
        5..=8 => "weekly",
        9..=11 => "3_times_a_month",
        12..=20 => "every_2_weeks",
        21..=45 => "monthly",
        46..=75 => "every_2_months",
        76..=105 => "quarterly",
        106..=150 => "3_times_a_year",
        151..=270 => "2_times_a_year",
        271..=500 => "annual",
        _ => "few_years",
    }
}

/// Where the money went, the most first.
pub(super) fn expense_categories(expenses: &[&Move], days: Days) -> Value {
    let mut groups: BTreeMap<&'static str, Vec<&Move>> = BTreeMap::new();
    for moved in expenses {
        groups.entry(categories::of(moved.category, "personal")).or_default().push(moved);
    }
    let mut groups: Vec<(i64, &str, Vec<&Move>)> = groups
        .into_iter()
        .map(|(category, moves)| (moves.iter().map(|moved| moved.cents).sum(), category, moves))
        .collect();
    groups.sort_by_key(|(cents, category, _)| (*cents, *category));
    let categories = groups.iter().map(|(cents, category, moves)| {
        let sums = by_month(moves);
        let months = days.months().into_iter().map(|(year, month, _)| {
            let cents = sums.get(&(year, month)).map_or(0, |(cents, _)| *cents);
            json!({ "month": format!("{year:04}-{month:02}"), "amount": number(cents) })
        });
        json!({
            "category": category,
            "amount": number(*cents),
            "average": averages(moves, days).0["monthly"],
            "amounts_per_month": months.collect::<Vec<_>>(),
        })
    });
    json!({ "categories": categories.collect::<Vec<_>>() })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn moved(on: &str, cents: i64, category: Category) -> Move {
        Move { id: on.to_owned(), on: on.parse().unwrap(), cents, category, kind: EntryKind::Transfer }
    }

    #[test]
    fn months_are_told_whole_or_not() {
        let days = Days { from: "2026-01-01".parse().unwrap(), to: "2026-03-15".parse().unwrap() };
        assert_eq!(days.count(), 74);
        assert_eq!(days.months(), [(2026, 1, true), (2026, 2, true), (2026, 3, false)]);
        assert_eq!(days.whole_months(), 2);
    }

    #[test]
    fn flows_add_up() {
        let days = Days { from: "2026-01-01".parse().unwrap(), to: "2026-03-31".parse().unwrap() };
        let moves = [
            moved("2026-01-30", 300_000, Category::Salary),
            moved("2026-02-10", 1_000, Category::Transfer),
            moved("2026-02-28", 300_000, Category::Salary),
            moved("2026-03-30", 310_000, Category::Salary),
        ];
        let moves: Vec<&Move> = moves.iter().collect();
        let flow = cash_flow(&moves, days);
        assert_eq!(flow["total"], json!(9110.0));
        assert_eq!(flow["average"], json!({ "monthly": 3036.66, "quarterly": 9110.0, "annual": null }));
        let streams = &flow["streams"];
        assert_eq!((&streams["regular_amount"], &streams["irregular_amount"]), (&json!(9100.0), &json!(10.0)));
        let salary = &streams["regular"][0];
        assert_eq!((&salary["frequency"], &salary["amount"]["median"]), (&json!("monthly"), &json!(3000.0)));
        assert_eq!(salary["amount"]["stdev"], json!(47.14));
    }
}
