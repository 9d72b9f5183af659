//! What banks print beside a movement.

use super::{Category, EntryKind, Merchant, Random, Region};

/// What is known when the text is made.
pub(super) struct Told {
    pub(super) region: Region,
    pub(super) kind: EntryKind,
    pub(super) category: Category,
    pub(super) merchant: Option<&'static Merchant>,
    pub(super) cents: i64,
    /// The account is a company's.
    pub(super) business: bool,
}

const FRIENDS: &[(&str, &str, &str)] = &[
    ("Nora Keller", "Marta Ruiz", "Beatriz Lima"),
    ("Jonas Maier", "Diego Castro", "Rafael Rocha"),
    ("Alice Dubois", "Elena Molina", "Camila Ribeiro"),
    ("Felix Novak", "Andrés Peña", "Thiago Almeida"),
    ("Greta Jansen", "Nuria Vidal", "Larissa Souza"),
];

const EMPLOYERS: (&str, &str, &str) = ("Meridian Software GmbH", "Meridiano Software S.L.", "Meridiano Software Ltda");
const CUSTOMERS: (&str, &str, &str) = ("Atelier Nordlicht", "Taller Aurora", "Oficina Aurora");
const LANDLORDS: (&str, &str, &str) = ("Hausverwaltung Eiche", "Inmobiliaria Roble", "Imobiliária Carvalho");

/// The text, and who is on the other side.
pub(super) fn tell(told: &Told, random: &mut Random) -> (String, Option<String>) {
    let region = told.region;
    let say = |english, spanish, portuguese| region.say(english, spanish, portuguese);
    let named = |(english, spanish, portuguese): (&'static str, &'static str, &'static str)| {
        say(english, spanish, portuguese).to_owned()
    };
    match (told.kind, told.category) {
        (EntryKind::Card, _) => {
            let shop = told.merchant.map_or("", |shop| shop.name);
            let lead = say("Card payment", "Compra tarjeta", "Compra cartão");
            (
                format!("{lead} {} {}", shop.to_uppercase(), random.digits(4)),
                told.merchant.map(|shop| shop.name.to_owned()),
            )
        }
        (EntryKind::DirectDebit, Category::Insurance) => {
            (say("Insurance premium", "Recibo seguro hogar", "Prêmio de seguro").to_owned(), None)
        }
        (EntryKind::DirectDebit, _) => {
            let shop = told.merchant.map_or("", |shop| shop.name);
            let lead = say("Direct debit", "Recibo", "Débito automático");
            (format!("{lead} {shop} {}", random.digits(8)), told.merchant.map(|shop| shop.name.to_owned()))
        }
        (EntryKind::Salary, _) if told.business => {
            let customer = named(CUSTOMERS);
            (format!("{} {} {customer}", say("Invoice", "Factura", "Fatura"), random.digits(6)), Some(customer))
        }
        (EntryKind::Salary, _) => {
            let employer = named(EMPLOYERS);
            (format!("{} {employer}", say("Salary", "Nómina", "Salário")), Some(employer))
        }
        (EntryKind::Transfer, Category::Rent) => {
            let landlord = named(LANDLORDS);
            (format!("{} {landlord}", say("Rent", "Alquiler", "Aluguel")), Some(landlord))
        }
        (EntryKind::Transfer, Category::CardPayment) => {
            (say("Card balance paid", "Liquidación de tarjeta", "Pagamento da fatura").to_owned(), None)
        }
        (EntryKind::Transfer, Category::Savings) if told.cents < 0 => {
            (say("Transfer to savings", "Traspaso a ahorro", "Transferência para poupança").to_owned(), None)
        }
        (EntryKind::Transfer, Category::Savings) => {
            (say("Transfer from savings", "Traspaso desde ahorro", "Resgate da poupança").to_owned(), None)
        }
        (EntryKind::Transfer, _) => {
            let friend = named(random.pick(FRIENDS).copied().unwrap_or_default());
            let lead = if told.cents < 0 {
                say("Transfer to", "Transferencia a", "Pix enviado")
            } else {
                say("Transfer from", "Transferencia de", "Pix recebido")
            };
            (format!("{lead} {friend}"), Some(friend))
        }
        (EntryKind::Cash, _) => {
            (format!("{} {}", say("Cash withdrawal", "Retirada cajero", "Saque"), random.digits(5)), None)
        }
        (EntryKind::Fee, _) => {
            (say("Account fee", "Comisión de mantenimiento", "Tarifa de manutenção").to_owned(), None)
        }
        (EntryKind::Interest, _) => (say("Interest", "Abono de intereses", "Rendimento").to_owned(), None),
        (EntryKind::Installment, _) => (say("Instalment", "Cuota préstamo", "Parcela empréstimo").to_owned(), None),
    }
}
