//! Every record of the model with every field set.

use bankfeed::*;

fn day<T: std::str::FromStr>(text: &str) -> Option<T> {
    text.parse().ok()
}

fn amount(text: &str) -> Amount {
    text.parse().unwrap()
}

/// All kinds of identifiers; what may be personal in them is made of `text` where it need not be valid.
pub(crate) fn identifiers(text: &str) -> Vec<AccountIdentifier> {
    vec![
        AccountIdentifier::iban("iban", "DE89 3704 0044 0532 0130 00"),
        AccountIdentifier::bic("bic", "DEUTDEFF500"),
        AccountIdentifier::recognize("clabe", "032180000118359719"),
        AccountIdentifier::recognize("cbu", "2850590940090418135201"),
        AccountIdentifier::SortCode { sort_code: "601613".to_owned(), number: Some(text.into()) },
        AccountIdentifier::Brazilian {
            bank: Some("341".to_owned()),
            agency: Some("0001".to_owned()),
            account: text.into(),
            check_digit: Some(text.into()),
        },
        AccountIdentifier::masked_pan("pan", "411111******1111"),
        AccountIdentifier::isin("isin", "US0378331005"),
        AccountIdentifier::number("account_number", text),
    ]
}

pub(crate) fn institution() -> Institution {
    let mut institution = Institution::new("bank_a");
    institution.name = Some("Bank A".to_owned());
    institution.countries = vec!["DE".to_owned(), "AT".to_owned()];
    institution.bics = Bic::parse("DEUTDEFF").into_iter().collect();
    institution.logo = Some("https://bank.example/logo.png".to_owned());
    institution.status = Some(Coded::new(InstitutionStatus::Down, "inactive"));
    institution
}

pub(crate) fn connection(text: &str) -> Connection {
    let mut connection = Connection::new(text);
    connection.party = Some(text.into());
    connection.institution = Some("bank_a".into());
    connection.institution_name = Some("Bank A".to_owned());
    connection.status = Some(Coded::new(None, "paused"));
    connection.consent = Some("consent-1".into());
    connection.created_at = day("2026-03-02T06:00:00Z");
    connection.updated_at = day("2026-03-02 06:00:00.123-0300");
    connection.next_refresh_at = day("2026-03-02T07:00+01");
    connection
}

pub(crate) fn consent(text: &str) -> Consent {
    let mut consent = Consent::new("consent-1");
    consent.connection = Some(text.into());
    consent.party = Some(text.into());
    consent.status = Some(Coded::implied(ConsentStatus::Active));
    consent.scopes = vec![Coded::new(ConsentScope::Accounts, "account_details"), Coded::new(None, "else")];
    consent.granted_at = day("2026-03-02T06:00:00Z");
    consent.expires_at = day("2026-06-01");
    consent.revoked_at = day("2026-05-01T00:00:00.000001Z");
    consent.data_from = day("2025-03-02");
    consent.data_to = day("2026-03-02T23:59:59+01:00");
    consent
}

pub(crate) fn party(text: &str) -> Party {
    let mut address = Address::new();
    address.street = Some(text.to_owned());
    address.city = Some(text.to_owned());
    address.state = Some(text.to_owned());
    address.postal_code = Some(text.to_owned());
    address.country = Some("DE".to_owned());
    let mut party = Party::new();
    party.id = Some(text.into());
    party.connection = Some(text.into());
    party.names = vec![text.into()];
    party.emails = vec![text.into()];
    party.phones = vec![text.into()];
    party.addresses = vec![Personal(address)];
    party.birth_date = day::<Date>("1990-05-17").map(Personal);
    party.documents = vec![Personal(Document::new(Some("DNI".to_owned()), text))];
    party
}

pub(crate) fn account(text: &str) -> Account {
    let mut holder = Holder::named(text);
    holder.party = Some(text.into());
    holder.role = Some("owner".to_owned());
    let mut account = Account::new(text, Coded::new(AccountKind::CreditCard, "credit_card"));
    account.identifiers = identifiers(text);
    account.key = AccountKey::of(&account.id, &account.identifiers, None, None);
    account.connection = Some(text.into());
    account.name = Some(text.into());
    account.nickname = Some(text.into());
    account.currency = day("EUR");
    account.status = Some(Coded::new(AccountStatus::Active, "active"));
    account.holders = vec![holder];
    account.product = Some("Gold".to_owned());
    account.opened_on = day("2020-01-31");
    account.updated_at = day("2026-03-02T06:00:00Z");
    account.details.credit_limit = Some(amount("5000.00"));
    account.details.card_expiry = day("2030-12-31");
    account.details.interest_rate = Some(amount("19.9"));
    account.details.minimum_payment = Some(amount("25"));
    account.details.next_payment_amount = Some(amount("0.00000001"));
    account.details.next_payment_date = day("2026-04-01");
    account.details.remaining_payments = Some(12);
    account.details.statement_closes_on = day("2026-03-28");
    account.details.original_principal = Some(amount("999999999999999.9999"));
    account.details.matures_on = day("2035-01-01");
    account.details.invested_amount = Some(amount("1"));
    account.details.surrender_value = Some(amount("2"));
    account
}

pub(crate) fn balance(text: &str) -> Balance {
    let mut balance = Balance::new(text, Coded::new(BalanceKind::Booked, "interimBooked"), amount("-0.10"));
    balance.currency = day("EUR");
    balance.as_of = day("2026-03-02");
    balance
}

pub(crate) fn transaction(text: &str) -> Transaction {
    let key = TransactionKey::of_content(&[text], 1);
    let status = Coded::new(TransactionStatus::Pending, "pending");
    let mut transaction = Transaction::signed(key, amount("-12.30"), status);
    let mut counterparty = Counterparty::new();
    counterparty.name = Some(text.into());
    counterparty.account = identifiers(text).pop();
    counterparty.document = Some(text.into());
    counterparty.information = Some(text.into());
    let mut merchant = Merchant::new();
    merchant.id = Some("m1".to_owned());
    merchant.name = Some("Café".to_owned());
    merchant.website = Some("https://cafe.example".to_owned());
    merchant.logo = Some("https://cafe.example/logo.png".to_owned());
    let mut original = Exchange::new(amount("-13.99"), day("USD"));
    original.rate = Some(amount("0.879"));
    transaction.id = Some("t1".into());
    transaction.account = Some(text.into());
    transaction.currency = day("EUR");
    transaction.kind = Some(Coded::new(TransactionKind::CardPayment, "card"));
    transaction.transaction_date = day("2026-03-01T23:59:59-03:00");
    transaction.booking_date = day("2026-03-02");
    transaction.value_date = day("2026-03-03");
    transaction.description = Some(text.into());
    transaction.category = Some(Coded::new(Category::EatingOut, "cafes"));
    transaction.counterparty = counterparty.known();
    transaction.merchant = merchant.known();
    transaction.merchant_category = Some("5814".to_owned());
    transaction.original_amount = Some(original);
    transaction.balance_after = Some(amount("-100.00"));
    transaction.duplicate = Some(false);
    transaction.references = vec![Reference::new("end_to_end_id", text)];
    transaction.bank_reference = Some("ref-1".to_owned());
    transaction.bank_code = Some("005".to_owned());
    transaction
}

pub(crate) fn holding(text: &str) -> Holding {
    let mut holding = Holding::new(text);
    holding.name = Some("Fund".to_owned());
    holding.identifiers = vec![AccountIdentifier::isin("isin", "US0378331005")];
    holding.quantity = Some(amount("1.000001"));
    holding.price = Some(amount("10"));
    holding.value = Some(amount("10.00001"));
    holding.currency = day("EUR");
    holding.as_of = day("2026-03-02");
    holding
}

pub(crate) fn event(text: &str) -> Event {
    let mut event = Event::new(ProviderId::new("fake"), Coded::new(EventKind::Failed, "fail"), "key-1");
    event.connection = Some(text.into());
    event.party = Some(text.into());
    event.institution = Some("bank_a".into());
    event.institution_status = Some(Coded::new(InstitutionStatus::Disabled, "disabled"));
    let four_hours = RetryAdvice::After(std::time::Duration::from_millis(14_400_500));
    event.error = Some(Cause::new(ErrorKind::TooSoon).advice(four_hours).actor(Actor::Caller).code("E1"));
    event.sent_at = day("2026-03-02T06:00:00Z");
    event
}
