//! Providers, as Salt Edge calls the banks.

use saltedge_client::types;

use super::text::text;
use crate::normalize::Cx;
use crate::{Bic, Error, Institution, InstitutionStatus};

/// A bank. Salt Edge knows each by its code; the numeric id beside it is not used in any request.
pub(in crate::saltedge) fn institution(provider: types::Provider, cx: &Cx<'_>) -> Result<Institution, Error> {
    if provider.code.trim().is_empty() {
        return Err(cx.misfit("/code", "a provider without a code cannot be named"));
    }
    let mut institution = Institution::new(provider.code);
    institution.name = text(Some(provider.name));
    institution.countries = text(Some(provider.country_code)).into_iter().collect();
    institution.bics = provider.bic_codes.iter().flatten().filter_map(|code| Bic::parse(code)).collect();
    institution.logo = text(provider.logo_url);
    let status = self::status(&provider.status);
    institution.status = Some(cx.coded("/status", provider.status.as_ref(), status));
    institution.source = Some(cx.source());
    Ok(institution)
}

/// What the status of a provider means: an inactive one is expected back, a disabled one is not.
pub(super) fn status(status: &types::ProviderStatus) -> Option<InstitutionStatus> {
    match status {
        types::ProviderStatus::Active => Some(InstitutionStatus::Available),
        types::ProviderStatus::Inactive => Some(InstitutionStatus::Down),
        types::ProviderStatus::Disabled => Some(InstitutionStatus::Disabled),
        _ => None,
    }
}
