//! The providers that there are. None of them exists.

use jiff::{SignedDuration, Timestamp};

use crate::world::{Region, World};

/// A provider.
pub(super) struct Bank {
    pub(super) code: &'static str,
    pub(super) name: &'static str,
    pub(super) country: &'static str,
    pub(super) mode: &'static str,
    pub(super) bic: &'static str,
    /// Index among the banks of the world, for those that have accounts.
    pub(super) institution: Option<usize>,
    /// The bank asks the user for something each time.
    pub(super) interactive: bool,
    pub(super) condition: Condition,
    /// It is reached with the client's own keys.
    pub(super) client_keys: bool,
}

/// Whether a provider can be used.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Condition {
    Well,
    /// Inactive on every seventh day of the sandbox.
    Ailing,
    /// For good: only whoever has kept its code finds it.
    Disabled,
    /// No keys have been entered for it.
    NoKeys,
}

const fn fake(
    code: &'static str,
    name: &'static str,
    mode: &'static str,
    bic: &'static str,
    condition: Condition,
) -> Bank {
    let client_keys = matches!(condition, Condition::NoKeys);
    Bank { code, name, country: "XF", mode, bic, institution: None, interactive: false, condition, client_keys }
}

const fn real(code: &'static str, name: &'static str, country: &'static str, mode: &'static str) -> Bank {
    Bank {
        code,
        name,
        country,
        mode,
        bic: "",
        institution: None,
        interactive: true,
        condition: Condition::Well,
        client_keys: false,
    }
}

/// By ascending id.
pub(super) const BANKS: &[Bank] = &[
    Bank {
        institution: Some(0),
        client_keys: true,
        ..fake("fake_oauth_client_xf", "Fake Bank with Client Keys", "oauth", "FAKEXFXX", Condition::Well)
    },
    Bank {
        institution: Some(1),
        interactive: true,
        ..fake("fakebank_interactive_xf", "Fake Bank with Second Factor", "web", "FAKIXFXX", Condition::Well)
    },
    Bank { institution: Some(2), ..fake("fakebank_simple_xf", "Fakebank Simple", "api", "FAKSXFXX", Condition::Well) },
    fake("fakebank_maintenance_xf", "Fakebank under Maintenance", "web", "FAKMXFXX", Condition::Ailing),
    fake("fakebank_closed_xf", "Fakebank Closed", "web", "FAKCXFXX", Condition::Disabled),
    fake("fake_oauth_keyless_client_xf", "Fake Bank without Keys", "oauth", "FAKKXFXX", Condition::NoKeys),
    real("alpenbank_at", "Alpenbank", "AT", "oauth"),
    real("donau_sparkasse_at", "Donau Sparkasse", "AT", "oauth"),
    real("banque_fictive_be", "Banque Fictive", "BE", "oauth"),
    real("scheldebank_be", "Scheldebank", "BE", "oauth"),
    real("lindenbank_de", "Lindenbank", "DE", "oauth"),
    real("nordlicht_bank_de", "Nordlicht Bank", "DE", "oauth"),
    real("sparverein_ostsee_de", "Sparverein Ostsee", "DE", "web"),
    real("oresund_bank_dk", "Oresund Bank", "DK", "oauth"),
    real("banco_ficticio_es", "Banco Ficticio", "ES", "oauth"),
    real("caja_imaginaria_es", "Caja Imaginaria", "ES", "oauth"),
    real("jarvi_pankki_fi", "Järvi Pankki", "FI", "oauth"),
    real("banque_imaginaire_fr", "Banque Imaginaire", "FR", "oauth"),
    real("credit_invente_fr", "Crédit Inventé", "FR", "api"),
    real("thornfield_bank_gb", "Thornfield Bank", "GB", "oauth"),
    real("wessex_building_society_gb", "Wessex Building Society", "GB", "oauth"),
    real("shannon_bank_ie", "Shannon Bank", "IE", "oauth"),
    real("banca_immaginaria_it", "Banca Immaginaria", "IT", "oauth"),
    real("cassa_inventata_it", "Cassa Inventata", "IT", "web"),
    real("poldersbank_nl", "Poldersbank", "NL", "oauth"),
    real("waterbank_nl", "Waterbank", "NL", "api"),
    real("banco_inventado_pt", "Banco Inventado", "PT", "oauth"),
    real("skargardsbanken_se", "Skärgårdsbanken", "SE", "oauth"),
];

/// Code, name, and the hour of UTC at which the daily refreshes begin.
pub(super) const COUNTRIES: &[(&str, &str, u64)] = &[
    ("AT", "Austria", 1),
    ("BE", "Belgium", 1),
    ("DE", "Germany", 1),
    ("DK", "Denmark", 1),
    ("ES", "Spain", 1),
    ("FI", "Finland", 0),
    ("FR", "France", 1),
    ("GB", "United Kingdom", 2),
    ("IE", "Ireland", 2),
    ("IT", "Italy", 1),
    ("NL", "Netherlands", 1),
    ("PT", "Portugal", 2),
    ("SE", "Sweden", 1),
    ("XF", "Fake", 2),
];

/// The number of the provider with a code.
pub(super) fn find(code: &str) -> Option<usize> {
    BANKS.iter().position(|bank| bank.code == code)
}

/// The number of the provider that a bank of the world is.
pub(super) fn of_institution(institution: usize) -> usize {
    BANKS.iter().position(|bank| bank.institution == Some(institution)).unwrap_or(0)
}

/// Providers with accounts: as many as banks of the world.
pub(super) fn connectable(world: &World) -> u64 {
    world.institutions(Region::Europe).len() as u64
}

impl Bank {
    pub(super) fn is_fake(&self) -> bool {
        self.country == "XF"
    }

    /// `active`, `inactive` or `disabled` at a moment.
    pub(super) fn status(&self, world: &World, now: Timestamp) -> &'static str {
        match self.condition {
            Condition::Disabled => "disabled",
            Condition::Ailing if self.changed_at(world, now).1 => "inactive",
            _ => "active",
        }
    }

    /// When its status changed last, and whether it became inactive then.
    pub(super) fn changed_at(&self, world: &World, now: Timestamp) -> (Timestamp, bool) {
        const DAY: i64 = 86_400;
        let days = now.duration_since(world.start).as_secs().div_euclid(DAY);
        let (week, weekday) = (days.div_euclid(7), days.rem_euclid(7));
        let ailing = weekday == 6;
        let since = if ailing { week * 7 + 6 } else { week * 7 };
        let at = world.start.saturating_add(SignedDuration::from_secs(since * DAY)).unwrap_or(now);
        (at, ailing)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::world::Size;

    #[test]
    fn codes_are_unique_and_every_bank_of_the_world_is_there() {
        let world =
            World::new(1, Size { people: 1, transactions: 10, days: 30 }, "2026-03-02T09:00:00Z".parse().unwrap());
        for (number, bank) in BANKS.iter().enumerate() {
            assert_eq!(find(bank.code), Some(number), "{}", bank.code);
            assert!(bank.code.ends_with(&format!("_{}", bank.country.to_lowercase())), "{}", bank.code);
            assert!(COUNTRIES.iter().any(|(code, _, _)| *code == bank.country), "{}", bank.code);
        }
        for (number, bank) in world.institutions(Region::Europe).iter().enumerate() {
            assert_eq!(BANKS[of_institution(number)].code, bank.code);
        }
    }
}
