//! The types of the records in `tests/data/records`.

use belvo_client::runtime as rt;
use belvo_client::types::*;

/// One type of records.
pub struct Type {
    /// The file with such a record.
    pub file: &'static str,
    /// Whether a JSON text can be read as one.
    pub reads: fn(&str) -> Result<(), rt::DecodeError>,
    /// Reads a JSON text: what is written again, and what `Debug` shows.
    pub pass: fn(&str) -> Result<(String, String), rt::DecodeError>,
}

impl Type {
    pub const fn new<T>(file: &'static str) -> Self
    where
        T: for<'de> rt::Lenient<'de> + serde::Serialize + std::fmt::Debug,
    {
        Self {
            file,
            reads: |text| rt::de::from_str::<T>(text).map(drop),
            pass: |text| {
                let value: T = rt::de::from_str(text)?;
                Ok((super::written(&value), super::outline(&value)))
            },
        }
    }
}

macro_rules! table {
    ($($file:literal: $type:ty;)*) => {
        /// Every record by its file, in order.
        pub const TYPES: &[Type] = &[$(Type::new::<$type>($file)),*];
    };
}

table! {
    "account.json": Account;
    "balance.json": Balance;
    "bank-account-v1.json": BankAccount;
    "bank-account-v2.json": BankAccount;
    "bill.json": Bill;
    "charge-pix.json": Charge;
    "charge-v2.json": AuthorizationCharge;
    "charge.json": Charge;
    "chile-debt-report.json": ChileDebtReport;
    "chile-invoice.json": ChileInvoice;
    "chile-tax-status.json": ChileTaxStatus;
    "consent.json": Consent;
    "current-employment.json": CurrentEmployment;
    "customer-v1.json": Customer;
    "customer-v2.json": Customer;
    "employment-metric.json": EmploymentMetric;
    "employment-record.json": EmploymentRecord;
    "employment.json": Employment;
    "enrollment.json": Enrollment;
    "exchange-event.json": ExchangeEvent;
    "exchange.json": Exchange;
    "financial-statement.json": FinancialStatement;
    "income.json": Income;
    "institution.json": Institution;
    "investment-transaction.json": InvestmentTransaction;
    "investment.json": Investment;
    "invoice.json": Invoice;
    "link.json": Link;
    "owner-company.json": Owner;
    "owner-person.json": Owner;
    "owner.json": Owner;
    "payment-authorization.json": PaymentAuthorization;
    "payment-institution.json": PaymentInstitution;
    "payment-intent-pix.json": PaymentIntent;
    "payment-intent.json": PaymentIntent;
    "payment-transaction.json": PaymentTransaction;
    "recurring-expense.json": RecurringExpense;
    "risk-insight.json": RiskInsight;
    "tax-compliance-status.json": TaxComplianceStatus;
    "tax-retention.json": TaxRetention;
    "tax-return-business-monthly.json": TaxReturn;
    "tax-return-business.json": TaxReturn;
    "tax-return-personal-monthly.json": TaxReturn;
    "tax-return-personal.json": TaxReturn;
    "tax-status.json": TaxStatus;
    "transaction.json": Transaction;
    "widget-token.json": WidgetToken;
}
