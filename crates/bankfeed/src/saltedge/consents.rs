//! Consents of a connection.

use saltedge_client::Response;
use saltedge_client::types::ConsentResponse;

use super::failure::failure;
use super::lists::{pages, per_page, read, scope, stream};
use super::{SaltEdge, map, of_answer};
use crate::Error;
use crate::losses::Losses;
use crate::model::{ConnectionId, Consent, ConsentId};
use crate::normalize::Cx;
use crate::provider::{Consents, Reply};
use crate::records::{Group, Paging, Records};

impl Consents for SaltEdge {
    fn list_consents(&self, connection: &ConnectionId, paging: Paging) -> Records<Consent> {
        let losses = Losses::default();
        Records::open(scope("consents", &[Some(connection.as_str())], &paging), &paging, losses.clone(), |at| {
            let call = self.client.list_consents().connection_id(connection.as_str());
            let stream = stream!(call, at, per_page(&paging));
            pages(read("Consent", &losses, &paging), stream, |consent, cx| Group::One(map::consent(consent, cx)))
        })
    }

    fn show_consent<'a>(&'a self, connection: &'a ConnectionId, id: &'a ConsentId) -> Reply<'a, Consent> {
        Box::pin(async move {
            let call = self.client.show_consent(id.as_str()).connection_id(connection.as_str());
            mapped(call.send().await.map_err(failure)?)
        })
    }

    /// For licensed clients; partners remove the connection instead.
    fn revoke_consent<'a>(&'a self, connection: &'a ConnectionId, id: &'a ConsentId) -> Reply<'a, Consent> {
        Box::pin(async move {
            let call = self.client.revoke_consent(id.as_str()).connection_id(connection.as_str());
            mapped(call.send().await.map_err(failure)?)
        })
    }
}

fn mapped(answer: Response<ConsentResponse>) -> Result<Consent, Error> {
    let source = of_answer("ConsentResponse", &answer).part("Consent", "/data");
    map::consent(answer.into_inner().data, &Cx::new(&source, &Losses::default()))
}
