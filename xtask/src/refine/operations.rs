//! Operations as methods that return a request: required parameters are arguments, optional ones setters.

use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use super::argument::generic;
use super::fill::{body_argument, parameter, qualified, write_param};
use super::harvest::Harvest;
use super::items::{Gated, gate, parse};
use super::types::{deprecated, too_many};
use super::words::words;
use super::{Module, by_status, docs};
use crate::model::{Answer, Api, Operation, PagingKind, Retry};
use crate::names;

/// One file per group of operations, and their index.
pub(super) fn modules(api: &Api, harvest: &Harvest) -> anyhow::Result<Vec<Module>> {
    let mut groups: BTreeMap<String, Vec<&Operation>> = BTreeMap::new();
    for operation in &api.operations {
        groups.entry(names::module_name(&operation.group)).or_default().push(operation);
    }
    let (mut files, mut names) = (Vec::new(), Vec::new());
    let mut modules = Vec::new();
    for (group, operations) in &groups {
        let features = |operation: &Operation| operation.feature.iter().cloned().collect::<BTreeSet<String>>();
        // One feature gates the file where all its operations have the same.
        let mut common = operations.first().map(|operation| features(operation)).unwrap_or_default();
        common.retain(|feature| operations.iter().all(|operation| operation.feature.as_ref() == Some(feature)));
        let file_gate = gate(&common);
        let module = format_ident!("{group}");
        files.push(quote! { #file_gate mod #module; });
        names.push(quote! { #file_gate pub use #module::*; });
        let mut items = Vec::new();
        for operation in operations {
            let own = &features(operation) - &common;
            items.extend(Gated::new(&own, items_of(operation, api, harvest)?)?.items);
        }
        modules.push(Module {
            path: format!("operations/{group}.rs"),
            doc: format!("Operations of the group `{}`.", operations.first().map_or("", |operation| &operation.group)),
            items: imports(&items)?.into_iter().chain(items).collect(),
        });
    }
    modules.push(Module {
        path: "operations/mod.rs".into(),
        doc: "The requests that the client's methods return.".into(),
        items: parse(files.into_iter().chain(names))?,
    });
    Ok(modules)
}

/// What a file of operations needs: types stay behind their module, because requests may have the same names.
fn imports(items: &[syn::Item]) -> anyhow::Result<Vec<syn::Item>> {
    let words = words(items);
    let imports = [
        ("BTreeMap", quote! { use std::collections::BTreeMap; }),
        ("rt", quote! { use bankfeed_runtime as rt; }),
        ("ApiFailure", quote! { use crate::ApiFailure; }),
        ("Client", quote! { use crate::generated::{Client, Error}; }),
        ("types", quote! { use crate::generated::types; }),
    ];
    parse(imports.into_iter().filter(|(word, _)| words.contains(*word)).map(|(_, import)| import))
}

fn items_of(operation: &Operation, api: &Api, harvest: &Harvest) -> anyhow::Result<Vec<TokenStream>> {
    let builder = format_ident!("{}", operation.builder);
    let method = format_ident!("{}", operation.rust);
    let constant = format_ident!("{}", operation.rust.trim_end_matches('_').to_uppercase());
    let mut params = Vec::new();
    let mut statements = Vec::new();
    let mut setters = Vec::new();
    let mut required_docs = Vec::new();

    for param in &operation.params {
        let ident = format_ident!("{}", param.rust);
        let stored = qualified(harvest.argument(&operation.rust, &param.rust)?);
        let given = parameter(param, &stored, &ident);
        let kind = &given;
        if param.required {
            params.push(quote! { #ident: #kind });
            statements.push(write_param(param, &stored, &ident, &quote! { call }));
            if !param.doc.is_empty() {
                required_docs.push(format!("* `{}`: {}", param.rust, param.doc.replace('\n', " ")));
            }
        } else {
            let text = if param.doc.is_empty() {
                format!("Sets the parameter {}.", docs::code(&param.wire))
            } else {
                param.doc.clone()
            };
            let doc = docs::doc(&text);
            let deprecated = deprecated(param.deprecated);
            let write = write_param(param, &stored, &ident, &quote! { self.call });
            setters.push(quote! {
                #doc
                #deprecated
                pub fn #ident(mut self, #ident: #kind) -> Self {
                    #write
                    self
                }
            });
        }
    }
    if let Some(body) = &operation.body {
        let call = if body.required {
            quote! { call }
        } else {
            quote! { self.call }
        };
        let (kind, write) = body_argument(operation, body, api, harvest, &call)?;
        if body.required {
            params.push(quote! { body: #kind });
            statements.push(write);
            if !body.doc.is_empty() {
                required_docs.push(format!("* `body`: {}", body.doc.replace('\n', " ")));
            }
        } else {
            let text = if body.doc.is_empty() { "Sets the request body.".to_owned() } else { body.doc.clone() };
            let doc = docs::doc(&text);
            setters.push(quote! {
                #doc
                pub fn body(mut self, body: #kind) -> Self {
                    #write
                    self
                }
            });
        }
    }

    let new_call = if statements.is_empty() {
        quote! { let call = self.call(&#constant); }
    } else {
        quote! { let mut call = self.call(&#constant); }
    };
    let doc = method_doc(operation, &required_docs);
    let deprecated = deprecated(operation.deprecated);
    // The client itself counts.
    let many = too_many(params.len() + 1);
    let definition = definition(operation);
    let sends = sends(operation, harvest)?;
    let builder_doc = format!(" A request of [`Client::{}`], not sent yet.", operation.rust);
    let pages = pages(operation);
    let answer_type = match &operation.answer {
        Answer::ByStatus { name, cases } => by_status::by_status(operation, name, cases),
        _ => Vec::new(),
    };
    let mut items = vec![
        quote! { static #constant: rt::Operation = #definition; },
        quote! {
            impl Client {
                #doc
                #deprecated
                #many
                pub fn #method(&self, #(#params),*) -> #builder {
                    #new_call
                    #(#statements)*
                    #builder { call }
                }
            }
        },
        quote! {
            #[doc = #builder_doc]
            #[derive(Debug)]
            #[must_use = "a request does nothing until it is sent"]
            pub struct #builder { call: rt::Call }
        },
        quote! {
            impl #builder {
                #(#setters)*
                #sends
                #pages
            }
        },
        quote! {
            impl rt::Configure for #builder {
                fn call_mut(&mut self) -> &mut rt::Call { &mut self.call }
            }
        },
    ];
    items.extend(answer_type);
    Ok(items)
}

fn method_doc(operation: &Operation, required: &[String]) -> TokenStream {
    let on_wire = docs::code(&format!("{} {}", operation.method, operation.path));
    let summary = if operation.summary.is_empty() { on_wire.clone() } else { operation.summary.clone() };
    let on_wire = if operation.summary.is_empty() { String::new() } else { on_wire };
    let arguments = if required.is_empty() { String::new() } else { format!("# Arguments\n\n{}", required.join("\n")) };
    let errors: Vec<String> = operation
        .errors
        .iter()
        .filter(|(_, codes)| !codes.is_empty())
        .map(|(status, codes)| format!("* {status}: `{}`", codes.join("`, `")))
        .collect();
    let errors =
        if errors.is_empty() { String::new() } else { format!("# Documented errors\n\n{}", errors.join("\n")) };
    docs::paragraphs(&[&summary, &operation.doc, &on_wire, &arguments, &errors])
}

fn definition(operation: &Operation) -> TokenStream {
    let (id, path) = (&operation.id, &operation.path);
    let method = format_ident!("{}", operation.method);
    let retry = match &operation.retry {
        Retry::Safe => quote! { .retry(rt::Retry::Safe) },
        Retry::Never => quote! {},
        Retry::Rule(name) => quote! { .retry(rt::Retry::Rule(#name)) },
    };
    let public = operation.public.then(|| quote! { .public() });
    let timeout = operation.timeout_secs.map(|seconds| {
        let seconds = proc_macro2::Literal::u64_unsuffixed(seconds);
        quote! { .timeout_secs(#seconds) }
    });
    let paging = operation.paging.as_ref().map(|paging| {
        let kind = match &paging.kind {
            PagingKind::Cursor { param } => quote! { Cursor { param: #param } },
            PagingKind::Link => quote! { Link },
            PagingKind::Page { param } => quote! { Page { param: #param, first: 1 } },
            PagingKind::Offset { param } => quote! { Offset { param: #param } },
        };
        if paging.in_form {
            quote! { .paging_in_form(rt::Paging::#kind) }
        } else {
            quote! { .paging(rt::Paging::#kind) }
        }
    });
    quote! { rt::Operation::new(#id, rt::Method::#method, #path) #public #retry #timeout #paging }
}

fn sends(operation: &Operation, harvest: &Harvest) -> anyhow::Result<TokenStream> {
    let answer = || harvest.answer(&operation.rust).map(qualified);
    let doc = quote! { #[doc = " Sends the request."] };
    let main = match &operation.answer {
        Answer::Json(_) => {
            let answer = answer()?;
            quote! { #doc pub async fn send(self) -> Result<rt::Response<#answer>, Error> { self.call.send().await } }
        }
        Answer::OptionalJson(_) => {
            let answer = answer()?;
            let bare = generic("Option", &answer).unwrap_or(answer);
            quote! { #[doc = " Sends the request; the answer may be empty."] pub async fn send(self) -> Result<rt::Response<Option<#bare>>, Error> { self.call.send_optional().await } }
        }
        Answer::Empty => {
            quote! { #doc pub async fn send(self) -> Result<rt::Response<()>, Error> { self.call.send_empty().await } }
        }
        Answer::Text(_) => {
            quote! { #doc pub async fn send(self) -> Result<rt::Response<String>, Error> { self.call.send_text().await } }
        }
        Answer::Bytes(kind) => {
            quote! { #doc pub async fn send(self) -> Result<rt::Response<rt::Bytes>, Error> { self.call.send_bytes(#kind).await } }
        }
        Answer::ByStatus { name, .. } => {
            let name = format_ident!("{name}");
            quote! { #doc pub async fn send(self) -> Result<rt::Response<#name>, Error> { self.call.send_by_status().await } }
        }
    };
    let alternates = operation.alternates.iter().map(|(suffix, kind)| {
        let method = format_ident!("send_{suffix}");
        let doc = format!(" Sends the request and asks for `{kind}` instead of JSON.");
        quote! { #[doc = #doc] pub async fn #method(self) -> Result<rt::Response<rt::Bytes>, Error> { self.call.send_bytes(#kind).await } }
    });
    Ok(quote! { #main #(#alternates)* })
}

fn pages(operation: &Operation) -> TokenStream {
    let Some(paging) = &operation.paging else { return quote! {} };
    let page = format_ident!("{}", paging.page);
    quote! {
        #[doc = " Sends as many requests as the list has pages and gives its items one by one."]
        pub fn stream(self) -> rt::ItemStream<types::#page, ApiFailure> { self.call.stream() }

        #[doc = " Starts where an earlier stream of the same list was left; see [`rt::ItemStream::continuation`]."]
        pub fn resume(mut self, continuation: &rt::Continuation) -> Self {
            self.call.resume(continuation);
            self
        }
    }
}
