//! Who holds the accounts of a connection: what the bank told with it.

use saltedge_client::types::HolderInfo;

use super::failure::failure;
use super::lists::scope;
use super::{SaltEdge, map, of_answer};
use crate::Error;
use crate::losses::Losses;
use crate::model::{ConnectionId, Party};
use crate::normalize::Cx;
use crate::provider::Holders;
use crate::records::{Paging, Records, whole};
use crate::source::Source;

impl Holders for SaltEdge {
    /// One party, or none where the bank told nothing or the consent does not cover it.
    fn list_holders(&self, connection: &ConnectionId, paging: Paging) -> Records<Party> {
        let losses = Losses::default();
        let scope = scope("holders", &[Some(connection.as_str())], &paging);
        let (client, connection, notes) = (self.client.clone(), connection.clone(), losses.clone());
        let count_unmapped = paging.count_unmapped;
        Records::open(scope, &paging, losses, move |at| {
            let load = async move {
                let call = client.show_connection(connection.as_str()).include_holder_info(true);
                let shown = call.send().await.map_err(failure)?;
                let source = of_answer("ConnectionResponse", &shown);
                let info = shown.into_inner().data.holder_info;
                Ok(holder(&source, info, &connection, &notes, count_unmapped).into_iter().collect())
            };
            whole(at, load, |_| String::new())
        })
    }
}

/// The holder that a connection was shown with, if there is one.
pub(super) fn holder(
    answer: &Source,
    info: Option<HolderInfo>,
    connection: &ConnectionId,
    losses: &Losses,
    count_unmapped: bool,
) -> Option<Result<Party, Error>> {
    let source = answer.part("HolderInfo", "/data/holder_info");
    let cx = Cx::new(&source, losses);
    let info = info?;
    cx.begin(count_unmapped);
    Some(map::holder(info, Some(connection), &cx))
}
