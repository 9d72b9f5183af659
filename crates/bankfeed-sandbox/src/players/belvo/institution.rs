//! The institutions that Belvo reaches here, none of which exists.

use serde_json::{Value, json};

use crate::world::Region;

/// What is to be had at an institution.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Family {
    /// Accounts in Brazil, and what is made of them.
    Banking,
    /// Employments in Brazil.
    BrazilEmployment,
    /// Employments in Mexico.
    MexicoEmployment,
    /// The tax authority of Mexico.
    MexicoFiscal,
    /// The tax authority of Chile.
    ChileFiscal,
}

/// How an institution fares.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Health {
    Healthy,
    /// Every attempt to reach it is answered with `institution_down`.
    Down,
}

/// An institution.
#[derive(Debug)]
pub(super) struct Institution {
    pub(super) id: u32,
    pub(super) name: &'static str,
    pub(super) display_name: &'static str,
    pub(super) family: Family,
    pub(super) region: Region,
    /// Index of the bank among those of its region.
    pub(super) bank: usize,
    /// Users consent at the bank, in the widget, instead of handing over credentials.
    pub(super) open_finance: bool,
    pub(super) health: Health,
    pub(super) colour: &'static str,
}

const fn listed(
    id: u32,
    name: &'static str,
    display_name: &'static str,
    family: Family,
    region: Region,
    colour: &'static str,
) -> Institution {
    Institution {
        id,
        name,
        display_name,
        family,
        region,
        bank: 0,
        open_finance: false,
        health: Health::Healthy,
        colour,
    }
}

/// All of them. The seeded ones come first: their index is the seat that a link has with its person.
pub(super) static INSTITUTIONS: [Institution; 8] = [
    Institution {
        open_finance: true,
        ..listed(301, "ofmockbank_br_retail", "Mock Bank Brasil", Family::Banking, Region::Brazil, "#264653")
    },
    Institution {
        open_finance: true,
        bank: 1,
        ..listed(302, "ofbancoficticio_br_retail", "Banco Fictício", Family::Banking, Region::Brazil, "#e9c46a")
    },
    listed(303, "inss_br_employment", "Previdência de teste", Family::BrazilEmployment, Region::Brazil, "#1d3557"),
    listed(304, "planet_mx_employment", "Instituto de prueba", Family::MexicoEmployment, Region::Mexico, "#f4a261"),
    listed(305, "tatooine_mx_fiscal", "Servicio fiscal de prueba", Family::MexicoFiscal, Region::Mexico, "#2a9d8f"),
    listed(306, "mockbank_cl_fiscal", "Servicio de impuestos de prueba", Family::ChileFiscal, Region::Chile, "#e76f51"),
    Institution {
        bank: 2,
        ..listed(307, "erebor_br_retail", "Erebor Brasil", Family::Banking, Region::Brazil, "#056dae")
    },
    Institution {
        bank: 3,
        health: Health::Down,
        ..listed(308, "fechado_br_retail", "Banco Fechado", Family::Banking, Region::Brazil, "#6c757d")
    },
];

/// How many institutions a person has a link to from the start.
pub(super) const SEATS: u64 = 6;

impl Family {
    /// What can be fetched, by the names that requests use.
    pub(super) fn resources(self) -> &'static [&'static str] {
        match self {
            Self::Banking => &[
                "ACCOUNTS",
                "BALANCES",
                "BILLS",
                "EXCHANGES",
                "INCOMES",
                "INVESTMENTS",
                "INVESTMENT_TRANSACTIONS",
                "OWNERS",
                "RECURRING_EXPENSES",
                "RISK_INSIGHTS",
                "TRANSACTIONS",
            ],
            Self::BrazilEmployment => &["EMPLOYMENTS", "OWNERS"],
            Self::MexicoEmployment => &["EMPLOYMENT_RECORDS", "CURRENT_EMPLOYMENTS", "EMPLOYMENT_METRICS"],
            Self::MexicoFiscal => &[
                "FINANCIAL_STATEMENTS",
                "INVOICES",
                "TAX_COMPLIANCE_STATUS",
                "TAX_RETENTIONS",
                "TAX_RETURNS",
                "TAX_STATUS",
            ],
            Self::ChileFiscal => &["INVOICES", "TAX_STATUS"],
        }
    }

    fn institution_type(self) -> &'static str {
        match self {
            Self::Banking => "bank",
            Self::BrazilEmployment | Self::MexicoEmployment => "employment",
            Self::MexicoFiscal | Self::ChileFiscal => "fiscal",
        }
    }
}

impl Institution {
    /// Its record.
    pub(super) fn record(&self) -> Value {
        let statics = |kind: &str| format!("https://statics.example.com/{}{kind}.svg", self.name);
        let field = |name: &str, kind: &str, label: &str, placeholder: &str| json!({ "name": name, "type": kind, "label": label, "validation": "^.{1,}$", "placeholder": placeholder });
        let fields = if self.open_finance {
            json!([field("username", "text", "CPF", "00000000000")])
        } else {
            json!([field("username", "text", "User", "user"), field("password", "password", "Password", "secret")])
        };
        let features = if self.open_finance {
            json!([])
        } else {
            json!([{ "name": "token_required", "description": "Some users need a token to log in." }])
        };
        let listing = self.open_finance.then(|| {
            json!({
                "description": format!("{} shares accounts by consent.", self.display_name),
                "participants": [self.display_name],
                "authorization_server_id": format!("00000000-0000-4000-8000-{:012}", self.id),
            })
        });
        json!({
            "id": self.id,
            "name": self.name,
            "type": self.family.institution_type(),
            "website": format!("https://{}.example.com/", self.name.replace('_', "-")),
            "display_name": self.display_name,
            "country_codes": [self.region.country()],
            "primary_color": self.colour,
            "logo": statics("_logo"),
            "icon_logo": statics(""),
            "text_logo": statics("_text"),
            "code": null,
            "form_fields": fields,
            "features": features,
            "resources": self.family.resources(),
            "integration_type": if self.open_finance { "openfinance" } else { "credentials" },
            "status": if self.health == Health::Healthy { "healthy" } else { "down" },
            "openbanking_information": listing,
        })
    }

    /// As accounts name it.
    pub(super) fn brief(&self) -> Value {
        json!({ "name": self.name, "type": self.family.institution_type() })
    }

    /// Where its small logo is.
    pub(super) fn icon(&self) -> String {
        format!("https://statics.example.com/{}.svg", self.name)
    }

    /// The institution of a name.
    pub(super) fn named(name: &str) -> Option<&'static Self> {
        INSTITUTIONS.iter().find(|institution| institution.name == name)
    }
}
