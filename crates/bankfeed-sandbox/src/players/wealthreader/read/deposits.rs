//! A fixed-term deposit with the interest that it pays each quarter.

use jiff::Unit;
use serde_json::{Value, json};

use super::{Reading, months_after};
use crate::players::wealthreader::names::Named;
use crate::world::{Account, AccountKind, day, number};

/// Tax that the bank keeps back, in percent.
const WITHHOLDING: i64 = 19;
/// Quarters that the deposit runs.
const QUARTERS: i64 = 8;

impl Reading<'_> {
    pub(super) fn deposits(&self) -> Value {
        self.account(AccountKind::Deposit).into_iter().map(|account| self.deposit(account)).collect()
    }

    fn deposit(&self, account: &Account) -> Value {
        let mut random = self.world.random("deposit", &[account.number]);
        let principal = random.between(2, 40) * 100_000;
        let rate = random.between(150, 360);
        let begun = random.between(4, 18);
        let start = months_after(day(self.world.start).first_of_month(), -begun);
        let maturity = months_after(start, 3 * QUARTERS);
        let matured = maturity <= self.today;
        let gross = principal * rate / 10_000 / 4;
        let tax = gross * WITHHOLDING / 100;
        let movements = (1..=QUARTERS).map(|quarter| {
            let date = months_after(start, 3 * quarter);
            json!({
                "uuid": self.names.hex(Named::Interest, account.number, quarter.unsigned_abs()),
                "scheduled": date > self.today,
                "date": date.to_string(),
                "period_start": months_after(start, 3 * (quarter - 1)).to_string(),
                "period_end": date.to_string(),
                "currency": account.currency,
                "gross_interest": number(gross),
                "withholding_tax": number(tax),
                "net_interest": number(gross - tax),
                "payment_type": if quarter == QUARTERS { "maturity" } else { "coupon" },
            })
        });
        let paid = (1..=QUARTERS).take_while(|quarter| months_after(start, 3 * quarter) <= self.today).count();
        let quarter_began = months_after(start, 3 * i64::try_from(paid).unwrap_or_default());
        let days = quarter_began.until((Unit::Day, self.today)).map_or(0, |span| i64::from(span.get_days()));
        let accrued = if matured { 0 } else { (principal * rate / 10_000 * days / 365).min(gross) };
        let moved = |kind: &str, date: jiff::civil::Date, place: u64| {
            json!({
                "uuid": self.names.hex(Named::Interest, account.number, 100 + place),
                "date": date.to_string(),
                "type": kind,
                "amount": number(principal),
                "currency": account.currency,
                "target_account": self.linked(),
            })
        };
        let payout = matured.then(|| moved("maturity_payout", maturity, 1));
        let principal_movements: Vec<Value> = std::iter::once(moved("opening", start, 0)).chain(payout).collect();
        json!({
            "uuid": self.uuid(account),
            "code": format!("DPZ-{}", self.contract_number(account)),
            "name": account.name,
            "currency": account.currency,
            "principal": number(principal),
            "pending_principal": number(if matured { 0 } else { principal }),
            "start_date": start.to_string(),
            "maturity_date": maturity.to_string(),
            "payment_frequency": "quarterly",
            "capitalization": "none",
            "rate_type": "fixed",
            "nominal_interest_rate": number(rate),
            "apr_tae": number(rate * 101 / 100),
            "day_count_convention": "30E/360",
            "linked_account": self.linked(),
            "accrued_interest": number(accrued),
            "expected_interest_total": number(gross * QUARTERS),
            "withholding_tax_rate": WITHHOLDING,
            "status": if matured { "matured" } else { "active" },
            "auto_renewal":
                { "enabled": false, "renewed_times": 0, "next_renewal_date": null, "renewal_term_months": null },
            "early_withdrawal": {
                "allowed": true,
                "penalty_type": "interest_loss",
                "penalty_value": 100,
                "notes": "Se pierden los intereses del trimestre",
            },
            "owners": [self.owner()],
            "interest_movements": movements.collect::<Vec<_>>(),
            "principal_movements": principal_movements,
        })
    }
}
