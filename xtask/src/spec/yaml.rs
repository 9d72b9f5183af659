//! YAML to JSON values, remembering on which line every place of the document stands.

use std::collections::BTreeMap;

use saphyr_parser::{Event, Parser, ScalarStyle, ScanError};
use serde_json::{Map, Number, Value};

use super::pointer;

/// A parsed document: its value, and the line of every JSON pointer in it.
pub(super) struct Located {
    pub(super) value: Value,
    pub(super) lines: BTreeMap<String, usize>,
}

/// Why a text is not one YAML document that JSON can express.
pub(super) struct SyntaxError {
    pub(super) line: usize,
    pub(super) problem: String,
}

/// Reads one YAML document.
pub(super) fn parse(text: &str) -> Result<Located, SyntaxError> {
    let mut reader = Reader { parser: Parser::new_from_str(text), anchors: BTreeMap::new(), lines: BTreeMap::new() };
    let mut value = None;
    while let Some((event, line)) = reader.next()? {
        match event {
            Event::StreamStart | Event::DocumentStart(_) | Event::DocumentEnd | Event::StreamEnd | Event::Nothing => {}
            _ if value.is_some() => {
                return Err(SyntaxError {
                    line,
                    problem: "a second YAML document starts here; one file holds one".into(),
                });
            }
            event => {
                reader.lines.insert(String::new(), line);
                value = Some(reader.node(event, line, "")?);
            }
        }
    }
    Ok(Located { value: value.unwrap_or(Value::Null), lines: reader.lines })
}

struct Reader<'a> {
    parser: Parser<'a, saphyr_parser::StrInput<'a>>,
    anchors: BTreeMap<usize, Value>,
    lines: BTreeMap<String, usize>,
}

impl<'a> Reader<'a> {
    fn next(&mut self) -> Result<Option<(Event<'a>, usize)>, SyntaxError> {
        match self.parser.next_event() {
            None => Ok(None),
            Some(Ok((event, span))) => Ok(Some((event, span.start.line()))),
            Some(Err(error)) => Err(scan_error(&error)),
        }
    }

    fn expect_next(&mut self) -> Result<(Event<'a>, usize), SyntaxError> {
        self.next()?.ok_or(SyntaxError { line: 0, problem: "the document ends in the middle of a value".into() })
    }

    fn node(&mut self, event: Event<'a>, line: usize, at: &str) -> Result<Value, SyntaxError> {
        let (anchor, value) = match event {
            Event::Alias(anchor) => {
                let value = self.anchors.get(&anchor).cloned();
                return value
                    .ok_or(SyntaxError { line, problem: "an alias (`*name`) without its anchor (`&name`)".into() });
            }
            Event::Scalar(text, style, anchor, _) => (anchor, scalar(&text, style)),
            Event::SequenceStart(anchor, _) => (anchor, self.sequence(at)?),
            Event::MappingStart(anchor, _) => (anchor, self.mapping(at)?),
            other => return Err(SyntaxError { line, problem: format!("unexpected {other:?}") }),
        };
        if anchor > 0 {
            self.anchors.insert(anchor, value.clone());
        }
        Ok(value)
    }

    fn sequence(&mut self, at: &str) -> Result<Value, SyntaxError> {
        let mut items = Vec::new();
        loop {
            let (event, line) = self.expect_next()?;
            if event == Event::SequenceEnd {
                return Ok(Value::Array(items));
            }
            let place = format!("{at}/{}", items.len());
            self.lines.insert(place.clone(), line);
            items.push(self.node(event, line, &place)?);
        }
    }

    fn mapping(&mut self, at: &str) -> Result<Value, SyntaxError> {
        let mut map = Map::new();
        let mut merged = Vec::new();
        loop {
            let (event, line) = self.expect_next()?;
            let key = match event {
                Event::MappingEnd => break,
                // `200:` is a number to YAML and a status code to OpenAPI: keys are their own text.
                Event::Scalar(text, ..) => text.into_owned(),
                _ => return Err(SyntaxError { line, problem: "a key that is not plain text".into() }),
            };
            let place = pointer::child(at, &key);
            // The key's line is the useful one: that is where a person looks.
            self.lines.insert(place.clone(), line);
            let (event, value_line) = self.expect_next()?;
            let value = self.node(event, value_line, &place)?;
            if key == "<<" {
                merged.push(value);
            } else if map.insert(key.clone(), value).is_some() {
                return Err(SyntaxError { line, problem: format!("the key `{key}` stands twice in one mapping") });
            }
        }
        for value in
            merged.into_iter().flat_map(|value| if let Value::Array(list) = value { list } else { vec![value] })
        {
            if let Value::Object(object) = value {
                for (key, value) in object {
                    map.entry(key).or_insert(value);
                }
            }
        }
        Ok(Value::Object(map))
    }
}

fn scan_error(error: &ScanError) -> SyntaxError {
    SyntaxError { line: error.marker().line(), problem: error.info().to_owned() }
}

/// The YAML 1.2 core schema: only plain scalars can be anything but text.
fn scalar(text: &str, style: ScalarStyle) -> Value {
    if style != ScalarStyle::Plain {
        return Value::String(text.to_owned());
    }
    match text {
        "" | "~" | "null" | "Null" | "NULL" => return Value::Null,
        "true" | "True" | "TRUE" => return Value::Bool(true),
        "false" | "False" | "FALSE" => return Value::Bool(false),
        _ => {}
    }
    let digits = text.strip_prefix(['-', '+']).unwrap_or(text);
    if !digits.starts_with(|first: char| first.is_ascii_digit() || first == '.') {
        return Value::String(text.to_owned());
    }
    if let Ok(integer) = text.parse::<i64>() {
        return Value::Number(integer.into());
    }
    if let Ok(integer) = text.parse::<u64>() {
        return Value::Number(integer.into());
    }
    match text.parse::<f64>().ok().and_then(Number::from_f64) {
        Some(number) => Value::Number(number),
        None => Value::String(text.to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn value(text: &str) -> Value {
        parse(text).map(|located| located.value).unwrap_or_else(|error| panic!("{}: {}", error.line, error.problem))
    }

    #[test]
    fn plain_scalars_follow_the_core_schema_and_quoted_ones_stay_text() {
        let text = "{a: 1, b: -2.5, c: true, d: ~, e: '1', f: on, g: 2024-01-31, h: 1.2.3, 200: ok, i: ''}";
        let expected = json!({"a": 1, "b": -2.5, "c": true, "d": null, "e": "1", "f": "on", "g": "2024-01-31",
                              "h": "1.2.3", "200": "ok", "i": ""});
        assert_eq!(value(text), expected);
    }

    #[test]
    fn anchors_and_merge_keys_are_resolved() {
        let text = "base: &base {a: 1, b: 2}\nmore: {<<: *base, b: 3}\nsame: *base\n";
        assert_eq!(value(text), json!({"base": {"a": 1, "b": 2}, "more": {"b": 3, "a": 1}, "same": {"a": 1, "b": 2}}));
    }

    #[test]
    fn every_place_knows_its_line() {
        let located = parse("a:\n  b:\n    - x\n    - {c: 1}\n").unwrap_or_else(|_| panic!("valid"));
        assert_eq!(located.lines["/a/b"], 2);
        assert_eq!(located.lines["/a/b/1/c"], 4);
    }

    #[test]
    fn a_key_that_stands_twice_is_an_error() {
        let Err(error) = parse("a: 1\nb: 2\na: 3\n") else { panic!("accepted") };
        assert_eq!((error.line, error.problem.as_str()), (3, "the key `a` stands twice in one mapping"));
    }
}
