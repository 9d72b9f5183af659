//! What a change of a specification means: on the wire, for callers of the client, for the normalized model.
//!
//! Both documents are walked by meaning, and so are the Rust models that they lower to; the two are joined by place. No difference
//! of either stays silent: one that no rule knows is reported as not judged, one of the models that nothing explains as a consequence.

mod accepted;
mod change;
mod changelog;
mod collect;
mod join;
mod kind;
mod normalized;
mod reach;
mod report;
mod rust;
mod semver;
#[cfg(test)]
mod testing;
mod trees;
mod wire;

use crate::lower;
use crate::model::Api;
use crate::spec::Spec;

use change::Change;
pub(crate) use collect::{of_files, of_revisions};
pub(crate) use report::{Format, Report};

/// What became of one provider.
struct Comparison {
    changes: Vec<Change>,
    /// Why nothing is known about Rust, where that is so.
    not_judged: Option<String>,
}

/// Compares two specifications of a provider.
fn compare(provider: &str, old: &Spec, new: &Spec) -> Comparison {
    if old.root == new.root {
        // Key order alone can still move arguments, so that equal values end the work only where their order is equal too.
        if old.sha256 == new.sha256 {
            return Comparison { changes: Vec::new(), not_judged: None };
        }
    }
    let differences = wire::compare(old, new);
    let (effects, not_judged) = match (lowered(old), lowered(new)) {
        (Ok(before), Ok(after)) => {
            let models =
                rust::Models { old_spec: old, new_spec: new, old: &before, new: &after, moved: &differences.moved };
            (rust::compare(&models), None)
        }
        (Err(reason), _) => (Vec::new(), Some(format!("the old specification cannot be lowered: {reason}"))),
        (_, Err(reason)) => (Vec::new(), Some(format!("the new specification cannot be lowered: {reason}"))),
    };
    let context = join::Context {
        provider,
        old,
        new,
        readers_old: normalized::Readers::of_document(old),
        readers_new: normalized::Readers::of_document(new),
        judged: not_judged.is_none(),
    };
    Comparison { changes: join::join(&context, differences.found, effects), not_judged }
}

/// The Rust model, or the first reason why there is none.
fn lowered(spec: &Spec) -> Result<Api, String> {
    lower::lower(spec).map_err(|rejected| rejected.0.first().map(|first| first.problem.clone()).unwrap_or_default())
}
