//! Whether providers are reached, and what time it is there.

use std::error::Error as StdError;
use std::time::{Duration, SystemTime};

use bankfeed::native::{belvo, khipu, saltedge, wealthreader};
use bankfeed_runtime::{ApiError, Error, HeaderMap, Method, Operation, Transport};
use bankfeed_sandbox::Url;
use tokio::net::{TcpStream, lookup_host};
use tokio::time::timeout;

use super::findings::Findings;
use crate::arguments::ProviderName;
use crate::config::{Profile, SecretFrom};

/// How long anything may take.
const PATIENCE: Duration = Duration::from_secs(10);
/// A clock that is so far off makes signatures invalid before they arrive: they last a minute.
const TOLERANCE: u64 = 30;
/// Where a proxy is looked for.
const PROXIES: [&str; 6] = ["HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy", "HTTP_PROXY", "http_proxy"];

/// Asks for nothing in particular, without credentials: any answer will do.
static PROBE: Operation = Operation::new("reach", Method::GET, "/").timeout_secs(10).public();

/// Answers are not read.
#[derive(Debug)]
struct Unread;

impl ApiError for Unread {
    fn decode(_: u16, _: &HeaderMap, _: &[u8]) -> Option<Self> {
        None
    }
}

/// The variable that names a proxy.
fn proxy_variable() -> Option<(&'static str, String)> {
    PROXIES.into_iter().find_map(|name| Some((name, std::env::var(name).ok().filter(|value| !value.is_empty())?)))
}

/// Whether no proxy is asked for a host: this machine, and what `NO_PROXY` names.
fn is_spared(host: &str) -> bool {
    let here = host.trim_matches(['[', ']']).parse::<std::net::IpAddr>().is_ok_and(|address| address.is_loopback());
    let spared = ["NO_PROXY", "no_proxy"].into_iter().find_map(|name| std::env::var(name).ok()).unwrap_or_default();
    let mut spared = spared.split(',').map(|name| name.trim().trim_start_matches('.')).filter(|name| !name.is_empty());
    let below = |name: &str| host.strip_suffix(name).is_some_and(|rest| rest.is_empty() || rest.ends_with('.'));
    here || below_localhost(host) || spared.any(|name| name == "*" || below(name))
}

fn below_localhost(host: &str) -> bool {
    host == "localhost" || host.ends_with(".localhost")
}

/// Whether a proxy that is named can be one. Its address may hold a password, and is not shown.
pub(super) fn proxy(findings: &mut Findings) {
    let Some((name, value)) = proxy_variable() else { return };
    let whole = if value.contains("://") { value } else { format!("http://{value}") };
    match Url::parse(&whole) {
        Ok(url) if url.has_host() && matches!(url.scheme(), "http" | "https") => {
            findings.ok("proxy", format!("requests go through the one that ${name} names"));
        }
        Ok(url) if url.has_host() => {
            findings.wrong(
                "proxy",
                format!("${name} names one of a kind that is not spoken"),
                "take an http or https proxy",
            );
        }
        _ => findings.wrong("proxy", format!("${name} is no address"), "write http://HOST:PORT, or unset it"),
    }
}

/// The address of a provider's API.
fn base_url(name: ProviderName, profile: &Profile) -> String {
    let plain = |from: Option<&SecretFrom>| from.and_then(SecretFrom::as_plain).map(str::to_owned);
    match name {
        ProviderName::Saltedge => profile.saltedge.as_ref().and_then(|settings| plain(settings.base_url.as_ref())),
        ProviderName::Belvo => profile.belvo.as_ref().map(|settings| {
            let environment = match plain(settings.environment.as_ref()).as_deref() {
                Some("sandbox") => belvo::Environment::Sandbox,
                _ => belvo::Environment::Production,
            };
            plain(settings.base_url.as_ref()).unwrap_or(environment.base_url().to_owned())
        }),
        ProviderName::Khipu => profile.khipu.as_ref().and_then(|settings| plain(settings.base_url.as_ref())),
        ProviderName::Wealthreader => {
            profile.wealthreader.as_ref().and_then(|settings| plain(settings.base_url.as_ref()))
        }
    }
    .unwrap_or_else(|| {
        let own = match name {
            ProviderName::Saltedge => saltedge::Client::BASE_URL,
            ProviderName::Khipu => khipu::Client::BASE_URL,
            _ => wealthreader::Client::BASE_URL,
        };
        own.to_owned()
    })
}

/// Whether a provider answers at all, and by how many seconds this clock is ahead of its own, if it tells the time.
pub(super) async fn reach(name: ProviderName, profile: &Profile, findings: &mut Findings) -> Option<Option<i64>> {
    let check = format!("{} network", name.id());
    let transport = match Transport::builder(&base_url(name, profile)).timeout(PATIENCE).max_attempts(1).build() {
        Ok(transport) => transport,
        Err(error) => {
            findings.wrong(&check, error.to_string(), "see base_url; without one the provider's own is taken");
            return None;
        }
    };
    let url = transport.base_url().clone();
    let host = url.host_str().unwrap_or_default().to_owned();
    let port = url.port_or_known_default().unwrap_or(443);
    let direct = proxy_variable().is_none() || is_spared(&host);
    if direct && !connects(&check, &host, port, findings).await {
        return None;
    }
    let headers = match transport.call(&PROBE).send_empty::<Unread>().await {
        Ok(response) => response.headers().clone(),
        // Whatever it says, it is there.
        Err(error) if error.status().is_some() => error.headers().clone(),
        Err(error) => {
            let (says, cure) = broken(&error, direct);
            findings.wrong_now(&check, format!("{host}: {says}"), cure);
            return None;
        }
    };
    findings.ok(&check, format!("{host} answers"));
    Some(skew(&headers))
}

/// Whether there is a way to the port.
async fn connects(check: &str, host: &str, port: u16, findings: &mut Findings) -> bool {
    let place = (host.trim_matches(['[', ']']), port);
    let addresses: Vec<_> = match timeout(PATIENCE, lookup_host(place)).await {
        Ok(Ok(addresses)) => addresses.collect(),
        _ => Vec::new(),
    };
    if addresses.is_empty() {
        let cure = "check base_url, the network and its DNS; behind a proxy, set HTTPS_PROXY";
        findings.wrong_now(check, format!("no address is known of {host}"), cure);
        return false;
    }
    match timeout(PATIENCE, TcpStream::connect(addresses.as_slice())).await {
        Ok(Ok(_)) => true,
        Ok(Err(error)) if error.kind() == std::io::ErrorKind::ConnectionRefused => {
            findings.wrong_now(check, format!("nobody listens at {host}"), "check base_url and its port");
            false
        }
        Ok(Err(_)) | Err(_) => {
            let cure = "a firewall may be in between; behind a proxy, set HTTPS_PROXY";
            findings.wrong_now(check, format!("there is no way to {host}"), cure);
            false
        }
    }
}

/// Why there is no answer, though there is a connection.
fn broken(error: &Error<Unread>, direct: bool) -> (String, &'static str) {
    let mut cause: &dyn StdError = error;
    while let Some(deeper) = cause.source() {
        cause = deeper;
    }
    let cause = cause.to_string();
    if error.is_timeout() {
        (format!("no answer within {} s", PATIENCE.as_secs()), "try later; a firewall may be in between")
    } else if cause.contains("certificate") {
        let cure = "who looks into TLS here has to be known to the system: add that authority's certificate to it";
        (format!("TLS fails: {cause}"), cure)
    } else if direct {
        (format!("the connection breaks: {cause}"), "check base_url; a firewall may be in between")
    } else {
        (format!("the proxy leads nowhere: {cause}"), "check the proxy, or name the host in NO_PROXY")
    }
}

/// By how many seconds this clock is ahead.
fn skew(headers: &HeaderMap) -> Option<i64> {
    let there = httpdate::parse_http_date(headers.get("date")?.to_str().ok()?).ok()?;
    let here = SystemTime::now();
    let (seconds, ahead) = match here.duration_since(there) {
        Ok(ahead) => (ahead.as_secs(), true),
        Err(behind) => (behind.duration().as_secs(), false),
    };
    let seconds = i64::try_from(seconds).ok()?;
    Some(if ahead { seconds } else { -seconds })
}

/// Whether this clock is right: any provider that agrees is enough, since another's may be wrong.
pub(super) fn clock(skews: &[i64], signs: bool, findings: &mut Findings) {
    let Some(skew) = skews.iter().copied().min_by_key(|skew| skew.unsigned_abs()) else {
        findings.skipped("clock", "no provider told the time");
        return;
    };
    if skew.unsigned_abs() <= TOLERANCE {
        findings.ok("clock", "right to some seconds");
        return;
    }
    let way = if skew > 0 { "ahead" } else { "behind" };
    let says = format!("{} {way}", amount(skew.unsigned_abs()));
    let cure = "set it by the network, such as with `timedatectl set-ntp true`";
    if signs {
        findings.wrong("clock", format!("{says}: signed requests and callbacks are refused"), cure);
    } else {
        findings.warning("clock", format!("{says}: callbacks may be refused for their age"), cure);
    }
}

/// A time in its largest unit.
fn amount(seconds: u64) -> String {
    match seconds {
        0..=119 => format!("{seconds} s"),
        120..=7_199 => format!("{} min", seconds / 60),
        7_200..=172_799 => format!("{} h", seconds / 3_600),
        _ => format!("{} days", seconds / 86_400),
    }
}
