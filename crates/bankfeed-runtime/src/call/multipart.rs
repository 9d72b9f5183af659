//! Multipart forms.

use std::fmt;

use bytes::Bytes;
use ring::digest;

use super::param::ToParam;

/// A `multipart/form-data` body of texts and files.
#[derive(Clone, Default)]
pub struct Multipart(Vec<Part>);

#[derive(Clone)]
struct Part {
    name: String,
    file: Option<(String, String)>,
    content: Bytes,
}

impl Multipart {
    /// No parts yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a text.
    #[must_use]
    pub fn text(mut self, name: &str, value: &(impl ToParam + ?Sized)) -> Self {
        let content = Bytes::from(value.to_param().into_owned());
        self.0.push(Part { name: name.to_owned(), file: None, content });
        self
    }

    /// Adds a file with its name and media type, such as `application/pdf`.
    #[must_use]
    pub fn file(mut self, name: &str, file_name: &str, media_type: &str, content: impl Into<Bytes>) -> Self {
        let file = Some((file_name.to_owned(), media_type.to_owned()));
        self.0.push(Part { name: name.to_owned(), file, content: content.into() });
        self
    }

    /// The content type and the body.
    ///
    /// The boundary is drawn from the content's hash: it cannot occur in the content, and the same form makes the
    /// same bytes.
    pub(crate) fn build(&self) -> (String, Bytes) {
        let mut hash = digest::Context::new(&digest::SHA256);
        for part in &self.0 {
            hash.update(part.name.as_bytes());
            hash.update(&part.content);
        }
        let boundary: String = hash.finish().as_ref().iter().take(16).map(|byte| format!("{byte:02x}")).collect();
        let mut body = Vec::new();
        for part in &self.0 {
            let name = quote(&part.name);
            body.extend_from_slice(
                format!("--{boundary}\r\nContent-Disposition: form-data; name=\"{name}\"").as_bytes(),
            );
            if let Some((file_name, media_type)) = &part.file {
                let (file_name, media_type) = (quote(file_name), media_type.replace(['\r', '\n'], ""));
                body.extend_from_slice(format!("; filename=\"{file_name}\"\r\nContent-Type: {media_type}").as_bytes());
            }
            body.extend_from_slice(b"\r\n\r\n");
            body.extend_from_slice(&part.content);
            body.extend_from_slice(b"\r\n");
        }
        body.extend_from_slice(format!("--{boundary}--\r\n").as_bytes());
        (format!("multipart/form-data; boundary={boundary}"), body.into())
    }
}

/// Encodes the three characters that would end a quoted name, the way browsers do.
fn quote(name: &str) -> String {
    name.replace('"', "%22").replace('\r', "%0D").replace('\n', "%0A")
}

impl fmt::Debug for Multipart {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names = self.0.iter().map(|part| part.name.as_str());
        f.debug_tuple("Multipart").field(&names.collect::<Vec<_>>()).finish()
    }
}
