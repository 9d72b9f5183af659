//! Institutions.

use std::sync::Arc;

use belvo_client::types;

use super::errors::error;
use super::lists::{Feed, pages};
use super::{Belvo, map, missing};
use crate::losses::Losses;
use crate::model::{Institution, InstitutionId};
use crate::normalize::Cx;
use crate::provider::{InstitutionFilter, Institutions, ProviderId, Reply};
use crate::records::{Group, Paging, Records};
use crate::source::{List, Source};

impl Institutions for Belvo {
    fn list_institutions(&self, filter: InstitutionFilter, paging: Paging) -> Records<Institution> {
        let feed = Feed::new(&self.client, &paging);
        let scope = feed.scope("institutions", &[filter.country.as_deref()]);
        Records::open(scope, &paging, feed.losses.clone(), move |at| {
            let mut call = feed.client.list_institutions().type_(types::InstitutionType::Bank);
            if let Some(country) = filter.country {
                call = call.country_code(country);
            }
            pages!(feed, "Institution", at, call, |record, cx| Group::One(Ok(map::institution(record, cx))))
        })
    }

    fn show_institution<'a>(&'a self, id: &'a InstitutionId) -> Reply<'a, Institution> {
        Box::pin(async move {
            // Belvo shows them by a number that nothing else has; lists can be asked by name.
            let answer = self.client.list_institutions().name(id.as_str()).send().await.map_err(error)?;
            let list = Arc::new(List::new(answer.raw().clone(), "/results"));
            let mut found = answer.into_inner().results.into_iter().enumerate();
            let (index, record) =
                found.find(|(_, record)| record.name.as_str() == id.as_str()).ok_or_else(|| missing("institution"))?;
            let source = Source::item(ProviderId::BELVO, "Institution", &list, index);
            Ok(map::institution(record, &Cx::new(&source, &Losses::default())))
        })
    }
}
