//! The table of what can be listed, retrieved, shown and removed: one row for each collection.

use serde_json::Value;

use super::banking::{accounts, bills, exchanges, investments, owners, transactions};
use super::enrichment::{incomes, recurring, risk};
use super::forms::{chile, employment, mexico};
use super::institution::Family;
use super::view::{Seat, View, kind};
use crate::world::Ledger;

/// A collection.
pub(super) struct Resource {
    /// Tells its ids from those of all others.
    pub(super) kind: u8,
    pub(super) path: &'static str,
    /// As requests and callbacks name it; Chilean debt reports have no name.
    pub(super) name: Option<&'static str>,
    /// Institutions that have it.
    pub(super) families: &'static [Family],
    /// Retrieving answers one record instead of a list.
    pub(super) single: bool,
    /// Showing one answers a list that holds it.
    pub(super) shown_in_list: bool,
    /// The member that the dates of a retrieval are about.
    pub(super) day: &'static str,
    pub(super) runs: fn(&View, &Seat) -> Vec<Run>,
}

/// Records of a link that are numbered without gaps.
pub(super) struct Run {
    /// Number of the first one.
    pub(super) base: u64,
    pub(super) len: u64,
    /// The account that all of them belong to: its number and its id.
    pub(super) account: Option<(u64, String)>,
    /// The entries that they are made of, one for each, when they are movements.
    pub(super) ledger: Option<Ledger>,
    /// The record of a number.
    pub(super) make: Box<dyn Fn(u64) -> Value + Send>,
}

impl Run {
    /// A few records that are numbered from 0.
    pub(super) fn few(len: u64, make: impl Fn(u64) -> Value + Send + 'static) -> Self {
        Self { base: 0, len, account: None, ledger: None, make: Box::new(make) }
    }
}

const fn resource(
    kind: u8,
    path: &'static str,
    name: &'static str,
    families: &'static [Family],
    runs: fn(&View, &Seat) -> Vec<Run>,
) -> Resource {
    Resource { kind, path, name: Some(name), families, single: false, shown_in_list: false, day: "", runs }
}

const BANKING: &[Family] = &[Family::Banking];
const FISCAL: &[Family] = &[Family::MexicoFiscal];
const CHILE: &[Family] = &[Family::ChileFiscal];
const WORK: &[Family] = &[Family::MexicoEmployment];
const OWNED: &[Family] = &[Family::Banking, Family::BrazilEmployment];

/// Every collection that belongs to links.
pub(super) static RESOURCES: [Resource; 24] = [
    resource(kind::ACCOUNT, "/api/accounts/", "ACCOUNTS", BANKING, accounts::runs),
    resource(kind::BALANCE, "/api/br/balances/", "BALANCES", BANKING, accounts::balance_runs),
    Resource {
        day: "value_date",
        ..resource(kind::TRANSACTION, "/api/transactions/", "TRANSACTIONS", BANKING, transactions::runs)
    },
    resource(kind::BILL, "/api/bills/", "BILLS", BANKING, bills::runs),
    Resource {
        day: "operation_requested_at",
        ..resource(kind::EXCHANGE, "/api/br/exchanges/", "EXCHANGES", BANKING, exchanges::runs)
    },
    resource(kind::OWNER, "/api/owners/", "OWNERS", OWNED, owners::runs),
    resource(kind::INVESTMENT, "/api/br/investments/", "INVESTMENTS", BANKING, investments::runs),
    Resource {
        day: "value_date",
        ..resource(
            kind::INVESTMENT_TRANSACTION,
            "/api/br/investment-transactions/",
            "INVESTMENT_TRANSACTIONS",
            BANKING,
            investments::transaction_runs,
        )
    },
    Resource { single: true, ..resource(kind::INCOME, "/api/incomes/", "INCOMES", BANKING, incomes::runs) },
    Resource {
        shown_in_list: true,
        ..resource(kind::RECURRING_EXPENSE, "/api/recurring-expenses/", "RECURRING_EXPENSES", BANKING, recurring::runs)
    },
    Resource {
        single: true,
        shown_in_list: true,
        ..resource(kind::RISK_INSIGHT, "/api/risk-insights/", "RISK_INSIGHTS", BANKING, risk::runs)
    },
    Resource {
        day: "start_date",
        ..resource(
            kind::EMPLOYMENT,
            "/api/br/employments/",
            "EMPLOYMENTS",
            &[Family::BrazilEmployment],
            employment::brazil,
        )
    },
    resource(kind::EMPLOYMENT_RECORD, "/api/employment-records/", "EMPLOYMENT_RECORDS", WORK, employment::records),
    resource(
        kind::CURRENT_EMPLOYMENT,
        "/api/mx/current-employments/",
        "CURRENT_EMPLOYMENTS",
        WORK,
        employment::current,
    ),
    Resource {
        single: true,
        ..resource(kind::EMPLOYMENT_METRIC, "/api/employment-metrics/", "EMPLOYMENT_METRICS", WORK, employment::metrics)
    },
    resource(
        kind::FINANCIAL_STATEMENT,
        "/api/financial-statements/",
        "FINANCIAL_STATEMENTS",
        FISCAL,
        mexico::statements,
    ),
    Resource { day: "invoice_date", ..resource(kind::INVOICE, "/api/invoices/", "INVOICES", FISCAL, mexico::invoices) },
    Resource {
        single: true,
        ..resource(
            kind::TAX_COMPLIANCE_STATUS,
            "/api/tax-compliance-status/",
            "TAX_COMPLIANCE_STATUS",
            FISCAL,
            mexico::compliance,
        )
    },
    resource(kind::TAX_RETURN, "/api/tax-returns/", "TAX_RETURNS", FISCAL, mexico::returns),
    Resource {
        day: "issued_at",
        ..resource(kind::TAX_RETENTION, "/api/tax-retentions/", "TAX_RETENTIONS", FISCAL, mexico::retentions)
    },
    Resource { single: true, ..resource(kind::TAX_STATUS, "/api/tax-status/", "TAX_STATUS", FISCAL, mexico::status) },
    Resource {
        day: "issue_date",
        ..resource(kind::CHILE_INVOICE, "/api/cl/invoices/", "INVOICES", CHILE, chile::invoices)
    },
    resource(kind::CHILE_TAX_STATUS, "/api/cl/tax-status/", "TAX_STATUS", CHILE, chile::status),
    Resource { name: None, ..resource(kind::CHILE_DEBT_REPORT, "/api/cl/debt-reports/", "", CHILE, chile::debts) },
];

impl Resource {
    /// The collection of a path, that of one of its records included.
    pub(super) fn at(path: &str) -> Option<&'static Self> {
        let collection = path.strip_suffix("{id}/").unwrap_or(path);
        RESOURCES.iter().find(|resource| resource.path == collection)
    }

    /// Those that an institution of a family has.
    pub(super) fn of(family: Family) -> impl Iterator<Item = &'static Self> {
        RESOURCES.iter().filter(move |resource| resource.families.contains(&family))
    }
}
