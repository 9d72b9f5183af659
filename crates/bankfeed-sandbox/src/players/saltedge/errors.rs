//! Refusals in Salt Edge's words.

use serde_json::json;

use crate::answer::Answer;
use crate::fault::Trouble;
use crate::playbook::{Operation, Playbook};
use crate::refusal::{Kind, Refusal};

pub(super) fn answer(refusal: &Refusal, operation: Option<&Operation>, book: &Playbook) -> Answer {
    let (class, status) = match &refusal.kind {
        Kind::Route | Kind::Method(_) => ("RouteNotFound", 404),
        Kind::TooLarge => ("WrongRequestFormat", 413),
        Kind::Syntax => ("JsonParseError", 400),
        Kind::Missing => (listed(operation, "MissingParams"), 400),
        Kind::Invalid => (listed(operation, "InvalidParams"), 400),
        Kind::MediaType | Kind::NotAcceptable | Kind::Fault => ("WrongRequestFormat", 400),
        Kind::Unauthenticated(class) | Kind::Code(class) => (*class, status(book, class)),
    };
    written(status, class, &format!("{}: {}", refusal.place, refusal.problem))
}

/// The finer class where the operation knows it.
fn listed(operation: Option<&Operation>, class: &'static str) -> &'static str {
    let classes = operation.and_then(|operation| operation.errors.get("400")?.as_array());
    let known = classes.is_some_and(|classes| classes.iter().any(|known| known == class));
    if known { class } else { "WrongRequestFormat" }
}

/// As documented; classes that nobody documents a status for are the request's fault.
fn status(book: &Playbook, class: &str) -> u16 {
    let documented = book.statuses.get(class).and_then(serde_json::Value::as_u64);
    match (documented.and_then(|status| u16::try_from(status).ok()), class) {
        (Some(status), _) => status,
        (None, "ApiKeyNotFound" | "RouteNotFound") => 404,
        (None, "InternalServerError") => 500,
        (None, "WrongProviderMode") => 406,
        (None, _) => 400,
    }
}

fn written(status: u16, class: &str, message: &str) -> Answer {
    let body = json!({
        "error": {
            "class": class,
            "message": message,
            "documentation_url": format!("https://docs.saltedge.com/v6/#errors-{}", snake(class)),
        },
        "request": {},
    });
    Answer::json(status, body)
}

/// `ConnectionNotFound` as `connection_not_found`.
fn snake(class: &str) -> String {
    let mut text = String::new();
    for char in class.chars() {
        if char.is_uppercase() && !text.is_empty() {
            text.push('_');
        }
        text.extend(char.to_lowercase());
    }
    text
}

pub(super) fn trouble(trouble: &Trouble, operation: &Operation, book: &Playbook) -> Option<Answer> {
    let of = |class: &str, message: &str| written(status(book, class), class, message);
    match trouble {
        // 406 and not 429: so it is documented.
        Trouble::RateLimit => Some(of("RateLimitExceeded", "Too many connections are being processed.")),
        Trouble::ConsentExpired => Some(of("AispConsentExpired", "The consent has expired: reconnect.")),
        Trouble::SecondFactor => {
            let refreshes = matches!(operation.id.as_str(), "refresh_connection" | "refresh_connection_in_background");
            refreshes.then(|| of("BackgroundRefreshNotAllowed", "The bank asks the user for a second factor."))
        }
        Trouble::Status(status) => {
            let listed = operation.errors.get(&status.to_string()).and_then(|classes| classes.get(0)?.as_str());
            let class = listed.unwrap_or(match status {
                401 | 403 => "ActionNotAllowed",
                404 => "RecordNotFound",
                406 => "RateLimitExceeded",
                409 => "DuplicatedCustomer",
                429 => "TooManyRequests",
                503 => "ProviderUnavailable",
                500.. => "InternalServerError",
                _ => "WrongRequestFormat",
            });
            Some(written(*status, class, "This trouble was asked for."))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Provider;
    use crate::answer::Body;
    use crate::playbook::Fragment;

    #[test]
    fn every_trouble_keeps_the_schema_of_errors() {
        let book = Playbook::of(Provider::SaltEdge);
        for operation in &book.operations {
            for (asked, status, class) in [
                (Trouble::RateLimit, 406, Some("RateLimitExceeded")),
                (Trouble::ConsentExpired, 406, Some("AispConsentExpired")),
                (Trouble::Status(500), 500, None),
                (Trouble::Status(404), 404, None),
                (Trouble::Status(418), 418, Some("WrongRequestFormat")),
            ] {
                let answer = trouble(&asked, operation, book).unwrap();
                let Body::Json(body) = &answer.body else { panic!("{asked:?}") };
                assert_eq!(answer.status, status);
                assert!(class.is_none_or(|class| body["error"]["class"] == class), "{asked:?} {body}");
                book.schemas.check(&Fragment::of("ErrorResponse"), body).unwrap();
            }
            let second = trouble(&Trouble::SecondFactor, operation, book);
            assert_eq!(second.is_some(), operation.id.starts_with("refresh_connection"), "{}", operation.id);
        }
    }

    #[test]
    fn classes_are_written_with_underscores_in_addresses() {
        assert_eq!(snake("AispConsentExpired"), "aisp_consent_expired");
    }
}
