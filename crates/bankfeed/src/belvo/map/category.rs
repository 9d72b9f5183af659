//! What Belvo's categories are in the model.
//!
//! The subcategory decides where it is finer than the category in terms of the model; else the category does. `Unknown`
//! is a category of Belvo that says nothing, and so does `Deposits`: money came in, for whatever.

use belvo_client::types::{TransactionCategory as Main, TransactionSubcategory as Sub};

use crate::model::{Category, Coded};
use crate::normalize::Cx;

/// The category of a transaction, with both words of Belvo.
pub(super) fn category(main: Option<Main>, sub: Option<Sub>, cx: &Cx<'_>) -> Option<Coded<Category>> {
    let fine = sub.as_ref().and_then(of_subcategory);
    if let Some(sub) = sub.as_ref().filter(|sub| matches!(sub, Sub::Unrecognized(_))) {
        let _: Coded<Category> = cx.coded("/subcategory", sub.as_ref(), None);
    }
    if let Some(main) = main.as_ref().filter(|main| matches!(main, Main::Unrecognized(_))) {
        let _: Coded<Category> = cx.coded("/category", main.as_ref(), None);
    }
    let word = match (&main, &sub) {
        (Some(main), Some(sub)) => format!("{} / {}", main.as_ref(), sub.as_ref()),
        (Some(one), None) => one.as_ref().to_owned(),
        (None, Some(one)) => one.as_ref().to_owned(),
        (None, None) => return None,
    };
    Some(Coded::new(fine.or_else(|| main.as_ref().and_then(of_category)), word))
}

fn of_category(main: &Main) -> Option<Category> {
    Some(match main {
        Main::BillsUtilities => Category::Utilities,
        Main::CreditsLoans => Category::Credit,
        Main::FeesCharges => Category::Fees,
        Main::FoodGroceries => Category::Groceries,
        Main::HomeLife => Category::Home,
        Main::IncomePayments => Category::Income,
        Main::Insurance => Category::Insurance,
        Main::InvestmentsSavings => Category::Investment,
        Main::OnlinePlatformsLeisure => Category::Entertainment,
        Main::PersonalShopping => Category::Shopping,
        Main::Taxes => Category::Taxes,
        Main::Transfers => Category::Transfer,
        Main::TransportTravel => Category::Transport,
        Main::WithdrawalAtm => Category::Cash,
        // `Deposits`, `Unknown`, and what is not known here.
        _ => return None,
    })
}

/// Only what the category alone would get wrong.
fn of_subcategory(sub: &Sub) -> Option<Category> {
    Some(match sub {
        Sub::Rent | Sub::HomeDecorAppliances => Category::Home,
        Sub::Restaurants | Sub::BarsNightclubs | Sub::BakeryCoffee | Sub::Delivery => Category::EatingOut,
        Sub::GymsFitness | Sub::Health | Sub::Pharmacies => Category::Health,
        Sub::Education => Category::Education,
        Sub::HairBeauty => Category::Shopping,
        Sub::Gifts | Sub::Donation => Category::Gifts,
        Sub::OfficeSupplies => Category::Business,
        Sub::Accommodation | Sub::AutoRental | Sub::Flights | Sub::MileagePrograms => Category::Travel,
        _ => return None,
    })
}
