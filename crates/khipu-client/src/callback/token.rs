//! Addresses that cannot be guessed.

use bankfeed_runtime as rt;
use url::Url;

/// The longest address that the provider takes.
const MAX_URL: usize = 255;
/// 128 bits in letters and digits.
const MIN_TOKEN: usize = 22;
/// 256 bits.
const NEW_TOKEN: usize = 43;

/// The secret part of a callback address. The provider calls without authentication, so that who knows the address is all
/// there is to go by.
///
/// Equality takes the same time wherever two tokens differ.
///
/// ```
/// # fn main() -> Result<(), khipu_client::ConfigError> {
/// use khipu_client::CallbackToken;
///
/// let token = CallbackToken::random()?;
/// let url = token.in_path("https://app.example.com/khipu")?;
/// assert_eq!(url.expose(), format!("https://app.example.com/khipu/{}", token.expose()));
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CallbackToken(rt::Secret);

impl CallbackToken {
    /// A new token of 256 random bits, 43 characters that stand in a URL as they are.
    ///
    /// # Errors
    /// When the operating system has no random numbers.
    pub fn random() -> Result<Self, rt::ConfigError> {
        rt::random_text(NEW_TOKEN).map(Self)
    }

    /// A token that was made before and stored.
    ///
    /// # Errors
    /// When it is shorter than 22 characters, which hold 128 bits, or has others than letters, digits, `-` and `_`.
    pub fn restore(token: impl Into<rt::Secret>) -> Result<Self, rt::ConfigError> {
        let token = token.into();
        let text = token.expose();
        if text.len() < MIN_TOKEN {
            return Err(rt::ConfigError::new("a callback token has at least 22 characters, or it could be guessed"));
        }
        if !text.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_')) {
            return Err(rt::ConfigError::new("a callback token has only letters, digits, `-` and `_`"));
        }
        Ok(Self(token))
    }

    /// The token itself, to be stored.
    pub fn expose(&self) -> &str {
        self.0.expose()
    }

    /// An address that ends in the token: `BASE/TOKEN`.
    ///
    /// # Errors
    /// When `base` is not an `https` address without credentials and fragment, or the whole is longer than the 255
    /// characters that the provider takes.
    pub fn in_path(&self, base: &str) -> Result<rt::Secret, rt::ConfigError> {
        let mut url = parse(base)?;
        match url.path_segments_mut() {
            Ok(mut segments) => segments.pop_if_empty().push(self.expose()),
            Err(()) => return Err(rt::ConfigError::new("the callback address takes no path")),
        };
        finish(&url)
    }

    /// An address with the token in its query: `BASE?NAME=TOKEN`.
    ///
    /// # Errors
    /// As [`in_path`](Self::in_path), and when the name is empty or in the query already.
    pub fn in_query(&self, base: &str, name: &str) -> Result<rt::Secret, rt::ConfigError> {
        let mut url = parse(base)?;
        if name.is_empty() || url.query_pairs().any(|(known, _)| known == name) {
            return Err(rt::ConfigError::new("the query parameter for the token has no name, or is there already"));
        }
        url.query_pairs_mut().append_pair(name, self.expose());
        finish(&url)
    }

    /// Whether this is the token that came, in a time that depends on their lengths alone.
    pub(super) fn is(&self, given: &str) -> bool {
        rt::constant_time_eq(self.expose().as_bytes(), given.as_bytes())
    }
}

fn parse(base: &str) -> Result<Url, rt::ConfigError> {
    let url = Url::parse(base)
        .map_err(|error| rt::ConfigError::new(format!("the callback address is not a URL: {error}")))?;
    if url.scheme() != "https" {
        return Err(rt::ConfigError::new("the callback address is not https: bank data would travel in the clear"));
    }
    if !url.username().is_empty() || url.password().is_some() || url.fragment().is_some() {
        return Err(rt::ConfigError::new("the callback address has credentials or a fragment, which are not sent"));
    }
    Ok(url)
}

fn finish(url: &Url) -> Result<rt::Secret, rt::ConfigError> {
    let text = url.as_str();
    if text.len() > MAX_URL {
        let problem = format!("the callback address has {} characters; the provider takes {MAX_URL}", text.len());
        return Err(rt::ConfigError::new(problem));
    }
    Ok(text.into())
}
