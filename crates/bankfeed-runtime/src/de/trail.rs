//! Where and why the last decode failed.
//!
//! A serde error carries only text, and that text may quote values. The decoders of this crate therefore leave a
//! trail on the way out of a failure: names, positions and expectations, all of them known beforehand or part of the
//! document's shape. [`DecodeError`](super::DecodeError) is built from it. Nothing is recorded, and nothing costs
//! anything, while decoding succeeds.

use std::cell::RefCell;

/// One step from the document's root to the place that failed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Step {
    Field(&'static str),
    Key(String),
    Index(usize),
}

/// What a failure left behind; steps run from the inside out.
#[derive(Debug, Default)]
pub(crate) struct Trail {
    pub(crate) steps: Vec<Step>,
    pub(crate) reason: Option<String>,
}

struct Active {
    depth: usize,
    trail: Trail,
}

thread_local! {
    static ACTIVE: RefCell<Active> = const {
        RefCell::new(Active { depth: 0, trail: Trail { steps: Vec::new(), reason: None } })
    };
}

/// Runs one decode and returns its result with the trail it left.
///
/// Decodes nest (the arms of a union decode on their own): each gets its own trail.
pub(crate) fn follow<T, E>(decode: impl FnOnce() -> Result<T, E>) -> (Result<T, E>, Trail) {
    /// Restores the outer trail even if `decode` unwinds.
    struct Guard(Option<Trail>);
    impl Drop for Guard {
        fn drop(&mut self) {
            let outer = self.0.take().unwrap_or_default();
            ACTIVE.with_borrow_mut(|active| {
                active.depth -= 1;
                active.trail = outer;
            });
        }
    }
    let outer = ACTIVE.with_borrow_mut(|active| {
        active.depth += 1;
        std::mem::take(&mut active.trail)
    });
    let _guard = Guard(Some(outer));
    let result = decode();
    let trail = ACTIVE.with_borrow_mut(|active| std::mem::take(&mut active.trail));
    (result, trail)
}

/// Notes the step that leads to the failure below it.
#[cold]
pub(crate) fn step(step: Step) {
    ACTIVE.with_borrow_mut(|active| {
        // Outside of `follow` nobody reads the trail, so nothing may pile up.
        if active.depth > 0 {
            active.trail.steps.push(step);
        }
    });
}

/// Notes why the innermost decode failed, and starts the trail anew.
#[cold]
pub(crate) fn reason(text: &str) {
    ACTIVE.with_borrow_mut(|active| {
        if active.depth > 0 {
            active.trail.steps.clear();
            active.trail.reason = Some(text.to_owned());
        }
    });
}

impl Trail {
    /// The place as a JSON pointer, empty for the root.
    pub(crate) fn path(&self) -> String {
        let mut path = String::new();
        for step in self.steps.iter().rev() {
            path.push('/');
            match step {
                Step::Field(name) => path.push_str(&name.replace('~', "~0").replace('/', "~1")),
                Step::Key(name) => path.push_str(&name.replace('~', "~0").replace('/', "~1")),
                Step::Index(index) => path.push_str(&index.to_string()),
            }
        }
        path
    }
}
