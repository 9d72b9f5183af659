//! The head of a callback that was recorded: headers, and the address it came to.

use std::path::Path;

use http::{HeaderMap, HeaderName, HeaderValue};

use crate::trouble::Trouble;

/// What came beside the body.
#[derive(Default)]
pub(super) struct Head {
    pub(super) headers: HeaderMap,
    /// Path and query, where the record begins with the line of a request.
    pub(super) target: Option<String>,
}

impl Head {
    /// Adds a header, written as `Name: value`. Errors name the header at most: values may be secrets.
    pub(super) fn add(&mut self, line: &str) -> Result<(), Trouble> {
        let wrong = |problem: String| Trouble::usage(problem, "write it as 'Name: value', as it came");
        let Some((name, value)) = line.split_once(':') else {
            return Err(wrong("a header has no colon".to_owned()));
        };
        let Ok(name) = HeaderName::try_from(name.trim()) else {
            return Err(wrong("a header has a name that is none".to_owned()));
        };
        let Ok(value) = HeaderValue::try_from(value.trim()) else {
            return Err(wrong(format!("the value of header `{name}` is none")));
        };
        self.headers.append(name, value);
        Ok(())
    }

    /// Adds what stands in a file: a header on each line, the request's own line before them if it is there.
    pub(super) fn add_file(&mut self, path: &Path) -> Result<(), Trouble> {
        let text = std::fs::read_to_string(path).map_err(|error| {
            Trouble::usage(
                format!("{} cannot be read: {error}", path.display()),
                "name a file with a header on each line",
            )
        })?;
        for (index, line) in text.lines().enumerate() {
            match target(line).filter(|_| index == 0) {
                Some(target) => self.target = Some(target.to_owned()),
                // The head ends where a line is empty.
                None if line.trim().is_empty() => break,
                None => self.add(line)?,
            }
        }
        Ok(())
    }
}

/// The target of a line such as `POST /khipu/… HTTP/1.1`.
fn target(line: &str) -> Option<&str> {
    let mut words = line.split(' ');
    let (method, target, version) = (words.next()?, words.next()?, words.next().unwrap_or("HTTP/"));
    let is_method = !method.is_empty() && method.bytes().all(|byte| byte.is_ascii_uppercase());
    (is_method && target.starts_with('/') && version.starts_with("HTTP/")).then_some(target)
}
