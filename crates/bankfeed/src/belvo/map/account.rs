//! Accounts, credit cards and loans.
//!
//! # Signs
//! Belvo says that the balance of a `LIABILITY` counts as negative and that of an `ASSET` as positive; so the one is
//! turned round, and the other is taken as it came. That a card with more paid than spent has a negative number, so that
//! it turns positive, is inferred; whether an overdrawn account comes with a minus is not known. Where `balance_type` is
//! missing or is another word, the category decides (inferred): cards, loans, financing, advances are owed.
//!
//! | sent | on accounts | on cards | on loans and other debt |
//! |---|---|---|---|
//! | `current` | booked | booked: what was spent since the last bill, as debt | booked: what is left to pay, as debt |
//! | `available` | available | available: what is left of the limit, no debt | nothing: what it would take to pay it off |
//! | `blocked` | blocked | blocked | blocked |
//! | `automatically_invested` | automatically invested | the same | the same |
//!
//! A loan without `current` has its `outstanding_balance` in that place.
//!
//! # What is left out
//! Interest comes in percent or money and by month or year, and in parts that depend on an index, so that no one number is
//! the yearly rate. `cutting_date` is, by the documents, the end of the period in one place and the day the bill is due in
//! another.

use belvo_client::types::{self, AccountCategory as Category};

use super::text::{id, joined, owed, personal, text};
use crate::identity::AccountKey;
use crate::model::{
    Account, AccountDetails, AccountIdentifier, AccountKind, Balance, BalanceKind, Coded, Currency, InstitutionId,
};
use crate::normalize::Cx;
use crate::{Amount, Personal};

/// The currency of a record.
pub(crate) fn currency(record: &types::Account, cx: &Cx<'_>) -> Option<Currency> {
    cx.currency("/currency", record.currency.as_deref())
}

/// The account of a record in its currency.
pub(crate) fn account(record: types::Account, currency: Option<Currency>, cx: &Cx<'_>) -> Account {
    let kind = record.category.into_option().map_or(Coded { value: None, word: None }, |category| kind(&category, cx));
    let mut account = Account::new(record.id, kind);
    account.connection = id(record.link).map(Into::into);
    account.name = personal(record.name.into_option());
    account.currency = currency;
    account.updated_at = record.collected_at;

    let credit = record.credit_data.into_option();
    let loan = record.loan_data.into_option();
    let mut identifiers = Identifiers::default();
    let internal = id(record.internal_identification);
    let number = text(record.number.into_option());
    let agency = text(record.agency.into_option());
    let check_digit = text(record.check_digit.into_option());
    identifiers.number(number, agency, check_digit);
    let named = text(record.public_identification_name.into_option());
    identifiers.public(named, text(record.public_identification_value.into_option()));
    let cards = credit.as_ref().and_then(|credit| credit.cards.as_ref()).into_iter().flatten();
    for card in cards {
        identifiers.add("card_number", text(card.identification_number.clone()));
    }

    let mut product = vec![text(record.type_), text(record.subtype.into_option())];
    if let Some(credit) = credit {
        account.details.credit_limit = credit.credit_limit.into_option();
        account.details.minimum_payment = credit.minimum_payment.into_option();
        account.details.next_payment_date = credit.next_payment_date.into_option();
    }
    if let Some(limit) = record.overdraft.into_option().and_then(|overdraft| overdraft.arranged) {
        account.details.credit_limit.get_or_insert(limit);
    }
    if let Some(loan) = loan {
        identifiers.add("loan_code", text(loan.loan_code));
        identifiers.add("contract_number", text(loan.contract_number.into_option()));
        product.push(text(loan.loan_type));
        account.opened_on = loan.contract_start_date;
        account.details = AccountDetails {
            next_payment_amount: loan.monthly_payment.into_option(),
            remaining_payments: loan.number_of_installments_outstanding.into_option(),
            original_principal: loan.principal.into_option(),
            matures_on: loan.contract_end_date.into_option(),
            ..account.details
        };
    }
    account.product = joined(product, " / ");
    let institution = record.institution.and_then(|institution| institution.name).map(InstitutionId::from);
    let known_by = identifiers.at_institution.take().or_else(|| internal.as_ref().map(|id| id.as_str().to_owned()));
    identifiers.add("internal_identification", internal.map(|id| id.as_str().to_owned()));
    account.key = AccountKey::of(&account.id, &identifiers.list, institution.as_ref(), known_by.as_deref());
    account.identifiers = identifiers.list;
    account.source = Some(cx.source());
    account
}

/// The balances of a record in its currency.
pub(crate) fn balances(record: &types::Account, currency: Option<Currency>, cx: &Cx<'_>) -> Vec<Balance> {
    let owes = owes(record);
    if let Some(word) = record.balance_type.as_deref().filter(|word| side(word).is_none() && !word.is_empty()) {
        // What it means instead is decided by the category; that it is not known is counted all the same.
        let _: Coded<bool> = cx.coded("/balance_type", word, None);
    }
    let card = matches!(record.category.as_ref(), Some(Category::CreditCard));
    let loan = record.loan_data.as_ref().and_then(|loan| loan.outstanding_balance.as_ref());
    let sent = record.balance.as_ref();
    let current = sent.and_then(|balance| balance.current.as_ref()).copied();
    let booked = current.map(|amount| if owes { owed(amount) } else { amount }).or_else(|| loan.copied().map(owed));
    let available = sent.and_then(|balance| balance.available.as_ref()).copied().filter(|_| card || !owes);
    let all = [
        (BalanceKind::Booked, booked),
        (BalanceKind::Available, available),
        (BalanceKind::Blocked, sent.and_then(|balance| balance.blocked)),
        (BalanceKind::AutomaticallyInvested, sent.and_then(|balance| balance.automatically_invested)),
    ];
    let made = all.into_iter().filter_map(|(kind, amount)| {
        let mut balance = Balance::new(&record.id, Coded::implied(kind), amount?);
        balance.currency = currency;
        balance.as_of = record.collected_at;
        balance.source = Some(cx.source());
        Some(balance)
    });
    made.collect()
}

/// Whether a balance of the account is what its holder owes.
pub(super) fn owes(record: &types::Account) -> bool {
    record.balance_type.as_deref().and_then(side).unwrap_or_else(|| {
        matches!(
            record.category.as_ref(),
            Some(
                Category::CreditCard
                    | Category::LoanAccount
                    | Category::FinancingAccount
                    | Category::InvoiceFinancingAccount
                    | Category::AdvanceDepositAccount
            )
        )
    })
}

/// Whether a word for the side of the balance sheet is that of debts.
fn side(word: &str) -> Option<bool> {
    match word {
        "LIABILITY" => Some(true),
        "ASSET" => Some(false),
        _ => None,
    }
}

fn kind(category: &Category, cx: &Cx<'_>) -> Coded<AccountKind> {
    let value = match category {
        Category::CheckingAccount => AccountKind::Current,
        Category::SavingsAccount => AccountKind::Savings,
        Category::CreditCard => AccountKind::CreditCard,
        // What is bought with it, a home or a car, is told by words of the institutions only.
        Category::LoanAccount | Category::FinancingAccount => AccountKind::Loan,
        Category::InvoiceFinancingAccount => AccountKind::Receivable,
        // Money that the institution advances when an account runs dry.
        Category::AdvanceDepositAccount => AccountKind::CreditLine,
        Category::InvestmentAccount => AccountKind::Investment,
        Category::PensionFundAccount => AccountKind::Pension,
        // It is known, and says nothing.
        Category::Uncategorized => return Coded::new(None, category.as_ref()),
        _ => return cx.coded("/category", category.as_ref(), None),
    };
    Coded::new(value, category.as_ref())
}

/// What an account is known by, each number once: cards come in up to three places.
#[derive(Default)]
struct Identifiers {
    list: Vec<AccountIdentifier>,
    values: Vec<String>,
    /// Branch and number together, which the institution gives no other account.
    at_institution: Option<String>,
}

impl Identifiers {
    fn number(&mut self, number: Option<String>, agency: Option<String>, check_digit: Option<String>) {
        let Some(account) = number else { return };
        if agency.is_none() && check_digit.is_none() {
            return self.add("number", Some(account));
        }
        let digit = check_digit.as_ref().map(|digit| format!("-{digit}")).unwrap_or_default();
        if let Some(agency) = &agency {
            let whole = format!("{agency}/{account}{digit}");
            self.values.push(whole.clone());
            self.at_institution = Some(whole);
        }
        self.list.push(AccountIdentifier::Brazilian {
            bank: None,
            agency,
            account: Personal(account),
            check_digit: check_digit.map(Personal),
        });
    }

    /// The number to pay to. Of cards it is all their numbers in one text.
    fn public(&mut self, name: Option<String>, value: Option<String>) {
        let name = name.as_deref().unwrap_or("public_identification");
        let Some(value) = value else { return };
        if name == "CREDIT_CARD_NUMBER" {
            for card in value.split(',') {
                self.add(name, text(card.trim().to_owned()));
            }
        } else {
            self.add(name, Some(value));
        }
    }

    fn add(&mut self, name: &str, value: Option<String>) {
        let Some(value) = value.filter(|value| !self.values.contains(value)) else { return };
        self.list.push(AccountIdentifier::recognize(name, &value));
        self.values.push(value);
    }
}

/// The sign of a balance on the account of a record.
pub(super) fn signed(amount: Amount, account: Option<&types::Account>) -> Amount {
    if account.is_some_and(owes) { owed(amount) } else { amount }
}
