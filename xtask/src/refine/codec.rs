//! How the types read and write JSON, and what `Debug` shows of them.
//!
//! Reading is a macro line per member: tolerant where providers are careless, exact for amounts beside a catch-all, and
//! about half the code of serde's derive. Only what is received reads, everything writes.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use super::harvest::Harvest;
use super::items::{Gated, with_imports};
use super::{Module, hides_something};
use crate::model::{Api, Arm, Field, Kind, Object, Presence, Shape, TypeDef, Variant};

/// One file: the codec of one component's types.
pub(super) fn module(home: &str, definitions: &[&TypeDef], api: &Api, harvest: &Harvest) -> anyhow::Result<Module> {
    let common = super::common_features(definitions);
    let mut groups = Vec::new();
    for definition in definitions {
        groups.push(Gated::new(super::own_features(definition, &common), items_of(definition, api, harvest)?)?);
    }
    let items = with_imports(groups, api, &[], quote! { crate::generated::types })?;
    let home_name = definitions.first().map_or(home, |definition| definition.home.as_str());
    Ok(Module {
        path: format!("codec/{home}.rs"),
        doc: format!("How `{home_name}` and what belongs to it read and write JSON."),
        items,
    })
}

fn items_of(definition: &TypeDef, api: &Api, harvest: &Harvest) -> anyhow::Result<Vec<TokenStream>> {
    Ok(match &definition.kind {
        Kind::Object(object) => {
            let name = format_ident!("{}", definition.name);
            let read = if definition.in_response {
                read_object(definition, object)
            } else {
                quote! { impl rt::Redact for #name {} }
            };
            let mut items = vec![write_object(definition, object), read];
            if hides_something(definition) {
                items.push(debug_object(definition, object));
            }
            items
        }
        Kind::Enum(variants) => enumeration(definition, variants),
        Kind::Union(arms) => union(definition, arms, api, harvest)?,
    })
}

fn write_object(definition: &TypeDef, object: &Object) -> TokenStream {
    let name = format_ident!("{}", definition.name);
    let members = object.fields.iter().map(|field| {
        let (wire, ident) = (&field.wire, format_ident!("{}", field.rust));
        let in_text = field.shape == Shape::Decimal { text: true };
        match (field.presence, in_text) {
            (Presence::Required, false) | (Presence::RequiredNullable, false) => {
                quote! { out.put(#wire, &self.#ident)?; }
            }
            (Presence::Required, true) => quote! { out.put(#wire, &self.#ident.as_text())?; },
            (Presence::RequiredNullable, true) => quote! { out.put(#wire, &self.#ident.map(rt::Amount::as_text))?; },
            (Presence::Optional, false) => quote! { out.some(#wire, &self.#ident)?; },
            (Presence::Optional, true) => quote! { out.some(#wire, &self.#ident.map(rt::Amount::as_text))?; },
            (Presence::OptionalNullable, false) => quote! { out.maybe(#wire, &self.#ident)?; },
            (Presence::OptionalNullable, true) => quote! { out.maybe(#wire, &self.#ident.map(rt::Amount::as_text))?; },
        }
    });
    let rest = object.rest.iter().map(|(rest, _)| {
        let rest = format_ident!("{rest}");
        quote! { out.rest(&self.#rest)?; }
    });
    quote! {
        impl rt::ser::Serialize for #name {
            fn serialize<S: rt::ser::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                let mut out = rt::ser::Object::new(serializer)?;
                #(#members)*
                #(#rest)*
                out.end()
            }
        }
    }
}

fn read_object(definition: &TypeDef, object: &Object) -> TokenStream {
    let name = format_ident!("{}", definition.name);
    let members = object.fields.iter().map(|field| {
        let (wire, ident) = (&field.wire, format_ident!("{}", field.rust));
        quote! { #ident: #wire }
    });
    let rest = object.rest.iter().map(|(rest, _)| {
        let rest = format_ident!("{rest}");
        quote! { , ..#rest }
    });
    // The macro takes a list of expressions as its rest marker: `..name`.
    quote! { rt::object!(#name { #(#members),* #(#rest)* }); }
}

fn debug_object(definition: &TypeDef, object: &Object) -> TokenStream {
    let name = format_ident!("{}", definition.name);
    let shown = &definition.name;
    let fields = object.fields.iter().map(|field: &Field| {
        let (ident, shown) = (format_ident!("{}", field.rust), &field.rust);
        if field.sensitive {
            quote! { .field(#shown, &rt::redact(&self.#ident)) }
        } else {
            quote! { .field(#shown, &self.#ident) }
        }
    });
    let rest = object.rest.iter().map(|(rest, _)| {
        let ident = format_ident!("{rest}");
        quote! { .field(#rest, &self.#ident) }
    });
    quote! {
        impl std::fmt::Debug for #name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.debug_struct(#shown)#(#fields)*#(#rest)*.finish()
            }
        }
    }
}

fn enumeration(definition: &TypeDef, variants: &[Variant]) -> Vec<TokenStream> {
    let name = format_ident!("{}", definition.name);
    let idents: Vec<_> = variants.iter().map(|variant| format_ident!("{}", variant.rust)).collect();
    let wires: Vec<&str> = variants.iter().map(|variant| variant.wire.as_str()).collect();
    vec![
        quote! {
            impl rt::OpenEnum for #name {
                fn known(text: &str) -> Option<Self> {
                    Some(match text {
                        #(#wires => Self::#idents,)*
                        _ => return None,
                    })
                }

                fn unknown(value: rt::UnknownValue) -> Self {
                    Self::Unrecognized(value)
                }

                fn as_str(&self) -> &str {
                    match self {
                        #(Self::#idents => #wires,)*
                        Self::Unrecognized(value) => value.as_str(),
                    }
                }
            }
        },
        quote! { rt::open_enum!(#name); },
    ]
}

/// Arms are told apart by the kind of JSON first, then, among objects, by the discriminator and by the members they know.
fn union(definition: &TypeDef, arms: &[Arm], api: &Api, harvest: &Harvest) -> anyhow::Result<Vec<TokenStream>> {
    let name = format_ident!("{}", definition.name);
    if !definition.in_response {
        let idents = arms.iter().map(|arm| format_ident!("{}", arm.rust));
        let write = quote! {
            impl rt::ser::Serialize for #name {
                fn serialize<S: rt::ser::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                    match self {
                        #(Self::#idents(value) => value.serialize(serializer),)*
                        Self::Unrecognized(value) => value.serialize(serializer),
                    }
                }
            }
        };
        return Ok(vec![write, quote! { impl rt::Redact for #name {} }]);
    }
    let mut lines = Vec::new();
    for arm in arms {
        let ident = format_ident!("{}", arm.rust);
        let stored = harvest.member(&definition.name, &arm.rust)?;
        let stored = super::argument::generic("Box", stored).unwrap_or_else(|| stored.clone());
        let kind = match &arm.shape {
            Shape::Text | Shape::Id | Shape::Secret | Shape::Date | Shape::DateTime | Shape::Time => quote! { text },
            Shape::Decimal { text: true } => quote! { text | number },
            Shape::BoolText => quote! { text | boolean },
            Shape::Bool => quote! { boolean },
            Shape::Integer { .. } | Shape::Decimal { .. } => quote! { number },
            Shape::List(_) => quote! { list },
            Shape::Map(_) => quote! { object },
            Shape::Json | Shape::Nullable(_) => quote! { any },
            Shape::Named(inner) => match api.types.get(inner).map(|definition| &definition.kind) {
                Some(Kind::Object(_)) => quote! { object(#stored) },
                Some(Kind::Enum(_)) => quote! { text },
                _ => quote! { any },
            },
        };
        let tag = arm.tag.iter().map(|tag| &tag.texts).map(|texts| quote! { = [#(#texts),*] });
        lines.push(quote! { #ident: #kind #(#tag)* });
    }
    let by =
        arms.iter().find_map(|arm| arm.tag.as_ref()).map(|tag| &tag.property).map(|property| quote! { [#property] });
    Ok(vec![quote! { rt::union!(#name #by { #(#lines,)* ..Unrecognized }); }])
}
