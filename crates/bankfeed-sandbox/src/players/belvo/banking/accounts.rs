//! Accounts and their balances.

use jiff::Timestamp;
use serde_json::{Value, json};

use crate::players::belvo::resource::Run;
use crate::players::belvo::view::{Seat, View, kind};
use crate::world::{Account, AccountKind, Loan, number};

/// Accounts that banks in Brazil share. Debit cards and insurances are no accounts there.
const SHARED: [AccountKind; 9] = [
    AccountKind::Current,
    AccountKind::Savings,
    AccountKind::CreditCard,
    AccountKind::Loan,
    AccountKind::Mortgage,
    AccountKind::Investment,
    AccountKind::Deposit,
    AccountKind::Lease,
    AccountKind::Wallet,
];

/// Those that hold money that can be spent.
const SPENDABLE: [AccountKind; 3] = [AccountKind::Current, AccountKind::Savings, AccountKind::Wallet];

/// The accounts of a link, in their order.
pub(in super::super) fn of(view: &View, seat: &Seat) -> Vec<Account> {
    let accounts = view.world.accounts(seat.institution.region, seat.person, seat.institution.bank);
    accounts.into_iter().filter(|account| SHARED.contains(&account.kind)).collect()
}

/// The account of one kind.
pub(in super::super) fn one(view: &View, seat: &Seat, kind: AccountKind) -> Option<Account> {
    of(view, seat).into_iter().find(|account| account.kind == kind)
}

/// The id of an account.
pub(in super::super) fn id(view: &View, seat: &Seat, account: &Account) -> String {
    view.ids.uuid(kind::ACCOUNT, seat.number, account.kind.code())
}

/// Each account is a run of its own, numbered by its kind.
pub(in super::super) fn runs(view: &View, seat: &Seat) -> Vec<Run> {
    of(view, seat)
        .into_iter()
        .map(|account| {
            let code = account.kind.code();
            let known = (code, id(view, seat, &account));
            let (view, seat) = (view.clone(), seat.clone());
            let make = move |_| record(&view, &seat, &account);
            Run { base: code, len: 1, account: Some(known), ledger: None, make: Box::new(make) }
        })
        .collect()
}

pub(in super::super) fn balance_runs(view: &View, seat: &Seat) -> Vec<Run> {
    of(view, seat)
        .into_iter()
        .filter(|account| SPENDABLE.contains(&account.kind))
        .map(|account| {
            let code = account.kind.code();
            let known = (code, id(view, seat, &account));
            let (view, seat) = (view.clone(), seat.clone());
            let make = move |_| balance(&view, &seat, &account);
            Run { base: code, len: 1, account: Some(known), ledger: None, make: Box::new(make) }
        })
        .collect()
}

/// What stands on an account, in cents: what is owned, or what is owed on cards and loans. Booked, and with what is pending.
fn standing(view: &View, seat: &Seat, account: &Account) -> (i64, i64) {
    let ledger = view.world.ledger(account);
    let sign = if account.kind.is_liability() { -1 } else { 1 };
    (sign * ledger.balance(seat.seen), sign * ledger.available(seat.seen))
}

/// The record of an account.
pub(in super::super) fn record(view: &View, seat: &Seat, account: &Account) -> Value {
    let (current, expected) = standing(view, seat, account);
    let limit = account.credit_limit.unwrap_or_default();
    let available = match account.kind {
        AccountKind::CreditCard => number(limit - expected),
        kind if SPENDABLE.contains(&kind) => number(expected),
        _ => Value::Null,
    };
    let (category, kind) = category(account.kind);
    let branch = branch(account);
    let (digits, check) = account.identifier.split_once('-').unwrap_or((&account.identifier, ""));
    let card = account.kind == AccountKind::CreditCard;
    let overdraft = (account.kind == AccountKind::Current).then(
        || json!({ "arranged": number(limit), "used": number((-current).clamp(0, limit)), "unarranged": number(0) }),
    );
    let (agency, check_digit, public) = if card {
        (Value::Null, Value::Null, ("CREDIT_CARD_NUMBER", digits.get(12..).unwrap_or_default().to_owned()))
    } else {
        (json!(branch), json!(check), ("AGENCY/ACCOUNT", format!("{branch}/{}", account.identifier)))
    };
    json!({
        "id": id(view, seat, account),
        "link": seat.id,
        "institution": seat.institution.brief(),
        "collected_at": seat.seen.to_string(),
        "created_at": seat.created.to_string(),
        "last_accessed_at": seat.seen.to_string(),
        "category": category,
        "balance_type": if account.kind.is_liability() { "LIABILITY" } else { "ASSET" },
        "overdraft": overdraft,
        "type": kind,
        "subtype": (account.kind == AccountKind::Current).then_some("INDIVIDUAL"),
        "name": account.name,
        "number": if card { json!(digits.get(12..)) } else { json!(digits) },
        "agency": agency,
        "check_digit": check_digit,
        "balance": {
            "current": number(current),
            "available": available,
            "blocked": number(0),
            "automatically_invested": number(0),
        },
        "currency": account.currency,
        "public_identification_name": public.0,
        "public_identification_value": public.1,
        "internal_identification": internal(view, account),
        "credit_data": card.then(|| credit(seat, account, current, digits)),
        "loan_data": account.loan.as_ref().map(|loan| loan_data(seat, account, loan, current)),
        "funds_data": null,
    })
}

/// What the bank calls the account.
pub(in super::super) fn internal(view: &View, account: &Account) -> String {
    view.world.random("belvo account", &[account.number]).digits(32)
}

/// Four digits that every account has of its bank.
pub(in super::super) fn branch(account: &Account) -> String {
    format!("{:04}", 100 + account.number % 900)
}

fn category(kind: AccountKind) -> (&'static str, &'static str) {
    match kind {
        AccountKind::Savings => ("SAVINGS_ACCOUNT", "CONTA_POUPANCA"),
        AccountKind::CreditCard => ("CREDIT_CARD", "CARTAO_CREDITO"),
        AccountKind::Loan => ("LOAN_ACCOUNT", "EMPRESTIMO"),
        AccountKind::Mortgage => ("FINANCING_ACCOUNT", "FINANCIAMENTO_IMOBILIARIO"),
        AccountKind::Lease => ("FINANCING_ACCOUNT", "ARRENDAMENTO_MERCANTIL"),
        AccountKind::Investment => ("INVESTMENT_ACCOUNT", "CONTA_INVESTIMENTO"),
        AccountKind::Deposit => ("INVESTMENT_ACCOUNT", "DEPOSITO_A_PRAZO"),
        AccountKind::Wallet => ("CHECKING_ACCOUNT", "CONTA_PAGAMENTO_PRE_PAGA"),
        _ => ("CHECKING_ACCOUNT", "CONTA_DEPOSITO_A_VISTA"),
    }
}

fn credit(seat: &Seat, account: &Account, used: i64, digits: &str) -> Value {
    let limit = account.credit_limit.unwrap_or_default();
    let today = crate::world::day(seat.seen);
    let last = digits.get(12..).unwrap_or_default();
    json!({
        "collected_at": seat.seen.to_string(),
        "credit_limit": number(limit),
        "limits": [{
            "identification_number": last,
            "credit_limit": number(limit),
            "used_amount": number(used),
            "available_amount": number(limit - used),
            "is_limit_flexible": false,
            "type": "TOTAL_LIMIT",
            "consolidation_type": "CONSOLIDADO",
            "line_name": "CREDITO_A_VISTA",
            "line_name_additional_info": null,
        }],
        "cutting_date": today.last_of_month().to_string(),
        "minimum_payment": number(used.max(0) * 15 / 100),
        "network": "MASTERCARD",
        "network_additional_info": null,
        "cards": [{ "is_multiple": false, "identification_number": last }],
        "next_payment_date": null,
        "no_interest_payment": null,
        "interest_rate": null,
        "monthly_payment": null,
        "last_payment_date": null,
    })
}

fn loan_data(seat: &Seat, account: &Account, loan: &Loan, owed: i64) -> Value {
    let each = loan.principal / i64::from(loan.installments.max(1));
    let paid = (loan.principal - owed) / each.max(1);
    let left = i64::from(loan.installments) - paid;
    let rate = json!({
        "name": "Taxa efetiva", "type": "YEARLY", "value": number(account.interest),
        "interest_rate_data": {
            "type": "YEARLY", "calculation_base": "30/360", "reference_index_subtype": null, "reference_index_info": null,
            "pre_fixed_rate": number(account.interest), "post_fixed_rate": number(0), "additional_info": null,
        },
    });
    let fee = json!({
        "type": "OPERATION_FEE", "value": number(loan.principal / 200), "name": "Tarifa de contratação", "code": "TC01",
        "fee_charge_type": "SINGLE", "fee_charge": "FIXED", "rate": null,
    });
    json!({
        "collected_at": seat.seen.to_string(),
        "loan_code": format!("{:09}", account.number),
        "contract_amount": number(loan.principal),
        "total_effective_cost": number(account.interest + 45),
        "loan_type": if account.kind == AccountKind::Mortgage { "FINANCIAMENTO_HABITACIONAL_SFH" } else { "CREDITO_PESSOAL_SEM_CONSIGNACAO" },
        "outstanding_balance": number(owed),
        "interest_rates": [rate],
        "fees": [fee],
        "contracted_charges": [{ "type": "LATE_PAYMENT_PENALTY_FEE", "info": null, "rate": number(200) }],
        "collaterals": [],
        "balloon_payments": [],
        "installments_contract_term_frequency": "MONTH",
        "installment_frequency": "MONTHLY",
        "installment_frequency_info": null,
        "first_installment_due_date": account.opened_on.saturating_add(jiff::Span::new().months(1)).to_string(),
        "number_of_installments_total": loan.installments,
        "number_of_installments_outstanding": left,
        "number_of_installments_paid": paid,
        "number_of_installments_past_due": 0,
        "disbursement_dates": [account.opened_on.to_string()],
        "settlement_date": null,
        "contract_start_date": account.opened_on.to_string(),
        "contract_end_date": loan.ends_on.to_string(),
        "contract_remaining_frequency": "MONTH",
        "contract_remaining_total": left,
        "amortization_schedule": "SAC",
        "amortization_schedule_info": null,
        "consignee_id": null,
        "contract_number": format!("{:012}", account.number),
        "monthly_payment": number(loan.installment),
        "principal": number(loan.principal),
        "outstanding_principal": number(owed),
        "last_payment_date": null,
    })
}

fn balance(view: &View, seat: &Seat, account: &Account) -> Value {
    let (_, available) = standing(view, seat, account);
    let updated: Timestamp = seat.seen;
    json!({
        "id": view.ids.uuid(kind::BALANCE, seat.number, account.kind.code()),
        "link": seat.id,
        "account_id": id(view, seat, account),
        "account_internal_identification": internal(view, account),
        "collected_at": updated.to_string(),
        "created_at": seat.created.to_string(),
        "last_updated_at": updated.to_string(),
        "currency": account.currency,
        "available": number(available),
        "blocked": number(0),
        "automatically_invested": number(0),
    })
}
