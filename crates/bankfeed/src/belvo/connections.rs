//! Links.

use std::time::Duration;

use bankfeed_runtime::Clock;
use belvo_client::types;

use super::builder::misconfigured;
use super::errors::{error, error_at};
use super::lists::{Feed, pages};
use super::{Belvo, map};
use crate::error::Error;
use crate::losses::Losses;
use crate::model::{Connection, ConnectionId};
use crate::normalize::Cx;
use crate::provider::{ConnectionFilter, Connections, ProviderId, Reply, Session, SessionRequest};
use crate::records::{Group, Paging, Records};
use crate::source::Source;

/// How long the widget's token opens it.
const TOKEN_LIVES: Duration = Duration::from_secs(600);

impl Connections for Belvo {
    fn start_session(&self, request: SessionRequest) -> Reply<'_, Session> {
        Box::pin(async move {
            let settings = &self.settings;
            let (Some(keys), Some(widget)) = (&settings.keys, &settings.widget) else {
                return Err(misconfigured("a session takes the builder's keys and `widget`"));
            };
            if widget.purpose.is_some() && self.user.is_empty() {
                return Err(misconfigured("a bank in Brazil wants to know who consents: see `Belvo::on_behalf_of`"));
            }
            let token = widget.token(keys, &self.user, request, settings.investments);
            // Belvo counts from its answer, which is later: what is told here is never too late.
            let asked_at = settings.clock.now();
            let token = self.client.create_widget_token(token).send().await.map_err(error)?.into_inner();
            let mut session = Session::in_widget(token.access);
            session.expires_at = asked_at.checked_add(TOKEN_LIVES).ok().map(Into::into);
            Ok(session)
        })
    }

    fn list_connections(&self, filter: ConnectionFilter, paging: Paging) -> Records<Connection> {
        let feed = Feed::new(&self.client, &paging);
        let (party, institution) = (filter.party.as_ref(), filter.institution.as_ref());
        let scope = feed.scope("connections", &[party.map(|id| id.as_str()), institution.map(|id| id.as_str())]);
        Records::open(scope, &paging, feed.losses.clone(), move |at| {
            let mut call = feed.client.list_links();
            if let Some(party) = &filter.party {
                call = call.external_id(party.as_str());
            }
            if let Some(institution) = &filter.institution {
                call = call.institution(institution.as_str());
            }
            pages!(feed, "Link", at, call, |record, cx| Group::One(Ok(map::connection(record, cx))))
        })
    }

    fn show_connection<'a>(&'a self, id: &'a ConnectionId) -> Reply<'a, Connection> {
        Box::pin(async move { self.link(id, &Losses::default()).await })
    }

    /// Belvo reads everything that the institution offers, in the background.
    fn refresh_connection<'a>(&'a self, id: &'a ConnectionId) -> Reply<'a, Connection> {
        Box::pin(async move {
            let refresh = self.client.refresh_link(id.as_str(), types::LinkRefresh::new());
            refresh.send().await.map_err(|error| error_at(&self.settings.clock, error))?;
            self.link(id, &Losses::default()).await
        })
    }

    fn remove_connection<'a>(&'a self, id: &'a ConnectionId) -> Reply<'a, ()> {
        Box::pin(async move {
            self.client.remove_link(id.as_str()).send().await.map_err(error)?;
            Ok(())
        })
    }
}

impl Belvo {
    /// One link.
    pub(super) async fn link(&self, id: &ConnectionId, losses: &Losses) -> Result<Connection, Error> {
        let answer = self.client.show_link(id.as_str()).send().await.map_err(error)?;
        let source = Source::whole(ProviderId::BELVO, "Link", answer.raw().clone());
        let cx = Cx::new(&source, losses);
        cx.begin(false);
        Ok(map::connection(answer.into_inner(), &cx))
    }
}
