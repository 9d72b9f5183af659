//! Faults as text: `NAME key=value …`, with `;` between several and `#` before a remark.

use std::str::FromStr;

use super::model::{Fault, Setting};
use super::name::{Key, Name};
use crate::check::nearest;

/// Names that an error lists.
const MOST_NAMES: usize = 24;

/// Why a text is no fault, or no rule.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{problem}")]
pub struct FaultError {
    problem: String,
}

impl FaultError {
    pub(super) fn new(problem: impl Into<String>) -> Self {
        Self { problem: problem.into() }
    }

    /// A name that is unknown, with the one that was probably meant or all of them.
    pub(super) fn unknown<'a>(what: &str, name: &str, known: impl Iterator<Item = &'a str> + Clone) -> Self {
        Self::new(match nearest(name, known.clone()) {
            Some(near) => format!("{what} `{name}` is unknown; `{near}` is known"),
            None => {
                let known: Vec<&str> = known.take(MOST_NAMES).collect();
                format!("{what} `{name}` is unknown; known are {}", known.join(", "))
            }
        })
    }

    /// A key that a fault does not take.
    pub(super) fn key(name: Name, key: &str) -> Self {
        Self::unknown(&format!("`{}` takes no key of the name:", name.text()), key, name.keys().map(Key::text))
    }
}

/// The words of each fault or rule in a text; quotes keep white space, `;` and `#` in a value.
pub(super) fn statements(text: &str) -> Result<Vec<Vec<String>>, FaultError> {
    let mut statements = vec![Vec::new()];
    let mut word: Option<String> = None;
    let mut quote = false;
    let mut chars = text.chars();
    while let Some(char) = chars.next() {
        match char {
            '\\' if quote => match chars.next() {
                Some(escaped) => word.get_or_insert_default().push(escaped),
                None => break,
            },
            '"' => {
                quote = !quote;
                word.get_or_insert_default();
            }
            _ if quote => word.get_or_insert_default().push(char),
            '#' if word.is_none() => break,
            ';' => {
                end(&mut statements, &mut word);
                statements.push(Vec::new());
            }
            _ if char.is_whitespace() => end(&mut statements, &mut word),
            _ => word.get_or_insert_default().push(char),
        }
    }
    if quote {
        return Err(FaultError::new("a quote is not closed"));
    }
    end(&mut statements, &mut word);
    statements.retain(|words| !words.is_empty());
    Ok(statements)
}

fn end(statements: &mut [Vec<String>], word: &mut Option<String>) {
    if let (Some(statement), Some(word)) = (statements.last_mut(), word.take()) {
        statement.push(word);
    }
}

/// The words of the only fault or rule in a text.
pub(super) fn single(text: &str) -> Result<Vec<String>, FaultError> {
    let mut statements = statements(text)?;
    match (statements.pop(), statements.pop()) {
        (Some(words), None) => Ok(words),
        (None, _) => Err(FaultError::new("is empty")),
        _ => Err(FaultError::new("`;` stands between the faults of a header; here is one alone")),
    }
}

/// A value as it is read again.
pub(super) fn quoted(text: &str) -> String {
    if text.chars().all(|char| !char.is_whitespace() && !matches!(char, '"' | ';' | '\\')) {
        return text.to_owned();
    }
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}

/// A fault from its words.
pub(super) fn fault(words: &[String]) -> Result<Fault, FaultError> {
    let Some((first, settings)) = words.split_first() else { return Err(FaultError::new("no fault is named")) };
    let Some(name) = Name::ALL.into_iter().find(|name| name.text() == first) else {
        return Err(FaultError::unknown("fault", first, Name::ALL.iter().map(|name| name.text())));
    };
    let mut fault = Fault::of(name);
    for word in settings {
        let Some((key_text, value)) = word.split_once('=') else {
            return Err(FaultError::new(format!("`{word}` after `{first}` is no `key=value`")));
        };
        let Some(key) = name.keys().find(|key| key.text() == key_text) else {
            return Err(FaultError::key(name, key_text));
        };
        let setting =
            match name.range(key) {
                None => Setting::Text(value.to_owned()),
                Some(_) => Setting::Number(value.parse().map_err(|_| {
                    FaultError::new(format!("`{key_text}` of `{first}` is a whole number, not `{value}`"))
                })?),
            };
        if !fault.set(key, setting) {
            return Err(FaultError::new(format!("`{key_text}` of `{first}` is told twice")));
        }
    }
    fault.check()?;
    Ok(fault)
}

/// The faults of a header.
pub(super) fn header(text: &str) -> Result<Vec<Fault>, FaultError> {
    let faults = statements(text)?.iter().map(|words| fault(words)).collect::<Result<Vec<_>, _>>()?;
    if faults.is_empty() {
        return Err(FaultError::new("names no fault"));
    }
    let counting = |fault: &&Fault| fault.told(Key::Times).is_some() || fault.told(Key::After).is_some();
    match faults.iter().find(counting) {
        Some(fault) => Err(FaultError::new(format!(
            "`times` and `after` of `{}` count the requests of a rule; a header is for its own request",
            fault.name.text()
        ))),
        None => Ok(faults),
    }
}

impl FromStr for Fault {
    type Err = FaultError;

    fn from_str(text: &str) -> Result<Self, FaultError> {
        fault(&single(text)?)
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    fn problem(text: &str) -> String {
        text.parse::<Fault>().unwrap_err().to_string()
    }

    #[test]
    fn every_fault_is_read_as_it_is_printed() {
        for name in Name::ALL {
            let keys: Vec<Key> = name.keys().collect();
            for chosen in 0..1_usize << keys.len() {
                let mut fault = Fault::of(name);
                for (_, key) in keys.iter().enumerate().filter(|(index, _)| chosen & (1 << index) != 0) {
                    let setting = match name.range(*key) {
                        Some(range) => Setting::Number(range.start() + (range.end() - range.start()) / 3),
                        None => Setting::Text(r##"/a b;c "d"\e #f=g"##.to_owned()),
                    };
                    fault.set(*key, setting);
                }
                let complete = name.required().iter().all(|key| fault.told(*key).is_some());
                let read = fault.to_string().parse::<Fault>();
                assert_eq!(read.is_ok(), complete, "{fault}: {read:?}");
                assert!(read.is_err() || read == Ok(fault.clone()), "{fault}");
            }
        }
    }

    #[test]
    fn texts_that_begin_with_a_hash_or_are_empty_are_read_as_they_are_printed() {
        for value in ["", "#", "# a", "\\", "\""] {
            let fault = Fault::content_type(value);
            assert_eq!(fault.to_string().parse(), Ok(fault), "{value:?}");
        }
    }

    #[test]
    fn what_is_wrong_is_told() {
        for (text, told) in [
            ("rate-limt", "fault `rate-limt` is unknown; `rate-limit` is known"),
            ("", "is empty"),
            ("# nothing", "is empty"),
            ("cut; cut", "`;` stands between the faults of a header; here is one alone"),
            ("cut code=5", "`cut` takes no key of the name: `code` is unknown; known are page, after, times"),
            ("cut tmes=5", "`cut` takes no key of the name: `tmes` is unknown; `times` is known"),
            ("status", "`status` needs `code=`"),
            ("status code=200", "`code` of `status` is from 400 to 599, not 200"),
            ("status code=abc", "`code` of `status` is a whole number, not `abc`"),
            ("cut times=0", "`times` of `cut` is at least 1, not 0"),
            ("cut times=1 times=2", "`times` of `cut` is told twice"),
            ("cut now", "`now` after `cut` is no `key=value`"),
            ("nulls at=data", "`at` of `nulls` is a JSON pointer, such as /data/0/amount, not `data`"),
            ("empty-page", "`empty-page` needs `page=`"),
            ("content-type value=\"a", "a quote is not closed"),
        ] {
            assert_eq!(problem(text), told);
        }
        assert!(problem("plague").contains("known are status, rate-limit, "), "{}", problem("plague"));
    }

    #[test]
    fn programs_write_the_same_faults() {
        for (fault, text) in [
            (Fault::rate_limit().retry_after(30).times(2), "rate-limit retry-after=30 times=2"),
            (Fault::slow(10, Duration::from_millis(5)).page(2), "slow bytes=10 ms=5 page=2"),
            (Fault::content_type("text/html; charset=utf-8"), "content-type value=\"text/html; charset=utf-8\""),
            (Fault::html().with_code(502), "html code=502"),
            (Fault::nulls().at("/data/0").after(3), "nulls at=/data/0 after=3"),
        ] {
            assert_eq!((fault.to_string().as_str(), text.parse()), (text, Ok(fault)));
        }
    }

    #[test]
    fn a_header_holds_several() {
        let faults = header("latency ms=5; content-type value=\"a; b\" ;").unwrap();
        assert_eq!(faults, [Fault::latency(Duration::from_millis(5)), Fault::content_type("a; b")]);
        assert!(header(" ; ").is_err() && header("cut times=1").is_err() && header("cut after=1").is_err());
    }
}
