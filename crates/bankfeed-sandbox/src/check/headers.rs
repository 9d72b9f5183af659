//! Headers that the operation declares. Others belong to HTTP and to whoever stands between.

use serde_json::{Map, Value};

use super::values;
use crate::call::Received;
use crate::playbook::{Holder, Operation, Playbook};
use crate::refusal::Refusal;

pub(super) fn read(book: &Playbook, operation: &Operation, received: &Received) -> Result<Map<String, Value>, Refusal> {
    let mut read = Map::new();
    for parameter in operation.parameters(Holder::Header) {
        let mut found = received.headers.get_all(parameter.name.as_str()).iter();
        match (found.next(), found.next()) {
            (None, _) if parameter.required => return Err(Refusal::missing(values::place(parameter), "is required")),
            (None, _) => {}
            (Some(_), Some(_)) => return Err(Refusal::invalid(values::place(parameter), "stands there twice")),
            (Some(value), None) => {
                let text = value.to_str().map_err(|_| Refusal::invalid(values::place(parameter), "is not ASCII"))?;
                read.insert(parameter.name.clone(), values::typed(book, parameter, text)?);
            }
        }
    }
    Ok(read)
}
