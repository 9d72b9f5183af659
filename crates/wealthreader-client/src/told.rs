//! What answers tell of failure, in whichever of the provider's shapes.
//!
//! Reads put number and message under `error`; users and tokens give a message only; cards give a code of letters
//! beside it; each may stand in a list of one. Members are read one by one, so that an odd one does not hide the
//! others.

use bankfeed_runtime as rt;

use crate::error::ApiFailure;
use crate::error_code::ErrorCode;
use crate::generated::types::{CardErrorCode, Statistics};

/// The part of an answer that is about failure.
struct Told {
    success: Option<bool>,
    error: Option<rt::Json>,
    code: Option<rt::Json>,
    message: Option<rt::Json>,
    fatal: Option<rt::Json>,
    statistics: Option<rt::Json>,
    contract_names: Option<rt::Json>,
}
rt::object!(Told {
    success: "success",
    error: "error",
    code: "code",
    message: "message",
    fatal: "fatal",
    statistics: "statistics",
    contract_names: "contract_names",
});

/// What stands under `error`.
#[derive(Default)]
struct Detail {
    code: Option<rt::Json>,
    message: Option<rt::Json>,
    fatal: Option<rt::Json>,
    contract_names: Option<rt::Json>,
}
rt::object!(Detail { code: "code", message: "message", fatal: "fatal", contract_names: "contract_names" });

/// The failure that an answer under a success status reports. Asks for `success` and not for the payload: a failure may
/// carry an empty one, or none.
pub(crate) fn in_success(body: &[u8]) -> Option<ApiFailure> {
    tell(body)?.into_iter().find(Told::refuses).map(Told::into_failure)
}

/// The failure that an answer under an error status explains.
pub(crate) fn in_refusal(body: &[u8]) -> Option<ApiFailure> {
    tell(body)?.into_iter().find(|told| told.refuses() || told.explains()).map(Told::into_failure)
}

fn tell(body: &[u8]) -> Option<Vec<Told>> {
    let body = body.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(body).trim_ascii_start();
    if body.starts_with(b"[") {
        rt::de::from_slice(body).ok()
    } else {
        rt::de::from_slice(body).ok().map(|told| vec![told])
    }
}

impl Told {
    fn refuses(&self) -> bool {
        // Without a word about success, an error in it is one.
        self.success.map_or_else(|| self.detail().is_some_and(|detail| detail.code.is_some()), |success| !success)
    }

    fn explains(&self) -> bool {
        self.error.is_some() || self.code.is_some() || self.message.is_some()
    }

    fn detail(&self) -> Option<Detail> {
        self.error.as_ref()?.decode().ok()
    }

    fn into_failure(self) -> ApiFailure {
        let text = read::<String>(&self.error);
        let detail = self.detail().unwrap_or_default();
        let code = detail.code.or(self.code);
        let number = read::<i64>(&code).map(ErrorCode::from);
        let session_alone = || read::<Session>(&self.statistics).map(|Session { session }| session);
        let statistics = read::<Statistics>(&self.statistics);
        ApiFailure {
            printed: read(&code),
            card_code: if number.is_none() { read::<CardErrorCode>(&code) } else { None },
            code: number,
            fatal: read(&detail.fatal).or_else(|| read(&self.fatal)),
            message: read(&detail.message).or_else(|| read(&self.message)).or(text),
            session: statistics.as_ref().map_or_else(session_alone, |known| Some(known.session.clone())).flatten(),
            contract_names: detail
                .contract_names
                .or(self.contract_names)
                .or_else(|| statistics.as_ref().and_then(|known| known.contract_names.clone())),
            statistics,
        }
    }
}

/// What is left of statistics when something else in them is odd.
struct Session {
    session: Option<String>,
}
rt::object!(Session { session: "SESSION" });

fn read<T: for<'de> rt::Lenient<'de>>(json: &Option<rt::Json>) -> Option<T> {
    json.as_ref()?.decode().ok()
}
