//! What an application's own tests do: a fake provider takes a few lines, and code that is generic over providers runs on
//! it.
#![allow(clippy::unwrap_used)]

use bankfeed::{
    AccountFilter, Balance, BalanceKind, Balances, Capabilities, Capability, Coded, Connection, ConnectionFilter,
    Connections, ErrorKind, Paging, Provider, ProviderId, Records,
};

/// A bank with one connection and two balances.
struct Fake;

impl Provider for Fake {
    fn id(&self) -> ProviderId {
        ProviderId::new("fake")
    }

    fn capabilities(&self) -> Capabilities {
        [Capability::ListConnections, Capability::ListBalances].into_iter().collect()
    }

    fn connections(&self) -> Option<&dyn Connections> {
        Some(self)
    }

    fn balances(&self) -> Option<&dyn Balances> {
        Some(self)
    }
}

impl Connections for Fake {
    fn list_connections(&self, _: ConnectionFilter, paging: Paging) -> Records<Connection> {
        Records::of(self.id(), "connections", vec![Connection::new("c-1")], &paging)
    }
}

impl Balances for Fake {
    fn list_balances(&self, _: AccountFilter, paging: Paging) -> Records<Balance> {
        let balance = |amount: i64| Balance::new("a-1", Coded::implied(BalanceKind::Booked), amount);
        Records::of(self.id(), "balances", vec![balance(100), balance(-40)], &paging)
    }
}

/// What an application would write: it knows no provider.
async fn total(provider: &dyn Provider) -> Result<bankfeed::Decimal, bankfeed::Error> {
    let mut total = bankfeed::Decimal::ZERO;
    let (Some(connections), Some(balances)) = (provider.connections(), provider.balances()) else { return Ok(total) };
    for connection in connections.list_connections(ConnectionFilter::all(), Paging::default()).collect_all().await? {
        let mut list = balances.list_balances(AccountFilter::of(&connection.id), Paging::default());
        while let Some(balance) = list.next().await {
            total += balance?.amount.decimal();
        }
    }
    Ok(total)
}

/// The same for code that is generic instead of dynamic.
async fn count<P: Connections>(provider: &P) -> usize {
    provider.list_connections(ConnectionFilter::all(), Paging::default()).collect_all().await.unwrap().len()
}

#[tokio::test]
async fn code_that_knows_no_provider_runs_on_a_fake() {
    assert_eq!(total(&Fake).await.unwrap(), 60.into());
    assert_eq!(count(&Fake).await, 1);
    let boxed: Box<dyn Provider> = Box::new(Fake);
    assert_eq!(total(&*boxed).await.unwrap(), 60.into());
}

#[tokio::test]
async fn what_a_fake_leaves_out_says_so() {
    let error = Fake.show_connection(&"c-1".into()).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Unsupported);
    assert_eq!(
        error.to_string(),
        "the provider has nothing of the kind: it cannot show a connection: see `Provider::capabilities`"
    );
    assert!(Fake.transactions().is_none());
    assert!(!Fake.capabilities().has(Capability::ListTransactions));
}

#[tokio::test]
async fn a_list_of_a_fake_is_resumed_like_any_other() {
    let mut list = Fake.list_balances(AccountFilter::of("c-1"), Paging::default());
    list.next().await.unwrap().unwrap();
    let rest = Fake.list_balances(AccountFilter::of("c-1"), Paging::default().resume(list.resume_token()));
    assert_eq!(rest.collect_all().await.unwrap().len(), 1);
}
