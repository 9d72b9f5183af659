//! The redirect flow: for banks that insist on it, and for integrators without the widget.
//!
//! It looks like OAuth 2 with PKCE and is not: parameters have other names, values are hex of hex, and the exchange
//! answers with the data itself. General libraries for OAuth do not speak it. Source: public redirect guide.

mod client;
mod login;
mod returned;

pub use client::{ExchangeCode, OauthClient, OauthClientBuilder};
pub use login::OauthLogin;
pub use returned::{OauthCode, OauthReturn, OauthReturnError};
