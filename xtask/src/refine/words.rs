//! The names that code refers to.

use std::collections::BTreeSet;

use proc_macro2::{Spacing, TokenStream, TokenTree};
use syn::visit::Visit;

/// Every name that items refer to: first segments of paths, and any word within a macro.
pub(super) fn words(items: &[syn::Item]) -> BTreeSet<String> {
    let mut words = Words(BTreeSet::new());
    items.iter().for_each(|item| words.visit_item(item));
    words.0
}

struct Words(BTreeSet<String>);

impl Words {
    fn word(&mut self, ident: &syn::Ident) {
        self.0.insert(ident.to_string());
    }

    fn tokens(&mut self, tokens: TokenStream) {
        let mut tokens = tokens.into_iter().peekable();
        while let Some(tree) = tokens.next() {
            // `Name: kind` only gives a member its name, which may be that of a type.
            let names_member = matches!(tokens.peek(), Some(TokenTree::Punct(sign)) if sign.as_char() == ':' && sign.spacing() == Spacing::Alone);
            match tree {
                TokenTree::Ident(ident) if !names_member => self.word(&ident),
                TokenTree::Group(group) => self.tokens(group.stream()),
                _ => {}
            }
        }
    }
}

impl<'ast> Visit<'ast> for Words {
    fn visit_path(&mut self, path: &'ast syn::Path) {
        if let Some(first) = path.segments.first() {
            self.word(&first.ident);
        }
        syn::visit::visit_path(self, path);
    }

    fn visit_macro(&mut self, call: &'ast syn::Macro) {
        self.visit_path(&call.path);
        self.tokens(call.tokens.clone());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_what_an_item_refers_to() {
        let found = |item: syn::Item| words(&[item]).into_iter().collect::<Vec<_>>();
        assert_eq!(
            found(syn::parse_quote! { rt::union!(Shape { Round: object(Circle), Line: any, ..Unrecognized }); }),
            ["Circle", "Shape", "Unrecognized", "any", "object", "rt"]
        );
        assert_eq!(found(syn::parse_quote! { pub struct A { pub b: Option<rt::Id> } }), ["Option", "rt"]);
    }
}
