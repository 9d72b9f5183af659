//! Places of an answer, with the schemas that speak for them.

use serde_json::Value;

use crate::playbook::Schemas;

/// A place that is being looked at.
pub(super) struct Place<'a, 'v> {
    /// Every schema that could speak for the value.
    pub(super) arms: Vec<&'a Value>,
    pub(super) value: &'v Value,
}

impl<'a, 'v> Place<'a, 'v> {
    /// The place of a whole value.
    pub(super) fn root(schemas: &'a Schemas, schema: Option<&'a Value>, value: &'v Value) -> Self {
        Self::of(schemas, schema.into_iter().collect(), value)
    }

    fn of(schemas: &'a Schemas, among: Vec<&'a Value>, value: &'v Value) -> Self {
        let mut arms = Vec::new();
        for schema in among {
            schemas.expand(schema, &mut arms);
        }
        Self { arms, value }
    }

    /// The schemas of one member.
    pub(super) fn member(&self, name: &str) -> Vec<&'a Value> {
        let declared: Vec<&Value> = self.arms.iter().filter_map(|arm| arm["properties"].get(name)).collect();
        if !declared.is_empty() {
            return declared;
        }
        self.arms.iter().filter_map(|arm| arm.get("additionalProperties").filter(|rest| rest.is_object())).collect()
    }

    /// The places right inside of this one, by their segment of a pointer. Made as they are looked at: lists may be long.
    fn inside<'p>(&'p self, schemas: &'a Schemas) -> Box<dyn Iterator<Item = (String, Self)> + 'p>
    where
        'v: 'p,
        'a: 'p,
    {
        match self.value {
            Value::Object(members) => Box::new(members.iter().map(|(name, value)| {
                let segment = name.replace('~', "~0").replace('/', "~1");
                (segment, Self::of(schemas, self.member(name), value))
            })),
            Value::Array(elements) => Box::new(elements.iter().enumerate().map(|(index, value)| {
                let items = self.arms.iter().filter_map(|arm| arm.get("items")).collect();
                (index.to_string(), Self::of(schemas, items, value))
            })),
            _ => Box::new(std::iter::empty()),
        }
    }

    /// The place that a pointer leads to.
    pub(super) fn at(self, schemas: &'a Schemas, pointer: &str) -> Option<Self> {
        pointer.split('/').skip(1).try_fold(self, |place, wanted| {
            place.inside(schemas).find(|(segment, _)| segment == wanted).map(|(_, inner)| inner)
        })
    }

    /// The pointer, from here, to the first place that fits.
    pub(super) fn find(&self, schemas: &'a Schemas, fits: &dyn Fn(&Self) -> bool) -> Option<String> {
        if fits(self) {
            return Some(String::new());
        }
        self.inside(schemas)
            .find_map(|(segment, inner)| inner.find(schemas, fits).map(|rest| format!("/{segment}{rest}")))
    }
}
