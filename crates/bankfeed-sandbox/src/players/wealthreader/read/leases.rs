//! A leased car.

use serde_json::{Value, json};

use super::Reading;
use super::loans::Plan;
use crate::players::wealthreader::names::Named;
use crate::world::{Account, AccountKind, Loan, number};

/// Maintenance and insurance, in each installment.
const SERVICES: i64 = 7_000;

impl Reading<'_> {
    pub(super) fn leases(&self) -> Value {
        let account = self.account(AccountKind::Lease).into_iter();
        account.filter_map(|account| Some(self.lease(account, account.loan.as_ref()?))).collect()
    }

    fn lease(&self, account: &Account, loan: &Loan) -> Value {
        let plan = Plan::on(loan, self.today);
        let taxes = |installment: i64| (plan.principal(installment) + plan.interest() + SERVICES) * 21 / 100;
        let total = |installment: i64| plan.principal(installment) + plan.interest() + SERVICES + taxes(installment);
        let row = |installment: i64| {
            let paid = installment <= plan.paid;
            let mut row = json!({
                "uuid": self.names.hex(Named::Installment, account.number, installment.unsigned_abs()),
                "date": plan.due(installment).to_string(),
                "status": if paid { "paid" } else { "pending" },
                "currency": account.currency,
                "total": number(total(installment)),
                "breakdown": {
                    "principal": number(plan.principal(installment)),
                    "interest": number(plan.interest()),
                    "services": number(SERVICES),
                    "taxes": number(taxes(installment)),
                    "fees": number(0),
                },
            });
            if paid {
                row["value_date"] = row["date"].clone();
            }
            row
        };
        let open = plan.count() - plan.paid;
        let sum =
            |mut range: std::ops::RangeInclusive<i64>| range.try_fold(0_i64, |sum, at| sum.checked_add(total(at)));
        let mut random = self.world.random("lease", &[account.number]);
        let plate = format!("{}-BCD", random.digits(4));
        let year = i64::from(plan.begins().year());
        json!({
            "subtype": "leasing",
            "uuid": self.uuid(account),
            "contract_number": self.contract_number(account),
            "name": account.name,
            "provider": { "name": format!("{} Renting", self.bank()), "tax_id": "A00000000" },
            "currency": account.currency,
            "start_date": plan.begins().to_string(),
            "end_date": plan.due(plan.count()).to_string(),
            "term_months": plan.count(),
            "payment_frequency": "monthly",
            "status": if open > 0 { "active" } else { "finished" },
            "linked_account": self.linked(),
            "holders": [self.owner()],
            "asset": {
                "category": "vehicle",
                "description": "Turismo familiar",
                "vin": format!("ZZZ{}", random.digits(14)),
                "license_plate": plate,
                "brand": "Marca Ficticia",
                "model": "Modelo 3",
                "year": year,
            },
            "financials": {
                "capital_financed": number(loan.principal),
                "nominal_interest_rate": number(account.interest),
                "apr_tae": number(account.interest * 103 / 100),
                "initial_fee": number(0),
                "security_deposit": number(loan.principal / 20 / 100 * 100),
                "residual_value": number(loan.principal / 4 / 100 * 100),
                "purchase_option": true,
                "services_included":
                    { "maintenance": true, "insurance": true, "roadside_assistance": true, "tires": false },
                "vat_included": true,
                "mileage_limit_year": 15_000,
                "early_termination":
                    { "allowed": true, "penalty_type": "percentage_of_remaining", "penalty_value": 40 },
            },
            "totals": {
                "paid_installments": plan.paid,
                "remaining_installments": open,
                "total_paid": number(sum(1..=plan.paid).unwrap_or_default()),
                "total_pending": number(sum(plan.paid + 1..=plan.count()).unwrap_or_default()),
                "principal_outstanding": number(plan.owed_after(plan.paid)),
                "accrued_interest": number(0),
            },
            "installments": {
                "paid": (1..=plan.paid).map(row).collect::<Vec<_>>(),
                "scheduled": (plan.paid + 1..=plan.count()).map(row).collect::<Vec<_>>(),
            },
        })
    }
}
