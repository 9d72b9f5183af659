//! A fake provider for an application's own tests: `cargo test -p bankfeed --example fake`.
//!
//! [`net_worth`] stands for application code: it takes any `&dyn Provider`. The fake below has what a test puts into it, an
//! error in the middle of a list included, since that is where code goes wrong: half a sum looks like a sum.
//! `cargo run -p bankfeed --example fake` prints what the tests look at.
#![allow(missing_docs)]

use std::collections::BTreeMap;

use bankfeed::{
    AccountFilter, Balance, BalanceKind, Balances, Capabilities, Capability, Coded, Connection, ConnectionFilter,
    Connections, Decimal, Error, ErrorKind, Paging, Provider, ProviderId, Records,
};

/// What is booked, by currency, and how many balances it lacks.
#[derive(Debug, Default, PartialEq)]
pub(crate) struct NetWorth {
    pub(crate) sums: BTreeMap<String, Decimal>,
    pub(crate) left_out: usize,
}

/// The code under test. A record that cannot be read is counted, so that whoever shows the sum can say so; any other error
/// is the answer, since a sum without the rest would be wrong and look right.
pub(crate) async fn net_worth(provider: &dyn Provider) -> Result<NetWorth, Error> {
    let mut worth = NetWorth::default();
    let (Some(connections), Some(balances)) = (provider.connections(), provider.balances()) else { return Ok(worth) };
    let mut list = connections.list_connections(ConnectionFilter::all(), Paging::default());
    while let Some(connection) = list.next().await {
        let mut list = balances.list_balances(AccountFilter::of(&connection?.id), Paging::default());
        while let Some(balance) = list.next().await {
            match balance {
                Ok(balance) if !balance.kind.is(&BalanceKind::Booked) => {}
                Ok(balance) => match balance.money() {
                    Some(money) => {
                        *worth.sums.entry(money.currency.to_string()).or_default() += money.amount.decimal();
                    }
                    // Of no known currency: it belongs to no sum.
                    None => worth.left_out += 1,
                },
                Err(error) if error.is_bad_record() => worth.left_out += 1,
                Err(error) => return Err(error),
            }
        }
    }
    Ok(worth)
}

/// A bank with one connection and the balances of a test. A closure makes them, since errors cannot be cloned.
pub(crate) struct Fake<F>(pub(crate) F);

impl<F: Fn() -> Vec<Result<Balance, Error>> + Send + Sync> Provider for Fake<F> {
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

impl<F: Fn() -> Vec<Result<Balance, Error>> + Send + Sync> Connections for Fake<F> {
    fn list_connections(&self, _: ConnectionFilter, paging: Paging) -> Records<Connection> {
        Records::of(self.id(), "connections", vec![Connection::new("c-1")], &paging)
    }
}

impl<F: Fn() -> Vec<Result<Balance, Error>> + Send + Sync> Balances for Fake<F> {
    fn list_balances(&self, _: AccountFilter, paging: Paging) -> Records<Balance> {
        Records::of_results(self.id(), "balances", (self.0)(), &paging)
    }
}

/// So much is booked, in euros.
pub(crate) fn booked(account: &str, amount: i64) -> Result<Balance, Error> {
    let mut balance = Balance::new(account, Coded::implied(BalanceKind::Booked), amount);
    balance.currency = "EUR".parse().ok();
    Ok(balance)
}

/// Two balances with an error in between.
pub(crate) fn broken(kind: ErrorKind) -> impl Provider {
    Fake(move || vec![booked("a-1", 100), Err(Error::of(kind)), booked("a-3", -40)])
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    for kind in [ErrorKind::BadRecord, ErrorKind::Network] {
        match net_worth(&broken(kind)).await {
            Ok(worth) => println!("{kind:?}: {:?}, {} left out", worth.sums, worth.left_out),
            Err(error) => println!("{kind:?}: no sum: {error}"),
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    #[tokio::test]
    async fn what_is_owed_is_taken_off() {
        let worth = net_worth(&Fake(|| vec![booked("a-1", 100), booked("a-2", -40)])).await.unwrap();
        assert_eq!(worth, NetWorth { sums: [("EUR".to_owned(), Decimal::from(60))].into(), left_out: 0 });
    }

    #[tokio::test]
    async fn a_record_that_cannot_be_read_is_counted_and_costs_no_other() {
        let worth = net_worth(&broken(ErrorKind::BadRecord)).await.unwrap();
        assert_eq!((worth.sums["EUR"], worth.left_out), (Decimal::from(60), 1));
    }

    #[tokio::test]
    async fn a_list_that_breaks_gives_no_sum() {
        for kind in [ErrorKind::Network, ErrorKind::RateLimited, ErrorKind::ConsentExpired] {
            assert_eq!(net_worth(&broken(kind)).await.unwrap_err().kind(), kind);
        }
    }

    #[tokio::test]
    async fn a_balance_without_currency_is_in_no_sum() {
        let bare = || Ok(Balance::new("a-1", Coded::implied(BalanceKind::Booked), 7));
        let worth = net_worth(&Fake(move || vec![bare(), booked("a-2", 5)])).await.unwrap();
        assert_eq!((worth.sums["EUR"], worth.left_out), (Decimal::from(5), 1));
    }
}
