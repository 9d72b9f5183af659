//! The file: profiles, and in each what a provider needs.

use std::collections::BTreeMap;
use std::path::Path;

use serde::Deserialize;

use super::secret::{SecretFrom, variable};
use crate::trouble::Trouble;

/// The whole file.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct File {
    /// The profile that is used when none is named.
    pub(super) profile: Option<String>,
    #[serde(default)]
    pub(super) profiles: BTreeMap<String, Profile>,
}

/// What each provider needs. One that is left out is not set up.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Profile {
    pub(crate) saltedge: Option<SaltEdge>,
    pub(crate) belvo: Option<Belvo>,
    pub(crate) khipu: Option<Khipu>,
    pub(crate) wealthreader: Option<WealthReader>,
}

/// Settings of a provider: each a text or a place where one is kept, and each with a variable that overrides it.
macro_rules! settings {
    ($(#[$doc:meta])* $name:ident as $section:literal {
        $($(#[$field_doc:meta])* $field:ident,)*
        $(; $($(#[$other_doc:meta])* $other:ident: $kind:ty,)*)?
    }) => {
        $(#[$doc])*
        #[derive(Debug, Default, Deserialize)]
        #[serde(deny_unknown_fields)]
        pub(crate) struct $name {
            $($(#[$field_doc])* pub(crate) $field: Option<SecretFrom>,)*
            $($($(#[$other_doc])* #[serde(default)] pub(crate) $other: $kind,)*)?
        }

        impl $name {
            /// Puts what the environment says in place of what the file says; whether it said anything.
            fn override_from(&mut self, environment: &impl Fn(&str) -> Option<String>) -> bool {
                let mut said = false;
                $(if let Some(value) = environment(&variable(concat!($section, ".", stringify!($field)))) {
                    self.$field = Some(SecretFrom::Plain(value));
                    said = true;
                })*
                said
            }

            /// The settings by their names, the ones that are missing too.
            pub(crate) fn named(&mut self) -> Vec<(&'static str, &mut Option<SecretFrom>)> {
                vec![$((concat!($section, ".", stringify!($field)), &mut self.$field),)*]
            }
        }
    };
}

settings! {
    /// Salt Edge.
    SaltEdge as "saltedge" {
        /// The first half of the service API key.
        app_id,
        /// The second half.
        secret,
        /// RSA key in PEM that signs requests; live clients need it.
        private_key,
        /// RSA key in PEM with which callbacks are checked.
        callback_key,
        /// Another address of the API.
        base_url,
        ;
        /// Where callbacks arrive, by kind: `success`, `fail`, `notify`, `destroy`, `provider_changes`, `categorization`, `report`.
        callbacks: BTreeMap<String, String>,
    }
}

settings! {
    /// Belvo.
    Belvo as "belvo" {
        /// User name of the API.
        secret_id,
        /// Its password.
        secret_password,
        /// `sandbox` for the provider's own sandbox, else `production`.
        environment,
        /// What stands in the header `Authorization` of callbacks.
        webhook_authorization,
        /// Another address of the API.
        base_url,
    }
}

settings! {
    /// Khipu.
    Khipu as "khipu" {
        /// The key of the API, where accounts have logins.
        api_key,
        /// A bearer token instead.
        jwt,
        /// Where callbacks arrive.
        callback_address,
        /// The token in that address.
        callback_token,
        /// The secret that signs connection ids in it.
        callback_secret,
        /// Another address of the API.
        base_url,
        ;
        /// The accounts to read.
        accounts: Vec<KhipuAccount>,
    }
}

settings! {
    /// Wealth Reader.
    WealthReader as "wealthreader" {
        /// The key of the API.
        api_key,
        /// The secret that signs callbacks about cards.
        cards_secret,
        /// Another address of the API.
        base_url,
        /// Another address of the page where users log in.
        redirect_url,
    }
}

/// An account at Khipu.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct KhipuAccount {
    /// As the bank writes it, leading zeros included.
    pub(crate) number: SecretFrom,
    /// The link behind which the provider keeps the login.
    pub(crate) link: Option<SecretFrom>,
    /// What the bank's login asks for, by the provider's names.
    #[serde(default)]
    pub(crate) login: BTreeMap<String, SecretFrom>,
}

impl KhipuAccount {
    /// What is kept of it, by the names that errors give it.
    pub(crate) fn named(&mut self) -> Vec<(&'static str, &mut SecretFrom)> {
        let mut all = vec![("khipu.accounts.number", &mut self.number)];
        all.extend(self.link.as_mut().map(|link| ("khipu.accounts.link", link)));
        all.extend(self.login.values_mut().map(|value| ("khipu.accounts.login", value)));
        all
    }
}

impl Profile {
    /// Puts what the environment says in place of what the file says. A provider that only the environment knows is set up, too.
    pub(super) fn override_from_environment(&mut self, environment: impl Fn(&str) -> Option<String>) {
        fn apply<T: Default>(section: &mut Option<T>, override_from: impl Fn(&mut T) -> bool) {
            let mut settings = section.take();
            let known = settings.is_some();
            let mut filled = settings.take().unwrap_or_default();
            if override_from(&mut filled) || known {
                *section = Some(filled);
            }
        }
        apply(&mut self.saltedge, |settings| settings.override_from(&environment));
        apply(&mut self.belvo, |settings| settings.override_from(&environment));
        apply(&mut self.khipu, |settings| settings.override_from(&environment));
        apply(&mut self.wealthreader, |settings| settings.override_from(&environment));
    }
}

impl Profile {
    /// All settings by their names; those of a provider that is not set up are all missing.
    pub(crate) fn named(&mut self) -> Vec<(&'static str, &mut Option<SecretFrom>)> {
        let mut all = Vec::new();
        all.extend(self.saltedge.iter_mut().flat_map(SaltEdge::named));
        all.extend(self.belvo.iter_mut().flat_map(Belvo::named));
        all.extend(self.khipu.iter_mut().flat_map(Khipu::named));
        all.extend(self.wealthreader.iter_mut().flat_map(WealthReader::named));
        all
    }

    /// Everything that is set, accounts included.
    pub(crate) fn present(&mut self) -> Vec<(&'static str, SecretFrom)> {
        let named = self.named().into_iter().filter_map(|(name, from)| Some((name, from.clone()?)));
        let mut all: Vec<_> = named.collect();
        let accounts = self.khipu.iter_mut().flat_map(|khipu| &mut khipu.accounts);
        all.extend(accounts.flat_map(KhipuAccount::named).map(|(name, from)| (name, from.clone())));
        all
    }
}

/// Reads the file. What stands in it may be secret, so that an error names the place and not the text.
pub(super) fn parse(text: &str, place: &Path) -> Result<File, Trouble> {
    toml::from_str(text).map_err(|error| {
        let at = error.span().map(|span| position(text, span.start));
        let (line, column) = at.unwrap_or((1, 1));
        Trouble::configuration(
            format!("{}:{line}:{column}: {}", place.display(), harmless(error.message())),
            "mend that line; `bankfeed doctor --example` shows a whole file",
        )
    })
}

/// A message of the reader without what it repeats of the values. It quotes them in two forms only, `invalid type: string "…",
/// expected …` and `invalid value: …`; what is expected comes from this program and stands last. Names of settings stay.
fn harmless(message: &str) -> String {
    if !message.starts_with("invalid type: ") && !message.starts_with("invalid value: ") {
        return message.lines().next().unwrap_or_default().to_owned();
    }
    // The last one: a value may have the same words in it.
    let Some((found, expected)) = message.rsplit_once(", expected ") else { return "not a value for this".to_owned() };
    let kind = found.split_once(": ").map(|(_, kind)| kind).unwrap_or_default();
    let kind = kind.split(['`', '"']).next().unwrap_or_default().trim_end();
    let expected = if expected.starts_with("struct ") || expected == "a map" { "a table" } else { expected };
    format!("{}, expected {}", plain_kind(kind), if expected == "a sequence" { "a list" } else { expected })
}

/// Kinds of values, as TOML calls them. Nothing that is not among them is shown.
fn plain_kind(kind: &str) -> &'static str {
    match kind {
        "string" => "this is a text",
        "integer" => "this is an integer",
        "floating point" => "this is a number",
        "boolean" => "this is true or false",
        "map" => "this is a table or a date",
        "sequence" => "this is a list",
        _ => "this is something else",
    }
}

fn position(text: &str, at: usize) -> (usize, usize) {
    let before = text.get(..at).unwrap_or(text);
    let line = before.matches('\n').count() + 1;
    let column = before.rsplit('\n').next().map_or(0, |line| line.chars().count()) + 1;
    (line, column)
}
