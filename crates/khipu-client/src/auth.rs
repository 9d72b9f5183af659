//! What every request carries to prove where it comes from: an API key or a JWT, never both.

use std::fmt;

use bankfeed_runtime as rt;
use rt::Authorize;

type JwtSource = Box<dyn Fn() -> Result<rt::Secret, rt::AuthError> + Send + Sync>;

/// How a client authorizes its requests; the provider takes one of two ways and refuses both at once.
pub struct Auth(Way);

enum Way {
    ApiKey(rt::Secret),
    Jwt(rt::Secret),
    JwtSource(JwtSource),
}

impl Auth {
    /// By an API key, in the header `x-api-key`.
    ///
    /// Every request must then hold an [`AccountCredential`](crate::types::AccountCredential). One without is refused
    /// before it is sent, with an error whose `is_auth()` holds.
    pub fn api_key(key: impl Into<rt::Secret>) -> Self {
        Self(Way::ApiKey(key.into()))
    }

    /// By a JWT, in the header `Authorization`; for programs that end before the token does.
    pub fn jwt(token: impl Into<rt::Secret>) -> Self {
        Self(Way::Jwt(token.into()))
    }

    /// By the JWT that is current: it is asked for before every attempt, so keep it at hand and renew it elsewhere.
    ///
    /// An error from the source ends the call before anything is sent.
    ///
    /// ```
    /// # fn main() -> Result<(), khipu_client::ConfigError> {
    /// use std::sync::{Arc, PoisonError, RwLock};
    ///
    /// use khipu_client::{Auth, Client, Secret};
    ///
    /// let current = Arc::new(RwLock::new(Secret::from("eyJhbGciOi…")));
    /// let source = current.clone();
    /// let auth = Auth::jwt_from(move || Ok(source.read().unwrap_or_else(PoisonError::into_inner).clone()));
    /// let client = Client::builder(auth).build()?;
    /// // Whoever renews tokens replaces what is in `current`.
    /// # Ok(())
    /// # }
    /// ```
    pub fn jwt_from(source: impl Fn() -> Result<rt::Secret, rt::AuthError> + Send + Sync + 'static) -> Self {
        Self(Way::JwtSource(Box::new(source)))
    }

    /// Refuses what can be seen to be wrong before there is a request.
    pub(crate) fn check(&self) -> Result<(), rt::ConfigError> {
        match &self.0 {
            Way::ApiKey(key) if key.expose().is_empty() => Err(rt::ConfigError::new("the API key must not be empty")),
            Way::Jwt(token) => check_token(token).map_err(rt::ConfigError::new),
            Way::ApiKey(_) | Way::JwtSource(_) => Ok(()),
        }
    }
}

impl Authorize for Auth {
    fn authorize(&self, request: &mut rt::Outgoing<'_>, now: rt::jiff::Timestamp) -> Result<(), rt::AuthError> {
        if request.headers().contains_key("x-api-key") || request.headers().contains_key("authorization") {
            return Err(rt::AuthError::new("it carries a key or token already: only the client may set one"));
        }
        match &self.0 {
            Way::ApiKey(key) => {
                if lacks_credential(request.body()) {
                    return Err(rt::AuthError::new(
                        "with an API key RequestData needs an AccountCredential: add one, or use a JWT",
                    ));
                }
                request.set_secret_header("x-api-key", key.expose())
            }
            Way::Jwt(token) => bear(token, request, now),
            Way::JwtSource(source) => bear(&source()?, request, now),
        }
    }
}

fn bear(token: &rt::Secret, request: &mut rt::Outgoing<'_>, now: rt::jiff::Timestamp) -> Result<(), rt::AuthError> {
    check_token(token).map_err(rt::AuthError::new)?;
    rt::auth::Bearer::new(token).authorize(request, now)
}

fn check_token(token: &rt::Secret) -> Result<(), &'static str> {
    match token.expose() {
        "" => Err("the JWT must not be empty"),
        text if text.contains(char::is_whitespace) => {
            Err("the JWT has a blank in it: pass the token alone, without `Bearer`")
        }
        _ => Ok(()),
    }
}

/// Whether a body asks for the data of an account without saying how to log in. Bodies of another form do not.
fn lacks_credential(body: &[u8]) -> bool {
    rt::de::from_slice::<Asked>(body)
        .is_ok_and(|asked| asked.request_data.is_some_and(|data| data.account_credential.is_none()))
}

struct Asked {
    request_data: Option<AskedData>,
}
rt::object!(Asked { request_data: "RequestData" });

struct AskedData {
    account_credential: Option<rt::Json>,
}
rt::object!(AskedData { account_credential: "AccountCredential" });

impl fmt::Debug for Auth {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let way = match self.0 {
            Way::ApiKey(_) => "api key",
            Way::Jwt(_) => "jwt",
            Way::JwtSource(_) => "jwt from a source",
        };
        f.debug_tuple("Auth").field(&format_args!("{way}")).finish()
    }
}
