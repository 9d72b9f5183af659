//! New ids, and other texts that nobody can guess.

use jiff::Timestamp;

use crate::world::{Ids, Random, World};

/// What an id stands for.
#[derive(Clone, Copy)]
pub(super) enum Kind {
    Creator = 0xB0,
    Institution,
    Customer,
    BankAccount,
    Intent,
    Charge,
    Authorization,
    Transaction,
    Enrollment,
}

/// Makes ids in the order in which they are asked for: the same requests get the same ones.
pub(super) struct Mint {
    ids: Ids,
    random: Random,
    /// How many ids were made for the first records; `None` once those are there.
    seeded: Option<u64>,
}

impl Mint {
    pub(super) fn new(world: &World) -> Self {
        Self { ids: Ids::new(world.seed), random: world.random("belvo payments", &[]), seeded: Some(0) }
    }

    /// The first records are there; from now on ids are those of records that requests make.
    pub(super) fn open(&mut self) {
        self.seeded = None;
    }

    /// Whether the first records are still being made.
    pub(super) fn seeding(&self) -> bool {
        self.seeded.is_some()
    }

    pub(super) fn id(&mut self, kind: Kind) -> String {
        if let Some(count) = &mut self.seeded {
            *count += 1;
            return self.ids.uuid(kind as u8, 0, *count);
        }
        let variant = self.random.pick(&["8", "9", "a", "b"]).copied().unwrap_or("8");
        let mut hex = |count| self.random.hex(count);
        format!("{}-{}-4{}-{variant}{}-{}", hex(8), hex(4), hex(3), hex(3), hex(12))
    }

    /// Lower-case hexadecimal digits.
    pub(super) fn hex(&mut self, count: usize) -> String {
        self.random.hex(count)
    }

    pub(super) fn digits(&mut self, count: usize) -> String {
        self.random.digits(count)
    }

    pub(super) fn between(&mut self, low: i64, high: i64) -> i64 {
        self.random.between(low, high)
    }

    /// The id of a payment in the Pix network: the paying bank, the minute, and something of its own.
    pub(super) fn end_to_end(&mut self, bank: &str, at: Timestamp) -> String {
        format!("E{bank}{}{}", at.strftime("%Y%m%d%H%M"), self.random.hex(11))
    }
}
