//! Transactions of accounts, cards and loans.
//!
//! # Amount, direction, currency
//! Amounts come without a sign, and `type` says whether money came in or went out: that is the direction, on cards and
//! loans as well, where what comes in is paid back (inferred; the documents say no more than coming and going). A
//! negative amount contradicts them and makes the record a bad one, because nobody can tell which of the two is right.
//!
//! Where the amount is of another currency than the account, `local_currency_amount` is what the account saw and the
//! amount itself what it was before exchange. That the local currency is the account's is inferred. Without a local amount
//! the transaction stays in its own currency.
//!
//! # Dates
//! Belvo's `value_date` is the day on which it happened, so it is the transaction's date. `transacted_at`, a moment in
//! UTC, is more exact and goes first, unless it is midnight, which stands for an unknown time. `accounting_date` is when
//! it was booked; the one that Belvo infers is not taken.
//!
//! # Identity
//! Ids of what is not booked, or of which Belvo does not say whether it is, are weak keys.

use belvo_client::types::{self, CounterpartyType, TransactionStatus as Status, TransactionType as Type};

use super::account::signed;
use super::category::category;
use super::text::{id, joined, personal, text};
use crate::error::Error;
use crate::identity::TransactionKey;
use crate::model::{
    AccountIdentifier, Coded, Counterparty, Currency, Direction, Exchange, Merchant, Reference, Transaction,
    TransactionKind, TransactionStatus,
};
use crate::normalize::Cx;
use crate::{Amount, DateTime, Personal};

/// A transaction.
///
/// # Errors
/// When its amount is negative.
pub(crate) fn transaction(record: types::Transaction, cx: &Cx<'_>) -> Result<Transaction, Error> {
    if record.amount.decimal().is_sign_negative() && !record.amount.decimal().is_zero() {
        return Err(cx.misfit("/amount", "an amount has no sign, the direction is told by the type"));
    }
    let status = record.status.into_option().map_or(Coded { value: None, word: None }, |status| coded(&status, cx));
    let key = TransactionKey::of_provider_id(&(&record.id).into(), status.is(&TransactionStatus::Booked));
    let account = record.account.into_option();
    let moved = Moved::of(
        record.amount,
        cx.currency("/currency", record.currency.as_deref()),
        record.local_currency_amount.into_option(),
        account.as_ref().and_then(|account| account.currency.as_deref()).and_then(|code| code.parse().ok()),
    );
    let mut transaction = Transaction::unsigned(key, moved.amount, status);
    transaction.currency = moved.currency;
    transaction.original_amount = moved.before;
    transaction.direction = record.type_.into_option().and_then(|word| direction(&word, cx));
    transaction.balance_after = record.balance.into_option().map(|amount| signed(amount, account.as_ref()));
    transaction.id = Some(record.id.into());
    transaction.account = account.map(|account| account.id.into());
    let day = record.value_date.map(DateTime::from);
    let moment = record.transacted_at.filter(|moment| day.is_none() || !is_midnight(*moment));
    transaction.transaction_date = moment.or(day);
    transaction.booking_date = record.accounting_date.into_option().map(DateTime::from);
    let texts = [record.description, record.observations, record.operation_type_additional_info];
    transaction.description = joined(texts.map(|part| text(part.into_option())), "\n").map(Personal);
    transaction.category = category(record.category.into_option(), record.subcategory.into_option(), cx);
    transaction.counterparty = record.counterparty.into_option().and_then(counterparty);
    transaction.merchant = record.merchant.into_option().and_then(merchant);
    transaction.merchant_category = text(record.mcc.into_option()).map(four_digits);
    transaction.bank_code = text(record.operation_type.into_option());
    transaction.kind = transaction.bank_code.as_deref().map(|word| cx.coded("/operation_type", word, kind(word)));
    let reference = text(record.reference.into_option()).map(|value| Reference::new("reference", value));
    transaction.references = reference.into_iter().collect();
    let internal = record.internal_identification.map_or(bankfeed_runtime::Maybe::Absent, Into::into);
    transaction.bank_reference = id(internal).map(|id| id.as_str().to_owned());
    transaction.source = Some(cx.source());
    Ok(transaction)
}

/// What the account saw.
struct Moved {
    amount: Amount,
    currency: Option<Currency>,
    before: Option<Exchange>,
}

impl Moved {
    fn of(amount: Amount, currency: Option<Currency>, local: Option<Amount>, account: Option<Currency>) -> Self {
        match (local, currency, account) {
            (Some(local), Some(foreign), Some(own)) if foreign != own => {
                Self { amount: local, currency: Some(own), before: Some(Exchange::new(amount, Some(foreign))) }
            }
            _ => Self { amount, currency, before: None },
        }
    }
}

fn is_midnight(moment: DateTime) -> bool {
    moment.time().is_none_or(|time| time == bankfeed_runtime::jiff::civil::Time::midnight())
}

/// The direction a type stands for; the text `null` stands for nothing.
pub(super) fn direction(word: &Type, cx: &Cx<'_>) -> Option<Direction> {
    let direction = match word {
        Type::Inflow => Direction::Credit,
        Type::Outflow => Direction::Debit,
        other if *other == "null" => return None,
        other => return cx.coded("/type", other.as_ref(), None).value,
    };
    Some(direction)
}

fn coded(status: &Status, cx: &Cx<'_>) -> Coded<TransactionStatus> {
    let value = match status {
        Status::Processed => Some(TransactionStatus::Booked),
        Status::Pending => Some(TransactionStatus::Pending),
        // Out of use, and it says nothing.
        Status::Uncategorized => return Coded::new(None, status.as_ref()),
        _ => None,
    };
    cx.coded("/status", status.as_ref(), value)
}

/// Words of Open Finance in Brazil for accounts and cards, as far as they name one kind of movement.
fn kind(word: &str) -> Option<TransactionKind> {
    Some(match word {
        "TED" | "DOC" | "PIX" | "TRANSFERENCIA_MESMA_INSTITUICAO" | "FOLHA_PAGAMENTO" | "PORTABILIDADE_SALARIO" => {
            TransactionKind::Transfer
        }
        "PACOTE_TARIFA_SERVICOS" | "TARIFA_SERVICOS_AVULSOS" | "TARIFA" => TransactionKind::Fee,
        "SAQUE" => TransactionKind::Cash,
        "CARTAO" => TransactionKind::CardPayment,
        "ENCARGOS_JUROS_CHEQUE_ESPECIAL" | "RENDIMENTO_APLIC_FINANCEIRA" => TransactionKind::Interest,
        "RESGATE_APLIC_FINANCEIRA" => TransactionKind::Sale,
        "BOLETO"
        | "CONVENIO_ARRECADACAO"
        | "DEPOSITO"
        | "OPERACAO_CREDITO"
        | "OPERACOES_CREDITO_CONTRATADAS_CARTAO"
        | "PAGAMENTO"
        | "ESTORNO"
        | "CASHBACK"
        | "OUTROS" => TransactionKind::Other,
        _ => return None,
    })
}

fn counterparty(record: types::TransactionCounterparty) -> Option<Counterparty> {
    let account = text(record.number.into_option()).map(|number| AccountIdentifier::Brazilian {
        bank: text(record.clearing_code.into_option()),
        agency: text(record.agency.into_option()),
        account: Personal(number),
        check_digit: personal(record.check_digit.into_option()),
    });
    let kind = record.type_.into_option().map(|kind: CounterpartyType| Personal(kind.as_ref().to_owned()));
    let document = personal(record.document_number.into_option());
    Counterparty { name: None, account, document, information: kind }.known()
}

fn merchant(record: types::TransactionMerchant) -> Option<Merchant> {
    Merchant {
        id: None,
        name: text(record.merchant_name),
        website: text(record.website.into_option()),
        logo: text(record.logo.into_option()),
    }
    .known()
}

/// Codes come as numbers, which lose their leading zeros.
fn four_digits(code: String) -> String {
    if code.bytes().all(|byte| byte.is_ascii_digit()) { format!("{code:0>4}") } else { code }
}
