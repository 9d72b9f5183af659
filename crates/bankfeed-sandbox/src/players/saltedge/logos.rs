//! The pictures that providers' addresses lead to.

use super::catalogue::{BANKS, Bank};
use crate::answer::Answer;
use crate::call::Received;

/// Where the logo of a provider is, under the provider's root.
pub(super) fn path(bank: &Bank) -> String {
    format!("/logos/{}.svg", bank.code)
}

/// Answers on the address of a logo; `None` for any other.
pub(super) fn answer(received: &Received) -> Option<Answer> {
    if received.method != http::Method::GET {
        return None;
    }
    let bank = BANKS.iter().find(|bank| path(bank) == received.path)?;
    let initial = bank.name.chars().next().unwrap_or(' ');
    let picture = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 64 64\"><rect width=\"64\" height=\"64\" rx=\"12\" \
         fill=\"#1d3557\"/><text x=\"32\" y=\"44\" font-size=\"36\" text-anchor=\"middle\" fill=\"#fff\">{initial}</text></svg>\n"
    );
    Some(Answer::bytes(200, "image/svg+xml", picture))
}
