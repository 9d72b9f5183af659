//! Categories: Salt Edge's trees for persons and for businesses.

use super::text::text;
use crate::normalize::Cx;
use crate::{Category, Coded};

/// The word that means that nobody has put it into a category.
const NONE: &str = "uncategorized";

/// The category of a transaction: what the customer made it by a rule, else what Salt Edge makes it, else what the bank does.
///
/// Customers invent categories and banks have their own, so only a word of Salt Edge's that is not known counts as unknown.
pub(super) fn category(
    customers: Option<String>,
    saltedges: Option<String>,
    banks: Option<String>,
    cx: &Cx<'_>,
) -> Option<Coded<Category>> {
    if let Some(word) = text(customers) {
        return Some(Coded::new(meaning(&word), word));
    }
    let saltedges = match text(saltedges) {
        Some(word) if word != NONE => {
            let meaning = meaning(&word);
            return Some(cx.coded("/category", word, meaning));
        }
        none => none,
    };
    text(banks).or(saltedges).map(|word| Coded::new(None, word))
}

/// What a code of either tree means. Codes that stand in both mean the same in both, as far as the model tells categories apart.
fn meaning(word: &str) -> Option<Category> {
    Some(match word {
        "income" | "bonus" | "paycheck" | "sales" | "returns" | "prepayments" => Category::Income,
        "transfer" | "child_support" | "allowance" => Category::Transfer,
        "groceries" | "food_and_dining" => Category::Groceries,
        "alcohol_and_bars" | "cafes_and_restaurants" | "meals" => Category::EatingOut,
        "home"
        | "home_improvement"
        | "home_services"
        | "home_supplies"
        | "mortgage"
        | "rent"
        | "real_estate"
        | "office_rent"
        | "construction_and_repair" => Category::Home,
        "bills_and_utilities" | "internet" | "phone" | "television" | "utilities" | "water" | "gas" | "electricity" => {
            Category::Utilities
        }
        "auto_and_transport"
        | "car_rental"
        | "gas_and_fuel"
        | "parking"
        | "public_transportation"
        | "service_and_parts"
        | "taxi"
        | "transport"
        | "leasing" => Category::Transport,
        "travel" | "hotel" | "transportation" | "vacation" => Category::Travel,
        "shopping"
        | "clothing"
        | "electronics_and_software"
        | "sporting_goods"
        | "electronics"
        | "software"
        | "consumer_goods"
        | "pets"
        | "pet_food_and_supplies"
        | "pet_grooming"
        | "veterinary" => Category::Shopping,
        "health_and_fitness" | "doctor" | "personal_care" | "pharmacy" | "sports" | "wellness" => Category::Health,
        "education"
        | "books_and_supplies"
        | "tuition"
        | "education_and_trainings"
        | "kids"
        | "babysitter_and_daycare"
        | "baby_supplies"
        | "kids_activities"
        | "toys" => Category::Education,
        "entertainment"
        | "amusement"
        | "arts"
        | "games"
        | "movies_and_music"
        | "newspapers_and_magazines"
        | "online_subscriptions" => Category::Entertainment,
        "insurance"
        | "car_insurance"
        | "health_insurance"
        | "life_insurance"
        | "property_insurance"
        | "business_insurance"
        | "liability_insurance"
        | "equipment_insurance"
        | "vehicle_insurance"
        | "professional_insurance" => Category::Insurance,
        "loans" | "student_loan" => Category::Credit,
        "investment_income" | "investments" | "dividends" | "interest" => Category::Investment,
        "taxes" | "vat" | "federal_taxes" | "property_taxes" | "income_taxes" | "duty_taxes" | "tax_return"
        | "payroll_taxes" | "fines" => Category::Taxes,
        "fees_and_charges" | "provider_fee" | "service_fee" | "fees" => Category::Fees,
        "gifts_and_donations" | "charity" | "gifts" | "donations" => Category::Gifts,
        "business_services"
        | "advertising"
        | "office_supplies"
        | "shipping"
        | "equipment_and_materials"
        | "supplies_and_furniture"
        | "raw_materials"
        | "human_resources"
        | "wages"
        | "employee_benefits"
        | "staff_outsourcing"
        | "services"
        | "contractors"
        | "accounting_and_auditing"
        | "legal"
        | "consulting"
        | "storage"
        | "marketing_and_media"
        | "it_services"
        | "cleaning" => Category::Business,
        "financials" => Category::Other,
        _ => return None,
    })
}
