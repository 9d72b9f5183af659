//! What the provider's codes are about.

/// The groups into which the provider sorts its error codes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ErrorGroup {
    /// `A000`: the JWT is not valid, or no longer.
    Token,
    /// `E000`: an error without details.
    Generic,
    /// `E100` to `E199`: the bank refused the login, for wrong credentials or a blocked account, say.
    BankLogin,
    /// `E200` to `E299`: the bank is not available, or not as Khipu knows it.
    BankUnavailable,
    /// `E300` to `E399`: the bank has no such data.
    NoData,
    /// `E400` to `E499`: what the user gave is wrong.
    UserInput,
    /// `E500` to `E599`: about automatic payments.
    AutomaticPayment,
    /// `E999`: none of the others; the description tells.
    Custom,
    /// `D000`: what was read is not complete.
    Incomplete,
    /// `F000`: what was read could not be processed.
    Processing,
    /// `T000`: reading at the bank took too long.
    ReadingTimeout,
    /// `I001` to `I003`: something within Khipu.
    Infrastructure,
    /// `P001` to `P003`: the parameters of the request are wrong.
    RequestParameters,
}

impl ErrorGroup {
    /// The group of a code; `None` for codes outside the published groups.
    pub fn of(code: &str) -> Option<Self> {
        let (letter, digits) = code.split_at_checked(1)?;
        if digits.len() != 3 || !digits.bytes().all(|digit| digit.is_ascii_digit()) {
            return None;
        }
        Some(match (letter, digits.parse::<u16>().ok()?) {
            ("A", 0) => Self::Token,
            ("E", 0) => Self::Generic,
            ("E", 100..=199) => Self::BankLogin,
            ("E", 200..=299) => Self::BankUnavailable,
            ("E", 300..=399) => Self::NoData,
            ("E", 400..=499) => Self::UserInput,
            ("E", 500..=599) => Self::AutomaticPayment,
            ("E", 999) => Self::Custom,
            ("D", 0) => Self::Incomplete,
            ("F", 0) => Self::Processing,
            ("T", 0) => Self::ReadingTimeout,
            ("I", 1..=3) => Self::Infrastructure,
            ("P", 1..=3) => Self::RequestParameters,
            _ => return None,
        })
    }
}
