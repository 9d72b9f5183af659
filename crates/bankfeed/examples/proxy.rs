//! HTTP of one's own: `cargo run -p bankfeed --example proxy`.
//!
//! The facade's builders take keys and addresses. Whatever else carries the requests is set on the provider's client, and
//! [`Belvo::from_client`] makes the provider of it: timeouts, attempts, headers, and the HTTP client itself. Here that is
//! hyper, behind a proxy that wants a password, trusting a company's certificate beside those of the system. A
//! `reqwest::Client` can be handed to `TransportBuilder::http` just as well, without redirects and retries of its own.
//! Where `HTTPS_PROXY` is all that is needed, none of this is: the client that is there by default heeds it.
//!
//! Proxy and provider are played on this machine, so it needs neither credentials nor network.
#![allow(missing_docs)]

use std::error::Error;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use bankfeed::native::belvo::{self, Environment, runtime as rt};
use bankfeed::{Accounts as _, Belvo, ConnectionFilter, Connections as _, Paging};
use bankfeed_sandbox::Sandbox;
use http_body_util::{BodyDataStream, Full};
use hyper_rustls::{HttpsConnector, HttpsConnectorBuilder};
use hyper_util::client::legacy::connect::{HttpConnector, proxy::Tunnel};
use hyper_util::client::legacy::{Client, Error as HyperError};
use hyper_util::rt::{TokioExecutor, TokioTimer};
use rustls::ClientConfig;
use rustls::crypto::CryptoProvider;
use rustls::pki_types::{CertificateDer, pem::PemObject};
use rustls_platform_verifier::Verifier;
use tokio::io::{AsyncReadExt, AsyncWriteExt, copy_bidirectional};
use tokio::net::{TcpListener, TcpStream};

/// A company's certificate authority, made up: nobody has its key.
pub(crate) const COMPANY_ROOT: &str = "\
-----BEGIN CERTIFICATE-----
MIIBNjCB3qADAgECAgEBMAoGCCqGSM49BAMCMBoxGDAWBgNVBAMMD0V4YW1wbGUg
Y29tcGFueTAgFw0yMDAxMDEwMDAwMDBaGA8yMTIwMDEwMTAwMDAwMFowGjEYMBYG
A1UEAwwPRXhhbXBsZSBjb21wYW55MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE
jdjjBm7oXfgWQJKOEG9zrOi28LC+weGJar0b9K11zm6QeMUmzbGLiHt2jHestzDE
PcOdONK/TVVdTeVAh798+qMTMBEwDwYDVR0TAQH/BAUwAwEB/zAKBggqhkjOPQQD
AgNHADBEAiBzn0sSfOx3AP3aMwiFKnFTu4ImEks2OEoT/Fs46ljiVQIgHCJX1KxA
a8ZWFzBfAs0pAz2RqWFZqCbE75WKL+v4jnw=
-----END CERTIFICATE-----
";

/// What goes into the header `Proxy-Authorization`.
pub(crate) const PASSWORD: &str = "Basic ZXhhbXBsZTpleGFtcGxl";

/// hyper through a tunnel of a proxy. It follows no redirect and repeats nothing: the transport alone decides on that.
pub(crate) struct Proxied(Client<HttpsConnector<Tunnel<HttpConnector>>, Full<rt::Bytes>>);

impl Proxied {
    /// `roots` are certificates in PEM, trusted beside those of the system.
    pub(crate) fn new(proxy: &str, password: &str, roots: &str) -> Result<Self, Box<dyn Error>> {
        let tls = ClientConfig::builder_with_provider(ring())
            .with_safe_default_protocol_versions()?
            // What is called dangerous is to bring a verifier along; this one is the system's.
            .dangerous()
            .with_custom_certificate_verifier(Arc::new(verifier(roots)?))
            .with_no_client_auth();

        let mut tcp = HttpConnector::new();
        tcp.set_connect_timeout(Some(Duration::from_secs(5)));
        let tunnel = Tunnel::new(proxy.parse()?, tcp).with_auth(password.parse()?);
        // Plain http is for the sandbox: the transport refuses it for any address that is not this machine.
        let https = HttpsConnectorBuilder::new().with_tls_config(tls).https_or_http().enable_http1();
        let client = Client::builder(TokioExecutor::new())
            .pool_timer(TokioTimer::new())
            .pool_idle_timeout(Duration::from_secs(30))
            .retry_canceled_requests(false)
            .build(https.wrap_connector(tunnel));
        Ok(Self(client))
    }
}

/// The system's verifier, with further roots in PEM.
pub(crate) fn verifier(roots: &str) -> Result<Verifier, Box<dyn Error>> {
    let roots = CertificateDer::pem_slice_iter(roots.as_bytes()).collect::<Result<Vec<_>, _>>()?;
    if roots.is_empty() {
        return Err("the extra roots hold no certificate".into());
    }
    Ok(Verifier::new_with_extra_roots(roots, ring())?)
}

fn ring() -> Arc<CryptoProvider> {
    Arc::new(rustls::crypto::ring::default_provider())
}

impl rt::HttpClient for Proxied {
    fn execute(
        &self,
        request: http::Request<rt::Bytes>,
    ) -> rt::BoxFuture<Result<http::Response<rt::BodyStream>, rt::HttpError>> {
        let answer = self.0.request(request.map(Full::new));
        Box::pin(async move {
            let answer = answer.await.map_err(|error: HyperError| {
                let kind = if error.is_connect() { rt::HttpFailure::Connect } else { rt::HttpFailure::Other };
                rt::HttpError::new(kind, error)
            })?;
            Ok(answer.map(|body| rt::BodyStream::new(Chunks(BodyDataStream::new(body)))))
        })
    }
}

/// The body as it comes; a failure in it means that it was cut off.
struct Chunks<S>(S);

impl<S, E> futures_core::Stream for Chunks<S>
where
    S: futures_core::Stream<Item = Result<rt::Bytes, E>> + Unpin,
    E: Into<Box<dyn Error + Send + Sync>>,
{
    type Item = Result<rt::Bytes, rt::HttpError>;

    fn poll_next(
        mut self: std::pin::Pin<&mut Self>,
        cx: &mut std::task::Context<'_>,
    ) -> std::task::Poll<Option<Self::Item>> {
        let chunk = std::pin::Pin::new(&mut self.0).poll_next(cx);
        chunk.map(|chunk| {
            chunk.map(|chunk| chunk.map_err(|error| rt::HttpError::new(rt::HttpFailure::Truncated, error)))
        })
    }
}

/// Belvo over an HTTP client of one's own.
pub(crate) fn belvo(sandbox: &Sandbox, http: Proxied) -> Result<Belvo, rt::ConfigError> {
    let access = sandbox.belvo();
    let client = belvo::Client::builder(Environment::Sandbox, access.secret_id, access.secret_password)
        .base_url(&access.url)
        .transport(|transport| {
            transport
                .http(http)
                .timeout(Duration::from_secs(20)) // of one attempt
                .max_attempts(1) // for a job that is run again anyway
                .max_response_bytes(4 * 1024 * 1024)
                .user_agent("example-company/1.0")
        })
        .build()?;
    Ok(Belvo::from_client(client))
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    print!("{}", run().await?);
    Ok(())
}

/// Accounts through the proxy; then the same with a wrong password, which reaches nobody.
pub(crate) async fn run() -> Result<String, Box<dyn Error>> {
    let sandbox = Sandbox::builder().people(1).transactions(24).start().await?;
    let proxy = ForwardProxy::start().await?;
    let mut text = String::new();

    let provider = belvo(&sandbox, Proxied::new(&proxy.url, PASSWORD, COMPANY_ROOT)?)?;
    text += &format!("through the proxy: {} accounts\n", count(&provider).await?);
    let only_there = proxy.targets().iter().all(|target| *target == sandbox.address().to_string());
    text += &format!("tunnels opened: {}, ", if proxy.targets().is_empty() { "none" } else { "some" });
    text += &format!("all to the provider: {}\n", if only_there { "yes" } else { "no" });
    text += &format!("requests that arrived: {}\n", sandbox.requests().len());

    sandbox.forget_requests();
    let provider = belvo(&sandbox, Proxied::new(&proxy.url, "Basic Z3Vlc3NlZA==", COMPANY_ROOT)?)?;
    let failed = count(&provider).await.err().ok_or("the proxy let a stranger through")?;
    text +=
        &format!("with a wrong password: {:?}, requests that arrived: {}\n", failed.kind(), sandbox.requests().len());
    Ok(text)
}

async fn count(belvo: &Belvo) -> Result<usize, bankfeed::Error> {
    let mut accounts = 0;
    let mut connections = belvo.list_connections(ConnectionFilter::all(), Paging::default());
    while let Some(connection) = connections.next().await {
        accounts += belvo.list_accounts(&connection?.id, Paging::default()).collect_all().await?.len();
    }
    Ok(accounts)
}

/// A forward proxy that notes where it was asked to lead: no more of one than this example needs.
pub(crate) struct ForwardProxy {
    pub(crate) url: String,
    targets: Arc<Mutex<Vec<String>>>,
    serving: tokio::task::JoinHandle<()>,
}

impl ForwardProxy {
    pub(crate) async fn start() -> std::io::Result<Self> {
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let url = format!("http://{}", listener.local_addr()?);
        let targets = Arc::new(Mutex::new(Vec::new()));
        let noted = targets.clone();
        let serving = tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(tunnel(stream, noted.clone()));
            }
        });
        Ok(Self { url, targets, serving })
    }

    /// Where tunnels were opened to.
    pub(crate) fn targets(&self) -> Vec<String> {
        self.targets.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

impl Drop for ForwardProxy {
    fn drop(&mut self) {
        self.serving.abort();
    }
}

async fn tunnel(mut client: TcpStream, targets: Arc<Mutex<Vec<String>>>) -> std::io::Result<()> {
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") && head.len() < 8192 {
        head.push(client.read_u8().await?);
    }
    let head = String::from_utf8_lossy(&head);
    let password = head.lines().filter_map(|line| line.split_once(": "));
    let known =
        password.into_iter().any(|(name, value)| name.eq_ignore_ascii_case("proxy-authorization") && value == PASSWORD);
    if !known {
        return client.write_all(b"HTTP/1.1 407 Proxy Authentication Required\r\ncontent-length: 0\r\n\r\n").await;
    }
    let target = head.strip_prefix("CONNECT ").and_then(|rest| rest.split(' ').next()).unwrap_or_default();
    // To this machine only, so that nobody lends it as a way out.
    let Some(address) = target.parse().ok().filter(|address: &SocketAddr| address.ip().is_loopback()) else {
        return client.write_all(b"HTTP/1.1 403 Forbidden\r\ncontent-length: 0\r\n\r\n").await;
    };
    let mut server = TcpStream::connect(address).await?;
    targets.lock().unwrap_or_else(PoisonError::into_inner).push(target.to_owned());
    client.write_all(b"HTTP/1.1 200 OK\r\n\r\n").await?;
    copy_bidirectional(&mut client, &mut server).await.map(drop)
}
