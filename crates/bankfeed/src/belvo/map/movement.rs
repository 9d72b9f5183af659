//! Movements of investments.
//!
//! Belvo tells their direction as the investment sees it: what comes in is put into it. They have no status; they are told
//! once they are settled, so they are booked (inferred), and `value_date` is when they settle. The amount is the gross
//! one; shares have only `value`, the sum of the trade, and it counts where there is no gross amount, and the net amount
//! where there is neither.

use bankfeed_runtime::Maybe;
use belvo_client::types;

use super::text::{id, personal, text};
use super::transaction::direction;
use crate::DateTime;
use crate::error::Error;
use crate::identity::TransactionKey;
use crate::model::{Coded, Transaction, TransactionKind, TransactionStatus};
use crate::normalize::Cx;

/// A movement of an investment, which is its account.
///
/// # Errors
/// When it has no amount, or a negative one.
pub(crate) fn movement(record: types::InvestmentTransaction, cx: &Cx<'_>) -> Result<Transaction, Error> {
    let amounts = [
        ("/gross_value", record.gross_value.into_option()),
        ("/value", record.value.into_option()),
        ("/net_value", record.net_value.into_option()),
    ];
    let amount = amounts.into_iter().find_map(|(place, amount)| Some((place, amount?)));
    let Some((place, amount)) = amount else {
        return Err(cx.misfit("/gross_value", "there is no amount, neither gross nor net nor that of a trade"));
    };
    if amount.decimal().is_sign_negative() && !amount.decimal().is_zero() {
        return Err(cx.misfit(place, "an amount has no sign, the direction is told by the type"));
    }
    let key = TransactionKey::of_provider_id(&(&record.id).into(), true);
    let mut transaction = Transaction::unsigned(key, amount, Coded::implied(TransactionStatus::Booked));
    transaction.id = Some(record.id.into());
    if let Some(investment) = record.investment {
        transaction.currency = cx.currency("/investment/currency", investment.currency.as_deref());
        transaction.account = Some(investment.id.into());
    }
    transaction.direction = record.type_.into_option().and_then(|word| direction(&word, cx));
    transaction.value_date = record.value_date.map(DateTime::from);
    transaction.kind = text(record.subtype.into_option()).map(|word| cx.coded("/subtype", &word, kind(&word)));
    transaction.description = personal(record.subtype_additional_info.into_option());
    let internal = record.internal_identification.map_or(Maybe::Absent, Into::into);
    transaction.bank_reference = id(internal).map(|id| id.as_str().to_owned());
    transaction.source = Some(cx.source());
    Ok(transaction)
}

fn kind(word: &str) -> Option<TransactionKind> {
    Some(match word {
        "APLICACAO" | "COMPRA" => TransactionKind::Purchase,
        "RESGATE" | "VENDA" => TransactionKind::Sale,
        // Rent for lent shares, and premiums, are yield as well.
        "PAGAMENTO_JUROS" | "DIVIDENDOS" | "JCP" | "ALUGUEIS" | "PRÊMIO" => TransactionKind::Interest,
        "COME_COTAS" => TransactionKind::Tax,
        "TRANSFERENCIA_CUSTODIA" | "TRANSFERENCIA_DE_COTAS" | "TRANSFERENCIA_TITULARIDADE" => TransactionKind::Transfer,
        "AMORTIZACAO" | "CANCELAMENTO" | "MORA" | "MULTA" | "VENCIMENTO" | "OUTROS" => TransactionKind::Other,
        _ => return None,
    })
}
