//! What is there from the start.

use jiff::Timestamp;
use serde_json::{Value, json};

use super::Payments;
use super::authorizations::{Authorization, Stage};
use super::bank_accounts::{BankAccount, Holder};
use super::consent::REFUSED;
use super::customers::{Customer, Version};
use super::enrollments::Step;
use super::intents::{Intent, Status, Target};
use super::schedule::Schedule;
use super::times::{later, today};
use crate::world::{Person, Region, World};

/// As many people pay from the start, however large the world is.
const MOST: u64 = 10;
const DAY: i64 = 24 * 60 * 60;
const SHOP: &str = "Sapataria Meridiano Ltda";
const SHOP_DOCUMENT: &str = "98765432000198";

/// Who pays, and where to.
struct Parties {
    customer: String,
    /// The same person, registered with version 2.
    second: String,
    bank: String,
    shop: String,
    second_shop: String,
}

impl Payments {
    pub(super) fn seed(&mut self, world: &World) {
        let opened = later(world.start, -90 * DAY);
        let bank = self.institutions.first().map(|institution| institution.id.clone()).unwrap_or_default();
        let business = self.institutions.last().map(|institution| institution.id.clone()).unwrap_or_default();
        let owner = Holder { first: SHOP.to_owned(), last: String::new(), identifier: SHOP_DOCUMENT.to_owned() };
        self.register_customer(shop_customer(opened));
        let shop = self.seed_account(Version::One, owner.clone(), &business, opened);
        let second_shop = self.seed_account(Version::Two, owner, &business, opened);
        for number in 0..world.size.people.clamp(1, MOST) {
            let person = world.person(Region::Brazil, number);
            let at = later(opened, i64::try_from(number).unwrap_or_default() * 3_600);
            let customer = self.register_customer(customer(&person, Version::One, at));
            let second = self.register_customer(customer_of_second(&person, at));
            let holder = Holder {
                first: person.first_name.to_owned(),
                last: person.last_name.to_owned(),
                identifier: person.document.clone(),
            };
            let own = self.seed_account(Version::One, holder, &bank, at);
            if let Some(account) = self.bank_accounts.iter_mut().find(|account| account.id == own) {
                account.customer = Some(customer.clone());
            }
            let parties =
                Parties { customer, second, bank: bank.clone(), shop: shop.clone(), second_shop: second_shop.clone() };
            self.seed_paid(&parties, later(at, 60 * DAY));
            if number == 0 {
                self.seed_others(world, &parties);
            }
        }
    }

    fn seed_account(&mut self, version: Version, holder: Holder, institution: &str, at: Timestamp) -> String {
        let account = BankAccount {
            id: String::new(),
            version,
            created_at: at,
            customer: None,
            institution: institution.to_owned(),
            holder,
            account_type: "CHECKINGS".to_owned(),
            agency: self.mint.digits(4),
            number: self.mint.digits(8),
            external_id: None,
            metadata: json!({}),
        };
        self.register_bank_account(account)
    }

    /// A payment that was made long ago.
    fn seed_paid(&mut self, parties: &Parties, at: Timestamp) {
        let intent = self.seed_intent(parties, "Tênis de corrida", at, None);
        self.ask_payer(intent, at);
        self.agree_to_intent(intent, false, later(at, 40));
        self.run_until(later(at, 60));
    }

    /// One of every kind that is not done, or did not succeed.
    fn seed_others(&mut self, world: &World, parties: &Parties) {
        let start = world.start;
        let at = later(start, -40 * DAY);
        let day = today(at).tomorrow().unwrap_or_else(|_| today(at));
        let monthly = json!({ "monthly": {
            "start_date": day.to_string(), "day_of_month": day.day(), "occurrences": 12,
        } });
        let schedule = Schedule::read(&monthly, today(at), "").ok().flatten();
        let club = self.seed_intent(parties, "Mensalidade do clube", at, schedule);
        self.ask_payer(club, at);
        self.agree_to_intent(club, false, later(at, 40));
        let at = later(start, -15 * DAY);
        let refused = self.seed_intent(parties, "Mochila", at, None);
        self.ask_payer(refused, at);
        self.refuse_intent(refused, REFUSED, later(at, 55));
        let at = later(start, -DAY);
        let key = "atendimento@meridiano.example".to_owned();
        let target = Target::PixKey { holder: self.key_holder(&key, world), key };
        let open = self.seed_intent(parties, "Cadarços", at, None);
        self.intents[open].target = target;
        let at = later(start, -20 * DAY);
        let paid = self.seed_authorization(parties, at, None);
        self.authorize(paid, false, later(at, 45));
        let at = later(start, -5 * DAY);
        let days: Vec<_> = [10, 40].into_iter().map(|ahead| today(later(start, ahead * DAY))).collect();
        let planned = self.seed_authorization(parties, at, Some(days));
        self.authorize(planned, false, later(at, 45));
        let at = later(start, -60 * DAY);
        let phone = Some("Celular".to_owned());
        let callback = Some("https://loja.example/dispositivo".to_owned());
        let enrollment = self.begin_enrollment(
            parties.customer.clone(),
            parties.bank.clone(),
            "ANDROID".to_owned(),
            phone,
            callback,
            at,
        );
        self.enrollments[enrollment].decided = true;
        self.set_enrollment(enrollment, Step::Decision, later(at, 90));
    }

    fn seed_intent(
        &mut self,
        parties: &Parties,
        description: &str,
        at: Timestamp,
        schedule: Option<Schedule>,
    ) -> usize {
        let cents = self.mint.between(2_900, 89_900);
        let order = self.mint.digits(6);
        self.begin_intent(Intent {
            id: String::new(),
            customer: parties.customer.clone(),
            external_id: None,
            created_at: at,
            updated_at: at,
            status: Status::Open,
            cents,
            description: description.to_owned(),
            statement: SHOP.to_owned(),
            target: Target::Account(parties.shop.clone()),
            payer_institution: Some(parties.bank.clone()),
            callback_url: format!("https://loja.example/pedido/{order}"),
            cpf: None,
            schedule,
            metadata: json!({ "order": order }),
            consent: None,
            payer: None,
            penniless: false,
        })
    }

    fn seed_authorization(&mut self, parties: &Parties, at: Timestamp, days: Option<Vec<jiff::civil::Date>>) -> usize {
        let cents = self.mint.between(4_900, 129_900);
        let order = self.mint.digits(6);
        let metadata: Value = json!({ "order": order });
        let make = |consent| Authorization {
            id: String::new(),
            created_at: at,
            updated_at: at,
            stage: Stage::Awaiting,
            authorized_at: None,
            external_id: None,
            description: format!("Pedido {order}"),
            return_url: format!("https://loja.example/pedido/{order}"),
            customer: parties.second.clone(),
            institution: Some(parties.bank.clone()),
            representative: None,
            beneficiary: parties.second_shop.clone(),
            cents,
            statement: SHOP.to_owned(),
            days,
            metadata,
            consent,
            payer: None,
            penniless: false,
        };
        self.begin_authorization_of(make, at)
    }
}

fn customer(person: &Person, version: Version, at: Timestamp) -> Customer {
    Customer {
        id: String::new(),
        version,
        created_at: at,
        name: Some(person.full_name()),
        identifier: person.document.clone(),
        external_id: None,
        email: Some(person.email.clone()),
        phone: Some(person.phone.clone()),
        address: Some(format!("{}, {} - {}", person.street, person.city, person.state)),
    }
}

fn customer_of_second(person: &Person, at: Timestamp) -> Customer {
    Customer { email: None, phone: None, address: None, ..customer(person, Version::Two, at) }
}

fn shop_customer(at: Timestamp) -> Customer {
    Customer {
        id: String::new(),
        version: Version::One,
        created_at: at,
        name: Some(SHOP.to_owned()),
        identifier: SHOP_DOCUMENT.to_owned(),
        external_id: None,
        email: Some("contato@meridiano.example".to_owned()),
        phone: None,
        address: None,
    }
}
