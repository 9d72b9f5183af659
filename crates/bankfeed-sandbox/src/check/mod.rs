//! Whether a request keeps the specification, to the letter.

mod body;
mod formats;
mod headers;
mod names;
mod query;
mod undeclared;
mod values;

use std::sync::Arc;

use http::header::ACCEPT;

pub(crate) use formats::FORMATS;
pub(crate) use names::{nearest, shown};

use crate::call::{Call, Received};
use crate::playbook::{Holder, Operation, Playbook, Route};
use crate::refusal::{Kind, Refusal};

/// Variable segments of a path by their names, decoded.
pub(crate) type Segments = Vec<(String, String)>;

/// The operation that a request is for, with the variable segments of its path.
pub(crate) fn route<'a>(book: &'a Playbook, received: &Received) -> Result<(&'a Arc<Operation>, Segments), Refusal> {
    let place = || format!("path {}", received.shown_path());
    let Some(path) = received.path.strip_prefix(book.base.as_str()) else {
        return Err(Refusal::new(Kind::Route, place(), format!("operations stand below {}", book.base)));
    };
    match book.router.find(&received.method, path) {
        Route::Operation(operation, variables) => Ok((operation, variables)),
        Route::OtherMethods(methods) => {
            let methods: Vec<_> = methods.into_iter().cloned().collect();
            let known: Vec<&str> = methods.iter().map(http::Method::as_str).collect();
            let problem = format!("knows {}, not {}", known.join(", "), received.method);
            Err(Refusal::new(Kind::Method(methods), place(), problem))
        }
        Route::Nowhere { near: Some(near) } => {
            Err(Refusal::new(Kind::Route, place(), format!("no operation has it; {}{near} does", book.base)))
        }
        Route::Nowhere { near: None } => Err(Refusal::new(Kind::Route, place(), "no operation has it")),
    }
}

/// Types the values of a request, and refuses what the specification does not know.
pub(crate) fn call(
    book: &Playbook,
    operation: &Arc<Operation>,
    path: Segments,
    received: Received,
) -> Result<Call, Refusal> {
    for parameter in operation.parameters(Holder::Path) {
        if let Some((_, text)) = path.iter().find(|(name, _)| *name == parameter.name) {
            values::typed(book, parameter, text)?;
        }
    }
    accept(operation, &received)?;
    let query = query::read(book, operation, received.query.as_deref())?;
    let headers = headers::read(book, operation, &received)?;
    let body = body::read(book, operation, &received)?;
    Ok(Call { operation: Arc::clone(operation), path, query, headers, body, received })
}

/// One of the media types of the answer has to be welcome.
fn accept(operation: &Operation, received: &Received) -> Result<(), Refusal> {
    let Some(accept) = received.headers.get(ACCEPT).and_then(|value| value.to_str().ok()) else { return Ok(()) };
    let ranges: Vec<&str> = accept.split(',').map(|range| range.split(';').next().unwrap_or_default().trim()).collect();
    let offered: Vec<&str> = operation
        .answers
        .iter()
        .filter(|(status, _)| status.starts_with('2'))
        .flat_map(|(_, contents)| contents.iter().map(|content| content.media.as_str()))
        .collect();
    let welcome = |media: &&str| {
        let kind = media.split('/').next().unwrap_or_default();
        ranges.iter().any(|range| *range == "*/*" || range == media || *range == format!("{kind}/*"))
    };
    if offered.is_empty() || offered.iter().any(welcome) {
        return Ok(());
    }
    Err(Refusal::new(Kind::NotAcceptable, "header accept", format!("the answer is {}", offered.join(" or "))))
}
