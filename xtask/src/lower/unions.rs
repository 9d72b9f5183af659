//! Rule: `oneOf` and `anyOf` become enums of our own making.
//!
//! The generator's untagged enums cannot hold exact amounts (buffered numbers are floats), take the first arm that fits at
//! all, and fail on an unknown one; its `anyOf` of an enum and a string decodes nothing.

use std::collections::HashSet;

use super::Lowering;
use crate::model::{Arm, Kind, Shape, Tag};
use crate::names;
use crate::spec::{Place, pointer};

impl<'a> Lowering<'a> {
    pub(super) fn union(&mut self, place: &Place<'a>, arms: &Place<'a>, hint: &str, home: &str) -> (Shape, bool) {
        let mut nullable = false;
        let mut shapes: Vec<Shape> = Vec::new();
        let mut tags: Vec<(Shape, Tag)> = Vec::new();
        let owner = self.components.get(&place.pointer).cloned().unwrap_or_else(|| hint.to_owned());
        let list: Vec<Place<'a>> = arms.elements().collect();
        let discriminator = place.get("discriminator");
        let property = match &discriminator {
            Some(discriminator) => discriminator.text("propertyName").map(str::to_owned),
            None => self.telling_member(&list),
        };
        for (index, arm) in list.iter().enumerate() {
            if arm.text("type") == Some("null")
                || arm.value.get("enum").is_some_and(|values| values == &serde_json::json!([null]))
            {
                nullable = true;
                continue;
            }
            let title = arm.text("title").map(names::type_name).filter(|title| title.is_ascii());
            let name = if list.len() == 1 {
                owner.clone()
            } else {
                format!("{owner}{}", title.unwrap_or_else(|| format!("Variant{}", index + 1)))
            };
            let (shape, null) = self.shape(arm, &name, home);
            nullable |= null;
            let tag = property.as_ref().and_then(|property| self.tag(property, discriminator.as_ref(), arm));
            tags.extend(tag.map(|tag| (shape.clone(), tag)));
            if !shapes.contains(&shape) {
                shapes.push(shape);
            }
        }
        self.absorb(&mut shapes);
        match shapes.as_slice() {
            [] => (Shape::Json, nullable),
            [only] => (only.clone(), nullable),
            // Free-form JSON takes every value there is.
            several if several.contains(&Shape::Json) => (Shape::Json, nullable),
            _ => {
                let mut taken = HashSet::from(["Unrecognized".to_owned()]);
                let tag = |shape: &Shape| tags.iter().find(|(tagged, _)| tagged == shape).map(|(_, tag)| tag.clone());
                let arms = shapes
                    .into_iter()
                    .map(|shape| Arm { rust: names::unique(label(&shape), &mut taken), tag: tag(&shape), shape })
                    .collect();
                (Shape::Named(self.define(place, &owner, home, Kind::Union(arms))), nullable)
            }
        }
    }

    /// Without `discriminator`: the member that every object lists other texts for. What they are is then told as surely,
    /// while the members that they have would leave it open.
    fn telling_member(&self, arms: &[Place<'a>]) -> Option<String> {
        let objects: Vec<Place<'a>> = arms
            .iter()
            .filter_map(|arm| self.spec.resolve(arm))
            .filter(|arm| arm.get("properties").is_some())
            .collect();
        let (first, others) = objects.split_first().filter(|(_, others)| !others.is_empty())?;
        let properties = first.get("properties")?;
        let mut names = properties.members().map(|(name, _)| name);
        let told_apart = |name: &&String| {
            let mut seen = self.listed_texts(first, name);
            !seen.is_empty()
                && others.iter().all(|other| {
                    let texts = self.listed_texts(other, name);
                    let differ = !texts.is_empty() && !texts.iter().any(|text| seen.contains(text));
                    seen.extend(texts);
                    differ
                })
        };
        names.find(told_apart).cloned()
    }

    /// The texts that the enum of a member lists.
    fn listed_texts(&self, object: &Place<'a>, member: &str) -> Vec<String> {
        let member = object
            .get("properties")
            .and_then(|members| members.get(member))
            .and_then(|member| self.spec.resolve(&member));
        let listed = member.and_then(|member| member.get("enum"));
        listed.iter().flat_map(Place::elements).filter_map(|text| text.value.as_str().map(str::to_owned)).collect()
    }

    /// What an alternative is called by the member that tells them apart: the texts that `discriminator` maps to it, those
    /// that its own member lists, or its name.
    fn tag(&self, property: &str, discriminator: Option<&Place<'a>>, arm: &Place<'a>) -> Option<Tag> {
        let target = self.spec.resolve(arm)?;
        let named = target.pointer.starts_with("/components/schemas/").then(|| pointer::last(&target.pointer));
        let is_target = |to: &str| {
            self.spec.follow(to).is_some_and(|found| found.pointer == target.pointer) || named.as_deref() == Some(to)
        };
        let mapping = discriminator.and_then(|discriminator| discriminator.get("mapping"));
        let mapped = mapping
            .iter()
            .flat_map(|mapping| mapping.members())
            .filter(|(_, to)| to.value.as_str().is_some_and(is_target));
        let mut texts: Vec<String> = mapped.map(|(text, _)| text.clone()).collect();
        if texts.is_empty() {
            texts = self.listed_texts(&target, property);
        }
        if texts.is_empty() && discriminator.is_some() {
            texts.extend(named);
        }
        (!texts.is_empty()).then(|| Tag { property: property.to_owned(), texts })
    }

    /// Drops arms that another one covers.
    fn absorb(&self, shapes: &mut Vec<Shape>) {
        let open_enum = |shape: &Shape| {
            shape
                .named()
                .and_then(|name| self.types.get(name))
                .is_some_and(|definition| matches!(definition.kind, Kind::Enum(_)))
        };
        let textual: Vec<Shape> =
            shapes.iter().filter(|shape| matches!(shape, Shape::Named(_)) && open_enum(shape)).cloned().collect();
        if let [only] = textual.as_slice() {
            // An open enum already takes every text.
            let only = only.clone();
            shapes.retain(|shape| *shape == only || *shape != Shape::Text);
        } else if textual.len() > 1 {
            shapes.retain(|shape| !textual.contains(shape) && *shape != Shape::Text);
            shapes.insert(0, Shape::Text);
        }
        if shapes.contains(&Shape::Id) {
            shapes.retain(|shape| !matches!(shape, Shape::Text | Shape::Integer { .. }));
        }
        if shapes.contains(&Shape::Decimal { text: false }) {
            shapes.retain(|shape| !matches!(shape, Shape::Integer { .. } | Shape::Decimal { text: true }));
        }
        if shapes.contains(&Shape::Text) {
            // Dates and the like are texts; a union of both says only that the format is not certain.
            shapes.retain(|shape| {
                !matches!(shape, Shape::Date | Shape::DateTime | Shape::Time | Shape::Secret | Shape::BoolText)
            });
        }
    }
}

/// What an arm is called.
fn label(shape: &Shape) -> String {
    match shape {
        Shape::Named(name) => name.clone(),
        Shape::Text | Shape::Id | Shape::Secret | Shape::BoolText => "Text".to_owned(),
        Shape::Bool => "Bool".to_owned(),
        Shape::Integer { .. } => "Integer".to_owned(),
        Shape::Decimal { .. } => "Number".to_owned(),
        Shape::Date => "Date".to_owned(),
        Shape::DateTime => "DateTime".to_owned(),
        Shape::Time => "Time".to_owned(),
        Shape::Json => "Json".to_owned(),
        Shape::List(inner) if matches!(**inner, Shape::List(_)) => "Lists".to_owned(),
        Shape::List(_) => "List".to_owned(),
        Shape::Map(_) => "Map".to_owned(),
        Shape::Nullable(inner) => label(inner),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::super::testing::{answering, fields};
    use super::*;

    fn arms(schema: Value) -> Vec<(String, Shape)> {
        let round = json!({"properties": {"form": {"type": "string", "enum": ["circle"]}}});
        let api = answering(
            json!({"A": {"properties": {"u": schema}}, "Round": round, "Square": {"properties": {"form": {"type": "string"}}}}),
        );
        match &fields(&api.types["A"])[0].shape {
            Shape::Named(name) => match &api.types[name].kind {
                Kind::Union(arms) => arms
                    .iter()
                    .map(|arm| {
                        (arm.tag.as_ref().map_or_else(String::new, |tag| tag.texts.join("|")), arm.shape.clone())
                    })
                    .collect(),
                _ => vec![(String::new(), Shape::Named(name.clone()))],
            },
            shape => vec![(String::new(), shape.clone())],
        }
    }

    fn shapes(schema: Value) -> Vec<Shape> {
        arms(schema).into_iter().map(|(_, shape)| shape).collect()
    }

    #[test]
    fn what_another_alternative_covers_is_dropped() {
        assert_eq!(shapes(json!({"oneOf": [{"type": "string"}, {"type": "string", "format": "date"}]})), [Shape::Text]);
        assert_eq!(
            shapes(json!({"anyOf": [{"type": "integer"}, {"type": "number"}]})),
            [Shape::Decimal { text: false }]
        );
        assert_eq!(
            shapes(json!({"anyOf": [{"type": "string", "enum": ["a"]}, {"type": "string"}]})),
            [Shape::Named("AUVariant1".into())]
        );
        assert_eq!(shapes(json!({"oneOf": [{}, {"type": "string"}]})), [Shape::Json]);
        assert_eq!(shapes(json!({"oneOf": [{"type": "boolean"}, {"type": "string", "enum": [null]}]})), [Shape::Bool]);
    }

    #[test]
    fn discriminators_give_their_texts() {
        let (round, square) =
            (json!({"$ref": "#/components/schemas/Round"}), json!({"$ref": "#/components/schemas/Square"}));
        let texts = |discriminator: Value| {
            arms(json!({"oneOf": [round, square], "discriminator": discriminator}))
                .into_iter()
                .map(|(texts, _)| texts)
                .collect::<Vec<_>>()
        };
        assert_eq!(texts(json!({"propertyName": "form"})), ["circle", "Square"]);
        assert_eq!(
            texts(json!({"propertyName": "form", "mapping": {"o": "#/components/schemas/Round", "0": "Round"}})),
            ["o|0", "Square"]
        );
        assert_eq!(texts(json!({})), ["", ""]);
    }
    #[test]
    fn a_member_with_other_texts_in_every_object_tells_them_apart_too() {
        let object =
            |texts: Value| json!({"properties": {"id": {"type": "string"}, "kind": {"type": "string", "enum": texts}}});
        let texts =
            |arms_of: Value| arms(json!({ "oneOf": arms_of })).into_iter().map(|(texts, _)| texts).collect::<Vec<_>>();
        let (card, bank) = (object(json!(["card", "prepaid"])), object(json!(["bank"])));
        assert_eq!(texts(json!([card, bank, {"type": "integer"}])), ["card|prepaid", "bank", ""]);
        assert_eq!(texts(json!([card, bank, object(json!(["card"]))])), ["", "", ""], "one text twice");
        assert_eq!(texts(json!([card, bank, {"properties": {"kind": {"type": "string"}}}])), ["", "", ""], "any text");
    }
}
