//! Where people live and bank: language of texts, currency, form of account numbers.

/// A part of the world.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Region {
    /// Euro area, texts in English: what Salt Edge's test providers are.
    Europe,
    /// Spain, for Wealth Reader.
    Spain,
    /// Brazil, for Belvo.
    Brazil,
    /// Mexico, for Belvo's fiscal and employment products.
    Mexico,
    /// Chile, for Belvo's fiscal products.
    Chile,
    /// Argentina, for Khipu.
    Argentina,
}

impl Region {
    /// ISO 3166-1 alpha-2.
    pub(crate) fn country(self) -> &'static str {
        match self {
            Self::Europe => "DE",
            Self::Spain => "ES",
            Self::Brazil => "BR",
            Self::Mexico => "MX",
            Self::Chile => "CL",
            Self::Argentina => "AR",
        }
    }

    /// ISO 4217.
    pub(crate) fn currency(self) -> &'static str {
        match self {
            Self::Europe | Self::Spain => "EUR",
            Self::Brazil => "BRL",
            Self::Mexico => "MXN",
            Self::Chile => "CLP",
            Self::Argentina => "ARS",
        }
    }

    /// A currency that foreign purchases come in, and how many cents of the own currency a unit costs.
    pub(crate) fn foreign(self) -> (&'static str, i64) {
        match self {
            Self::Europe | Self::Spain => ("USD", 92),
            Self::Brazil => ("USD", 540),
            Self::Mexico => ("USD", 1_860),
            Self::Chile => ("USD", 94_200),
            Self::Argentina => ("USD", 142_500),
        }
    }

    /// How many times larger amounts are than in euros.
    pub(super) fn scale(self) -> i64 {
        match self {
            Self::Europe | Self::Spain => 1,
            Self::Brazil => 5,
            Self::Mexico => 18,
            Self::Chile => 900,
            Self::Argentina => 1_200,
        }
    }

    /// A text in the language of the region: English, Spanish, Portuguese.
    pub(crate) fn say(self, english: &'static str, spanish: &'static str, portuguese: &'static str) -> &'static str {
        match self {
            Self::Europe => english,
            Self::Brazil => portuguese,
            Self::Spain | Self::Mexico | Self::Chile | Self::Argentina => spanish,
        }
    }
}
