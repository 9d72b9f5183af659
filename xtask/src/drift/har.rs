//! Exchanges in HAR files, and which operation each one belongs to.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::Value;

use super::input::{self, Recording, Source, refuse};
use super::target::{Answers, Target};
use crate::diagnostic::Rejected;
use crate::facts::{base, is_json};
use crate::spec::Spec;

/// The JSON answers of a HAR file; what has another media type or no body is passed over.
pub(super) fn recordings(har: &Value, file: &str) -> Result<Vec<Recording>, Rejected> {
    let entries = har.pointer("/log/entries").and_then(Value::as_array);
    let mut recordings = Vec::new();
    for (index, entry) in entries.into_iter().flatten().enumerate() {
        let at = |place: &str| format!("/log/entries/{index}{place}");
        let text = |place: &str| entry.pointer(place).and_then(Value::as_str);
        let (Some(method), Some(url)) = (text("/request/method"), text("/request/url")) else {
            let problem = "an entry without method or URL".to_owned();
            return Err(refuse(file, Some(at("/request")), problem, "record it again; HAR 1.2 asks for both"));
        };
        let status =
            entry.pointer("/response/status").and_then(Value::as_u64).and_then(|status| u16::try_from(status).ok());
        let media = text("/response/content/mimeType").unwrap_or("application/json");
        let media = media.split(';').next().unwrap_or_default().trim().to_lowercase();
        let Some(body) = text("/response/content/text").filter(|body| !body.trim().is_empty() && is_json(&media))
        else {
            continue;
        };
        let place = at("/response/content/text");
        let body = match text("/response/content/encoding") {
            Some("base64") => decoded(body, file, &place)?,
            Some(other) => {
                let problem = format!("a body in the encoding `{other}`");
                return Err(refuse(
                    file,
                    Some(place),
                    problem,
                    "only base64 and plain text are known; record it again",
                ));
            }
            None => body.to_owned(),
        };
        let values = input::values(&body, file, &format!("#{place}"))?;
        let (method, path) = (method.to_uppercase(), path(url).to_owned());
        let source = Source::Exchange { method, path, status: status.unwrap_or(200), at: at("") };
        recordings.push(Recording { file: file.to_owned(), source, values });
    }
    if recordings.is_empty() {
        let problem = "no entry holds a JSON answer".to_owned();
        return Err(refuse(
            file,
            Some("/log/entries".to_owned()),
            problem,
            "save the HAR file with the contents of answers",
        ));
    }
    Ok(recordings)
}

fn decoded(body: &str, file: &str, place: &str) -> Result<String, Rejected> {
    let bytes = STANDARD.decode(body.trim()).ok();
    bytes.and_then(|bytes| String::from_utf8(bytes).ok()).ok_or_else(|| {
        let problem = "a body that is not what it says: base64 of UTF-8".to_owned();
        refuse(file, Some(place.to_owned()), problem, "record it again, or take this entry out")
    })
}

/// Without scheme, host, query and fragment: the rest may hold secrets.
fn path(url: &str) -> &str {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    let path = rest.find('/').map_or("/", |at| &rest[at..]);
    path.split(['?', '#']).next().unwrap_or_default()
}

/// The answer that an exchange got. With several paths that fit, the one with most words of its own.
pub(super) fn find<'t, 'a>(
    spec: &Spec,
    targets: &'t [Target<'a>],
    method: &str,
    path: &str,
    status: u16,
) -> Option<&'t Target<'a>> {
    let base = base(spec);
    let mut best: Option<(usize, &Target<'a>)> = None;
    for target in targets {
        let Answers::Operation { method: known, path: template, status: of_target, .. } = &target.answers else {
            continue;
        };
        if known != method || !covers(of_target, status) {
            continue;
        }
        let whole = format!("{base}{template}");
        let Some(literal) = fits(&whole, path).or_else(|| fits(template, path)) else { continue };
        // An exact status says more than a range.
        let weight = literal * 2 + usize::from(of_target.parse() == Ok(status));
        if best.is_none_or(|(known, _)| weight > known) {
            best = Some((weight, target));
        }
    }
    best.map(|(_, target)| target)
}

fn covers(known: &str, status: u16) -> bool {
    let status = status.to_string();
    known == status || known == "DEFAULT" || (known.ends_with("XX") && known.get(..1) == status.get(..1))
}

/// The number of segments that are words of the path, when it fits.
fn fits(template: &str, path: &str) -> Option<usize> {
    let segments = |path: &'_ str| path.trim_matches('/').split('/').map(str::to_owned).collect::<Vec<_>>();
    let (template, path) = (segments(template), segments(path));
    if template.len() != path.len() {
        return None;
    }
    let mut literal = 0;
    for (known, given) in template.iter().zip(&path) {
        match known.split_once('{') {
            // Whatever stands around the parameter has to be there.
            Some((before, rest)) => {
                let after = rest.split_once('}').map_or("", |(_, after)| after);
                if given.len() <= before.len() + after.len() || !given.starts_with(before) || !given.ends_with(after) {
                    return None;
                }
            }
            None if known == given => literal += 1,
            None => return None,
        }
    }
    Some(literal)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn urls_lose_what_may_be_secret() {
        assert_eq!(path("https://api.example.com/v6/accounts/1?token=x#y"), "/v6/accounts/1");
        assert_eq!(path("https://api.example.com"), "/");
    }

    #[test]
    fn words_and_parameters_of_a_path() {
        assert_eq!(fits("/accounts/{id}/", "/accounts/7"), Some(1));
        assert_eq!(fits("/accounts/{id}.pdf", "/accounts/7.pdf"), Some(1));
        assert_eq!(fits("/accounts/{id}.pdf", "/accounts/7"), None);
        assert_eq!(fits("/accounts/{id}", "/accounts/"), None);
    }
}
