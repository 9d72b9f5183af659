//! Reads that wait for the user.
//!
//! In which fields session and one-time code travel is not published. The sandbox takes any names that the specification does not
//! declare, and knows the session by its value; whatever stands in another such field is the code. The right one is `123456`, an
//! approval in the app takes ten seconds of the sandbox's clock, and a challenge ends after five minutes.

use std::collections::BTreeMap;

use jiff::{SignedDuration, Timestamp};

/// The one-time code that is right.
pub(super) const CODE: &str = "123456";
/// The address that is copied from a message, where that is the code.
pub(super) const ADDRESS: &str = "https://bank.example.com/confirm/123456";
/// Ways to get a code.
pub(super) const METHODS: [&str; 2] = ["SMS *** 123", "App"];
/// Contracts of a user who has several.
pub(super) const CONTRACTS: [&str; 2] = ["PARTICULAR 001", "EMPRESA 002"];

/// How long a user takes to approve.
const APPROVAL: SignedDuration = SignedDuration::from_secs(10);
/// How long a challenge is open.
const OPEN: SignedDuration = SignedDuration::from_mins(5);

/// What the user did, as far as the request tells.
#[derive(Default)]
pub(super) struct Response<'a> {
    pub(super) code: Option<&'a str>,
    pub(super) method: Option<&'a str>,
    pub(super) contract: Option<&'a str>,
}

/// How a read goes on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Next {
    /// The bank is satisfied.
    Passed,
    /// It asks again, or for something else.
    Asks(u32),
}

/// Challenges that wait, by their sessions.
#[derive(Default)]
pub(super) struct Challenges {
    waiting: BTreeMap<String, Challenge>,
}

struct Challenge {
    /// What is asked for.
    code: u32,
    /// Whose login waits; `None` goes on with any.
    who: Option<String>,
    since: Timestamp,
}

impl Challenges {
    pub(super) fn open(&mut self, session: &str, who: Option<&str>, code: u32, now: Timestamp) {
        let who = who.map(str::to_owned);
        self.waiting.insert(session.to_owned(), Challenge { code, who, since: now });
    }

    /// Whether a value is the session of a challenge.
    pub(super) fn knows(&self, session: &str) -> bool {
        self.waiting.contains_key(session)
    }

    /// What the bank makes of the user's response.
    pub(super) fn resume(&mut self, session: &str, who: &str, response: &Response<'_>, now: Timestamp) -> Next {
        let Some(challenge) = self.waiting.get_mut(session) else { return Next::Asks(2015) };
        if challenge.who.as_deref().is_some_and(|known| known != who) {
            return Next::Asks(2015);
        }
        let waited = now.duration_since(challenge.since);
        let next = if waited > OPEN { Next::Asks(2015) } else { judge(challenge.code, response, waited) };
        match next {
            Next::Asks(code) if code != 2015 => {
                // Whoever chose a method has to enter a code now; a wrong choice or code can be corrected.
                if code == 2010 && challenge.code != 2010 && is_choice(challenge.code) {
                    (challenge.code, challenge.since) = (code, now);
                }
            }
            _ => {
                self.waiting.remove(session);
            }
        }
        next
    }
}

/// Whether a code is that of a challenge that can be resumed.
pub(super) fn is_challenge(code: u32) -> bool {
    matches!(code, 2010 | 2011 | 2013 | 2014 | 2016 | 2017 | 2019 | 2020 | 20_101..=20_191)
}

fn is_choice(code: u32) -> bool {
    matches!(code, 2017 | 20_171)
}

fn judge(asked: u32, response: &Response<'_>, waited: SignedDuration) -> Next {
    let entered = response.code.is_some_and(|code| code == CODE || code == ADDRESS);
    let approved = waited >= APPROVAL;
    let passed = match asked {
        2011 | 2014 | 20_111 | 20_141 => {
            return if approved { Next::Passed } else { Next::Asks(2012) };
        }
        2016 | 20_161 => entered || approved,
        2017 | 20_171 => {
            return match response.method {
                Some(method) if METHODS.contains(&method) => Next::Asks(2010),
                Some(_) => Next::Asks(2018),
                None => Next::Asks(asked),
            };
        }
        2020 => response.contract.is_some_and(|contract| CONTRACTS.contains(&contract)),
        _ => entered,
    };
    if passed { Next::Passed } else { Next::Asks(asked) }
}
