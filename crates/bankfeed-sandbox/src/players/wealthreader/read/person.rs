//! The user, and the work life that the social insurance knows of.

use jiff::Unit;
use jiff::civil::Date;
use serde_json::{Value, json};

use super::Reading;

const JOBS: &[&str] = &["CUENTA AJENA", "FUNCIONARIO", "CUENTA AJENA", "PENSIONISTA"];

impl Reading<'_> {
    pub(super) fn user_information(&self) -> Value {
        let person = &self.person;
        let mut random = self.world.random("user information", &[person.number]);
        let job = if self.is_business() { "CUENTA PROPIA" } else { random.pick(JOBS).copied().unwrap_or_default() };
        json!({
            "ID": person.document,
            "name": person.full_name().to_uppercase(),
            "gender": if person.female { "female" } else { "male" },
            "birth_date": person.birth_date.to_string(),
            "birth_place": person.city,
            "email": person.email,
            "cell_phone": person.phone,
            "address": person.street.to_uppercase(),
            "city": person.city.to_uppercase(),
            "country": "SPAIN",
            "postal_code": person.post_code,
            "marital_status": if random.one_in(2) { "married" } else { "single" },
            "job": job,
        })
    }

    /// One job that ended and one that goes on, without a day between them.
    pub(super) fn employment(&self) -> Value {
        let mut random = self.world.random("employment", &[self.person.number]);
        let today = self.today;
        let started = self.person.birth_date.saturating_add(jiff::Span::new().years(22));
        let lasted = random.between(400, 3_000);
        let changed = started.saturating_add(jiff::Span::new().days(lasted)).min(today);
        let last_day = changed.saturating_sub(jiff::Span::new().days(1));
        let (before, since) = (days(started, changed), days(changed, today));
        let (employer, regime) = if self.is_business() {
            ("TRABAJADOR AUTONOMO", "AUTONOMO")
        } else {
            ("MERIDIANO SOFTWARE S.L.", "GENERAL")
        };
        let period = |employer: &str, regime: &str, from: Date, to: String, days: i64| {
            json!({
                "employer": employer,
                "regime": regime,
                "contract": "INDEFINIDO.TIEMPO COMPLETO.ORDINARIO",
                "category": "OFICIALES ADMINISTRATIVOS",
                "actualStartDate": from.to_string(),
                "startDate": from.to_string(),
                "endDate": to,
                "contributedDays": days,
            })
        };
        let all = before + since;
        json!({
            "summary": {
                "totalDaysRegistered": all,
                "daysInMultipleActivity": 0,
                "daysContributedForBenefits": all,
                "totalTimeEquivalence":
                    format!("{} años, {} meses y {} días.", all / 365, all % 365 / 30, all % 365 % 30),
            },
            "periods": [
                // The bank writes a word where the job goes on.
                period(employer, regime, changed, "Actual".to_owned(), since),
                period("TALLER AURORA S.L.", "GENERAL", started, last_day.to_string(), before),
            ],
        })
    }
}

fn days(from: Date, to: Date) -> i64 {
    from.until((Unit::Day, to)).map_or(0, |span| i64::from(span.get_days())).max(0)
}
