//! The widget, in which users connect: its settings, and the token that opens it.

use std::fmt;

use belvo_client::types::{
    ConsentGiver, ConsentPermission, ConsentRequest, Resource, WidgetAddresses, WidgetBranding, WidgetSettings,
    WidgetTokenCreation,
};

use crate::model::ConsentScope;
use crate::provider::SessionRequest;
use crate::{Personal, Secret};

/// What the widget may do.
const SCOPES: &str = "read_institutions,write_links";
/// What it may do besides where users consent at a bank in Brazil.
const CONSENT_SCOPES: &str =
    "read_institutions,write_links,read_consents,write_consents,write_consent_callback,delete_consents";
/// For how long data are kept once nobody reads them any more: what Belvo has when it is not told.
const STALE_IN: &str = "365d";

/// How the widget shows the application.
#[derive(Clone, Debug, Default)]
pub(super) struct Widget {
    pub(super) name: String,
    pub(super) icon: String,
    pub(super) logo: String,
    pub(super) terms: String,
    pub(super) purpose: Option<String>,
    pub(super) days: Option<u16>,
}

/// Whom a bank in Brazil asks for consent.
#[derive(Clone)]
pub(super) struct Consenting {
    /// `CPF` or `CNPJ`.
    pub(super) document: &'static str,
    pub(super) number: Personal<String>,
    pub(super) name: Personal<String>,
}

impl fmt::Debug for Consenting {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Consenting").field("document", &self.document).finish_non_exhaustive()
    }
}

impl Widget {
    pub(super) fn is_complete(&self) -> bool {
        [&self.name, &self.icon, &self.logo, &self.terms].into_iter().all(|text| !text.is_empty())
    }

    /// The request for a token.
    pub(super) fn token(
        &self,
        (id, password): &(Secret, Secret),
        users: &[Consenting],
        request: SessionRequest,
        investments: bool,
    ) -> WidgetTokenCreation {
        let branding = WidgetBranding::new(&*self.icon, &*self.logo, &*self.name, &*self.terms);
        let mut settings = WidgetSettings::new(branding);
        if let Some(address) = request.return_to {
            // There are three ways out of the widget and one address: parameters that Belvo adds tell them apart.
            settings = settings.callback_urls(WidgetAddresses::new(&*address, &*address, &*address));
        }
        let scopes = if let Some(purpose) = &self.purpose {
            let all = [
                ConsentPermission::Register,
                ConsentPermission::Accounts,
                ConsentPermission::CreditCards,
                ConsentPermission::CreditOperations,
            ];
            let givers = users.iter().map(|user| ConsentGiver::new(user.document, &*user.number.0, &*user.name.0));
            let mut consent = ConsentRequest::new(&**purpose, &*self.terms, all, givers);
            if let Some(days) = self.days {
                consent = consent.default_consent_duration_days(i64::from(days));
            }
            settings = settings.openfinance_feature("consent_link_creation").consent(consent);
            CONSENT_SCOPES
        } else {
            SCOPES
        };
        WidgetTokenCreation::new(id, password, scopes, resources(&request.scopes, investments), STALE_IN, settings)
    }
}

/// What Belvo is to read for scopes; all that the facade reads when there are none.
fn resources(scopes: &[ConsentScope], investments: bool) -> Vec<Resource> {
    let wants = |scope| scopes.is_empty() || scopes.contains(&scope);
    // Cards and loans are accounts here.
    let accounts = [ConsentScope::Accounts, ConsentScope::Cards, ConsentScope::Credit].into_iter().any(wants);
    let mut resources = Vec::new();
    if wants(ConsentScope::Holders) {
        resources.push(Resource::Owners);
    }
    if accounts || wants(ConsentScope::Transactions) {
        // Transactions carry their account.
        resources.push(Resource::Accounts);
    }
    if wants(ConsentScope::Transactions) {
        resources.push(Resource::Transactions);
    }
    if investments && wants(ConsentScope::Investments) {
        resources.extend([Resource::Investments, Resource::InvestmentTransactions]);
    }
    resources
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scopes_are_what_is_read() {
        use Resource as R;
        let all = [R::Owners, R::Accounts, R::Transactions, R::Investments, R::InvestmentTransactions];
        assert_eq!(resources(&[], true), all);
        assert_eq!(resources(&[], false), all[..3]);
        assert_eq!(resources(&[ConsentScope::Transactions], true), [R::Accounts, R::Transactions]);
        assert_eq!(resources(&[ConsentScope::Cards, ConsentScope::Holders], true), [R::Owners, R::Accounts]);
        assert_eq!(resources(&[ConsentScope::Investments], true), [R::Investments, R::InvestmentTransactions]);
    }
}
