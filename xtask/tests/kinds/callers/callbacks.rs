//! Payloads of callbacks.

use crate::runtime as rt;
use crate::types::{ConsentEnded, Report};

pub fn ended(body: &[u8]) -> Result<(rt::Id, Option<String>), rt::DecodeError> {
    let payload: ConsentEnded = rt::de::from_slice(body)?;
    Ok((payload.consent_id, payload.reason))
}

pub fn ready(body: &[u8]) -> Result<rt::Id, rt::DecodeError> {
    let payload: Report = rt::de::from_slice(body)?;
    Ok(payload.id)
}
