//! Loans with their amortization tables.

use serde_json::{Value, json};

use super::{Reading, months_after, months_between};
use crate::players::wealthreader::names::Named;
use crate::world::{Account, AccountKind, Loan, number};

/// A loan as it stands on a day: each installment pays back the same share, the last one what is left.
pub(super) struct Plan<'a> {
    loan: &'a Loan,
    /// Installments paid by that day.
    pub(super) paid: i64,
}

impl<'a> Plan<'a> {
    pub(super) fn on(loan: &'a Loan, today: jiff::civil::Date) -> Self {
        let since = if today < loan.next_payment { 0 } else { months_between(loan.next_payment, today) + 1 };
        Self { loan, paid: (i64::from(loan.paid) + since).min(i64::from(loan.installments)) }
    }

    pub(super) fn count(&self) -> i64 {
        i64::from(self.loan.installments)
    }

    fn share(&self) -> i64 {
        self.loan.principal / self.count().max(1)
    }

    /// What is owed after an installment, from 1 on.
    pub(super) fn owed_after(&self, installment: i64) -> i64 {
        if installment >= self.count() { 0 } else { self.loan.principal - self.share() * installment }
    }

    /// What an installment pays back.
    pub(super) fn principal(&self, installment: i64) -> i64 {
        self.owed_after(installment - 1) - self.owed_after(installment)
    }

    /// What it costs.
    pub(super) fn interest(&self) -> i64 {
        self.loan.installment - self.share()
    }

    pub(super) fn due(&self, installment: i64) -> jiff::civil::Date {
        months_after(self.loan.next_payment, installment - i64::from(self.loan.paid) - 1)
    }

    /// The day the loan was granted.
    pub(super) fn begins(&self) -> jiff::civil::Date {
        self.due(0)
    }
}

impl Reading<'_> {
    pub(super) fn loans(&self) -> Value {
        let kinds = [AccountKind::Loan, AccountKind::Mortgage];
        let accounts = kinds.into_iter().filter_map(|kind| self.account(kind));
        accounts.filter_map(|account| Some(self.loan(account, account.loan.as_ref()?))).collect()
    }

    fn loan(&self, account: &Account, loan: &Loan) -> Value {
        let plan = Plan::on(loan, self.today);
        let row = |installment: i64, kind: &str| {
            let (amortized, interest) = (plan.principal(installment), plan.interest());
            json!({
                "uuid": self.names.hex(Named::Installment, account.number, installment.unsigned_abs()),
                "date": plan.due(installment).to_string(),
                "amortized": number(amortized),
                "interest": number(interest),
                "total": number(amortized + interest),
                "pending_capital": number(plan.owed_after(installment)),
                "operation_type": kind,
            })
        };
        let made: Vec<Value> = (1..=plan.paid).map(|installment| row(installment, "receipt_paid")).collect();
        let pending = (plan.paid + 1..=plan.count())
            .filter(|installment| self.wanted.to.is_none_or(|to| plan.due(*installment) <= to))
            .map(|installment| row(installment, "receipt_scheduled"));
        let open = plan.paid < plan.count();
        let next = if open { plan.principal(plan.paid + 1) + plan.interest() } else { 0 };
        json!({
            "uuid": self.uuid(account),
            "contract_number": self.contract_number(account),
            "loan_type": account.name,
            "constitution_date": plan.begins().to_string(),
            "currency": account.currency,
            "granted_capital": number(loan.principal),
            "pending_amount": number(plan.owed_after(plan.paid)),
            "next_installment": number(next),
            "linked_account": self.linked(),
            "holders": [{ "id": self.person.document, "name": self.person.full_name().to_uppercase() }],
            "interest_rate": number(account.interest),
            "expiration_date": plan.due(plan.count()).to_string(),
            "pending_receipts": plan.count() - plan.paid,
            "amortization_made": made,
            "amortization_pending": pending.collect::<Vec<_>>(),
        })
    }

    /// A number as banks give to contracts.
    pub(super) fn contract_number(&self, account: &Account) -> String {
        let mut random = self.world.random("contract", &[account.number]);
        format!("{}.{}-{}-{}", random.digits(4), random.digits(3), random.digits(6), random.digits(2))
    }
}
