//! The call of progenitor.

use std::panic::{AssertUnwindSafe, catch_unwind};

use anyhow::{Context as _, anyhow};
use proc_macro2::TokenStream;
use progenitor_impl::{GenerationSettings, Generator, InterfaceStyle, TagStyle, UnknownPolicy};

use crate::lower::to_openapi;
use crate::model::Api;

/// Runs the generator over the lowered document.
pub(crate) fn generate(api: &Api) -> anyhow::Result<TokenStream> {
    let document = to_openapi(api)?;
    let mut settings = GenerationSettings::default();
    settings
        // The builder style is three and a half times as long, and more than half of that serves nobody.
        .with_interface(InterfaceStyle::Positional)
        .with_tag(TagStyle::Merged)
        .with_unknown_crates(UnknownPolicy::Allow)
        .with_map_type("::std::collections::BTreeMap");
    // Lowering leaves nothing that it panics on; should that be wrong one day, it is still told in words.
    let quiet = std::panic::take_hook();
    std::panic::set_hook(Box::new(|_| {}));
    let outcome = catch_unwind(AssertUnwindSafe(|| Generator::new(&settings).generate_tokens(&document)));
    std::panic::set_hook(quiet);
    outcome
        .map_err(|panic| {
            let text =
                panic.downcast_ref::<String>().map(String::as_str).or_else(|| panic.downcast_ref::<&str>().copied());
            anyhow!("the generator gave up on the lowered document: {}", text.unwrap_or("no reason given"))
        })?
        .context("the generator refused the lowered document")
}
