//! Payments by card as they happen: of employees who enrolled, and of no connection.

use super::WealthReader;
use super::failure::failure;
use super::map::{self, Among, Listed, Parent};
use crate::identity::Twins;
use crate::losses::Losses;
use crate::provider::ProviderId;
use crate::records::{Group, Paging, Read, Records, Scope, pages_of};
use crate::{Date, Transaction};

/// The largest page.
const LARGEST_PAGE: u32 = 1000;

impl WealthReader {
    /// Payments by card of enrolled employees, in the order of their ids. They belong to the key and to no connection;
    /// the same records come with the events about cards. Not billed; sixty calls in a minute.
    ///
    /// Without `since` the provider goes back three days. A page has 500 payments, and 1000 at most.
    pub fn list_card_payments(&self, since: Option<Date>, until: Option<Date>, paging: Paging) -> Records<Transaction> {
        let (from, to) = (since.map(|day| day.to_string()), until.map(|day| day.to_string()));
        let scope = Scope::new(ProviderId::WEALTHREADER, "card_payments", &[from.as_deref(), to.as_deref()]);
        let losses = Losses::default();
        let read = Read {
            provider: ProviderId::WEALTHREADER,
            schema: "CardTransaction",
            losses: losses.clone(),
            count_unmapped: paging.count_unmapped,
            error: failure,
        };
        let mut call = self.inner.client.list_card_transactions();
        if let Some(since) = since {
            call = call.date_from(since);
        }
        if let Some(until) = until {
            call = call.date_to(until);
        }
        if let Some(size) = paging.page_size {
            call = call.limit(i64::from(size.clamp(1, LARGEST_PAGE)));
        }
        Records::open(scope, &paging, losses, move |at| {
            pages_of!(read, at, call, move |payment, cx| {
                // All have ids, so that no two need telling apart.
                let (parent, mut twins) = (Parent::default(), Twins::default());
                let mut among = Among { parent: &parent, listed: Listed::Alone, twins: &mut twins };
                Group::One(map::cash::payment(payment, cx, &mut among))
            })
        })
    }
}
