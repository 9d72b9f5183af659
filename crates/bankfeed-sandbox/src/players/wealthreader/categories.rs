//! Numbers and names of what movements are for.

use serde_json::{Value, json};

use crate::world::Category;

/// Category, number, Spanish, English.
const TYPES: &[(Category, u32, &str, &str)] = &[
    (Category::Groceries, 1, "Supermercado", "Groceries"),
    (Category::Restaurant, 2, "Restaurantes", "Restaurants"),
    (Category::Transport, 3, "Transporte", "Transport"),
    (Category::Fuel, 4, "Carburante", "Fuel"),
    (Category::Shopping, 5, "Compras", "Shopping"),
    (Category::Subscription, 6, "Suscripciones", "Subscriptions"),
    (Category::Utilities, 7, "Suministros", "Utilities"),
    (Category::Health, 8, "Salud", "Health"),
    (Category::Travel, 9, "Viajes", "Travel"),
    (Category::Entertainment, 10, "Ocio", "Leisure"),
    (Category::Salary, 20, "Nómina", "Salary"),
    (Category::Rent, 21, "Alquiler", "Rent"),
    (Category::Transfer, 30, "Transferencias", "Transfers"),
    (Category::Savings, 31, "Ahorro", "Savings"),
    (Category::Cash, 32, "Efectivo", "Cash"),
    (Category::Fee, 40, "Comisiones", "Fees"),
    (Category::Interest, 41, "Intereses", "Interest"),
    (Category::LoanPayment, 42, "Cuotas de préstamo", "Loan payments"),
    (Category::CardPayment, 43, "Liquidación de tarjeta", "Card settlement"),
    (Category::Insurance, 44, "Seguros", "Insurance"),
];

/// All of them, as a list in a list.
pub(super) fn list(english: bool) -> Value {
    let all = TYPES
        .iter()
        .map(|(_, number, spanish, name)| json!({ "type": number, "literal": if english { name } else { spanish } }));
    json!([all.collect::<Vec<_>>()])
}

/// As it stands in a movement.
pub(super) fn number(category: Category) -> u32 {
    TYPES.iter().find(|(known, ..)| *known == category).map_or(0, |(_, number, ..)| *number)
}

/// In Spanish.
pub(super) fn literal(category: Category) -> &'static str {
    TYPES.iter().find(|(known, ..)| *known == category).map_or("Otros", |(_, _, spanish, _)| spanish)
}
