//! Belvo.

mod accounts;
mod builder;
mod causes;
mod connections;
mod consents;
mod errors;
mod holders;
mod institutions;
mod lists;
pub(crate) mod map;
mod refresh;
mod transactions;
mod webhooks;
mod widget;

use std::fmt;
use std::sync::Arc;

use belvo_client::{CallbackVerifier, Client};

pub use builder::BelvoBuilder;

use self::builder::Settings;
use self::widget::Consenting;
use crate::error::Error;
use crate::model::ConnectionId;
use crate::provider::{Capabilities, Capability, Holdings, Provider, ProviderId, RefreshOptions, Reply, Snapshot};
use crate::{Personal, Secret};

/// Belvo as a [`Provider`]: accounts, cards, loans and investments in Brazil, by Open Finance.
///
/// ```no_run
/// use bankfeed::{Belvo, ConnectionFilter, Connections, Paging, Provider, RefreshOptions};
///
/// # async fn example() -> Result<(), Box<dyn std::error::Error>> {
/// let belvo = Belvo::builder(std::env::var("BELVO_SECRET_ID")?, std::env::var("BELVO_SECRET_PASSWORD")?)
///     .sandbox()
///     .webhook_authorization(std::env::var("BELVO_WEBHOOKS")?)
///     .widget("ACME", "https://acme.example/icon.svg", "https://acme.example/logo.svg", "https://acme.example/terms")
///     .consent_purpose("See all your accounts in one place")
///     .build()?;
///
/// let mut links = belvo.list_connections(ConnectionFilter::all().party("user-4711"), Paging::default());
/// while let Some(link) = links.next().await {
///     let snapshot = belvo.refresh(&link?.id, RefreshOptions::new()).await?;
///     println!("{} accounts", snapshot.accounts.records().len());
/// }
/// # Ok(())
/// # }
/// ```
///
/// # What it offers
/// A link is a connection, an owner a holder. Everything listed, refreshed and shown here is what Belvo has stored, and
/// costs the institution nothing; [`refresh_connection`](crate::Connections::refresh_connection) has Belvo read a link anew in
/// the background, at most every ten minutes, and callbacks tell when data are there. Recurrent links are read without
/// that as often as their refresh rate says.
///
/// - Institutions are the banks; tax and employment authorities hold no accounts.
/// - Sessions are in the widget: its token lives for ten minutes and opens it once. Institution, language, link to renew and the
///   application's own name of the user are settings of the widget in the page, so the session does not use those of the request.
///   A consent at a bank in Brazil names a person: see [`on_behalf_of`](Self::on_behalf_of).
/// - Consents are listed by the user's document, which is taken from the owners stored for the link: those have to be read
///   first. They are withdrawn in the widget, not here.
/// - Investments are accounts of their own with one holding each, listed after the others. An investment names no
///   account: should an institution also list an account of the category `INVESTMENT_ACCOUNT`, nothing tells whether its
///   balance is theirs once more.
/// - Bills, exchanges and the separate resource of balances, which repeats what accounts have, are left to the
///   [client](Self::client).
///
/// # Signs
/// Balances of the type `LIABILITY` are owed, so they become negative; what is available on a card is not owed and stays
/// positive. What an overdrawn account looks like is not documented: its balance is taken as it comes. Amounts of
/// transactions have no sign, and `type` tells whether money came in or went out; without it the direction is unknown.
///
/// # Ids
/// Accounts have new ids under a new link. Their [`key`](crate::Account::key) is made from branch and number where there are any,
/// else from what the institution calls the account. Keys of transactions are strong once they are `PROCESSED`.
///
/// # Limits
/// A page has 1,000 records at most. [`refresh`](Provider::refresh) asks for pages of that size, six lists at once at
/// most: link, accounts, owners with consents, transactions, investments and their movements. Removals rest for a minute
/// after five in one. No other rate is published.
#[derive(Clone)]
pub struct Belvo {
    client: Client,
    settings: Arc<Settings>,
    /// Whom banks in Brazil ask for consent.
    user: Arc<[Consenting]>,
}

impl Belvo {
    /// Begins with the two halves of a secret key: what the dashboard calls Secret ID and Secret Password.
    ///
    /// ```
    /// # fn main() -> Result<(), bankfeed::Error> {
    /// let belvo = bankfeed::Belvo::builder("secret-id", "secret-password").sandbox().build()?;
    /// # Ok(())
    /// # }
    /// ```
    pub fn builder(secret_id: impl Into<Secret>, secret_password: impl Into<Secret>) -> BelvoBuilder {
        BelvoBuilder::new(secret_id.into(), secret_password.into())
    }

    /// The same provider for sessions in which this person consents at a bank in Brazil: the CPF, digits alone, and the
    /// name.
    ///
    /// For a company name its representative first, and then the company with
    /// [`and_for_company`](Self::and_for_company).
    #[must_use]
    pub fn on_behalf_of(&self, cpf: impl Into<String>, name: impl Into<String>) -> Self {
        let person = Consenting { document: "CPF", number: Personal(cpf.into()), name: Personal(name.into()) };
        Self { user: Arc::new([person]), ..self.clone() }
    }

    /// The same provider, for sessions in which the person consents for a company: its CNPJ, digits alone, and its name.
    #[must_use]
    pub fn and_for_company(&self, cnpj: impl Into<String>, name: impl Into<String>) -> Self {
        let company = Consenting { document: "CNPJ", number: Personal(cnpj.into()), name: Personal(name.into()) };
        Self { user: self.user.iter().cloned().chain([company]).collect(), ..self.clone() }
    }

    pub(crate) fn with_client(client: Client) -> Self {
        Self { client, settings: Arc::default(), user: Arc::default() }
    }

    pub(crate) fn client_ref(&self) -> &Client {
        &self.client
    }

    fn verifier(&self) -> Option<&CallbackVerifier> {
        self.settings.verifier.as_ref()
    }
}

impl fmt::Debug for Belvo {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Belvo")
            .field("client", &self.client)
            .field("widget", &self.settings.widget)
            .field("verifies_callbacks", &self.verifier().is_some())
            .field("investments", &self.settings.investments)
            .field("user", &self.user)
            .finish_non_exhaustive()
    }
}

impl Provider for Belvo {
    fn id(&self) -> ProviderId {
        ProviderId::BELVO
    }

    fn capabilities(&self) -> Capabilities {
        let settings = &self.settings;
        let as_set_up = |capability: &Capability| match capability {
            Capability::RevokeConsent => false,
            Capability::StartSession => settings.keys.is_some() && settings.widget.is_some(),
            Capability::ListHoldings => settings.investments,
            Capability::VerifyWebhooks => settings.verifier.is_some(),
            Capability::ListInstitutions
            | Capability::ShowInstitution
            | Capability::ListConnections
            | Capability::ShowConnection
            | Capability::RefreshConnection
            | Capability::RemoveConnection
            | Capability::ListConsents
            | Capability::ShowConsent
            | Capability::ListHolders
            | Capability::ListAccounts
            | Capability::ListBalances
            | Capability::ListTransactions
            | Capability::PendingTransactions => true,
        };
        Capability::ALL.iter().copied().filter(as_set_up).collect()
    }

    crate::provider::gives_itself!(institutions: Institutions, connections: Connections, consents: Consents, holders: Holders, accounts: Accounts, balances: Balances, transactions: Transactions, webhooks: Webhooks);

    fn holdings(&self) -> Option<&dyn Holdings> {
        self.settings.investments.then_some(self as &dyn Holdings)
    }

    fn refresh<'a>(&'a self, connection: &'a ConnectionId, options: RefreshOptions) -> Reply<'a, Snapshot> {
        Box::pin(async move { self.snapshot(connection, &options).await })
    }
}

/// The error for something that is not there.
fn missing(what: &str) -> Error {
    Error::of(crate::error::ErrorKind::NotFound)
        .from_provider(ProviderId::BELVO)
        .message(format!("there is no such {what}"))
}
