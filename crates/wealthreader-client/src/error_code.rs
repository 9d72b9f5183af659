//! The provider's error codes: what each means, whether it is fatal, and what may help.

use std::fmt;

use crate::advice::Advice;

/// An error code of a read. Open: any number is one, and `list_error_codes` has what the provider says of it today.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ErrorCode(i64);

struct Facts {
    code: i64,
    fatal: bool,
    advice: Advice,
    meaning: &'static str,
}

const fn passing(code: i64, advice: Advice, meaning: &'static str) -> Facts {
    Facts { code, fatal: false, advice, meaning }
}

/// The same call would fail again, and perhaps lock the user out.
const fn fatal(code: i64, advice: Advice, meaning: &'static str) -> Facts {
    Facts { code, fatal: true, advice, meaning }
}

/// By code. Source: public digest of the live list of 2026-09-03; the advice follows its notes.
static FACTS: [Facts; 40] = [
    passing(1, Advice::Report, "something that no other code covers"),
    passing(
        2,
        Advice::GiveUp,
        "the call is wrong, or beyond the limits or products of the contract; the message says how",
    ),
    fatal(3, Advice::AskUser, "the token is blocked after an earlier fatal error"),
    passing(4, Advice::Wait, "the token cannot be used for the moment"),
    passing(1000, Advice::Report, "the bank changed its pages, and they cannot be read"),
    passing(1001, Advice::Report, "the bank changed its data, and it cannot be understood"),
    fatal(2000, Advice::AskUser, "the credentials are wrong"),
    fatal(2001, Advice::AskUser, "the bank has locked the user out"),
    passing(2002, Advice::AskUser, "the login worked, but the bank wants something from the user first"),
    passing(2003, Advice::TakeAsEmpty, "the user has no product of the kind asked for"),
    fatal(2004, Advice::WaitADay, "the usual way into the bank failed; there may be another one"),
    passing(2005, Advice::Wait, "the user is being read already, or is logged in elsewhere"),
    passing(2010, Advice::Resume, "the bank asks for a one-time code"),
    passing(2011, Advice::Resume, "the bank asks for an approval in its app"),
    fatal(2012, Advice::Resume, "the approval has not been given yet"),
    passing(2013, Advice::Resume, "the bank asks for a one-time code that an image yields"),
    passing(2014, Advice::Resume, "the bank asks for an approval in its app after an image was scanned"),
    fatal(2015, Advice::StartOver, "the user did not respond in time"),
    passing(2016, Advice::Resume, "the bank asks for an approval in its app or a one-time code"),
    passing(2017, Advice::Resume, "the user has to choose how to be authenticated"),
    fatal(2018, Advice::Resume, "the chosen way of authentication does not exist"),
    passing(2019, Advice::Resume, "the bank sends an address in a message; unopened, it is the one-time code"),
    fatal(2020, Advice::Resume, "the user has several contracts and has to choose one"),
    fatal(2030, Advice::AskUser, "the bank runs a script in the browser, which only the widget's extension can do"),
    passing(2050, Advice::AskUser, "the bank shows an image to be read"),
    passing(2051, Advice::AskUser, "the bank shows an image to be pointed at"),
    passing(2052, Advice::AskUser, "the bank shows a puzzle"),
    passing(2053, Advice::AskUser, "the bank plays a sound to be understood"),
    fatal(2070, Advice::Redirect, "the bank takes users by redirect only"),
    passing(3000, Advice::Wait, "the bank is under maintenance"),
    passing(3001, Advice::Wait, "the read took too long"),
    passing(3002, Advice::WaitADay, "the provider is working on its way into the bank"),
    fatal(9999, Advice::AskUser, "the token was revoked"),
    fatal(20101, Advice::AskUser, "as 2010, for a token that has to be confirmed again"),
    fatal(20111, Advice::AskUser, "as 2011, for a token that has to be confirmed again"),
    fatal(20131, Advice::AskUser, "as 2013, for a token that has to be confirmed again"),
    fatal(20141, Advice::AskUser, "as 2014, for a token that has to be confirmed again"),
    fatal(20161, Advice::AskUser, "as 2016, for a token that has to be confirmed again"),
    fatal(20171, Advice::Resume, "as 2017, for a token that has to be confirmed again"),
    fatal(20191, Advice::AskUser, "as 2019, for a token that has to be confirmed again"),
];

impl ErrorCode {
    /// The user has no product of the kind asked for: no failure in truth, but an empty answer.
    pub const NOT_CONTRACTED: Self = Self(2003);

    /// The number.
    pub const fn number(self) -> i64 {
        self.0
    }

    /// The codes that this version knows.
    pub fn known() -> impl Iterator<Item = Self> {
        FACTS.iter().map(|facts| Self(facts.code))
    }

    /// Whether the same call would fail again, and perhaps lock the user out; `None` for a code that is not known.
    ///
    /// Fatal does not mean over: with other input many go on, see [`advice`](Self::advice).
    pub fn is_fatal(self) -> Option<bool> {
        self.facts().map(|facts| facts.fatal)
    }

    /// What may help; `None` for a code that is not known.
    pub fn advice(self) -> Option<Advice> {
        self.facts().map(|facts| facts.advice)
    }

    /// What it means, for developers; `None` for a code that is not known.
    pub fn meaning(self) -> Option<&'static str> {
        self.facts().map(|facts| facts.meaning)
    }

    fn facts(self) -> Option<&'static Facts> {
        let index = FACTS.binary_search_by_key(&self.0, |facts| facts.code).ok()?;
        FACTS.get(index)
    }
}

impl From<i64> for ErrorCode {
    fn from(number: i64) -> Self {
        Self(number)
    }
}

impl fmt::Display for ErrorCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}
