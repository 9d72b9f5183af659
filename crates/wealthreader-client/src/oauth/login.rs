//! One user's way to the bank and back.

use std::collections::BTreeMap;
use std::fmt;

use bankfeed_runtime as rt;
use url::Url;

use super::returned::{OauthCode, OauthReturn, OauthReturnError};

/// Where the user is sent.
const AUTHORIZE_URL: &str = "https://oauth.wealthreader.com/oauth2/";
/// Signs of each random text; in hex they are twice as many.
const SIGNS: usize = 41;
const HEX_SIGNS: usize = 2 * SIGNS;

/// One user's way to the bank and back. Keep it with the user's session: what comes back is checked against it.
///
/// The domain of the redirect address has to be known to the provider, see `add_domain` with the access type `oauth`.
///
/// ```
/// # async fn example(query: &str) -> Result<(), Box<dyn std::error::Error>> {
/// use wealthreader_client::{Json, OauthClient, OauthLogin, OauthReturn};
///
/// let login = OauthLogin::begin("https://app.example.com/return")?;
/// let conf: Json = r#"{"operation_id":"7kQ0x3Wf7tq2mC5s9dJ8aA","product_types":"accounts"}"#.parse()?;
/// let url = login.redirect_url(&conf)?; // redirect the user to url.expose()
///
/// // When the user is back, with what stands behind the question mark.
/// let code = login.check(&OauthReturn::from_query(query)?)?;
/// let answer = OauthClient::new()?.exchange(&code).send().await?;
/// println!("{}", answer.data()?.financials()?.is_some());
/// # let _ = url;
/// # Ok(())
/// # }
/// ```
#[derive(Clone, PartialEq, Eq)]
pub struct OauthLogin {
    redirect_uri: String,
    nonce: rt::Secret,
    state: rt::Secret,
    code_verifier: rt::Secret,
}

impl OauthLogin {
    /// A new one, with nonce, state and code verifier of its own: hex of 41 random letters and digits each.
    ///
    /// # Errors
    /// When the redirect address is not an `https` address without credentials and fragment (`http` will do for this
    /// machine), or the operating system has no random numbers.
    pub fn begin(redirect_uri: &str) -> Result<Self, rt::ConfigError> {
        check_redirect_uri(redirect_uri)?;
        let random = || rt::random_text(SIGNS).map(|text| rt::Secret::from(rt::hex(text.expose().as_bytes())));
        Ok(Self { redirect_uri: redirect_uri.to_owned(), nonce: random()?, state: random()?, code_verifier: random()? })
    }

    /// One that was begun before and stored.
    ///
    /// # Errors
    /// As [`begin`](Self::begin), and when nonce, state or code verifier is not hex of 41 signs.
    pub fn restore(
        redirect_uri: &str,
        nonce: impl Into<rt::Secret>,
        state: impl Into<rt::Secret>,
        code_verifier: impl Into<rt::Secret>,
    ) -> Result<Self, rt::ConfigError> {
        check_redirect_uri(redirect_uri)?;
        let (nonce, state, code_verifier) = (nonce.into(), state.into(), code_verifier.into());
        let is_hex = |text: &rt::Secret| text.expose().len() == HEX_SIGNS && rt::from_hex(text.expose()).is_some();
        if ![&nonce, &state, &code_verifier].into_iter().all(is_hex) {
            return Err(rt::ConfigError::new("nonce, state and code verifier are 82 hexadecimal digits each"));
        }
        Ok(Self { redirect_uri: redirect_uri.to_owned(), nonce, state, code_verifier })
    }

    /// Where the user comes back to.
    pub fn redirect_uri(&self) -> &str {
        &self.redirect_uri
    }

    /// What ties the user's return to this login; to be stored.
    pub fn nonce(&self) -> &rt::Secret {
        &self.nonce
    }

    /// The same again; whether it comes back is not documented. To be stored.
    pub fn state(&self) -> &rt::Secret {
        &self.state
    }

    /// What proves at the exchange that it is the same program; to be stored, never to be sent to the browser.
    pub fn code_verifier(&self) -> &rt::Secret {
        &self.code_verifier
    }

    /// The address to send the user to, secret for the token that the configuration may hold.
    ///
    /// `conf` is the widget's configuration, an object with an `operation_id`. Its other members are those of the
    /// widget: `entities_to_display`, `wait_full_response`, `default_login`, `date_from`, `product_types`, and `token`
    /// to confirm one again.
    ///
    /// # Errors
    /// When the configuration is not an object with an operation id.
    pub fn redirect_url(&self, conf: &rt::Json) -> Result<rt::Secret, rt::ConfigError> {
        let members = conf.decode::<BTreeMap<String, rt::Json>>().unwrap_or_default();
        let operation_id = members.get("operation_id").and_then(|id| id.decode::<String>().ok());
        if operation_id.is_none_or(|id| id.is_empty()) {
            return Err(rt::ConfigError::new("the configuration has to be an object with an `operation_id`"));
        }
        // Hex of SHA-256 over the verifier's hex digits, where RFC 7636 has base64url and another name.
        let challenge = rt::hex(&rt::sha256(self.code_verifier.expose().as_bytes()));
        let parameters = [
            ("response_type", "code"),
            ("redirect_uri", &self.redirect_uri),
            ("state", self.state.expose()),
            ("nonce", self.nonce.expose()),
            ("wr_conf", &rt::hex(conf.get().as_bytes())),
            ("challenge_code", &challenge),
            ("code_challenge_method", "S256"),
        ];
        let url = Url::parse_with_params(AUTHORIZE_URL, parameters)
            .map_err(|error| rt::ConfigError::new(format!("the address of the redirect flow is not one: {error}")))?;
        Ok(String::from(url).into())
    }

    /// The code to exchange, if what came back belongs to this login. The nonce must be its own, and the state, too,
    /// where one came back; both are compared in constant time.
    ///
    /// # Errors
    /// When it belongs to another login, or to none. Do not exchange its code then.
    pub fn check(&self, returned: &OauthReturn) -> Result<OauthCode, OauthReturnError> {
        if returned.nonce != self.nonce {
            return Err(OauthReturnError::WrongNonce);
        }
        if returned.state.as_ref().is_some_and(|state| *state != self.state) {
            return Err(OauthReturnError::WrongState);
        }
        Ok(OauthCode {
            code: returned.code.clone(),
            code_verifier: self.code_verifier.clone(),
            redirect_uri: self.redirect_uri.clone(),
        })
    }
}

fn check_redirect_uri(text: &str) -> Result<(), rt::ConfigError> {
    let url = Url::parse(text)
        .map_err(|error| rt::ConfigError::new(format!("the redirect address is not a URL: {error}")))?;
    let local = matches!(url.host_str(), Some("localhost" | "127.0.0.1" | "[::1]"));
    if url.scheme() != "https" && !(url.scheme() == "http" && local) {
        return Err(rt::ConfigError::new("the redirect address is not https: the code would travel in the clear"));
    }
    if !url.username().is_empty() || url.password().is_some() || url.fragment().is_some() {
        return Err(rt::ConfigError::new("the redirect address has credentials or a fragment"));
    }
    Ok(())
}

impl fmt::Debug for OauthLogin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("OauthLogin").field("redirect_uri", &self.redirect_uri).finish_non_exhaustive()
    }
}
