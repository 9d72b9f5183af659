//! Lists made of one answer.

use std::collections::HashSet;

use wealthreader_client::types;

use super::answer::Answer;
use super::map::{self, Among, Parent, Through};
use super::parts::{Found, Reading, value};
use super::products::Product;
use crate::error::Error;
use crate::identity::Twins;
use crate::losses::Losses;
use crate::model::{AccountId, AccountIdentifier};
use crate::normalize::Cx;
use crate::{Account, Balance, Holding, Id, Party, Transaction};

/// Records, with errors in place of those that could not be normalized.
pub(crate) type Mapped<T> = Vec<Result<T, Error>>;

/// Every record of a group, or the error for a group that is none.
fn each<T>(
    answer: &Answer,
    product: Product,
    reading: &Reading,
    mut of: impl FnMut(&Found, &mut Mapped<T>),
) -> Mapped<T> {
    let mut all = Vec::new();
    match answer.group(product, reading) {
        Ok(records) => records.iter().for_each(|found| of(found, &mut all)),
        Err(error) => all.push(Err(error)),
    }
    all
}

fn over<T>(
    answer: &Answer,
    reading: &Reading,
    is_wanted: impl Fn(Product) -> bool,
    of: impl Fn(Product, &Found, &mut Mapped<T>),
) -> Mapped<T> {
    let products = Product::ALL.into_iter().filter(|product| is_wanted(*product));
    products.flat_map(|product| each(answer, product, reading, |found, all| of(product, found, all))).collect()
}

pub(crate) fn accounts(answer: &Answer, reading: &Reading, through: Through<'_>) -> Mapped<Account> {
    over(answer, reading, Product::is_account, |product, found, all| {
        all.push(account(product, found, reading, through))
    })
}

pub(crate) fn account(
    product: Product,
    found: &Found,
    reading: &Reading,
    through: Through<'_>,
) -> Result<Account, Error> {
    macro_rules! map {
        ($map:path) => {
            reading.map(found, product.apart(), |record, cx| $map(record, cx, through))
        };
    }
    match product {
        Product::Accounts => map!(map::account::account),
        Product::Cards => map!(map::card::account),
        Product::Portfolios => map!(map::investment::portfolio),
        Product::Bonds => map!(map::investment::bond),
        Product::Deposits => map!(map::deposit::account),
        Product::Loans => map!(map::credit::loan),
        Product::Leases => map!(map::credit::lease),
        Product::Insurances => map!(map::belonging::insurance),
        Product::Properties => map!(map::belonging::property),
        Product::Factoring => map!(map::invoices::factoring),
        Product::Confirming => map!(map::invoices::confirming),
        Product::Guarantees | Product::Receipts => map!(map::belonging::guarantee),
    }
}

/// `inner` reads the records inside of products, which no other list counts.
pub(crate) fn balances(answer: &Answer, reading: &Reading, inner: &Reading) -> Mapped<Balance> {
    let has_balances = |product| product != Product::Insurances && Product::is_account(product);
    over(answer, reading, has_balances, |product, found, all| all.extend(balances_of(product, found, reading, inner)))
}

pub(crate) fn balances_of(product: Product, found: &Found, reading: &Reading, inner: &Reading) -> Mapped<Balance> {
    macro_rules! map {
        ($map:path) => {
            reading.map(found, product.apart(), |record, cx| $map(&record, cx))
        };
    }
    let balances = match product {
        Product::Accounts => map!(map::account::balances),
        Product::Cards => map!(map::card::balances),
        Product::Portfolios => map!(map::investment::portfolio_balances),
        Product::Bonds => map!(map::investment::bond_balances),
        Product::Deposits => map!(map::deposit::balances),
        Product::Loans => map!(map::credit::loan_balances),
        Product::Leases => map!(map::credit::lease_balances),
        Product::Factoring => map!(map::invoices::factoring_balances),
        Product::Confirming => map!(map::invoices::confirming_balances),
        Product::Guarantees => map!(map::belonging::guarantee_balances),
        Product::Properties => return prices(found, inner),
        Product::Insurances | Product::Receipts => Ok(Vec::new()),
    };
    match balances {
        Ok(balances) => balances.into_iter().map(Ok).collect(),
        Err(error) => vec![Err(error)],
    }
}

/// What a property is and was worth.
fn prices(property: &Found, reading: &Reading) -> Mapped<Balance> {
    let prices = match reading.inside(property, "/historic_prices", "PropertyPrice") {
        Ok(prices) if prices.is_empty() => return Vec::new(),
        Ok(prices) => prices,
        Err(error) => return vec![Err(error)],
    };
    let parent = parent(Product::Properties, property);
    let Some(account) = parent.account else { return vec![Err(homeless(property, reading))] };
    let dates = prices.iter().map(|price| value::<crate::Date>(&price.source.bytes(), "/date").map(|date| date.date()));
    let dates: Vec<_> = dates.collect();
    let last = dates.iter().flatten().max().copied();
    let mut latest = dates.iter().enumerate().filter(|(_, date)| **date == last).map(|(index, _)| index);
    // Of several without a date none is known to be the latest.
    let latest = latest.next().filter(|_| last.is_some() || prices.len() == 1);
    let map = |(index, price): (usize, &Found)| {
        let about = (&account, parent.currency);
        reading.map(price, &[], |record, cx| map::belonging::price(record, cx, about, latest == Some(index)))
    };
    prices.iter().enumerate().map(map).collect()
}

/// The error for what stands in a product that has no id.
fn homeless(product: &Found, reading: &Reading) -> Error {
    Cx::new(&product.source, &reading.losses).misfit("/uuid", "it has no id")
}

pub(crate) fn holdings(answer: &Answer, reading: &Reading, inner: &Reading) -> Mapped<Holding> {
    let holds = |product| matches!(product, Product::Portfolios | Product::Bonds);
    over(answer, reading, holds, |product, found, all| all.extend(holdings_of(product, found, reading, inner)))
}

pub(crate) fn holdings_of(product: Product, found: &Found, reading: &Reading, inner: &Reading) -> Mapped<Holding> {
    if product == Product::Bonds {
        return vec![reading.map(found, product.apart(), map::investment::bond_holding)];
    }
    let positions = match inner.inside(found, "/composition", "PortfolioPosition") {
        Ok(positions) => positions,
        Err(error) => return vec![Err(error)],
    };
    if positions.is_empty() {
        return Vec::new();
    }
    let Some(account) = parent(product, found).account else { return vec![Err(homeless(found, inner))] };
    let map = |position: &Found| {
        inner.map(position, &[], |record, cx| Ok(map::investment::position(record, cx, &account))).transpose()
    };
    positions.iter().filter_map(map).collect()
}

/// Movements of everything, each product's in the provider's order. Direct debits come last; they name their account by
/// its number.
pub(crate) fn transactions(answer: &Answer, reading: &Reading) -> Mapped<Transaction> {
    let mut twins = Twins::default();
    let mut all = Vec::new();
    let mut payers: Vec<(AccountIdentifier, Parent)> = Vec::new();
    for product in Product::ALL {
        all.extend(each(answer, product, reading, |found, all| {
            if product == Product::Receipts {
                let payer = receipt_payer(found, &payers);
                all.push(receipt(found, reading, &payer, &mut twins));
                return;
            }
            if product == Product::Accounts
                && let Some(number) = value::<String>(&found.source.bytes(), "/code")
            {
                payers.push((AccountIdentifier::iban("code", &number), parent(product, found)));
            }
            all.extend(movements(product, found, reading, &mut twins));
        }));
    }
    without_repeats(all, &reading.losses)
}

/// Leaves out what an answer tells twice: the same record with the same id, to the letter. Two equal purchases leave
/// different balances, where balances are told.
fn without_repeats(all: Mapped<Transaction>, losses: &Losses) -> Mapped<Transaction> {
    let mut known = HashSet::new();
    let is_new = |record: &Result<Transaction, Error>| match record {
        Ok(Transaction { id: Some(_), account, source: Some(source), .. }) => {
            known.insert((account.clone(), source.bytes()))
        }
        _ => true,
    };
    let (kept, repeated): (Vec<_>, Vec<_>) = all.into_iter().partition(is_new);
    repeated.iter().for_each(|_| losses.repeated());
    kept
}

/// The account that pays a direct debit, if it is among those that were read.
fn receipt_payer(found: &Found, payers: &[(AccountIdentifier, Parent)]) -> Parent {
    let number =
        value::<String>(&found.source.bytes(), "/account").map(|number| AccountIdentifier::iban("code", &number));
    let payer = payers.iter().find(|(known, _)| Some(known) == number.as_ref());
    payer.map(|(_, parent)| parent.clone()).unwrap_or_default()
}

pub(crate) fn receipt(
    found: &Found,
    reading: &Reading,
    payer: &Parent,
    twins: &mut Twins,
) -> Result<Transaction, Error> {
    let mut among = Among { parent: payer, listed: map::Listed::Alone, twins };
    reading.map(found, &[], |record, cx| map::cash::receipt(record, cx, &mut among))
}

/// The movements that stand inside of a product.
pub(crate) fn movements(product: Product, found: &Found, reading: &Reading, twins: &mut Twins) -> Mapped<Transaction> {
    if product.movements().is_empty() {
        return Vec::new();
    }
    let parent = parent(product, found);
    let mut all = Vec::new();
    for list in product.movements() {
        match reading.inside(found, list.pointer, list.schema) {
            Ok(records) => {
                let mut among = Among { parent: &parent, listed: list.listed, twins };
                all.extend(records.iter().map(|record| movement(list.schema, record, reading, &mut among)));
            }
            Err(error) => all.push(Err(error)),
        }
    }
    all
}

pub(crate) fn movement(
    schema: &'static str,
    found: &Found,
    reading: &Reading,
    among: &mut Among<'_>,
) -> Result<Transaction, Error> {
    macro_rules! map {
        ($map:path) => {
            reading.map(found, &[], |record, cx| $map(record, cx, among))
        };
    }
    match schema {
        "AccountTransaction" => map!(map::cash::account),
        "CardMovement" => map!(map::cash::card),
        "PortfolioTransaction" => map!(map::trade::portfolio),
        "Amortization" => map!(map::terms::amortization),
        "InterestMovement" => map!(map::terms::interest),
        "PrincipalMovement" => map!(map::terms::principal),
        "LeaseInstallment" => map!(map::terms::installment),
        "FinancedInvoice" => map!(map::trade::invoice),
        _ => map!(map::trade::factoring),
    }
}

/// What a product says for its movements, as far as it can be read, even if the product as a whole cannot.
pub(crate) fn parent(product: Product, found: &Found) -> Parent {
    let text = found.source.bytes();
    let id = |pointer: &str| value::<Id>(&text, pointer).filter(|id| !id.trim().is_empty());
    let word = |pointer: &str| value::<String>(&text, pointer).filter(|word| !word.trim().is_empty());
    let account = id("/uuid").or_else(|| id(product.second_id()?)).map(AccountId::from);
    let currency = word("/currency").and_then(|code| code.parse().ok());
    let mut names = Vec::new();
    if matches!(product, Product::Factoring | Product::Confirming) {
        let parties: Vec<types::InvoiceParty> = value(&text, "/providers").unwrap_or_default();
        names.extend(parties.into_iter().filter_map(|party| Some((party.company_id?, party.company_name?))));
        let clients: Vec<types::FactoringClient> = value(&text, "/clients").unwrap_or_default();
        names.extend(clients.into_iter().filter_map(|client| Some((client.client_id?, client.client_name?))));
        names.retain(|(number, name)| !number.is_empty() && !name.trim().is_empty());
    }
    let lessor = if product == Product::Leases { word("/provider/name") } else { None };
    Parent { account, currency, lessor, names }
}

/// Everybody who is named: who logged in, then those who own products, each once.
pub(crate) fn holders(answer: &Answer, reading: &Reading) -> Mapped<Party> {
    let mut all: Mapped<Party> = match answer.user(reading) {
        Ok(users) => {
            let map = |user: &Found| reading.map(user, &[], |record, cx| Ok(map::person::user(record, cx))).transpose();
            users.iter().filter_map(map).collect()
        }
        Err(error) => vec![Err(error)],
    };
    let owners = over(
        answer,
        reading,
        |product| !product.people().is_empty(),
        |product, found, all| {
            for (pointer, schema) in product.people() {
                match reading.inside(found, pointer, schema) {
                    Ok(people) => all.extend(people.iter().filter_map(|person| holder(person, reading).transpose())),
                    Err(error) => all.push(Err(error)),
                }
            }
        },
    );
    all.extend(owners);
    let mut seen = HashSet::new();
    all.retain(|party| match party {
        Ok(party) => seen.insert(identity(party)),
        Err(_) => true,
    });
    all
}

pub(crate) fn holder(found: &Found, reading: &Reading) -> Result<Option<Party>, Error> {
    match found.source.schema() {
        "LoanHolder" => reading.map(found, &[], |record, cx| Ok(map::person::loan_holder(record, cx))),
        _ => reading.map(found, &[], |record, cx| Ok(map::person::owner(record, cx))),
    }
}

/// What tells people apart: the document, else the name.
fn identity(party: &Party) -> String {
    match &party.id {
        Some(id) => format!("id {}", id.as_str().trim().to_uppercase()),
        None => format!("name {}", party.names.first().map(|name| name.trim().to_uppercase()).unwrap_or_default()),
    }
}
