//! Going on after a second factor was asked for.

use std::time::Duration;

use bankfeed_runtime as rt;

use crate::generated::types::{Resumption, SecondFactor};

impl SecondFactor {
    /// The body of the `resume_` operation, with what the user entered.
    ///
    /// ```no_run
    /// # #[cfg(feature = "banking")]
    /// # async fn example(client: belvo_client::Client) -> Result<(), belvo_client::Error> {
    /// use belvo_client::{ErrorExt, types::Retrieval};
    ///
    /// let retrieval = Retrieval::new("30cb4806-6e00-48a4-91c9-ca55968576c8");
    /// if let Err(error) = client.retrieve_accounts(retrieval).send().await {
    ///     let Some(second_factor) = error.second_factor() else { return Err(error) };
    ///     client.resume_accounts(second_factor.answer("123456")).send().await?;
    /// }
    /// # Ok(())
    /// # }
    /// ```
    pub fn answer(&self, token: impl Into<rt::Secret>) -> Resumption {
        self.confirmed().token(token)
    }

    /// The body of the `resume_` operation when the user has acted elsewhere, such as in the app of the bank, and there
    /// is nothing to enter (`expects_user_input` is false).
    pub fn confirmed(&self) -> Resumption {
        Resumption::new(self.session.clone(), self.link.clone())
    }

    /// How long the session lives from the answer on. A resumption after that is refused with `session_expired`.
    pub fn lifetime(&self) -> Option<Duration> {
        u64::try_from(self.expiry?).ok().map(Duration::from_secs)
    }
}
