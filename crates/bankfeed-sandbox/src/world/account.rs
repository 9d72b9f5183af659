//! Accounts of every kind.

use jiff::civil::Date;

use super::{Person, Region, World, day};

/// What an account is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum AccountKind {
    Current,
    Savings,
    CreditCard,
    DebitCard,
    Loan,
    Mortgage,
    Investment,
    Deposit,
    Lease,
    Insurance,
    Wallet,
}

impl AccountKind {
    pub(crate) const ALL: [Self; 11] = [
        Self::Current,
        Self::Savings,
        Self::CreditCard,
        Self::DebitCard,
        Self::Loan,
        Self::Mortgage,
        Self::Investment,
        Self::Deposit,
        Self::Lease,
        Self::Insurance,
        Self::Wallet,
    ];

    /// A small number that ids are made of.
    pub(crate) fn code(self) -> u64 {
        self as u64
    }

    /// What is owed stands on it, not what is owned.
    pub(crate) fn is_liability(self) -> bool {
        matches!(self, Self::CreditCard | Self::Loan | Self::Mortgage | Self::Lease)
    }
}

/// An account of a person at a bank.
#[derive(Clone, Debug)]
pub(crate) struct Account {
    pub(crate) region: Region,
    pub(crate) person: u64,
    /// Index among the banks of the region.
    pub(crate) institution: usize,
    pub(crate) kind: AccountKind,
    /// Unique within the world; what its ledger and its ids are made of.
    pub(crate) number: u64,
    pub(crate) name: &'static str,
    pub(crate) currency: &'static str,
    /// IBAN, or the form of the country; digits only for cards.
    pub(crate) identifier: String,
    pub(crate) opened_on: Date,
    /// For cards, current accounts with an overdraft, and credit lines, in cents.
    pub(crate) credit_limit: Option<i64>,
    /// For loans, mortgages and leases.
    pub(crate) loan: Option<Loan>,
    /// A year's interest in hundredths of a percent.
    pub(crate) interest: i64,
}

/// What was lent, and how it comes back.
#[derive(Clone, Debug)]
pub(crate) struct Loan {
    /// In cents.
    pub(crate) principal: i64,
    pub(crate) installments: u32,
    pub(crate) paid: u32,
    /// Each installment, in cents.
    pub(crate) installment: i64,
    pub(crate) next_payment: Date,
    pub(crate) ends_on: Date,
}

impl Loan {
    /// What is still owed, in cents.
    pub(crate) fn outstanding(&self) -> i64 {
        self.principal - self.principal / i64::from(self.installments.max(1)) * i64::from(self.paid)
    }
}

impl Account {
    pub(super) fn new(world: &World, region: Region, person: u64, institution: usize, kind: AccountKind) -> Self {
        let number = (person * 16 + institution as u64) * 16 + kind.code();
        let mut random = world.random("account", &[region as u64, number]);
        let scale = region.scale();
        let today = day(world.start);
        let opened_on = today.saturating_sub(jiff::Span::new().days(random.between(900, 4_000)));
        let loan = matches!(kind, AccountKind::Loan | AccountKind::Mortgage | AccountKind::Lease).then(|| {
            let installments = if kind == AccountKind::Mortgage { 240 } else { 48 };
            let paid = u32::try_from(random.between(6, 30)).unwrap_or_default();
            let principal = if kind == AccountKind::Mortgage {
                random.between(90_000, 320_000)
            } else {
                random.between(4_000, 28_000)
            };
            let principal = principal * 100 * scale;
            let next_payment = today.first_of_month().saturating_add(jiff::Span::new().months(1));
            let left = i64::from(installments - paid);
            Loan {
                principal,
                installments,
                paid,
                installment: principal / i64::from(installments) * 108 / 100,
                next_payment,
                ends_on: next_payment.saturating_add(jiff::Span::new().months(left)),
            }
        });
        let credit_limit = match kind {
            AccountKind::CreditCard => Some(random.between(10, 60) * 10_000 * scale),
            AccountKind::Current => Some(random.between(0, 4) * 50_000 * scale),
            _ => None,
        };
        let bank = world.institutions(region).get(institution).map_or("000", |bank| bank.number);
        let identifier = identifier(region, kind, bank, &mut random);
        let interest = random.between(5, 480);
        Self {
            region,
            person,
            institution,
            kind,
            number,
            name: name(region, kind),
            currency: region.currency(),
            identifier,
            opened_on,
            credit_limit,
            loan,
            interest,
        }
    }

    /// Who holds it.
    pub(crate) fn holder(&self, world: &World) -> Person {
        world.person(self.region, self.person)
    }
}

fn name(region: Region, kind: AccountKind) -> &'static str {
    let (english, spanish, portuguese) = match kind {
        AccountKind::Current => ("Everyday Account", "Cuenta corriente", "Conta corrente"),
        AccountKind::Savings => ("Savings Account", "Cuenta de ahorro", "Conta poupança"),
        AccountKind::CreditCard => ("Credit Card Classic", "Tarjeta de crédito Clásica", "Cartão de crédito Clássico"),
        AccountKind::DebitCard => ("Debit Card", "Tarjeta de débito", "Cartão de débito"),
        AccountKind::Loan => ("Personal Loan", "Préstamo personal", "Empréstimo pessoal"),
        AccountKind::Mortgage => ("Home Loan", "Préstamo hipotecario", "Financiamento imobiliário"),
        AccountKind::Investment => ("Securities Account", "Cuenta de valores", "Conta de investimentos"),
        AccountKind::Deposit => ("Fixed-Term Deposit", "Depósito a plazo", "Depósito a prazo"),
        AccountKind::Lease => ("Car Lease", "Leasing de vehículo", "Leasing de veículo"),
        AccountKind::Insurance => ("Home Insurance", "Seguro de hogar", "Seguro residencial"),
        AccountKind::Wallet => ("Wallet", "Monedero", "Carteira digital"),
    };
    region.say(english, spanish, portuguese)
}

fn identifier(region: Region, kind: AccountKind, bank: &str, random: &mut super::Random) -> String {
    if matches!(kind, AccountKind::CreditCard | AccountKind::DebitCard) {
        // From a range that no network issues.
        return format!("9{}", random.digits(15));
    }
    match region {
        Region::Europe => iban("DE", &format!("{bank}{}", random.digits(10))),
        Region::Spain => iban("ES", &format!("{bank}0001{}", random.digits(12))),
        Region::Brazil => format!("{}-{}", random.digits(8), random.digits(1)),
        Region::Mexico => format!("{bank}180{}", random.digits(12)),
        Region::Chile | Region::Argentina => format!("{bank}{}", random.digits(9)),
    }
}

/// An IBAN with its check digits.
fn iban(country: &str, account: &str) -> String {
    let digits: String =
        format!("{account}{country}00").chars().map(|char| char.to_digit(36).unwrap_or_default().to_string()).collect();
    let rest = digits.bytes().fold(0_u32, |rest, byte| (rest * 10 + u32::from(byte - b'0')) % 97);
    format!("{country}{:02}{account}", 98 - rest)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ibans_keep_their_checksum() {
        assert_eq!(iban("DE", "370400440532013000"), "DE89370400440532013000");
        assert_eq!(iban("ES", "21000418450200051332"), "ES9121000418450200051332");
    }
}
