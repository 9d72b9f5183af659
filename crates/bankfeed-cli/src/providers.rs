//! Providers as they are set up.

use bankfeed::{Belvo, Khipu, Provider, ProviderId, SaltEdge, Secret, WealthReader};
use bankfeed_sandbox::Sandbox;

use crate::arguments::{ProviderName, Source};
use crate::config::{self, value};
use crate::embedded;
use crate::trouble::Trouble;

/// A provider that can be asked.
pub(crate) struct Feed {
    pub(crate) id: ProviderId,
    pub(crate) provider: Box<dyn Provider>,
}

/// All that can be asked, and the sandbox if that plays them.
pub(crate) struct Feeds {
    pub(crate) feeds: Vec<Feed>,
    /// Serves for as long as it is held.
    _sandbox: Option<Sandbox>,
}

impl ProviderName {
    /// All of them, in the order in which they are shown.
    pub(crate) const ALL: [Self; 4] = [Self::Saltedge, Self::Belvo, Self::Khipu, Self::Wealthreader];

    pub(crate) fn id(self) -> ProviderId {
        match self {
            Self::Saltedge => ProviderId::SALTEDGE,
            Self::Belvo => ProviderId::BELVO,
            Self::Khipu => ProviderId::KHIPU,
            Self::Wealthreader => ProviderId::WEALTHREADER,
        }
    }

    /// The provider's own name.
    pub(crate) fn title(self) -> &'static str {
        match self {
            Self::Saltedge => "Salt Edge",
            Self::Belvo => "Belvo",
            Self::Khipu => "Khipu",
            Self::Wealthreader => "Wealth Reader",
        }
    }

    /// Whether the arguments want it.
    pub(crate) fn is_wanted(self, source: &Source) -> bool {
        source.providers.is_empty() || source.providers.contains(&self)
    }
}

impl Feeds {
    /// The wanted providers.
    ///
    /// # Errors
    /// When none is set up, a named one is not, or one is set up wrongly.
    pub(crate) async fn open(source: &Source) -> Result<Self, Trouble> {
        if source.sandbox { Self::in_sandbox(source).await } else { Self::configured(source) }
    }

    fn configured(source: &Source) -> Result<Self, Trouble> {
        let settings = config::load(source)?;
        let mut feeds = Vec::new();
        for name in ProviderName::ALL.into_iter().filter(|name| name.is_wanted(source)) {
            match provider(name, &settings.profile)? {
                Some(provider) => feeds.push(Feed { id: name.id(), provider }),
                None if source.providers.is_empty() => {}
                None => {
                    return Err(Trouble::configuration(
                        format!("{} is not set up in profile `{}`", name.title(), settings.name),
                        format!("add [profiles.{}.{}] to {}", settings.name, name.id(), settings.place.display()),
                    ));
                }
            }
        }
        if feeds.is_empty() {
            return Err(Trouble::configuration(
                "no provider is set up",
                format!(
                    "try `--sandbox`, or write {}; `bankfeed doctor` says what belongs into it",
                    settings.place.display()
                ),
            ));
        }
        Ok(Self { feeds, _sandbox: None })
    }

    async fn in_sandbox(source: &Source) -> Result<Self, Trouble> {
        let sandbox = embedded::start(source).await?;
        let mut feeds = Vec::new();
        for name in ProviderName::ALL.into_iter().filter(|name| name.is_wanted(source)) {
            feeds.push(Feed { id: name.id(), provider: played(name, &sandbox)? });
        }
        Ok(Self { feeds, _sandbox: Some(sandbox) })
    }
}

/// A provider as the sandbox plays it.
pub(crate) fn played(name: ProviderName, sandbox: &Sandbox) -> Result<Box<dyn Provider>, Trouble> {
    Ok(match name {
        ProviderName::Saltedge => {
            let access = sandbox.saltedge();
            Box::new(SaltEdge::builder(access.app_id, access.secret).base_url(&access.url).build()?)
        }
        ProviderName::Belvo => {
            let access = sandbox.belvo();
            let builder = Belvo::builder(access.secret_id, access.secret_password).base_url(&access.url);
            Box::new(builder.webhook_authorization(access.webhook_authorization).build()?)
        }
        ProviderName::Khipu => {
            let access = sandbox.khipu();
            // The account of the first person there.
            Box::new(Khipu::builder().jwt(access.jwt).base_url(&access.url).account("000011887755").build()?)
        }
        ProviderName::Wealthreader => {
            let access = sandbox.wealthreader();
            let builder = WealthReader::builder(access.api_key).base_url(&access.url);
            Box::new(builder.cards_webhook_secret(access.cards_secret).build()?)
        }
    })
}

/// A provider as the settings say; `None` when they say nothing of it.
pub(crate) fn provider(name: ProviderName, profile: &config::Profile) -> Result<Option<Box<dyn Provider>>, Trouble> {
    Ok(match name {
        ProviderName::Saltedge => match &profile.saltedge {
            Some(settings) => Some(Box::new(saltedge(settings)?)),
            None => None,
        },
        ProviderName::Belvo => match &profile.belvo {
            Some(settings) => Some(Box::new(belvo(settings)?)),
            None => None,
        },
        ProviderName::Khipu => match &profile.khipu {
            Some(settings) => Some(Box::new(khipu(settings)?)),
            None => None,
        },
        ProviderName::Wealthreader => match &profile.wealthreader {
            Some(settings) => Some(Box::new(wealthreader(settings)?)),
            None => None,
        },
    })
}

/// A setting that may be missing.
fn optional(from: Option<&config::SecretFrom>, name: &str) -> Result<Option<Secret>, Trouble> {
    from.map(|from| from.read(name)).transpose()
}

fn saltedge(settings: &config::SaltEdge) -> Result<SaltEdge, Trouble> {
    let app_id = value(settings.app_id.as_ref(), "saltedge.app_id")?;
    let secret = value(settings.secret.as_ref(), "saltedge.secret")?;
    let mut builder = SaltEdge::builder(app_id, secret);
    if let Some(key) = optional(settings.private_key.as_ref(), "saltedge.private_key")? {
        builder = builder.signing_key_pem(key);
    }
    if let Some(key) = optional(settings.callback_key.as_ref(), "saltedge.callback_key")? {
        builder = builder.callback_key_pem(key.expose());
    }
    if let Some(url) = optional(settings.base_url.as_ref(), "saltedge.base_url")? {
        builder = builder.base_url(url.expose());
    }
    for (kind, address) in &settings.callbacks {
        builder = match kind.as_str() {
            "success" => builder.success_callback(address),
            "fail" => builder.fail_callback(address),
            "notify" => builder.notify_callback(address),
            "destroy" => builder.destroy_callback(address),
            "provider_changes" => builder.provider_changes_callback(address),
            "categorization" => builder.categorization_callback(address),
            "report" => builder.report_callback(address),
            unknown => {
                return Err(Trouble::configuration(
                    format!("`saltedge.callbacks` knows no kind `{unknown}`"),
                    "the kinds are success, fail, notify, destroy, provider_changes, categorization, report",
                ));
            }
        };
    }
    Ok(builder.build()?)
}

fn belvo(settings: &config::Belvo) -> Result<Belvo, Trouble> {
    let id = value(settings.secret_id.as_ref(), "belvo.secret_id")?;
    let password = value(settings.secret_password.as_ref(), "belvo.secret_password")?;
    let mut builder = Belvo::builder(id, password);
    if let Some(environment) = optional(settings.environment.as_ref(), "belvo.environment")? {
        builder = match environment.expose() {
            "sandbox" => builder.sandbox(),
            "production" => builder,
            _ => {
                return Err(Trouble::configuration(
                    "`belvo.environment` is neither of the two that there are",
                    "write \"sandbox\" or \"production\"",
                ));
            }
        };
    }
    if let Some(header) = optional(settings.webhook_authorization.as_ref(), "belvo.webhook_authorization")? {
        builder = builder.webhook_authorization(header);
    }
    if let Some(url) = optional(settings.base_url.as_ref(), "belvo.base_url")? {
        builder = builder.base_url(url.expose());
    }
    Ok(builder.build()?)
}

pub(crate) fn khipu(settings: &config::Khipu) -> Result<Khipu, Trouble> {
    let mut builder = Khipu::builder();
    if let Some(key) = optional(settings.api_key.as_ref(), "khipu.api_key")? {
        builder = builder.api_key(key);
    }
    if let Some(token) = optional(settings.jwt.as_ref(), "khipu.jwt")? {
        builder = builder.jwt(token);
    }
    for account in &settings.accounts {
        let number = account.number.read("khipu.accounts.number")?;
        let login = account.login.iter().map(|(name, from)| Ok((name.clone(), from.read("khipu.accounts.login")?)));
        let login: Vec<(String, Secret)> = login.collect::<Result<_, Trouble>>()?;
        builder = match optional(account.link.as_ref(), "khipu.accounts.link")? {
            Some(link) => builder.account_with_link(number.expose(), link),
            None if login.is_empty() => builder.account(number.expose()),
            None => builder.account_with_login(number.expose(), login),
        };
    }
    if let Some(address) = optional(settings.callback_address.as_ref(), "khipu.callback_address")? {
        builder = builder.callback_address(address.expose());
    }
    if let Some(token) = optional(settings.callback_token.as_ref(), "khipu.callback_token")? {
        builder = builder.callback_token(token);
    }
    if let Some(secret) = optional(settings.callback_secret.as_ref(), "khipu.callback_secret")? {
        builder = builder.callback_signing_secret(secret);
    }
    if let Some(url) = optional(settings.base_url.as_ref(), "khipu.base_url")? {
        builder = builder.base_url(url.expose());
    }
    Ok(builder.build()?)
}

fn wealthreader(settings: &config::WealthReader) -> Result<WealthReader, Trouble> {
    let mut builder = WealthReader::builder(value(settings.api_key.as_ref(), "wealthreader.api_key")?);
    if let Some(secret) = optional(settings.cards_secret.as_ref(), "wealthreader.cards_secret")? {
        builder = builder.cards_webhook_secret(secret);
    }
    if let Some(url) = optional(settings.base_url.as_ref(), "wealthreader.base_url")? {
        builder = builder.base_url(url.expose());
    }
    if let Some(url) = optional(settings.redirect_url.as_ref(), "wealthreader.redirect_url")? {
        builder = builder.redirect_url(url.expose());
    }
    Ok(builder.build()?)
}
