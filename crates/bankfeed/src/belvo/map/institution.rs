//! Institutions.

use belvo_client::types::{self, InstitutionStatus as Status};

use super::text::text;
use crate::model::{Coded, Institution, InstitutionId, InstitutionStatus};
use crate::normalize::Cx;

/// An institution goes by its name: the number it has besides is good for nothing else.
pub(crate) fn institution(record: types::Institution, cx: &Cx<'_>) -> Institution {
    Institution {
        id: InstitutionId::from(record.name),
        name: text(record.display_name),
        countries: record.country_codes.unwrap_or_default().into_iter().filter_map(text).collect(),
        bics: Vec::new(),
        logo: text(record.logo.into_option()),
        status: record.status.map(|status| coded(&status, cx)),
        source: Some(cx.source()),
    }
}

fn coded(status: &Status, cx: &Cx<'_>) -> Coded<InstitutionStatus> {
    let value = match status {
        Status::Healthy => Some(InstitutionStatus::Available),
        Status::Down => Some(InstitutionStatus::Down),
        _ => None,
    };
    cx.coded("/status", status.as_ref(), value)
}
