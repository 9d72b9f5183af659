//! The trees of categories, and where movements stand in them.

use serde_json::{Map, Value, json};

use super::paging;
use crate::answer::Answer;
use crate::call::Call;
use crate::world::Category;

/// A group in a line: its name, then what is in it.
const PERSONAL: &[&str] = &[
    "auto_and_transport taxi service_and_parts public_transportation parking gas_and_fuel car_rental",
    "bills_and_utilities utilities television phone internet",
    "business_services shipping office_supplies advertising",
    "education tuition student_loan books_and_supplies",
    "entertainment newspapers_and_magazines movies_and_music games arts amusement",
    "fees_and_charges taxes service_fee loans provider_fee",
    "food_and_dining groceries cafes_and_restaurants alcohol_and_bars",
    "gifts_and_donations gifts charity",
    "health_and_fitness wellness sports pharmacy personal_care doctor",
    "home rent mortgage home_supplies home_services home_improvement",
    "income paycheck investment_income bonus",
    "insurance property_insurance life_insurance health_insurance car_insurance",
    "kids toys kids_activities child_support baby_supplies babysitter_and_daycare allowance",
    "pets veterinary pet_grooming pet_food_and_supplies",
    "shopping sporting_goods electronics_and_software clothing",
    "transfer",
    "travel vacation transportation hotel",
    "uncategorized",
];

const BUSINESS: &[&str] = &[
    "equipment_and_materials supplies_and_furniture software raw_materials electronics consumer_goods",
    "financials loans interest fines fees donations dividends",
    "human_resources wages travel staff_outsourcing meals entertainment employee_benefits education_and_trainings bonus",
    "income sales returns prepayments investments",
    "insurance vehicle_insurance professional_insurance liability_insurance health_insurance equipment_insurance \
     business_insurance",
    "real_estate office_rent mortgage construction_and_repair",
    "services storage online_subscriptions marketing_and_media legal it_services contractors consulting cleaning \
     accounting_and_auditing",
    "taxes vat tax_return property_taxes payroll_taxes income_taxes federal_taxes duty_taxes",
    "transport taxi shipping service_and_parts leasing gas_and_fuel",
    "uncategorized",
    "utilities water phone internet gas electricity",
];

fn tree(lines: &[&str]) -> Value {
    let groups = lines.iter().map(|line| {
        let mut words = line.split(' ');
        let group = words.next().unwrap_or_default().to_owned();
        (group, words.collect::<Vec<_>>().into())
    });
    Value::Object(groups.collect::<Map<String, Value>>())
}

pub(super) fn list() -> Answer {
    paging::single(&json!({ "personal": tree(PERSONAL), "business": tree(BUSINESS) }))
}

pub(super) fn of_type(call: &Call) -> Answer {
    let kind = call.segment("category");
    let lines = if kind == "business" { BUSINESS } else { PERSONAL };
    paging::single(&json!({ kind: tree(lines) }))
}

/// Whether a category stands in one of the trees.
pub(super) fn is_known(code: &str) -> bool {
    PERSONAL.iter().chain(BUSINESS).any(|line| line.split(' ').any(|word| word == code))
}

/// The category of a movement, by the kind of categorization: `personal`, `business`, or none.
pub(super) fn of(category: Category, kind: &str) -> &'static str {
    let (personal, business) = match category {
        Category::Groceries => ("groceries", "consumer_goods"),
        Category::Restaurant => ("cafes_and_restaurants", "meals"),
        Category::Transport => ("public_transportation", "travel"),
        Category::Fuel => ("gas_and_fuel", "gas_and_fuel"),
        Category::Shopping => ("books_and_supplies", "supplies_and_furniture"),
        Category::Subscription => ("television", "online_subscriptions"),
        Category::Utilities => ("utilities", "electricity"),
        Category::Health => ("pharmacy", "employee_benefits"),
        Category::Travel => ("transportation", "travel"),
        Category::Entertainment => ("movies_and_music", "entertainment"),
        Category::Salary => ("paycheck", "sales"),
        Category::Rent => ("rent", "office_rent"),
        Category::Transfer | Category::Savings | Category::CardPayment | Category::Cash => {
            ("transfer", "uncategorized")
        }
        Category::Fee => ("provider_fee", "fees"),
        Category::Interest => ("investment_income", "interest"),
        Category::LoanPayment => ("loans", "loans"),
        Category::Insurance => ("property_insurance", "business_insurance"),
    };
    match kind {
        "personal" => personal,
        "business" => business,
        _ => "uncategorized",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_movement_has_a_known_category() {
        for category in [Category::Groceries, Category::Fee, Category::Cash, Category::Salary, Category::Insurance] {
            for kind in ["personal", "business", "none"] {
                assert!(is_known(of(category, kind)), "{category:?} {kind}");
            }
        }
        assert!(!is_known("zoo"));
        assert_eq!(tree(BUSINESS)["transport"].as_array().map(Vec::len), Some(5));
    }
}
