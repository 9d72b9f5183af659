//! A change of an account: what may be left out, and what null takes away.

use crate::runtime as rt;
use crate::types::AccountUpdate;

pub fn build() -> AccountUpdate {
    AccountUpdate::new().nickname("Main").hidden(false).tag("home")
}

pub fn remove_name() -> AccountUpdate {
    AccountUpdate::default().null_nickname()
}

pub fn look(update: AccountUpdate) -> (rt::Maybe<String>, Option<bool>, Option<String>) {
    (update.nickname, update.hidden, update.tag)
}
