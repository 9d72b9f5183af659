//! A call that answers nothing, by its type.

use crate::{Client, Error, runtime as rt};

pub async fn remove(client: &Client) -> Result<rt::Response<()>, Error> {
    client.remove_consent("c-1", "u-1").send().await
}
