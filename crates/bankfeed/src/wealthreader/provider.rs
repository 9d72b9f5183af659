//! What Wealth Reader can do.

use wealthreader_client::types::TokenRevocation;

use super::WealthReader;
use super::answer::{Answer, Subject};
use super::connection_id::ConnectionRef;
use super::failure::failure;
use super::held::Window;
use super::lists;
use super::map::Through;
use super::parts::Reading;
use super::streams::{ListOf, Parts};
use crate::error::{Error, ErrorKind};
use crate::model::{
    Account, Balance, Coded, Connection, ConnectionId, ConnectionStatus, Holding, Institution, InstitutionId, Party,
    Transaction,
};
use crate::provider::{
    AccountFilter, Accounts, Balances, Capabilities, Capability, ConnectionFilter, Connections, Holders, Holdings,
    InstitutionFilter, Institutions, Part, Provider, ProviderId, RefreshOptions, Reply, Session, SessionRequest,
    Snapshot, TransactionFilter, Transactions,
};
use crate::records::{Paging, Records};

impl Provider for WealthReader {
    fn id(&self) -> ProviderId {
        ProviderId::WEALTHREADER
    }

    fn capabilities(&self) -> Capabilities {
        use Capability as Can;
        let all = [
            Can::ListInstitutions,
            Can::ShowInstitution,
            Can::StartSession,
            Can::ListConnections,
            Can::ShowConnection,
            Can::RemoveConnection,
            Can::ListHolders,
            Can::ListAccounts,
            Can::ListBalances,
            Can::ListTransactions,
            Can::PendingTransactions,
            Can::ListHoldings,
        ];
        let webhooks = self.inner.settings.cards_secret.as_ref().map(|_| Can::VerifyWebhooks);
        all.into_iter().chain(webhooks).collect()
    }

    crate::provider::gives_itself!(institutions: Institutions, connections: Connections, holders: Holders, accounts: Accounts, balances: Balances, transactions: Transactions, holdings: Holdings, webhooks: Webhooks);

    /// One call, which is billed.
    fn refresh<'a>(&'a self, connection: &'a ConnectionId, options: RefreshOptions) -> Reply<'a, Snapshot> {
        Box::pin(async move {
            let answer = self.answer_anew(connection, self.window(options.since, options.until)).await?;
            let institution = ConnectionRef::parse(connection)?.institution();
            let through = Through { connection: Some(connection), institution: institution.as_ref() };
            let reading = Reading { count_unmapped: !options.skip_unmapped, ..Reading::default() };
            let mut filter = TransactionFilter::of(connection);
            (filter.since, filter.until) = (options.since, options.until);
            let Parts { holders, accounts, balances, mut transactions, holdings } =
                Self::parts(&answer, &reading, through);
            transactions.retain(|record| record.as_ref().map_or(true, |transaction| filter.admits(transaction)));

            let mut details = Connection::new(connection);
            details.institution = institution.clone();
            details.status = Some(Coded::implied(ConnectionStatus::Active));
            details.source = answer.statistics().map(|(_, source)| source);
            let mut snapshot = Snapshot::new(connection);
            snapshot.details = Some(details);
            snapshot.holders = part(&answer, Subject::Holders, holders);
            snapshot.accounts = part(&answer, Subject::Accounts, accounts);
            snapshot.balances = part(&answer, Subject::Balances, balances);
            snapshot.transactions = part(&answer, Subject::Transactions, transactions);
            snapshot.holdings = part(&answer, Subject::Holdings, holdings);
            snapshot.losses = reading.losses.report();
            Ok(snapshot)
        })
    }
}

/// What was read of a kind; not all of it if the answer warns so.
fn part<T>(answer: &Answer, subject: Subject, all: lists::Mapped<T>) -> Part<T> {
    let (mut records, mut rejected) = (Vec::new(), Vec::new());
    for record in all {
        match record {
            Ok(record) => records.push(record),
            Err(error) => rejected.push(error),
        }
    }
    match answer.incomplete(subject) {
        Some(error) => Part::Failed { records, rejected, error },
        None => Part::Read { records, rejected },
    }
}

impl Institutions for WealthReader {
    /// One call, which is not billed. The provider does not say in which country a bank is, so that a country in the
    /// filter leaves none out. Banks that are not tested come with `include_test` only.
    fn list_institutions(&self, filter: InstitutionFilter, paging: Paging) -> Records<Institution> {
        self.institutions_of(&filter, &paging)
    }

    fn show_institution<'a>(&'a self, id: &'a InstitutionId) -> Reply<'a, Institution> {
        Box::pin(async move {
            let banks = self.entities(true, &Reading::default()).await?;
            let found = banks.into_iter().flatten().find(|bank| bank.id == *id);
            found.ok_or_else(|| not_found("there is no bank of this code"))
        })
    }
}

fn not_found(why: &str) -> Error {
    Error::of(ErrorKind::NotFound).from_provider(ProviderId::WEALTHREADER).message(why)
}

impl Connections for WealthReader {
    /// The redirect flow. See [`complete_session`](WealthReader::complete_session) for its end.
    fn start_session(&self, request: SessionRequest) -> Reply<'_, Session> {
        Box::pin(async move { self.begin_login(&request) })
    }

    /// The tokens of the key, 500 to a page. The provider does not keep them by user.
    fn list_connections(&self, filter: ConnectionFilter, paging: Paging) -> Records<Connection> {
        if filter.party.is_some() {
            let error = Error::of(ErrorKind::Unsupported).from_provider(ProviderId::WEALTHREADER);
            return Records::failed(error.message("tokens are not kept by user"));
        }
        self.tokens(&filter, &paging)
    }

    /// Looked for in the list of all tokens, for there is no other way.
    fn show_connection<'a>(&'a self, id: &'a ConnectionId) -> Reply<'a, Connection> {
        Box::pin(async move {
            let wanted = ConnectionRef::parse(id)?;
            let mut list = self.tokens(&ConnectionFilter::all(), &Paging::default().without_prefetch());
            while let Some(connection) = list.next().await {
                match connection {
                    Ok(connection) => {
                        let known = ConnectionRef::parse(&connection.id);
                        if known.is_ok_and(|known| known.token() == wanted.token()) {
                            return Ok(connection);
                        }
                    }
                    Err(error) if error.is_bad_record() => {}
                    Err(error) => return Err(error),
                }
            }
            Err(not_found("the key has no such token"))
        })
    }

    /// Revokes the token.
    fn remove_connection<'a>(&'a self, id: &'a ConnectionId) -> Reply<'a, ()> {
        Box::pin(async move {
            let connection = ConnectionRef::parse(id)?;
            let revocation = TokenRevocation::new(connection.token().clone());
            self.inner.client.revoke_token(revocation).send().await.map_err(failure)?;
            self.forget(id);
            Ok(())
        })
    }
}

impl Holders for WealthReader {
    fn list_holders(&self, connection: &ConnectionId, paging: Paging) -> Records<Party> {
        let list = self.list("holders", Subject::Holders, connection, &[]);
        let mark = |party: &Party| serde_json::to_string(party).unwrap_or_default();
        self.stream(list, &paging, |answer, reading, _| lists::holders(answer, reading), mark)
    }
}

impl Accounts for WealthReader {
    fn list_accounts(&self, connection: &ConnectionId, paging: Paging) -> Records<Account> {
        let list = self.list("accounts", Subject::Accounts, connection, &[]);
        self.stream(list, &paging, lists::accounts, |account| account.id.as_str().to_owned())
    }
}

impl Balances for WealthReader {
    fn list_balances(&self, filter: AccountFilter, paging: Paging) -> Records<Balance> {
        let account = filter.account;
        let parts = [account.as_ref().map(|id| id.as_str())];
        let list = self.list("balances", Subject::Balances, &filter.connection, &parts);
        let wanted = account.clone();
        let make = move |answer: &Answer, reading: &Reading, _: Through<'_>| {
            let mut all = lists::balances(answer, reading, reading);
            all.retain(|balance| {
                wanted.is_none() || balance.as_ref().map_or(true, |it| Some(&it.account) == wanted.as_ref())
            });
            all
        };
        let mark =
            |balance: &Balance| format!("{} {:?} {:?}", balance.account.as_str(), balance.kind.word, balance.as_of);
        self.stream(list, &paging, make, mark)
    }
}

impl Transactions for WealthReader {
    /// A list from an earlier day than the held answer has is read anew, and billed.
    fn list_transactions(&self, filter: TransactionFilter, paging: Paging) -> Records<Transaction> {
        let (since, until) = (filter.since.map(|day| day.to_string()), filter.until.map(|day| day.to_string()));
        let status = filter.status.map(|status| status.iso_code());
        let parts = [filter.account.as_ref().map(|id| id.as_str()), since.as_deref(), until.as_deref(), status];
        let mut list = self.list("transactions", Subject::Transactions, &filter.connection, &parts);
        list.window = self.window(filter.since, filter.until);
        let wanted = filter.clone();
        let make = move |answer: &Answer, reading: &Reading, _: Through<'_>| {
            let mut all = lists::transactions(answer, reading);
            all.retain(|record| record.as_ref().map_or(true, |transaction| wanted.admits(transaction)));
            all
        };
        let mark = |transaction: &Transaction| {
            let account = transaction.account.as_ref().map(|id| id.as_str()).unwrap_or_default();
            format!("{account} {}", transaction.key.value)
        };
        self.stream(list, &paging, make, mark)
    }
}

impl Holdings for WealthReader {
    fn list_holdings(&self, filter: AccountFilter, paging: Paging) -> Records<Holding> {
        let account = filter.account;
        let parts = [account.as_ref().map(|id| id.as_str())];
        let list = self.list("holdings", Subject::Holdings, &filter.connection, &parts);
        let wanted = account.clone();
        let make = move |answer: &Answer, reading: &Reading, _: Through<'_>| {
            let mut all = lists::holdings(answer, reading, reading);
            all.retain(|holding| {
                wanted.is_none() || holding.as_ref().map_or(true, |it| Some(&it.account) == wanted.as_ref())
            });
            all
        };
        let mark = |holding: &Holding| {
            format!("{} {}", holding.account.as_str(), serde_json::to_string(&holding.identifiers).unwrap_or_default())
        };
        self.stream(list, &paging, make, mark)
    }
}

impl WealthReader {
    fn list<'a>(
        &self,
        name: &'static str,
        subject: Subject,
        connection: &'a ConnectionId,
        filter: &'a [Option<&'a str>],
    ) -> ListOf<'a> {
        ListOf { name, subject, connection, window: Window::default(), filter }
    }
}
