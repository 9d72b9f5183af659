//! What banks ask users for in the middle of a read, and how the read goes on.

use std::collections::BTreeMap;
use std::fmt;

use bankfeed_runtime as rt;

use crate::error::ApiFailure;
use crate::error_code::ErrorCode;
use crate::generated::types::{FinancialDataRequest, OtpMethod};

/// What the user has to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ChallengeKind {
    /// Enter a one-time code.
    Code,
    /// Scan an image and enter the one-time code that it yields.
    CodeFromImage,
    /// Copy an address from a message, without opening it, and enter it as the one-time code.
    CodeIsAddress,
    /// Approve in the bank's app.
    Approval,
    /// Scan an image, then approve in the bank's app.
    ApprovalAfterImage,
    /// Either approve in the bank's app or enter a one-time code.
    ApprovalOrCode,
    /// Choose how to be authenticated, among [`methods`](Challenge::methods).
    Method,
    /// Choose a contract, among [`contract_names`](Challenge::contract_names).
    Contract,
}

impl ChallengeKind {
    /// What a code asks of the user; `None` for codes that ask for nothing, or for what only the widget can do.
    pub fn for_code(code: ErrorCode) -> Option<Self> {
        Some(match code.number() {
            2010 | 20101 => Self::Code,
            2011 | 20111 | 2012 => Self::Approval,
            2013 | 20131 => Self::CodeFromImage,
            2014 | 20141 => Self::ApprovalAfterImage,
            2016 | 20161 => Self::ApprovalOrCode,
            2017 | 20171 | 2018 => Self::Method,
            2019 | 20191 => Self::CodeIsAddress,
            2020 => Self::Contract,
            _ => return None,
        })
    }
}

/// A read that waits for the user.
///
/// It goes on with the same request and what the user did, in the same session. The provider does not publish in which
/// fields session and one-time code travel in that request; it tells its clients, and [`OtpFields`] takes what it told.
/// With the widget none of this is needed: it asks the user itself.
///
/// ```
/// # fn example(error: wealthreader_client::Error, request: wealthreader_client::types::FinancialDataRequest,
/// #     names: (&str, &str)) -> Result<(), wealthreader_client::ConfigError> {
/// use wealthreader_client::{ChallengeAnswer, ErrorExt, OtpFields};
///
/// let fields = OtpFields::new(names.0, names.1)?;
/// if let Some(challenge) = error.challenge() {
///     let next = challenge.resume(request, &fields, ChallengeAnswer::Code("123456".into()))?;
///     // client.read_financial_data(next).send()
/// # let _ = next;
/// }
/// # Ok(())
/// # }
/// ```
#[derive(Clone, PartialEq)]
pub struct Challenge {
    kind: ChallengeKind,
    code: ErrorCode,
    session: Option<rt::Secret>,
    methods: Vec<OtpMethod>,
    contract_names: Option<rt::Json>,
}

/// In which fields of the form the provider takes the session and the one-time code.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OtpFields {
    session: String,
    code: String,
}

impl OtpFields {
    /// These names, as the provider told them.
    ///
    /// # Errors
    /// When one is empty, or both are the same.
    pub fn new(session: impl Into<String>, code: impl Into<String>) -> Result<Self, rt::ConfigError> {
        let (session, code) = (session.into(), code.into());
        if session.is_empty() || code.is_empty() || session == code {
            return Err(rt::ConfigError::new("session and one-time code need a field each, by the provider's names"));
        }
        Ok(Self { session, code })
    }
}

/// What the user did.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ChallengeAnswer {
    /// Entered this one-time code, or copied this address.
    Code(rt::Secret),
    /// Approved in the bank's app.
    Approved,
    /// Chose this way of authentication; exactly its `otp_method`.
    Method(rt::Secret),
    /// Chose this contract; exactly its name.
    Contract(rt::Secret),
}

impl Challenge {
    pub(crate) fn of(failure: &ApiFailure) -> Option<Self> {
        let code = failure.code()?;
        Some(Self {
            kind: ChallengeKind::for_code(code)?,
            code,
            session: failure.session().map(rt::Secret::from),
            methods: failure.otp_methods().to_vec(),
            contract_names: failure.contract_names().cloned(),
        })
    }

    /// What the user has to do.
    pub fn kind(&self) -> ChallengeKind {
        self.kind
    }

    /// The code that said so.
    pub fn code(&self) -> ErrorCode {
        self.code
    }

    /// Whether it is the token that has to be confirmed again (20101 and its like): reopening the widget with the token
    /// is the documented way.
    pub fn is_about_token(&self) -> bool {
        self.code.number() > 20_000
    }

    /// The session that waits.
    pub fn session(&self) -> Option<&rt::Secret> {
        self.session.as_ref()
    }

    /// The ways of authentication to choose from.
    pub fn methods(&self) -> &[OtpMethod] {
        &self.methods
    }

    /// The contracts to choose from. Their form is not documented; [`contracts`](Self::contracts) reads a list of
    /// texts.
    pub fn contract_names(&self) -> Option<&rt::Json> {
        self.contract_names.as_ref()
    }

    /// The contracts to choose from, where they come as a list of texts; else none.
    pub fn contracts(&self) -> Vec<String> {
        self.contract_names.as_ref().and_then(|names| names.decode().ok()).unwrap_or_default()
    }

    /// The request that goes on: the one that met this challenge, with the session and what the user did.
    ///
    /// # Errors
    /// When the session is not known, which only the choice of a contract can do without; when the chosen method is
    /// none of those offered; when a field is one that the request has already.
    pub fn resume(
        &self,
        mut request: FinancialDataRequest,
        fields: &OtpFields,
        answer: ChallengeAnswer,
    ) -> Result<FinancialDataRequest, rt::ConfigError> {
        refuse_listed(&request, fields)?;
        match (&self.session, &answer) {
            (Some(session), _) => {
                request.unlisted.insert(fields.session.clone(), session.clone());
            }
            (None, ChallengeAnswer::Contract(_)) => {}
            (None, _) => return Err(rt::ConfigError::new("the failed read named no session to go on in")),
        }
        match answer {
            ChallengeAnswer::Code(code) => {
                request.unlisted.insert(fields.code.clone(), code);
            }
            ChallengeAnswer::Approved => {}
            ChallengeAnswer::Method(method) => {
                let offered = |known: &OtpMethod| known.otp_method.as_deref() == Some(method.expose());
                if !self.methods.is_empty() && !self.methods.iter().any(offered) {
                    return Err(rt::ConfigError::new("the chosen method is none of those that were offered"));
                }
                request = request.otp_method(method.expose());
            }
            ChallengeAnswer::Contract(contract) => request = request.contract_name(contract.expose()),
        }
        Ok(request)
    }
}

/// A name that the request uses for something else cannot be that of session or code: which of the two would count?
fn refuse_listed(request: &FinancialDataRequest, fields: &OtpFields) -> Result<(), rt::ConfigError> {
    let written =
        rt::Json::from_serialize(request).ok().and_then(|json| json.decode::<BTreeMap<String, rt::Json>>().ok());
    let listed = written.unwrap_or_default();
    for name in [&fields.session, &fields.code] {
        if name == "api_key" || (listed.contains_key(name) && !request.unlisted.contains_key(name)) {
            return Err(rt::ConfigError::new(format!("`{name}` is a field of the request already")));
        }
    }
    Ok(())
}

impl fmt::Debug for Challenge {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Challenge")
            .field("kind", &self.kind)
            .field("code", &self.code)
            .field("session", &self.session)
            .field("methods", &self.methods.len())
            .field("contract_names", &rt::redact(&self.contract_names))
            .finish()
    }
}
