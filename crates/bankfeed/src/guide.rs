//! How to go about it: from the first credentials to callbacks, resumed imports and net worth.
//!
#![doc = include_str!("../docs/guide/links.md")]
#![doc = ""]
#![doc = include_str!("../docs/guide/README.md")]

// The pages link to one another as files, so that they can be read where the repository is shown. Here those links lead to
// modules: of two definitions of one name the first counts, and `links.md` goes before every page.

macro_rules! pages {
    ($($(#[$doc:meta])* $name:ident = $file:literal;)+) => { $(
        $(#[$doc])*
        #[doc = ""]
        #[doc = include_str!("../docs/guide/links.md")]
        #[doc = ""]
        #[doc = include_str!(concat!("../docs/guide/", $file))]
        pub mod $name {}
    )+ };
}

pages! {
    /// What to ask a provider for, what to configure, the first call.
    getting_started = "getting-started.md";
    /// Key pairs of Salt Edge, and what callbacks are checked with.
    signing_keys = "signing-keys.md";
    /// A receiver behind axum that takes nothing unproven and loses nothing.
    callbacks = "callbacks.md";
    /// Long lists that go on where they were left.
    paging = "paging.md";
    /// What happened, what may help, who has to act, and what never to repeat blindly.
    errors = "errors.md";
    /// Exact amounts, directions, what is owed, running balances.
    money = "money.md";
    /// Pending ones that are booked, accounts that outlive a consent.
    identity = "identity.md";
    /// The sandbox and fakes in tests.
    testing = "testing.md";
    /// What is redacted, where secrets live, what not to log.
    security = "security.md";
}
