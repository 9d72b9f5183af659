//! Where each provider is, and with which credentials it lets one in.

/// Salt Edge in the sandbox.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct SaltEdgeAccess {
    /// Base URL, such as `http://127.0.0.1:49152/saltedge/api/v6`.
    pub url: String,
    /// Header `App-id`.
    pub app_id: &'static str,
    /// Header `Secret`.
    pub secret: &'static str,
    /// RSA key in PEM (PKCS #8) with which requests are signed. Anybody has it.
    pub private_key: &'static str,
    /// RSA public key in PEM against which callbacks are checked.
    pub callback_key: &'static str,
}

/// Belvo in the sandbox.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct BelvoAccess {
    /// Base URL, such as `http://127.0.0.1:49152/belvo`.
    pub url: String,
    /// User of the Basic authentication.
    pub secret_id: &'static str,
    /// Password of the Basic authentication.
    pub secret_password: &'static str,
    /// Header `Authorization` of the callbacks.
    pub webhook_authorization: &'static str,
}

/// Khipu in the sandbox.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct KhipuAccess {
    /// Base URL, such as `http://127.0.0.1:49152/khipu`.
    pub url: String,
    /// Header `x-api-key`.
    pub api_key: &'static str,
    /// Bearer token, instead of the key.
    pub jwt: &'static str,
}

/// Wealth Reader in the sandbox.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct WealthReaderAccess {
    /// Base URL, such as `http://127.0.0.1:49152/wealthreader`.
    pub url: String,
    /// Field `api_key` of forms and bodies.
    pub api_key: &'static str,
    /// A second key, for what takes two.
    pub second_api_key: &'static str,
    /// A custody token of the first person, beside `MOCKDATA`, `MOCKOTP` and `MOCKLOGINKO`.
    pub token: String,
    /// Secret of the signature of cards callbacks.
    pub cards_secret: &'static str,
}

pub(crate) const SALTEDGE_APP_ID: &str = "sandbox-app-id";
pub(crate) const SALTEDGE_SECRET: &str = "sandbox-secret";
pub(crate) const BELVO_SECRET_ID: &str = "sandbox-secret-id";
pub(crate) const BELVO_SECRET_PASSWORD: &str = "sandbox-secret-password";
pub(crate) const BELVO_WEBHOOK_AUTHORIZATION: &str = "Bearer sandbox-webhook";
pub(crate) const KHIPU_API_KEY: &str = "sandbox-api-key";
/// Signed by nobody: the sandbox compares it as text.
pub(crate) const KHIPU_JWT: &str = "eyJhbGciOiJub25lIn0.eyJzdWIiOiJzYW5kYm94In0.c2FuZGJveA";
pub(crate) const WEALTHREADER_API_KEY: &str = "SANDBOX1";
pub(crate) const WEALTHREADER_SECOND_API_KEY: &str = "SANDBOX2";
pub(crate) const WEALTHREADER_CARDS_SECRET: &str = "5a6d0f6e2c1b4d8e9f7a3c5b1d2e4f60718293a4b5c6d7e8f90a1b2c3d4e5f6a";
