//! From the arguments of methods and setters into the call.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use super::argument::{argument, generic};
use super::harvest::Harvest;
use crate::model::{Api, Body, BodyForm, Kind, Location, Operation, Param, Shape, Style};

/// `Account` becomes `types::Account`: names of types and of requests may be the same.
pub(super) fn qualified(found: &syn::Type) -> syn::Type {
    struct Qualify;
    impl syn::visit_mut::VisitMut for Qualify {
        fn visit_type_path_mut(&mut self, path: &mut syn::TypePath) {
            syn::visit_mut::visit_type_path_mut(self, path);
            let Some(name) = path.path.get_ident().map(ToString::to_string) else { return };
            const PLAIN: &[&str] = &["String", "bool", "i64", "u64"];
            if !PLAIN.contains(&name.as_str()) {
                let ident = format_ident!("{name}");
                path.path = syn::parse_quote!(types::#ident);
            }
        }
    }
    let mut found = found.clone();
    syn::visit_mut::VisitMut::visit_type_mut(&mut Qualify, &mut found);
    found
}

/// The type under which a caller gives a parameter.
pub(super) fn parameter(param: &Param, stored: &syn::Type, ident: &syn::Ident) -> TokenStream {
    if is_object(param) {
        return quote! { &#stored };
    }
    argument(&param.shape, stored, ident).param
}

fn list_style(style: Style) -> TokenStream {
    match style {
        Style::Comma => quote! { rt::ListStyle::Comma },
        Style::Space => quote! { rt::ListStyle::Space },
        Style::Pipe => quote! { rt::ListStyle::Pipe },
        _ => quote! { rt::ListStyle::Repeat },
    }
}

fn is_object(param: &Param) -> bool {
    param.style == Style::Json || param.style == Style::DeepObject || matches!(param.shape, Shape::Map(_))
}

/// The statement that puts a parameter into `call`.
pub(super) fn write_param(param: &Param, stored: &syn::Type, ident: &syn::Ident, call: &TokenStream) -> TokenStream {
    let wire = &param.wire;
    if param.style == Style::Json {
        return quote! { #call.query_json(#wire, #ident); };
    }
    if is_object(param) {
        let style = match param.style {
            Style::DeepObject => quote! { DeepObject },
            Style::Comma => quote! { Comma },
            _ => quote! { Flat },
        };
        return quote! { #call.query_object(#wire, #ident, rt::ObjectStyle::#style); };
    }
    if let (Shape::List(_), Some(element)) = (&param.shape, generic("Vec", stored)) {
        let values = quote! { #ident.into_iter().map(Into::<#element>::into) };
        let style = list_style(param.style);
        return match param.location {
            Location::Header => quote! { #call.header_list(#wire, #values); },
            _ => quote! { #call.query_list(#wire, #values, #style); },
        };
    }
    let value = match &param.shape {
        Shape::Bool | Shape::Integer { .. } => quote! { &#ident },
        _ => quote! { &#ident.into() },
    };
    let place = format_ident!("{}", param.location.word());
    quote! { #call.#place(#wire, #value); }
}

/// The type under which a caller gives the body, and the statement that puts it into `call`.
pub(super) fn body_argument(
    operation: &Operation,
    body: &Body,
    api: &Api,
    harvest: &Harvest,
    call: &TokenStream,
) -> anyhow::Result<(TokenStream, TokenStream)> {
    let given = |shape: &Shape| -> anyhow::Result<(TokenStream, TokenStream)> {
        let stored = qualified(harvest.argument(&operation.rust, "body")?);
        let definition = if let Shape::Named(name) = shape { api.types.get(name) } else { None };
        // Each of its forms is as good as the union itself.
        Ok(match definition.map(|definition| &definition.kind) {
            Some(Kind::Union(_)) => (quote! { impl Into<#stored> }, quote! { body.into() }),
            _ => (quote! { #stored }, quote! { body }),
        })
    };
    Ok(match &body.form {
        BodyForm::Json { shape, envelope } => {
            let (kind, value) = given(shape)?;
            let write = match envelope {
                Some(envelope) => quote! { #call.json_in(#envelope, &#value); },
                None => quote! { #call.json(&#value); },
            };
            (kind, write)
        }
        BodyForm::Form { shape, joined } => {
            let (kind, value) = given(shape)?;
            let lists = joined.iter().map(|(name, style)| {
                let style = list_style(*style);
                quote! { (#name, #style) }
            });
            let write = if joined.is_empty() {
                quote! { #call.form(&#value); }
            } else {
                quote! { #call.form_with(&#value, &[#(#lists),*]); }
            };
            (kind, write)
        }
        BodyForm::Multipart => (quote! { rt::Multipart }, quote! { #call.multipart(&body); }),
        BodyForm::Bytes { content_type } => {
            (quote! { impl Into<rt::Bytes> }, quote! { #call.bytes(#content_type, body); })
        }
    })
}
