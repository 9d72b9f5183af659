//! Consents, which Belvo lists by the document of who gave them.

use std::collections::BTreeSet;

use super::errors::error;
use super::lists::{Feed, LARGEST_PAGE, pages};
use super::{Belvo, map, missing};
use crate::error::{Error, ErrorKind};
use crate::losses::{LossReport, Losses};
use crate::model::{ConnectionId, Consent, ConsentId, Party};
use crate::normalize::Cx;
use crate::provider::{Consents, Holders as _, Part, ProviderId, Reply};
use crate::records::{Group, Paging, Records, whole};
use crate::source::Source;

/// What consents of a connection are, with errors about single ones.
type Listed = Result<Vec<Result<Consent, Error>>, Error>;

impl Consents for Belvo {
    /// Reads the owners of the link first, for their documents, so the list comes as a whole.
    fn list_consents(&self, connection: &ConnectionId, paging: Paging) -> Records<Consent> {
        let feed = Feed::new(&self.client, &paging);
        let scope = feed.scope("consents", &[Some(connection.as_str())]);
        let (belvo, connection, losses) = (self.clone(), connection.clone(), feed.losses.clone());
        Records::open(scope, &paging, losses, move |at| {
            let load = async move {
                let owners = belvo.list_holders(&connection, Paging::default().page_size(LARGEST_PAGE));
                match Part::read(owners, &mut LossReport::default()).await {
                    Part::Read { records, rejected } => consents_of(&feed, &connection, &records, rejected).await,
                    Part::Failed { error, .. } => Err(error),
                    Part::NotOffered => Ok(Vec::new()),
                }
            };
            whole(at, load, |consent: &Consent| consent.id.as_str().to_owned())
        })
    }

    fn show_consent<'a>(&'a self, connection: &'a ConnectionId, id: &'a ConsentId) -> Reply<'a, Consent> {
        Box::pin(async move {
            let answer = self.client.show_consent(id.as_str()).send().await.map_err(error)?;
            let source = Source::whole(ProviderId::BELVO, "Consent", answer.raw().clone());
            let consent = map::consent(answer.into_inner(), &Cx::new(&source, &Losses::default()));
            let fits = consent.connection.as_ref() == Some(connection);
            fits.then_some(consent).ok_or_else(|| missing("consent of the connection"))
        })
    }
}

/// Consents of a connection that its owners gave. An owner that could not be read may have given some as well, so that
/// its error is one among them.
pub(super) async fn consents_of(
    feed: &Feed,
    connection: &ConnectionId,
    owners: &[Party],
    unread: Vec<Error>,
) -> Listed {
    let documents = documents(owners);
    if documents.is_empty() && unread.is_empty() {
        let error = Error::of(ErrorKind::Unsupported).from_provider(ProviderId::BELVO);
        return Err(error.message("consents are listed by an owner's document, and none is stored for the connection"));
    }
    let mut all: Vec<Result<Consent, Error>> = unread.into_iter().map(Err).collect();
    for document in documents {
        // What the records count is counted where they are made.
        match Part::read(given_by(feed, connection, document), &mut LossReport::default()).await {
            Part::Read { records, rejected } => {
                all.extend(records.into_iter().map(Ok));
                all.extend(rejected.into_iter().map(Err));
            }
            Part::Failed { error, .. } => return Err(error),
            Part::NotOffered => {}
        }
    }
    Ok(all)
}

/// The consents of a connection that a user gave.
fn given_by(feed: &Feed, connection: &ConnectionId, document: String) -> Records<Consent> {
    let (feed, connection) = (feed.clone(), connection.clone());
    let scope = feed.scope("consents of a user", &[]);
    Records::open(scope, &Paging::default(), feed.losses.clone(), move |at| {
        let call = feed.client.list_consents(document);
        pages!(feed, "Consent", at, call, move |record, cx| {
            let consent = map::consent(record, cx);
            let ours = consent.connection.as_ref() == Some(&connection);
            if ours { Group::One(Ok(consent)) } else { Group::Many(Vec::new()) }
        })
    })
}

/// The main document of each owner, digits alone as Belvo wants it, each once.
fn documents(owners: &[Party]) -> BTreeSet<String> {
    let mains = owners.iter().filter_map(|owner| owner.documents.first());
    let digits = mains.map(|document| document.number.chars().filter(char::is_ascii_digit).collect::<String>());
    digits.filter(|digits| !digits.is_empty()).collect()
}
