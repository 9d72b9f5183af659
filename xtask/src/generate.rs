//! The call of progenitor.

use std::cell::Cell;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Once;

use anyhow::{Context as _, anyhow};
use proc_macro2::TokenStream;
use progenitor_impl::{GenerationSettings, Generator, InterfaceStyle, TagStyle, UnknownPolicy};

use crate::lower::to_openapi;
use crate::model::Api;

/// Runs the generator over the lowered document.
pub(crate) fn generate(api: &Api) -> anyhow::Result<TokenStream> {
    let document = to_openapi(api);
    let mut settings = GenerationSettings::default();
    settings
        // The builder style is three and a half times as long, and more than half of that serves nobody.
        .with_interface(InterfaceStyle::Positional)
        .with_tag(TagStyle::Merged)
        .with_unknown_crates(UnknownPolicy::Allow)
        .with_map_type("::std::collections::BTreeMap");
    // Lowering leaves nothing that it panics on; should that be wrong one day, it is still told in words.
    quietly(|| Generator::new(&settings).generate_tokens(&document))
        .map_err(|panic| {
            let text =
                panic.downcast_ref::<String>().map(String::as_str).or_else(|| panic.downcast_ref::<&str>().copied());
            anyhow!("the generator gave up on the lowered document: {}", text.unwrap_or("no reason given"))
        })?
        .context("the generator refused the lowered document")
}

/// Catches a panic without the message that is printed for one. Several threads may be in here at once.
fn quietly<T>(work: impl FnOnce() -> T) -> std::thread::Result<T> {
    thread_local!(static QUIET: Cell<bool> = const { Cell::new(false) });
    static HOOK: Once = Once::new();
    HOOK.call_once(|| {
        let loud = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |panic| {
            if !QUIET.get() {
                loud(panic);
            }
        }));
    });
    QUIET.set(true);
    let outcome = catch_unwind(AssertUnwindSafe(work));
    QUIET.set(false);
    outcome
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_is_caught_and_the_next_one_is_heard() {
        assert!(quietly(|| -> u8 { panic!("given up") }).is_err());
        assert_eq!(quietly(|| 1).ok(), Some(1));
    }
}
