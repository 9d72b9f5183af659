//! Owners.

use super::lists::{Feed, pages};
use super::{Belvo, map};
use crate::model::{ConnectionId, Party};
use crate::provider::Holders;
use crate::records::{Group, Paging, Records};

impl Holders for Belvo {
    fn list_holders(&self, connection: &ConnectionId, paging: Paging) -> Records<Party> {
        let feed = Feed::new(&self.client, &paging);
        let scope = feed.scope("holders", &[Some(connection.as_str())]);
        let call = self.client.list_owners().link(connection.as_str());
        Records::open(scope, &paging, feed.losses.clone(), move |at| {
            pages!(feed, "Owner", at, call, |record, cx| Group::One(Ok(map::owner(record, cx))))
        })
    }
}
