//! A token, asked for by a form.

use crate::types::{Scope, Token, TokenRequest};
use crate::{Client, Error, runtime as rt};

pub async fn create(client: &Client) -> Result<rt::Secret, Error> {
    let request = TokenRequest::new("u-1").scopes([Scope::Accounts]);
    let token: Token = client.create_token(request).send().await?.into_inner();
    Ok(token.token)
}

pub fn asked(request: TokenRequest) -> (rt::Id, Option<Vec<Scope>>) {
    (request.user, request.scopes)
}
