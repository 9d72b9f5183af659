//! Movements of an account: each one a function of its index, so that any page of any length costs the same.
//!
//! Entries come in blocks. The last entry of a block settles it: what the block earned beyond a fixed gain goes to savings, or comes
//! from there. So the balance before a block is known without adding up all that went before, and running balances still add up.

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};

use super::texts::{self, Told};
use super::{Account, AccountKind, Merchant, Random, Region, World, merchant};

/// How long an entry is pending before it is booked.
const SETTLING: SignedDuration = SignedDuration::from_hours(36);
/// Most entries in a block: what a balance costs to compute.
const LARGEST_BLOCK: u64 = 64;
const SMALLEST_BLOCK: u64 = 12;
const DAY: u64 = 86_400;

/// What a movement is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Category {
    Groceries,
    Restaurant,
    Transport,
    Fuel,
    Shopping,
    Subscription,
    Utilities,
    Health,
    Travel,
    Entertainment,
    Salary,
    Rent,
    Transfer,
    Savings,
    Cash,
    Fee,
    Interest,
    LoanPayment,
    CardPayment,
    Insurance,
}

/// By which way it moved.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum EntryKind {
    Card,
    DirectDebit,
    Transfer,
    Salary,
    Cash,
    Fee,
    Interest,
    Installment,
}

/// What was paid in another currency.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Foreign {
    pub(crate) currency: &'static str,
    /// In cents of that currency, with the sign of the entry.
    pub(crate) cents: i64,
    /// Cents of the own currency for one unit.
    pub(crate) rate: i64,
}

/// One movement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Entry {
    /// From 0, in the order of time. Never changes.
    pub(crate) index: u64,
    /// When it was made.
    pub(crate) at: Timestamp,
    /// When it is or will be booked.
    pub(crate) booked_at: Timestamp,
    /// Negative when money leaves the account.
    pub(crate) cents: i64,
    /// Balance after it.
    pub(crate) balance: i64,
    pub(crate) kind: EntryKind,
    pub(crate) category: Category,
    /// As the bank prints it.
    pub(crate) text: String,
    /// Who paid or was paid, where the bank tells.
    pub(crate) counterparty: Option<String>,
    pub(crate) merchant: Option<&'static Merchant>,
    /// The bank's own number of it.
    pub(crate) reference: String,
    pub(crate) foreign: Option<Foreign>,
    /// The bank sent the entry before it once more. It moves no balance.
    pub(crate) duplicate: bool,
}

impl Entry {
    /// The day on which it was made, in UTC.
    pub(crate) fn made_on(&self) -> Date {
        super::day(self.at)
    }

    /// The day on which it is booked, in UTC.
    pub(crate) fn booked_on(&self) -> Date {
        super::day(self.booked_at)
    }
}

/// The movements of one account.
#[derive(Clone)]
pub(crate) struct Ledger {
    seed: Random,
    region: Region,
    style: Style,
    origin: Timestamp,
    /// Seconds from the origin to the start of the sandbox.
    span: u64,
    /// Entries in that time.
    count: u64,
    /// Entries in a block.
    block: u64,
    opening: i64,
    /// What each block adds; for sparse ledgers each entry.
    gain: i64,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Style {
    /// Income, rent, shopping.
    Everyday,
    /// As everyday, with more movements than a person has.
    Business,
    /// Shopping, paid back at the end of each block.
    Card,
    /// The same entry once a month.
    Monthly(AccountKind),
}

/// An entry before its balance is known.
struct Draft {
    cents: i64,
    kind: EntryKind,
    category: Category,
    merchant: Option<&'static Merchant>,
    foreign: Option<Foreign>,
    duplicate: bool,
}

impl Ledger {
    pub(super) fn new(world: &World, account: &Account) -> Self {
        let days = u64::from(world.size.days.max(1));
        let span = days * DAY;
        let monthly = days.div_ceil(30);
        let mut seed = world.random("ledger", &[account.region as u64, account.number]);
        let scale = account.region.scale();
        let everyday = world.size.transactions;
        let (style, count) = match account.kind {
            AccountKind::Current if everyday * 30 / days > LARGEST_BLOCK => (Style::Business, everyday),
            AccountKind::Current | AccountKind::Wallet if account.kind == AccountKind::Current => {
                (Style::Everyday, everyday)
            }
            AccountKind::Wallet => (Style::Everyday, everyday.div_ceil(10)),
            AccountKind::CreditCard => (Style::Card, everyday.div_ceil(4)),
            AccountKind::DebitCard => (Style::Monthly(account.kind), 0),
            kind => (Style::Monthly(kind), monthly),
        };
        let block = (count * 30 / days).clamp(SMALLEST_BLOCK, LARGEST_BLOCK);
        let (opening, gain) = match (style, &account.loan) {
            (Style::Everyday | Style::Business, _) => {
                (seed.between(60_000, 420_000) * scale, seed.between(-2_000, 9_000) * scale)
            }
            (Style::Card, _) => (-seed.between(0, 9_000) * scale, 0),
            (Style::Monthly(_), Some(loan)) => {
                let back = loan.principal / i64::from(loan.installments.max(1));
                (-loan.outstanding() - back * i64::try_from(count).unwrap_or_default(), back)
            }
            (Style::Monthly(AccountKind::DebitCard | AccountKind::Insurance), None) => (0, 0),
            (Style::Monthly(AccountKind::Savings), None) => {
                (seed.between(90_000, 900_000) * scale, seed.between(2_000, 20_000) * scale)
            }
            (Style::Monthly(_), None) => (seed.between(400_000, 4_000_000) * scale, seed.between(600, 6_000) * scale),
        };
        let origin = world.start.saturating_sub(seconds(span)).unwrap_or(Timestamp::MIN);
        Self { seed, region: account.region, style, origin, span, count, block, opening, gain }
    }

    /// How many entries there are at a moment, pending ones included.
    pub(crate) fn len(&self, now: Timestamp) -> u64 {
        let Ok(elapsed) = u64::try_from(now.duration_since(self.origin).as_secs()) else { return 0 };
        let entries = (u128::from(elapsed) + 1) * u128::from(self.count);
        u64::try_from(entries.div_ceil(u128::from(self.span))).unwrap_or(u64::MAX).saturating_sub(1)
    }

    /// How many of them are booked: the first ones.
    pub(crate) fn booked(&self, now: Timestamp) -> u64 {
        now.checked_sub(SETTLING).map_or(0, |then| self.len(then))
    }

    /// The index of the first entry that was made on a day or later.
    pub(crate) fn first_on(&self, day: Date) -> u64 {
        let midnight = day.to_zoned(TimeZone::UTC).map_or(Timestamp::MAX, |zoned| zoned.timestamp());
        midnight.checked_sub(SignedDuration::from_secs(1)).map_or(0, |before| self.len(before))
    }

    /// The booked balance at a moment, in cents.
    pub(crate) fn balance(&self, now: Timestamp) -> i64 {
        self.balance_before(self.booked(now))
    }

    /// The balance with everything that is pending.
    pub(crate) fn available(&self, now: Timestamp) -> i64 {
        self.balance_before(self.len(now))
    }

    /// An entry.
    pub(crate) fn entry(&self, index: u64) -> Entry {
        self.told(index, self.draft(index), self.balance_before(index + 1))
    }

    /// An entry, given the balance before it: the same, without adding up its block again.
    pub(crate) fn entry_after(&self, balance: i64, index: u64) -> Entry {
        let (block, slot) = (index / self.block, index % self.block);
        let settles = slot + 1 == self.block && !matches!(self.style, Style::Monthly(_));
        let draft = if settles {
            let after = self.opening + self.gain * i64::try_from(block + 1).unwrap_or_default();
            self.settlement(after - balance)
        } else {
            self.draft(index)
        };
        let balance = if draft.duplicate { balance } else { balance + draft.cents };
        self.told(index, draft, balance)
    }

    /// Entries one after the other, each as [`entry`](Self::entry) has it: the balance is carried on instead of computed anew.
    pub(crate) fn entries(&self, range: std::ops::Range<u64>) -> impl Iterator<Item = Entry> + use<> {
        let ledger = self.clone();
        let mut balance = if range.is_empty() { 0 } else { self.balance_before(range.start) };
        range.map(move |index| {
            let entry = ledger.entry_after(balance, index);
            balance = entry.balance;
            entry
        })
    }

    /// Whether the bank sent an entry twice, without making the entry.
    pub(crate) fn is_duplicate(&self, index: u64) -> bool {
        let last = index % self.block + 1 == self.block;
        !matches!(self.style, Style::Monthly(_)) && !last && self.repeats(index) && self.unsettled(index).duplicate
    }

    fn told(&self, index: u64, draft: Draft, balance: i64) -> Entry {
        let at = self.at(index);
        let cents = draft.cents;
        let told = Told {
            region: self.region,
            kind: draft.kind,
            category: draft.category,
            merchant: draft.merchant,
            cents,
            business: self.style == Style::Business,
        };
        // A duplicate is told in the very words of its original.
        let mut random = self.random("text", if draft.duplicate { index - 1 } else { index });
        let (text, counterparty) = texts::tell(&told, &mut random);
        Entry {
            index,
            at,
            booked_at: at.checked_add(SETTLING).unwrap_or(Timestamp::MAX),
            cents,
            balance,
            kind: draft.kind,
            category: draft.category,
            text,
            counterparty,
            merchant: draft.merchant,
            reference: random.hex(12).to_uppercase(),
            foreign: draft.foreign,
            duplicate: draft.duplicate,
        }
    }

    fn at(&self, index: u64) -> Timestamp {
        let after = (u128::from(index) + 1) * u128::from(self.span) / u128::from(self.count.max(1));
        let after = seconds(u64::try_from(after).unwrap_or(u64::MAX));
        self.origin.checked_add(after).unwrap_or(Timestamp::MAX)
    }

    fn random(&self, name: &str, index: u64) -> Random {
        let mut base = self.seed.clone();
        Random::new(base.next(), name, &[index])
    }

    /// The balance before an entry.
    fn balance_before(&self, index: u64) -> i64 {
        if let Style::Monthly(_) = self.style {
            return self.opening + self.gain * i64::try_from(index).unwrap_or_default();
        }
        let (block, slot) = (index / self.block, index % self.block);
        let before = self.opening + self.gain * i64::try_from(block).unwrap_or_default();
        before + self.moved(block * self.block, slot)
    }

    /// What the first entries of a block move.
    fn moved(&self, first: u64, entries: u64) -> i64 {
        (first..first + entries)
            .map(|index| self.unsettled(index))
            .filter(|draft| !draft.duplicate)
            .map(|draft| draft.cents)
            .sum()
    }

    fn draft(&self, index: u64) -> Draft {
        if let Style::Monthly(kind) = self.style {
            return self.monthly(kind);
        }
        let (block, slot) = (index / self.block, index % self.block);
        if slot + 1 < self.block {
            return self.unsettled(index);
        }
        self.settlement(self.gain - self.moved(block * self.block, slot))
    }

    /// The last entry of a block.
    fn settlement(&self, cents: i64) -> Draft {
        let category = if self.style == Style::Card { Category::CardPayment } else { Category::Savings };
        Draft::plain(cents, EntryKind::Transfer, category)
    }

    fn monthly(&self, kind: AccountKind) -> Draft {
        let (entry, category) = match kind {
            AccountKind::Loan | AccountKind::Mortgage | AccountKind::Lease => {
                (EntryKind::Installment, Category::LoanPayment)
            }
            AccountKind::Savings => (EntryKind::Transfer, Category::Savings),
            AccountKind::Insurance => (EntryKind::DirectDebit, Category::Insurance),
            _ => (EntryKind::Interest, Category::Interest),
        };
        Draft::plain(self.gain, entry, category)
    }

    /// An entry that is not the last of its block.
    fn unsettled(&self, index: u64) -> Draft {
        let slot = index % self.block;
        if self.style != Style::Card {
            let mut fixed = self.seed.clone();
            let scale = self.region.scale();
            let salary = fixed.between(190_000, 460_000) * scale;
            let rent = fixed.between(60_000, 120_000) * scale;
            match slot {
                0 => return Draft::plain(salary, EntryKind::Salary, Category::Salary),
                1 => return Draft::plain(-rent, EntryKind::Transfer, Category::Rent),
                _ => {}
            }
        }
        // Some purchases arrive twice, in the next slot; never a duplicate of a duplicate.
        if slot > 2 && self.repeats(index) && !self.repeats(index - 1) {
            let original = self.spending(index - 1);
            if original.kind == EntryKind::Card {
                return Draft { duplicate: true, ..original };
            }
        }
        self.spending(index)
    }

    fn repeats(&self, index: u64) -> bool {
        self.random("repeats", index).one_in(41)
    }

    fn spending(&self, index: u64) -> Draft {
        let mut random = self.random("spending", index);
        let scale = self.region.scale();
        let roll = if self.style == Style::Card { 0 } else { random.below(100) };
        match roll {
            0..=77 => {
                let Some(shop) = random.pick(merchant::of(self.region)) else {
                    return Draft::plain(-1_000 * scale, EntryKind::Card, Category::Shopping);
                };
                let (low, high) = shop.bill;
                let debited =
                    matches!(shop.category, Category::Utilities | Category::Subscription) && self.style != Style::Card;
                let kind = if debited { EntryKind::DirectDebit } else { EntryKind::Card };
                let bill = random.between(low, high);
                let abroad = kind == EntryKind::Card && random.one_in(19);
                let (cents, foreign) = if abroad {
                    let (currency, rate) = self.region.foreign();
                    (-(bill * rate / 100).max(1), Some(Foreign { currency, cents: -bill, rate }))
                } else {
                    (-bill * scale, None)
                };
                Draft { cents, kind, category: shop.category, merchant: Some(shop), foreign, duplicate: false }
            }
            78..=83 => Draft::plain(-random.between(1, 20) * 1_000 * scale, EntryKind::Cash, Category::Cash),
            84..=91 => Draft::plain(-random.between(500, 24_000) * scale, EntryKind::Transfer, Category::Transfer),
            92..=97 => Draft::plain(random.between(500, 30_000) * scale, EntryKind::Transfer, Category::Transfer),
            _ => Draft::plain(-random.between(50, 450) * scale, EntryKind::Fee, Category::Fee),
        }
    }
}

impl Draft {
    fn plain(cents: i64, kind: EntryKind, category: Category) -> Self {
        Self { cents, kind, category, merchant: None, foreign: None, duplicate: false }
    }
}

fn seconds(count: u64) -> SignedDuration {
    SignedDuration::from_secs(i64::try_from(count).unwrap_or(i64::MAX))
}
