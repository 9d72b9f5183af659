//! How a caller hands over a value of some type: pleasant to call, exact in type.

use proc_macro2::TokenStream;
use quote::quote;

use crate::model::Shape;

/// The type of a function's parameter, and the expression that turns it into the stored type.
pub(super) struct Argument {
    pub(super) param: TokenStream,
    pub(super) value: TokenStream,
}

/// For a value of `shape` that is stored as `stored`; `name` is the parameter.
pub(super) fn argument(shape: &Shape, stored: &syn::Type, name: &syn::Ident) -> Argument {
    if let Some(inner) = generic("Box", stored) {
        return Argument { param: quote! { impl Into<#inner> }, value: quote! { Box::new(#name.into()) } };
    }
    match shape {
        Shape::Bool | Shape::Integer { .. } => Argument { param: quote! { #stored }, value: quote! { #name } },
        Shape::List(_) => match generic("Vec", stored) {
            Some(inner) => Argument {
                param: quote! { impl IntoIterator<Item = impl Into<#inner>> },
                value: quote! { #name.into_iter().map(Into::into).collect() },
            },
            None => Argument { param: quote! { #stored }, value: quote! { #name } },
        },
        _ => Argument { param: quote! { impl Into<#stored> }, value: quote! { #name.into() } },
    }
}

/// The argument of `Outer<T>`.
pub(super) fn generic(outer: &str, found: &syn::Type) -> Option<syn::Type> {
    let syn::Type::Path(path) = found else { return None };
    let segment = path.path.segments.last().filter(|segment| segment.ident == outer)?;
    let syn::PathArguments::AngleBracketed(arguments) = &segment.arguments else { return None };
    arguments
        .args
        .iter()
        .find_map(|argument| if let syn::GenericArgument::Type(inner) = argument { Some(inner.clone()) } else { None })
}
