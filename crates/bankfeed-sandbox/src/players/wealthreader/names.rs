//! Ids in the forms of Wealth Reader: 40 hexadecimal digits for what is read, 32 for tokens. All of them lead back to their record.

use crate::world::{Ids, World};

/// What an id names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Named {
    Token = 1,
    Product = 2,
    Movement = 3,
    Portfolio = 4,
    PortfolioMovement = 5,
    Installment = 6,
    Interest = 7,
    Invoice = 8,
    Party = 9,
    Belonging = 10,
    Employee = 11,
    Payment = 12,
    Enrollment = 13,
}

/// Makes and reads ids.
#[derive(Clone, Copy)]
pub(super) struct Names {
    ids: Ids,
}

impl Names {
    pub(super) fn new(world: &World) -> Self {
        Self { ids: Ids::new(world.seed) }
    }

    /// 40 digits.
    pub(super) fn hex(self, named: Named, holder: u64, number: u64) -> String {
        let check = self.ids.uuid(CHECK | named as u8, holder, number);
        format!("{}{}", self.short(named, holder, number), &check[..8])
    }

    /// Holder and number of 40 digits that were made here.
    pub(super) fn read(self, named: Named, text: &str) -> Option<(u64, u64)> {
        let (holder, number) = self.read_short(named, text.get(..32)?)?;
        (self.hex(named, holder, number) == text).then_some((holder, number))
    }

    /// 32 digits.
    pub(super) fn short(self, named: Named, holder: u64, number: u64) -> String {
        self.uuid(named, holder, number).replace('-', "")
    }

    /// With hyphens.
    pub(super) fn uuid(self, named: Named, holder: u64, number: u64) -> String {
        self.ids.uuid(named as u8, holder, number)
    }

    /// Holder and number of 32 digits that were made here.
    pub(super) fn read_short(self, named: Named, text: &str) -> Option<(u64, u64)> {
        if text.len() != 32 || !text.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f')) {
            return None;
        }
        let id = format!("{}-{}-{}-{}-{}", &text[..8], &text[8..12], &text[12..16], &text[16..20], &text[20..]);
        self.ids.read(named as u8, &id)
    }
}

/// Sets the kinds of the last digits apart from those of the first.
const CHECK: u8 = 0x80;
