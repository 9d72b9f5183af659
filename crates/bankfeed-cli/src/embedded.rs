//! The embedded sandbox: started as the arguments say, and set up like any other provider.

use std::collections::BTreeMap;

use bankfeed_sandbox::Sandbox;

use crate::arguments::Source;
use crate::config::{Belvo, Khipu, KhipuAccount, Profile, SaltEdge, SecretFrom, WealthReader};
use crate::trouble::Trouble;

/// The account of the first person whom Khipu knows there.
const ACCOUNT: &str = "000011887755";

/// Starts it on a free port. It serves for as long as it is held.
pub(crate) async fn start(source: &Source) -> Result<Sandbox, Trouble> {
    let mut builder = Sandbox::builder().people(1).transactions(source.sandbox_transactions);
    for rule in &source.sandbox_faults {
        let rule = rule.parse().map_err(|error| {
            Trouble::usage(
                format!("--sandbox-fault `{rule}`: {error}"),
                "write PROVIDER OPERATION FAULT, with * for any",
            )
        })?;
        builder = builder.fault(rule);
    }
    builder.start().await.map_err(|error| {
        Trouble::usage(format!("the sandbox does not start: {error}"), "it listens on a free port of this machine")
    })
}

/// The settings with which all four providers of a sandbox let one in.
pub(crate) fn profile(sandbox: &Sandbox) -> Profile {
    let plain = |text: &str| Some(SecretFrom::Plain(text.to_owned()));
    let (saltedge, belvo) = (sandbox.saltedge(), sandbox.belvo());
    let (khipu, wealthreader) = (sandbox.khipu(), sandbox.wealthreader());
    Profile {
        saltedge: Some(SaltEdge {
            app_id: plain(saltedge.app_id),
            secret: plain(saltedge.secret),
            private_key: plain(saltedge.private_key),
            base_url: plain(&saltedge.url),
            ..SaltEdge::default()
        }),
        belvo: Some(Belvo {
            secret_id: plain(belvo.secret_id),
            secret_password: plain(belvo.secret_password),
            webhook_authorization: plain(belvo.webhook_authorization),
            base_url: plain(&belvo.url),
            ..Belvo::default()
        }),
        khipu: Some(Khipu {
            jwt: plain(khipu.jwt),
            base_url: plain(&khipu.url),
            accounts: vec![KhipuAccount {
                number: SecretFrom::Plain(ACCOUNT.to_owned()),
                link: None,
                login: BTreeMap::new(),
            }],
            ..Khipu::default()
        }),
        wealthreader: Some(WealthReader {
            api_key: plain(wealthreader.api_key),
            cards_secret: plain(wealthreader.cards_secret),
            base_url: plain(&wealthreader.url),
            ..WealthReader::default()
        }),
    }
}

/// The same with everything that callbacks are verified with, when they come to addresses below this one.
pub(crate) fn profile_at(sandbox: &Sandbox, root: &str) -> Result<Profile, Trouble> {
    let mut profile = profile(sandbox);
    if let Some(saltedge) = &mut profile.saltedge {
        saltedge.callback_key = Some(SecretFrom::Plain(sandbox.saltedge().callback_key.to_owned()));
        // The kinds in the configuration's words, and as the sandbox puts them into addresses.
        for (kind, path) in [
            ("success", "success"),
            ("fail", "fail"),
            ("notify", "notify"),
            ("destroy", "destroy"),
            ("provider_changes", "provider_changes"),
            ("categorization", "categorization_finished"),
            ("report", "report"),
        ] {
            saltedge.callbacks.insert(kind.to_owned(), format!("{root}/saltedge/{path}"));
        }
    }
    if let Some(khipu) = &mut profile.khipu {
        let token = bankfeed::Khipu::new_callback_token()?;
        khipu.callback_token = Some(SecretFrom::Plain(token.expose().to_owned()));
        khipu.callback_address = Some(SecretFrom::Plain(format!("{root}/khipu")));
    }
    Ok(profile)
}
