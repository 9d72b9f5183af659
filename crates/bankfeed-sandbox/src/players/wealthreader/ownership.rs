//! Whose account it is.

use serde_json::{Value, json};

use super::{custody, text};
use crate::answer::Answer;
use crate::refusal::Refusal;
use crate::world::{AccountKind, Region, World};

/// The account is the holder's.
const BELONGS: u32 = 1;
/// It is not, or nobody knows it.
const DOES_NOT: u32 = 2;

pub(super) fn verify(world: &World, body: &Value, statistics: Value) -> Result<Answer, Refusal> {
    let iban = text(body, "iban");
    if !is_iban(iban) {
        return Err(Refusal::code("2", "form field iban", "is no IBAN without blanks, or its check digits are wrong"));
    }
    let document = text(body, "document_number").to_uppercase();
    let name = text(body, "holder_name").to_uppercase();
    let holder = (0..world.size.people).find(|holder| {
        let person = world.person(Region::Spain, *holder);
        person.document == document && person.full_name().to_uppercase() == name
    });
    let owns = holder.is_some_and(|holder| {
        let accounts = world.accounts(Region::Spain, holder, custody::bank(world, holder));
        accounts.iter().any(|account| {
            matches!(account.kind, AccountKind::Current | AccountKind::Savings) && account.identifier == iban
        })
    });
    let (code, message) = if owns {
        (BELONGS, "The account belongs to the holder.")
    } else {
        (DOES_NOT, "The account does not belong to the holder.")
    };
    let result = json!({ "code": code, "message": message });
    Ok(Answer::json(200, json!({ "success": true, "result": result, "statistics": statistics })))
}

fn is_iban(text: &str) -> bool {
    if !(15..=34).contains(&text.len()) || !text.bytes().all(|byte| byte.is_ascii_digit() || byte.is_ascii_uppercase())
    {
        return false;
    }
    let (head, tail) = text.split_at(4);
    let digits = tail.chars().chain(head.chars()).filter_map(|char| char.to_digit(36));
    let rest = digits.fold(0_u32, |rest, digit| {
        let shifted = if digit > 9 { rest * 100 } else { rest * 10 };
        (shifted + digit) % 97
    });
    rest == 1
}
