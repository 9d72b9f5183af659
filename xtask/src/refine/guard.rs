//! What lowering and refining promised, looked up in the finished code.
//!
//! Each of these has gone wrong silently somewhere: a constraint beside `format: decimal` turned an amount into a float, a
//! closed enum killed a page, a derived `Debug` wrote an account number into a log.

use std::collections::HashSet;

use anyhow::bail;
use syn::visit::Visit;

use super::Module;
use crate::model::{Answer, Api, Kind};

/// Fails when the code breaks a promise; the message names type, member and place in the specification.
pub(crate) fn check(api: &Api, modules: &[Module]) -> anyhow::Result<()> {
    let mut guard =
        Guard { api, answers: api.operations.iter().filter_map(answer_name).collect(), found: Vec::new(), module: "" };
    for module in modules {
        guard.module = &module.path;
        module.items.iter().for_each(|item| guard.visit_item(item));
    }
    if guard.found.is_empty() {
        return Ok(());
    }
    bail!(
        "the generated code breaks a promise; this is a defect of the generator, not of the specification:\n  {}",
        guard.found.join("\n  ")
    )
}

/// Enums over statuses are closed on purpose: another status is an error.
fn answer_name(operation: &crate::model::Operation) -> Option<&str> {
    if let Answer::ByStatus { name, .. } = &operation.answer { Some(name) } else { None }
}

struct Guard<'a> {
    api: &'a Api,
    answers: HashSet<&'a str>,
    found: Vec<String>,
    module: &'a str,
}

impl Guard<'_> {
    fn place(&self, name: &str) -> String {
        self.api
            .types
            .get(name)
            .map_or_else(|| self.module.to_owned(), |definition| format!("{} (#{})", self.module, definition.pointer))
    }
}

impl<'ast> Visit<'ast> for Guard<'_> {
    fn visit_path(&mut self, path: &'ast syn::Path) {
        if let Some(float) = path.get_ident().filter(|ident| *ident == "f64" || *ident == "f32") {
            self.found.push(format!("{}: `{float}` where an exact number belongs", self.module));
        }
        syn::visit::visit_path(self, path);
    }

    fn visit_item_enum(&mut self, item: &'ast syn::ItemEnum) {
        let name = item.ident.to_string();
        let open = item.variants.iter().any(|variant| variant.ident == "Unrecognized");
        if !open && !self.answers.contains(name.as_str()) {
            self.found
                .push(format!("{}: `{name}` is closed; one new value would fail the whole answer", self.place(&name)));
        }
        syn::visit::visit_item_enum(self, item);
    }

    fn visit_item_struct(&mut self, item: &'ast syn::ItemStruct) {
        let name = item.ident.to_string();
        if let Some(Kind::Object(object)) = self.api.types.get(&name).map(|definition| &definition.kind) {
            let secret = object.fields.iter().find(|field| field.sensitive);
            if let (Some(field), true) = (secret, derives_debug(&item.attrs)) {
                self.found.push(format!(
                    "{}: `{name}` derives `Debug` although `{}` is sensitive",
                    self.place(&name),
                    field.wire
                ));
            }
        }
        syn::visit::visit_item_struct(self, item);
    }
}

fn derives_debug(attrs: &[syn::Attribute]) -> bool {
    let mut found = false;
    for attribute in attrs.iter().filter(|attribute| attribute.path().is_ident("derive")) {
        // A derive that does not parse would not have compiled.
        let _ = attribute.parse_nested_meta(|meta| {
            found |= meta.path.is_ident("Debug");
            Ok(())
        });
    }
    found
}

#[cfg(test)]
mod tests {
    use syn::parse_quote;

    use super::*;
    use crate::spec::Spec;

    fn api() -> Api {
        let text = "openapi: 3.0.3\ninfo: {title: T, version: '1'}\npaths:\n  /a:\n    get:\n      operationId: list_a\n      responses:\n        '200':\n          description: ok\n          content: {application/json: {schema: {$ref: '#/components/schemas/A'}}}\ncomponents:\n  schemas:\n    A: {type: object, properties: {iban: {type: string, x-sensitive: personal}}}\n";
        let spec = Spec::parse(text, "test.yaml", false).unwrap_or_else(|error| panic!("{error}"));
        crate::lower::lower(&spec).unwrap_or_else(|error| panic!("{error}"))
    }

    fn complaint(item: syn::Item) -> String {
        let module = Module { path: "types/a.rs".into(), doc: String::new(), items: vec![item] };
        check(&api(), &[module]).err().map(|error| error.to_string()).unwrap_or_default()
    }

    #[test]
    fn a_float_is_found() {
        assert!(
            complaint(parse_quote! { pub struct X { pub amount: Option<f64> } })
                .contains("`f64` where an exact number belongs")
        );
    }

    #[test]
    fn a_closed_enum_is_found() {
        assert!(complaint(parse_quote! { pub enum Status { Posted } }).contains("`Status` is closed"));
        assert_eq!(complaint(parse_quote! { pub enum Status { Posted, Unrecognized(rt::UnknownValue) } }), "");
    }

    #[test]
    fn a_derived_debug_over_something_sensitive_is_found() {
        let text = complaint(parse_quote! { #[derive(Clone, Debug)] pub struct A { pub iban: String } });
        assert!(
            text.contains("`A` derives `Debug` although `iban` is sensitive")
                && text.contains("#/components/schemas/A"),
            "{text}"
        );
        assert_eq!(complaint(parse_quote! { #[derive(Clone)] pub struct A { pub iban: String } }), "");
    }
}
