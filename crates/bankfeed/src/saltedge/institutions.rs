//! Institutions: Salt Edge's providers.

use super::failure::failure;
use super::lists::{pages, per_page, read, scope, stream};
use super::{SaltEdge, map, of_answer};
use crate::losses::Losses;
use crate::model::{Institution, InstitutionId};
use crate::normalize::Cx;
use crate::provider::{InstitutionFilter, Institutions, Reply};
use crate::records::{Group, Paging, Records};

impl Institutions for SaltEdge {
    /// Test providers come when asked for. Clients that are not live see no others, and get them in any case.
    fn list_institutions(&self, filter: InstitutionFilter, paging: Paging) -> Records<Institution> {
        let InstitutionFilter { country, include_test } = filter;
        let test = include_test.then_some("test");
        let losses = Losses::default();
        Records::open(scope("institutions", &[country.as_deref(), test], &paging), &paging, losses.clone(), |at| {
            let mut call = self.client.list_providers();
            if let Some(country) = &country {
                call = call.country_code(country.to_ascii_uppercase());
            }
            if include_test {
                // The reference knows the same switch by two names.
                call = call.include_sandboxes(true).include_fake_providers(true);
            }
            let stream = stream!(call, at, per_page(&paging));
            pages(read("Provider", &losses, &paging), stream, |provider, cx| Group::One(map::institution(provider, cx)))
        })
    }

    fn show_institution<'a>(&'a self, id: &'a InstitutionId) -> Reply<'a, Institution> {
        Box::pin(async move {
            let shown = self.client.show_provider(id.as_str()).send().await.map_err(failure)?;
            let source = of_answer("ProviderResponse", &shown).part("Provider", "/data");
            map::institution(shown.into_inner().data, &Cx::new(&source, &Losses::default()))
        })
    }
}
