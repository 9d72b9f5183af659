//! Checks that standards define for what accounts are known by. Each gives the text in its normal form.

/// ISO 13616.
pub(super) fn iban(text: &str) -> Option<String> {
    let text = compact(text)?.to_ascii_uppercase();
    text.parse::<iban::Iban>().ok().map(|_| text)
}

/// ISO 9362: four of the institution, two of the country, two of the place, perhaps three of the branch.
pub(super) fn bic(text: &str) -> Option<String> {
    let text = compact(text)?.to_ascii_uppercase();
    let bytes = text.as_bytes();
    let right = matches!(bytes.len(), 8 | 11)
        && bytes[..4].iter().all(u8::is_ascii_alphanumeric)
        && bytes[4..6].iter().all(u8::is_ascii_uppercase)
        && bytes[6..].iter().all(u8::is_ascii_alphanumeric);
    right.then_some(text)
}

/// 17 digits weighted 3, 7, 1 and their check digit.
pub(super) fn clabe(text: &str) -> Option<String> {
    let text = compact(text)?;
    let digits = digits(&text, 18)?;
    let sum: u32 =
        digits[..17].iter().zip([3, 7, 1].into_iter().cycle()).map(|(digit, weight)| digit * weight % 10).sum();
    ((10 - sum % 10) % 10 == digits[17]).then_some(text)
}

/// Eight digits of bank and branch, fourteen of the account, each block ending in its check digit, weighted 3, 1, 7, 9
/// from the right.
pub(super) fn cbu(text: &str) -> Option<String> {
    let text = compact(text)?;
    let digits = digits(&text, 22)?;
    let block = |block: &[u32]| {
        let (check, weighted) = block.split_last()?;
        let sum: u32 =
            weighted.iter().rev().zip([3, 1, 7, 9].into_iter().cycle()).map(|(digit, weight)| digit * weight).sum();
        ((10 - sum % 10) % 10 == *check).then_some(())
    };
    block(&digits[..8])?;
    block(&digits[8..])?;
    // Nothing but zeros adds up, too.
    digits.iter().any(|digit| *digit != 0).then_some(text)
}

/// ISO 6166: two letters, nine characters, a check digit by Luhn over the characters as numbers.
pub(super) fn isin(text: &str) -> Option<String> {
    let text = compact(text)?.to_ascii_uppercase();
    let bytes = text.as_bytes();
    let formed = bytes.len() == 12 && bytes[..2].iter().all(u8::is_ascii_uppercase) && bytes[11].is_ascii_digit();
    if !formed {
        return None;
    }
    let mut expanded = Vec::with_capacity(24);
    for character in text.chars() {
        let value = character.to_digit(36)?;
        if value > 9 {
            expanded.push(value / 10);
        }
        expanded.push(value % 10);
    }
    let sum: u32 = expanded
        .iter()
        .rev()
        .enumerate()
        .map(|(place, digit)| if place % 2 == 1 { digit * 2 / 10 + digit * 2 % 10 } else { *digit })
        .sum();
    sum.is_multiple_of(10).then_some(text)
}

/// At most the first eight and the last four digits show, at least four signs hide the rest.
pub(super) fn masked_pan(text: &str) -> Option<String> {
    let text: String = text.chars().filter(|character| !matches!(character, ' ' | '-')).collect();
    let hidden = |character: char| matches!(character, '*' | 'x' | 'X' | '•' | '#');
    let first = text.chars().take_while(char::is_ascii_digit).count();
    let last = text.chars().rev().take_while(char::is_ascii_digit).count();
    let length = text.chars().count();
    let middle = length.checked_sub(first + last)?;
    let formed = first <= 8 && last == 4 && middle >= 4 && length <= 19;
    (formed && text.chars().skip(first).take(middle).all(hidden)).then_some(text)
}

/// Without spaces; `None` when something else than ASCII stands in it.
fn compact(text: &str) -> Option<String> {
    let text: String = text.chars().filter(|character| !matches!(character, ' ' | '-')).collect();
    (text.is_ascii() && !text.is_empty()).then_some(text)
}

fn digits(text: &str, count: usize) -> Option<Vec<u32>> {
    let digits: Option<Vec<u32>> = text.chars().map(|character| character.to_digit(10)).collect();
    digits.filter(|digits| digits.len() == count)
}
