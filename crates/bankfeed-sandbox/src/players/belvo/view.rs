//! What records are made from.

use jiff::Timestamp;

use super::institution::Institution;
use crate::playbook::Playbook;
use crate::players::Scene;
use crate::world::{Ids, Person, World};

/// The world at a moment, without a tie to the request: long lists are made while they are sent.
pub(super) struct View {
    pub(super) world: World,
    pub(super) book: &'static Playbook,
    pub(super) ids: Ids,
    pub(super) now: Timestamp,
}

impl Clone for View {
    fn clone(&self) -> Self {
        let world = World::new(self.world.seed, self.world.size, self.world.start);
        Self { world, book: self.book, ids: self.ids, now: self.now }
    }
}

impl View {
    pub(super) fn new(scene: &Scene<'_>) -> Self {
        let world = World::new(scene.world.seed, scene.world.size, scene.world.start);
        Self { ids: Ids::new(world.seed), world, book: scene.book, now: scene.now }
    }
}

/// A link, as far as its records depend on it.
#[derive(Clone)]
pub(super) struct Seat {
    pub(super) number: u64,
    pub(super) id: String,
    pub(super) institution: &'static Institution,
    pub(super) person: u64,
    pub(super) created: Timestamp,
    /// Up to when its data were fetched.
    pub(super) seen: Timestamp,
}

impl Seat {
    /// Whose link it is.
    pub(super) fn holder(&self, view: &View) -> Person {
        view.world.person(self.institution.region, self.person)
    }
}

/// Numbers that tell the records of one kind from those of all others in their ids.
pub(super) mod kind {
    pub(in super::super) const LINK: u8 = 1;
    pub(in super::super) const CONSENT: u8 = 2;
    pub(in super::super) const ACCOUNT: u8 = 3;
    pub(in super::super) const BALANCE: u8 = 4;
    pub(in super::super) const TRANSACTION: u8 = 5;
    pub(in super::super) const BILL: u8 = 6;
    pub(in super::super) const EXCHANGE: u8 = 7;
    pub(in super::super) const EXCHANGE_EVENT: u8 = 8;
    pub(in super::super) const OWNER: u8 = 9;
    pub(in super::super) const INVESTMENT: u8 = 10;
    pub(in super::super) const INVESTMENT_TRANSACTION: u8 = 11;
    pub(in super::super) const EMPLOYMENT: u8 = 12;
    pub(in super::super) const EMPLOYMENT_RECORD: u8 = 13;
    pub(in super::super) const CURRENT_EMPLOYMENT: u8 = 14;
    pub(in super::super) const EMPLOYMENT_METRIC: u8 = 15;
    pub(in super::super) const INCOME: u8 = 16;
    pub(in super::super) const RECURRING_EXPENSE: u8 = 17;
    pub(in super::super) const RISK_INSIGHT: u8 = 18;
    pub(in super::super) const FINANCIAL_STATEMENT: u8 = 19;
    pub(in super::super) const INVOICE: u8 = 20;
    pub(in super::super) const TAX_COMPLIANCE_STATUS: u8 = 21;
    pub(in super::super) const TAX_RETURN: u8 = 22;
    pub(in super::super) const TAX_RETENTION: u8 = 23;
    pub(in super::super) const TAX_STATUS: u8 = 24;
    pub(in super::super) const CHILE_INVOICE: u8 = 25;
    pub(in super::super) const CHILE_TAX_STATUS: u8 = 26;
    pub(in super::super) const CHILE_DEBT_REPORT: u8 = 27;
}
