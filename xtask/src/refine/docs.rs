//! Doc comments as attributes.

use proc_macro2::TokenStream;
use quote::quote;

/// `///` lines for a text; nothing for an empty one.
pub(super) fn doc(text: &str) -> TokenStream {
    let lines = text.lines().map(|line| if line.is_empty() { String::new() } else { format!(" {line}") });
    let lines: Vec<String> = lines.collect();
    quote! { #(#[doc = #lines])* }
}

/// A name or value of the specification as code, whatever signs are in it.
pub(super) fn code(text: &str) -> String {
    let line = text.replace('`', "'").split_whitespace().collect::<Vec<_>>().join(" ");
    if line.is_empty() { "(empty)".to_owned() } else { format!("`{line}`") }
}

/// Paragraphs, one blank line between two of them.
pub(super) fn paragraphs(parts: &[&str]) -> TokenStream {
    let parts: Vec<&str> = parts.iter().copied().filter(|part| !part.is_empty()).collect();
    doc(&parts.join("\n\n"))
}
