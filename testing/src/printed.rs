//! Everything an error prints.

use std::error::Error;

/// Everything that an error and its causes print: `Display`, and `Debug` in both layouts.
pub fn printed(error: &(dyn Error + 'static)) -> String {
    let mut text = String::new();
    let mut next = Some(error);
    while let Some(error) = next {
        text.push_str(&format!("{error}\n{error:?}\n{error:#?}\n"));
        next = error.source();
    }
    text
}
