//! Who needs a type: what is sent, what is received, and under which cargo features.

use std::collections::{BTreeSet, HashMap};

use crate::model::{Answer, Api, BodyForm, Kind, Shape};

/// One reason why a type is needed.
#[derive(Clone, Copy, PartialEq)]
enum Way {
    Sent,
    Received,
}

/// Marks every type with the ways it is used, and drops those that nothing uses.
pub(super) fn mark(api: &mut Api) {
    let mut seeds: Vec<(Shape, Way, Option<String>)> = Vec::new();
    for operation in &api.operations {
        let feature = || operation.feature.clone();
        seeds.extend(operation.params.iter().map(|param| (param.shape.clone(), Way::Sent, feature())));
        if let Some(BodyForm::Json { shape, .. } | BodyForm::Form { shape, .. }) =
            operation.body.as_ref().map(|body| &body.form)
        {
            seeds.push((shape.clone(), Way::Sent, feature()));
        }
        match &operation.answer {
            Answer::Json(shape) | Answer::OptionalJson(shape) => seeds.push((shape.clone(), Way::Received, feature())),
            Answer::ByStatus { cases, .. } => seeds.extend(
                cases.iter().filter_map(|case| case.shape.clone()).map(|shape| (shape, Way::Received, feature())),
            ),
            Answer::Empty | Answer::Text(_) | Answer::Bytes(_) => {}
        }
    }
    seeds.extend(api.webhooks.iter().map(|webhook| (webhook.payload.clone(), Way::Received, webhook.feature.clone())));
    seeds.extend(api.errors.iter().map(|shape| (shape.clone(), Way::Received, None)));

    let mut always: BTreeSet<String> = BTreeSet::new();
    let mut features: HashMap<String, BTreeSet<String>> = HashMap::new();
    for (shape, way, feature) in seeds {
        let mut open: Vec<String> = shape.named().map(str::to_owned).into_iter().collect();
        let mut seen = BTreeSet::new();
        while let Some(name) = open.pop() {
            if !seen.insert(name.clone()) {
                continue;
            }
            let Some(definition) = api.types.get_mut(&name) else { continue };
            match way {
                Way::Sent => definition.in_request = true,
                Way::Received => definition.in_response = true,
            }
            match &feature {
                Some(feature) => {
                    features.entry(name).or_default().insert(feature.clone());
                }
                None => {
                    always.insert(name);
                }
            }
            open.extend(parts(&definition.kind).filter_map(Shape::named).map(str::to_owned));
        }
    }
    api.types.retain(|_, definition| definition.in_request || definition.in_response);
    for (name, definition) in &mut api.types {
        if !always.contains(name) {
            definition.features = features.remove(name).unwrap_or_default();
        }
    }
}

/// The shapes that a type is made of.
fn parts(kind: &Kind) -> Box<dyn Iterator<Item = &Shape> + '_> {
    match kind {
        Kind::Object(object) => {
            Box::new(object.fields.iter().map(|field| &field.shape).chain(object.rest.iter().map(|(_, shape)| shape)))
        }
        Kind::Enum(_) => Box::new(std::iter::empty()),
        Kind::Union(arms) => Box::new(arms.iter().map(|arm| &arm.shape)),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::super::testing::{api, json_of};

    #[test]
    fn types_know_how_they_are_used_and_the_rest_is_dropped() {
        let refer = |name: &str| json!({ "$ref": format!("#/components/schemas/{name}") });
        let operation =
            json!({ "requestBody": json_of(refer("Sent")), "responses": { "200": json_of(refer("Received")) } });
        let holds = |name: &str| json!({ "properties": { "inner": refer(name) } });
        let schemas =
            json!({ "Sent": holds("Both"), "Received": holds("Both"), "Both": holds("Both"), "Unused": holds("Both") });
        let api = api(operation, schemas);
        let found: Vec<(&str, bool, bool)> = api
            .types
            .values()
            .map(|definition| (definition.name.as_str(), definition.in_request, definition.in_response))
            .collect();
        assert_eq!(found, [("Sent", true, false), ("Received", false, true), ("Both", true, true)]);
    }

    #[test]
    fn errors_have_their_types_whether_they_agree_on_one_or_not() {
        let refer = |name: &str| json!({ "$ref": format!("#/components/schemas/{name}") });
        let listed = json!({ "type": "array", "items": refer("Problem") });
        let schemas = || {
            let code = json!({ "properties": { "code": { "type": "string" } } });
            json!({ "Problem": code, "SecondFactor": code })
        };
        let of = |first: Value, second: Value| {
            let api = api(json!({ "responses": { "400": json_of(first), "428": json_of(second) } }), schemas());
            (api.types.keys().cloned().collect::<Vec<_>>(), api.error().map(str::to_owned))
        };
        let both = vec!["Problem".to_owned(), "SecondFactor".to_owned()];
        assert_eq!(of(refer("Problem"), refer("Problem")), (vec!["Problem".to_owned()], Some("Problem".to_owned())));
        assert_eq!(of(listed, refer("SecondFactor")), (both, None));
    }
}
