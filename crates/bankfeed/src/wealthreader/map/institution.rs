//! Banks and tokens.

use wealthreader_client::types;

use super::common::text;
use crate::error::RetryAdvice;
use crate::model::{ConnectionStatus, InstitutionId};
use crate::normalize::Cx;
use crate::wealthreader::causes;
use crate::wealthreader::connection_id::ConnectionRef;
use crate::{Connection, Error, Institution};

pub(crate) fn institution(record: types::Entity, cx: &Cx<'_>) -> Result<Institution, Error> {
    let code = text(Some(record.code)).ok_or_else(|| cx.misfit("/code", "a bank without a code"))?;
    let mut institution = Institution::new(code);
    institution.name = text(record.name);
    institution.logo = text(record.logo);
    institution.source = Some(cx.source());
    Ok(institution)
}

/// Stored credentials: a connection.
pub(crate) fn token(record: types::Token, cx: &Cx<'_>) -> Result<Connection, Error> {
    if record.token.expose().trim().is_empty() {
        return Err(cx.misfit("/token", "stored credentials without a token"));
    }
    let bank = text(record.entity_code);
    let mut connection = Connection::new(ConnectionRef::new(bank.as_deref().unwrap_or_default(), record.token).id());
    connection.institution = bank.map(InstitutionId::from);
    connection.status = record.latest_code.map(|code| {
        let word = code.to_string();
        match status(code) {
            Some(status) => crate::Coded { value: status, word: Some(word) },
            None => cx.coded("/latest_code", &word, None),
        }
    });
    connection.created_at = record.created_at;
    connection.updated_at = record.accesed_at;
    connection.source = Some(cx.source());
    Ok(connection)
}

/// The connection that the statistics of a read tell of, if they tell of one. `bank` is where the user was sent, for
/// statistics that do not name it.
pub(crate) fn connection(record: types::Statistics, cx: &Cx<'_>, bank: Option<&str>) -> Option<Connection> {
    let token = record.token.filter(|token| !token.expose().trim().is_empty())?;
    let bank = text(record.code).or_else(|| bank.map(str::to_owned));
    let mut connection = Connection::new(ConnectionRef::new(bank.as_deref().unwrap_or_default(), token).id());
    connection.institution = bank.map(InstitutionId::from);
    connection.source = Some(cx.source());
    Some(connection)
}

/// What the code of the last read says of the connection, if anything; `None` for a code that is not known.
fn status(code: i64) -> Option<Option<ConnectionStatus>> {
    // Inferred from the mock: a read that went well leaves 0.
    if code == 0 {
        return Some(Some(ConnectionStatus::Active));
    }
    let cause = causes::cause(&code.to_string())?;
    Some(match code {
        9999 => Some(ConnectionStatus::Disabled),
        _ if cause.advice == RetryAdvice::AfterUser => Some(ConnectionStatus::NeedsUser),
        // Nothing contracted, read at the same time, maintenance for some minutes: it works.
        2003 | 2005 | 3000 | 3001 => Some(ConnectionStatus::Active),
        // The way into the bank is broken, for a day at least, or the token is not usable for now.
        4 | 1000 | 1001 | 2004 | 3002 => Some(ConnectionStatus::Inactive),
        // It says something about the call, or nothing.
        _ => None,
    })
}
