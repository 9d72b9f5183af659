//! Shops behind card payments, none of which exists.

use super::{Category, Region};

/// A shop.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Merchant {
    pub(crate) name: &'static str,
    /// ISO 18245.
    pub(crate) mcc: &'static str,
    pub(crate) category: Category,
    /// The usual bill in euro cents, from and to.
    pub(super) bill: (i64, i64),
}

const fn shop(name: &'static str, mcc: &'static str, category: Category, low: i64, high: i64) -> Merchant {
    Merchant { name, mcc, category, bill: (low, high) }
}

pub(super) fn of(region: Region) -> &'static [Merchant] {
    use Category::{
        Entertainment, Fuel, Groceries, Health, Restaurant, Shopping, Subscription, Transport, Travel, Utilities,
    };
    match region {
        Region::Europe => {
            const {
                &[
                    shop("Kornmarkt Supermarket", "5411", Groceries, 480, 8_900),
                    shop("Bäckerei Sonnenblume", "5462", Groceries, 150, 1_450),
                    shop("City Tram", "4111", Transport, 210, 980),
                    shop("Tankstelle am Ring", "5541", Fuel, 2_500, 8_200),
                    shop("Café Lindenhof", "5812", Restaurant, 320, 4_600),
                    shop("Streambox", "4899", Subscription, 799, 1_799),
                    shop("Stadtwerke Energy", "4900", Utilities, 3_900, 9_900),
                    shop("Apotheke am Markt", "5912", Health, 390, 4_200),
                    shop("Bookshop Seitenweise", "5942", Shopping, 900, 5_400),
                    shop("Northwind Airways", "4511", Travel, 5_900, 31_000),
                    shop("Lichtspielhaus", "7832", Entertainment, 900, 3_200),
                ]
            }
        }
        Region::Brazil => {
            const {
                &[
                    shop("Supermercado Bom Preço da Vila", "5411", Groceries, 480, 8_900),
                    shop("Padaria Estrela", "5462", Groceries, 150, 1_450),
                    shop("Metrô Cidade", "4111", Transport, 80, 160),
                    shop("Posto Avenida", "5541", Fuel, 2_000, 6_200),
                    shop("Restaurante Sabor da Terra", "5812", Restaurant, 420, 4_600),
                    shop("Streambox Brasil", "4899", Subscription, 499, 1_099),
                    shop("Companhia de Luz", "4900", Utilities, 1_900, 6_900),
                    shop("Drogaria Central", "5912", Health, 390, 4_200),
                    shop("Livraria Página", "5942", Shopping, 900, 5_400),
                    shop("Linhas Aéreas Sul", "4511", Travel, 5_900, 31_000),
                    shop("Cine Praça", "7832", Entertainment, 500, 2_200),
                ]
            }
        }
        Region::Spain | Region::Mexico | Region::Chile | Region::Argentina => {
            const {
                &[
                    shop("Supermercado La Plaza", "5411", Groceries, 480, 8_900),
                    shop("Panadería El Trigo", "5462", Groceries, 150, 1_450),
                    shop("Metro Ciudad", "4111", Transport, 150, 980),
                    shop("Estación Norte", "5541", Fuel, 2_500, 8_200),
                    shop("Bar Los Naranjos", "5812", Restaurant, 320, 4_600),
                    shop("Streambox", "4899", Subscription, 799, 1_799),
                    shop("Luz y Gas del Sur", "4900", Utilities, 3_900, 9_900),
                    shop("Farmacia Central", "5912", Health, 390, 4_200),
                    shop("Librería Ateneo Nuevo", "5942", Shopping, 900, 5_400),
                    shop("Líneas Aéreas del Mar", "4511", Travel, 5_900, 31_000),
                    shop("Cine Avenida", "7832", Entertainment, 900, 3_200),
                ]
            }
        }
    }
}
