//! A request as it came over the wire.

/// A request as it came over the wire.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Request {
    /// Such as `GET`.
    pub method: String,
    /// Path and query, still encoded.
    pub target: String,
    /// Names and values in the order they came.
    pub headers: Vec<(String, String)>,
    /// The body, byte for byte.
    pub body: Vec<u8>,
}

impl Request {
    /// Reads everything before the body; `None` when it is no head of a request.
    pub(crate) fn from_head(head: &str) -> Option<Self> {
        let mut lines = head.split("\r\n");
        let mut words = lines.next()?.split(' ');
        let (method, target) = (words.next()?.to_owned(), words.next()?.to_owned());
        let headers = lines
            .map(|line| line.split_once(':').map(|(name, value)| (name.to_owned(), value.trim().to_owned())))
            .collect::<Option<_>>()?;
        Some(Self { method, target, headers, body: Vec::new() })
    }

    /// A header's value, the first if there are several.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, value)| value.as_str())
    }

    /// The path, still encoded.
    pub fn path(&self) -> &str {
        self.target.split('?').next().unwrap_or_default()
    }

    /// The query's parameters, decoded, in the order they came.
    pub fn query(&self) -> Vec<(String, String)> {
        self.target.split_once('?').map_or_else(Vec::new, |(_, query)| pairs(query))
    }

    /// A query parameter's value, decoded; the first if there are several.
    pub fn query_value(&self, name: &str) -> Option<String> {
        value(self.query(), name)
    }

    /// The fields of a form, decoded, in the order they came.
    ///
    /// # Panics
    /// When the content type is not that of a form.
    pub fn form(&self) -> Vec<(String, String)> {
        let kind = self.header("content-type");
        assert_eq!(kind, Some("application/x-www-form-urlencoded"), "{}: the body is no form", self.target);
        pairs(self.text())
    }

    /// A form field's value, decoded; the first if there are several.
    ///
    /// # Panics
    /// As [`form`](Self::form).
    pub fn form_value(&self, name: &str) -> Option<String> {
        value(self.form(), name)
    }

    /// The body as text.
    ///
    /// # Panics
    /// When it is not UTF-8.
    pub fn text(&self) -> &str {
        str::from_utf8(&self.body).unwrap_or_else(|error| panic!("{}: the body is no text: {error}", self.target))
    }
}

fn value(pairs: Vec<(String, String)>, name: &str) -> Option<String> {
    pairs.into_iter().find(|(known, _)| known == name).map(|(_, value)| value)
}

fn pairs(text: &str) -> Vec<(String, String)> {
    let pair = |pair: &str| {
        let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
        (decoded(name), decoded(value))
    };
    text.split('&').filter(|text| !text.is_empty()).map(pair).collect()
}

/// The text that was encoded as `application/x-www-form-urlencoded`.
fn decoded(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let [first, after @ ..] = rest {
        rest = after;
        bytes.push(match first {
            b'+' => b' ',
            b'%' => {
                let (hex, after) = rest.split_at_checked(2).unwrap_or_else(|| panic!("`{text}` ends in the middle"));
                rest = after;
                let hex = str::from_utf8(hex).ok().and_then(|hex| u8::from_str_radix(hex, 16).ok());
                hex.unwrap_or_else(|| panic!("`{text}` has a percent sign without two hexadecimal digits"))
            }
            other => *other,
        });
    }
    String::from_utf8(bytes).unwrap_or_else(|error| panic!("`{text}` encodes no text: {error}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn heads_are_taken_apart() {
        let request =
            Request::from_head("POST /a%20b?x=1%2C2&y=a+b&x=3&z HTTP/1.1\r\nHost: h:1\r\nX-Key:  v ").unwrap();
        assert_eq!((request.method.as_str(), request.path()), ("POST", "/a%20b"));
        assert_eq!((request.header("host"), request.header("x-KEY")), (Some("h:1"), Some("v")));
        let query = request.query();
        let query: Vec<_> = query.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        assert_eq!(query, [("x", "1,2"), ("y", "a b"), ("x", "3"), ("z", "")]);
        assert_eq!((request.query_value("x").as_deref(), request.query_value("w")), (Some("1,2"), None));
        assert_eq!(Request::from_head("nonsense"), None);
    }

    #[test]
    fn forms_are_decoded() {
        let mut request =
            Request::from_head("POST / HTTP/1.1\r\ncontent-type: application/x-www-form-urlencoded").unwrap();
        request.body = b"name=K%C3%A4se+%26%20Brot&empty=".to_vec();
        assert_eq!(request.form_value("name").as_deref(), Some("Käse & Brot"));
        assert_eq!(request.form_value("empty").as_deref(), Some(""));
        assert_eq!(request.form().len(), 2);
    }

    #[test]
    #[should_panic(expected = "no form")]
    fn what_is_no_form_is_not_read_as_one() {
        Request::from_head("POST / HTTP/1.1").unwrap().form();
    }
}
