//! Answers of several types: an enum over the status.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use crate::model::{Case, Operation, Shape};

pub(super) fn by_status(operation: &Operation, name: &str, cases: &[Case]) -> Vec<TokenStream> {
    let name = format_ident!("{name}");
    let doc = format!(" What [`Client::{}`] answers, by HTTP status.", operation.rust);
    let variants = cases.iter().map(|case| {
        let ident = format_ident!("{}", case.rust);
        let doc = format!(" Status {}.", case.status);
        match &case.shape {
            Some(shape) => {
                let shape = by_status_type(shape);
                quote! { #[doc = #doc] #ident(#shape) }
            }
            None => quote! { #[doc = #doc] #ident },
        }
    });
    let arms = cases.iter().map(|case| {
        let (status, ident) = (proc_macro2::Literal::u16_unsuffixed(case.status), format_ident!("{}", case.rust));
        match &case.shape {
            Some(_) => quote! { #status => body.json().map(Self::#ident) },
            None => quote! { #status => Ok(Self::#ident) },
        }
    });
    let definition = quote! {
        #[doc = #doc]
        #[derive(Clone, Debug, PartialEq)]
        #[non_exhaustive]
        #[allow(clippy::large_enum_variant)]
        pub enum #name { #(#variants),* }
    };
    let decoding = quote! {
        impl rt::ByStatus for #name {
            fn decode(status: u16, body: &rt::Body) -> Option<Result<Self, rt::DecodeError>> {
                Some(match status {
                    #(#arms,)*
                    _ => return None,
                })
            }
        }
    };
    vec![definition, decoding]
}

/// The generator sees one answer per operation, so the types of the others are spelled here.
fn by_status_type(shape: &Shape) -> TokenStream {
    match shape {
        Shape::Text => quote! { String },
        Shape::Id => quote! { rt::Id },
        Shape::Secret => quote! { rt::Secret },
        Shape::Bool => quote! { bool },
        Shape::BoolText => quote! { rt::BoolText },
        Shape::Integer { unsigned: false } => quote! { i64 },
        Shape::Integer { unsigned: true } => quote! { u64 },
        Shape::Decimal { .. } => quote! { rt::Amount },
        Shape::Date => quote! { rt::Date },
        Shape::DateTime => quote! { rt::DateTime },
        Shape::Time => quote! { rt::Time },
        Shape::Json => quote! { rt::Json },
        Shape::List(inner) => {
            let inner = by_status_type(inner);
            quote! { Vec<#inner> }
        }
        Shape::Map(inner) => {
            let inner = by_status_type(inner);
            quote! { BTreeMap<String, #inner> }
        }
        Shape::Nullable(inner) => {
            let inner = by_status_type(inner);
            quote! { Option<#inner> }
        }
        Shape::Named(name) => {
            let name = format_ident!("{name}");
            quote! { types::#name }
        }
    }
}
