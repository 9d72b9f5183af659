//! Documented errors.

use crate::types::{ErrorCode, ErrorType};

pub fn refused(error: &ErrorType) -> bool {
    matches!(error.code, Some(ErrorCode::Refused))
}

pub fn words(error: ErrorType) -> Option<String> {
    error.message
}
