//! The groups of products in an answer, and the records that stand inside of each.

use super::map::Listed;

/// A group of products.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Product {
    Accounts,
    Cards,
    Portfolios,
    Bonds,
    Deposits,
    Loans,
    Leases,
    Insurances,
    Properties,
    Factoring,
    Confirming,
    Guarantees,
    Receipts,
}

/// A list of movements inside a product.
pub(crate) struct Movements {
    pub(crate) pointer: &'static str,
    pub(crate) schema: &'static str,
    pub(crate) listed: Listed,
}

const fn movements(pointer: &'static str, schema: &'static str, listed: Listed) -> Movements {
    Movements { pointer, schema, listed }
}

impl Product {
    /// In the order in which lists have them.
    pub(crate) const ALL: [Self; 13] = [
        Self::Accounts,
        Self::Cards,
        Self::Portfolios,
        Self::Bonds,
        Self::Deposits,
        Self::Loans,
        Self::Leases,
        Self::Insurances,
        Self::Properties,
        Self::Factoring,
        Self::Confirming,
        Self::Guarantees,
        Self::Receipts,
    ];

    /// The member of the payload.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Accounts => "accounts",
            Self::Cards => "cards",
            Self::Portfolios => "portfolios",
            Self::Bonds => "bonds",
            Self::Deposits => "deposits",
            Self::Loans => "loans",
            Self::Leases => "leases",
            Self::Insurances => "insurances",
            Self::Properties => "properties",
            Self::Factoring => "factoring",
            Self::Confirming => "confirming",
            Self::Guarantees => "guarantees",
            Self::Receipts => "receipts",
        }
    }

    /// What its records are in the specification.
    pub(crate) const fn schema(self) -> &'static str {
        match self {
            Self::Accounts => "Account",
            Self::Cards => "Card",
            Self::Portfolios => "Portfolio",
            Self::Bonds => "Bond",
            Self::Deposits => "Deposit",
            Self::Loans => "Loan",
            Self::Leases => "Lease",
            Self::Insurances => "Insurance",
            Self::Properties => "Property",
            Self::Factoring => "Factoring",
            Self::Confirming => "Confirming",
            Self::Guarantees => "Guarantee",
            Self::Receipts => "DebitReceipt",
        }
    }

    /// Whether its records are accounts. Direct debits are movements.
    pub(crate) const fn is_account(self) -> bool {
        !matches!(self, Self::Receipts)
    }

    /// Members that hold records of their own, each of which is read apart: a bad one costs itself alone.
    pub(crate) const fn apart(self) -> &'static [&'static str] {
        match self {
            Self::Accounts | Self::Cards => &["transactions"],
            Self::Portfolios => &["composition", "transactions"],
            Self::Deposits => &["interest_movements", "principal_movements"],
            Self::Loans => &["amortization_made", "amortization_pending"],
            Self::Leases => &["installments"],
            Self::Properties => &["historic_prices"],
            Self::Factoring => &["invoices", "transactions"],
            Self::Confirming => &["invoices"],
            Self::Bonds | Self::Insurances | Self::Guarantees | Self::Receipts => &[],
        }
    }

    pub(crate) const fn movements(self) -> &'static [Movements] {
        match self {
            Self::Accounts => const { &[movements("/transactions", "AccountTransaction", Listed::Alone)] },
            Self::Cards => const { &[movements("/transactions", "CardMovement", Listed::Alone)] },
            Self::Portfolios => const { &[movements("/transactions", "PortfolioTransaction", Listed::Alone)] },
            Self::Deposits => {
                const {
                    &[
                        movements("/interest_movements", "InterestMovement", Listed::Alone),
                        movements("/principal_movements", "PrincipalMovement", Listed::Alone),
                    ]
                }
            }
            Self::Loans => {
                const {
                    &[
                        movements("/amortization_made", "Amortization", Listed::Made),
                        movements("/amortization_pending", "Amortization", Listed::Planned),
                    ]
                }
            }
            Self::Leases => {
                const {
                    &[
                        movements("/installments/paid", "LeaseInstallment", Listed::Made),
                        movements("/installments/scheduled", "LeaseInstallment", Listed::Planned),
                    ]
                }
            }
            Self::Factoring => {
                const {
                    &[
                        movements("/invoices", "FinancedInvoice", Listed::Alone),
                        movements("/transactions", "FactoringTransaction", Listed::Alone),
                    ]
                }
            }
            Self::Confirming => const { &[movements("/invoices", "FinancedInvoice", Listed::Alone)] },
            Self::Bonds | Self::Insurances | Self::Properties | Self::Guarantees | Self::Receipts => &[],
        }
    }

    /// Members with people in them, and the schema of those.
    pub(crate) const fn people(self) -> &'static [(&'static str, &'static str)] {
        match self {
            Self::Accounts | Self::Portfolios | Self::Bonds | Self::Deposits => &[("/owners", "Owner")],
            Self::Cards => &[("/owner", "Owner"), ("/owners", "Owner")],
            Self::Leases => &[("/holders", "Owner")],
            Self::Loans => &[("/holders", "LoanHolder")],
            Self::Insurances => &[("/owner", "Owner")],
            Self::Properties | Self::Factoring | Self::Confirming | Self::Guarantees | Self::Receipts => &[],
        }
    }

    /// The member that an account is known by where it has no uuid, which older answers leave out.
    pub(crate) const fn second_id(self) -> Option<&'static str> {
        match self {
            Self::Loans => Some("/contract_number"),
            Self::Properties => Some("/code"),
            _ => None,
        }
    }
}
