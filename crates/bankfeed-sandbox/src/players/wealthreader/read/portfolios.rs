//! Investments of every kind. Prices move from day to day; what was paid for does not.

use serde_json::{Value, json};

use super::{Reading, months_after};
use crate::players::wealthreader::names::Named;
use crate::world::{AccountKind, day, number};

/// A kind of portfolio.
struct Kind {
    subtype: &'static str,
    name: &'static str,
    securities: &'static [Security],
}

/// Something that can be held.
struct Security {
    name: &'static str,
    /// Eleven characters; the check digit is added. `XF` is nobody's country.
    isin: Option<&'static str>,
    ticker: Option<&'static str>,
    /// Usual price in cents.
    price: i64,
}

const fn security(
    name: &'static str,
    isin: Option<&'static str>,
    ticker: Option<&'static str>,
    price: i64,
) -> Security {
    Security { name, isin, ticker, price }
}

const KINDS: &[Kind] = &[
    Kind {
        subtype: "funds",
        name: "Fondos de inversión",
        securities: &[
            security("Fondo Dinámico Ficticio FI", Some("XF000000101"), None, 1_455),
            security("Fondo Renta Fija Imaginaria FI", Some("XF000000102"), None, 10_420),
        ],
    },
    Kind {
        subtype: "stocks",
        name: "Cartera de acciones",
        securities: &[
            security("Energía del Sur S.A.", Some("XF000000201"), Some("EDSX"), 1_238),
            security("Astilleros del Norte S.A.", Some("XF000000202"), Some("ANRX"), 4_510),
            security("Telares Reunidos S.A.", Some("XF000000203"), Some("TLRX"), 377),
        ],
    },
    Kind {
        subtype: "pension-plans",
        name: "Plan de pensiones",
        securities: &[security("Plan Futuro Ficticio", None, None, 1_822)],
    },
    Kind {
        subtype: "bonds",
        name: "Cartera de bonos",
        securities: &[security("Bono Ficticio 3,10 %", Some("XF000000401"), None, 99_150)],
    },
    Kind {
        subtype: "alternative-investments",
        name: "Capital riesgo",
        securities: &[security("Fondo Semilla Imaginario FCR", Some("XF000000501"), None, 100_000)],
    },
    Kind {
        subtype: "crypto",
        name: "Criptomonedas",
        securities: &[security("Moneda Ficticia", None, Some("XFC"), 254_300)],
    },
];

/// What was bought at one time.
struct Purchase {
    /// In hundredths.
    shares: i64,
    price: i64,
    months_ago: i64,
}

impl Purchase {
    fn cents(&self) -> i64 {
        self.shares * self.price / 100
    }
}

/// A security that is held.
struct Holding {
    security: &'static Security,
    purchases: Vec<Purchase>,
    price: i64,
}

impl Holding {
    fn shares(&self) -> i64 {
        self.purchases.iter().map(|purchase| purchase.shares).sum()
    }

    fn cents(&self) -> i64 {
        self.shares() * self.price / 100
    }

    fn cost(&self) -> i64 {
        self.purchases.iter().map(Purchase::cents).sum()
    }
}

impl Reading<'_> {
    pub(super) fn portfolios(&self) -> Value {
        let Some(account) = self.account(AccountKind::Investment) else { return json!([]) };
        let list = KINDS.iter().zip(1_u64..).map(|(kind, place)| self.portfolio(kind, account.number, place));
        list.collect()
    }

    fn portfolio(&self, kind: &'static Kind, account: u64, place: u64) -> Value {
        let holdings: Vec<Holding> = kind
            .securities
            .iter()
            .zip(0_u64..)
            .map(|(security, index)| self.holding(security, account, place, index))
            .collect();
        let total: i64 = holdings.iter().map(Holding::cents).sum();
        let cost: i64 = holdings.iter().map(Holding::cost).sum();
        let mut left = 10_000;
        let last = holdings.len().saturating_sub(1);
        let composition = holdings.iter().enumerate().map(|(index, holding)| {
            // The last one takes what rounding left, so that the weights add up.
            let weight = if index == last { left } else { holding.cents() * 10_000 / total.max(1) };
            left -= weight;
            self.position(kind, holding, weight)
        });
        let composition: Vec<Value> = composition.collect();
        let start = day(self.world.start);
        let mut transactions: Vec<(jiff::civil::Date, Value)> = Vec::new();
        for (holding, index) in holdings.iter().zip(0_u64..) {
            for (purchase, time) in holding.purchases.iter().zip(0_u64..) {
                let date = months_after(start, -purchase.months_ago);
                let number_of = place * 1_000 + index * 10 + time;
                transactions.push((date, self.purchase(purchase, account, number_of, date)));
            }
        }
        transactions.sort_by_key(|(date, _)| *date);
        let first = transactions.first().map(|(date, _)| date.to_string());
        json!({
            "subtype": kind.subtype,
            "uuid": self.names.hex(Named::Portfolio, account, place),
            "code": format!("{account:08}{place:02}"),
            "name": kind.name,
            "currency": "EUR",
            "total_value": number(total),
            "weighted_return": number((total - cost) * 10_000 / cost.max(1)),
            "annualized_volatility": null,
            "yield": number(total - cost),
            "contributions": number(cost),
            "withholdings": number(0),
            "contracting_date": first,
            "linked_account": self.linked(),
            "owners": [self.owner()],
            "composition": composition,
            "transactions": transactions.into_iter().map(|(_, transaction)| transaction).collect::<Vec<_>>(),
        })
    }

    fn holding(&self, security: &'static Security, account: u64, place: u64, index: u64) -> Holding {
        let mut random = self.world.random("holding", &[account, place, index]);
        // Worth some thousand euros, whatever one share costs.
        let times = random.between(1, 3);
        let purchases = (0..times).map(|time| {
            let price = security.price * random.between(880, 1_050) / 1_000;
            let cents = random.between(80_000, 400_000);
            Purchase { shares: cents * 100 / price.max(1), price, months_ago: random.between(2, 9) + 10 * time }
        });
        let purchases = purchases.collect();
        let mut of_day = self.world.random(
            "price",
            &[security.price.unsigned_abs(), u64::try_from(self.now.as_second() / 86_400).unwrap_or_default()],
        );
        Holding { security, purchases, price: security.price * of_day.between(985, 1_015) / 1_000 }
    }

    fn position(&self, kind: &Kind, holding: &Holding, weight: i64) -> Value {
        let security = holding.security;
        let isin = security.isin.map(isin);
        let mut position = json!({
            "currency": "EUR",
            "weighting": number(weight),
            "shares": number(holding.shares()),
            "price": number(holding.price),
            "total_amount": number(holding.cents()),
            "reference_currency": "EUR",
            "exchange_rate": 1,
            "value_time": self.now.to_string(),
        });
        match kind.subtype {
            "pension-plans" => {
                position["DGS"] = json!("N9999");
                position["DGS_description"] = json!(security.name);
            }
            "crypto" => position["description"] = json!(security.name),
            _ => {
                position["ISIN"] = json!(isin);
                position["ISIN_description"] = json!(security.name);
            }
        }
        if let Some(ticker) = security.ticker {
            position["ticker"] = json!(ticker);
        }
        match kind.subtype {
            "stocks" => position["MIC"] = json!("XXXX"),
            "bonds" => {
                position["interest_rate"] = number(310);
                position["issue_date"] = json!("2021-04-15");
                position["due_date"] = json!("2031-04-15");
                position["risk_rating"] = json!("BBB");
                position["effective_yield"] = number(325);
                position["immediate_yield"] = number(312);
            }
            _ => {}
        }
        position
    }

    fn purchase(&self, purchase: &Purchase, account: u64, place: u64, date: jiff::civil::Date) -> Value {
        json!({
            "uuid": self.names.hex(Named::PortfolioMovement, account, place),
            "operation_pending": false,
            "operation_date": date.to_string(),
            "value_date": date.to_string(),
            "operation_type": "purchase",
            "shares": number(purchase.shares),
            "price": number(purchase.price),
            "total_amount": number(purchase.cents()),
            "reference_currency": "EUR",
            "currency": "EUR",
            "exchange_rate": 1,
        })
    }
}

/// With its check digit: every second digit from the right counts twice, letters being numbers from 10 on.
fn isin(code: &str) -> String {
    let digits: String = code.chars().filter_map(|char| char.to_digit(36)).map(|digit| digit.to_string()).collect();
    let sum: u32 = digits
        .bytes()
        .rev()
        .enumerate()
        .map(|(place, byte)| {
            let digit = u32::from(byte - b'0') * if place % 2 == 0 { 2 } else { 1 };
            digit / 10 + digit % 10
        })
        .sum();
    format!("{code}{}", (10 - sum % 10) % 10)
}

#[cfg(test)]
mod tests {
    #[test]
    fn check_digits_are_right() {
        assert_eq!(super::isin("US037833100"), "US0378331005");
        assert_eq!(super::isin("DE000716460"), "DE0007164600");
        assert_eq!(super::isin("ES0113900J3"), "ES0113900J37");
    }
}
