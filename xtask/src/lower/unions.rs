//! Rule: `oneOf` and `anyOf` become enums of our own making.
//!
//! The generator's untagged enums cannot hold exact amounts (buffered numbers are floats), take the first arm that fits at
//! all, and fail on an unknown one; its `anyOf` of an enum and a string decodes nothing.

use std::collections::HashSet;

use super::Lowering;
use crate::model::{Arm, Kind, Shape};
use crate::names;
use crate::spec::Place;

impl<'a> Lowering<'a> {
    pub(super) fn union(&mut self, place: &Place<'a>, arms: &Place<'a>, hint: &str, home: &str) -> (Shape, bool) {
        let mut nullable = false;
        let mut shapes: Vec<Shape> = Vec::new();
        let owner = self.components.get(&place.pointer).cloned().unwrap_or_else(|| hint.to_owned());
        let list: Vec<Place<'a>> = arms.elements().collect();
        for (index, arm) in list.iter().enumerate() {
            if arm.text("type") == Some("null") || arm.value.get("enum").is_some_and(|values| values == &serde_json::json!([null])) {
                nullable = true;
                continue;
            }
            let title = arm.text("title").map(names::type_name).filter(|title| title.is_ascii());
            let name = if list.len() == 1 { owner.clone() } else { format!("{owner}{}", title.unwrap_or_else(|| format!("Variant{}", index + 1))) };
            let (shape, null) = self.shape(arm, &name, home);
            nullable |= null;
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
                let arms = shapes.into_iter().map(|shape| Arm { rust: names::unique(label(&shape), &mut taken), shape }).collect();
                (Shape::Named(self.define(place, &owner, home, Kind::Union(arms))), nullable)
            }
        }
    }

    /// Drops arms that another one covers.
    fn absorb(&self, shapes: &mut Vec<Shape>) {
        let open_enum = |shape: &Shape| shape.named().and_then(|name| self.types.get(name)).is_some_and(|definition| matches!(definition.kind, Kind::Enum(_)));
        let textual: Vec<Shape> = shapes.iter().filter(|shape| matches!(shape, Shape::Named(_)) && open_enum(shape)).cloned().collect();
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
            shapes.retain(|shape| !matches!(shape, Shape::Date | Shape::DateTime | Shape::Time | Shape::Secret | Shape::BoolText));
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
        Shape::List(_) => "List".to_owned(),
        Shape::Map(_) => "Map".to_owned(),
        Shape::Nullable(inner) => label(inner),
    }
}
