//! What normalization costs: the same pages read through the typed client alone, and through the facade.
//!
//! Both go through the client's whole transport, with an HTTP client that has the bytes ready. What the facade adds is
//! mapping, keys, sources and the stream with its tokens. `cargo bench -p bankfeed --bench normalize` prints both; compare
//! the medians.
#![allow(missing_docs, clippy::unwrap_used)]

use std::sync::Arc;

use bankfeed::native::saltedge::{self, runtime as rt};
use bankfeed::{Paging, Provider, SaltEdge, TransactionFilter};
use bankfeed_sandbox::Sandbox;
use divan::{Bencher, black_box, counter::ItemsCount};

/// Records a page, and pages.
const PAGE: usize = 1_000;
const PAGES: usize = 5;

fn main() {
    // Freeing one large block keeps glibc from giving memory back to the kernel in every round.
    drop(black_box(Vec::<u8>::with_capacity(31 << 20)));
    divan::main();
}

/// Answers with pages that are there already, over and over.
struct Ready(Arc<Vec<rt::Bytes>>);

impl rt::HttpClient for Ready {
    fn execute(
        &self,
        request: http::Request<rt::Bytes>,
    ) -> rt::BoxFuture<Result<http::Response<rt::BodyStream>, rt::HttpError>> {
        let query = request.uri().query().unwrap_or_default();
        let body = if query.contains("pending=true") {
            rt::Bytes::from_static(br#"{"data":[],"meta":{"next_id":null,"next_page":null}}"#)
        } else {
            let page = query.split('&').find_map(|pair| pair.strip_prefix("from_id=page-"));
            self.0[page.map_or(0, |page| page.parse().unwrap())].clone()
        };
        Box::pin(async move { Ok(http::Response::new(rt::BodyStream::full(body))) })
    }
}

/// Pages of real transactions, as the sandbox serves them, with cursors that lead from one to the next.
fn pages() -> Arc<Vec<rt::Bytes>> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let texts = runtime.block_on(async {
        let sandbox = Sandbox::builder().transactions(8_000).start().await.unwrap();
        let access = sandbox.saltedge();
        let client = saltedge::Client::builder(access.app_id, access.secret).base_url(&access.url).build().unwrap();
        let customer = client.list_customers().stream().next().await.unwrap().unwrap().customer_id;
        let connection = client.list_connections(customer).stream().next().await.unwrap().unwrap().id;
        let mut pages = client.list_transactions(connection).per_page(PAGE as i64).stream().pages();
        let mut texts = Vec::new();
        while texts.len() < PAGES {
            let page = pages.next().await.unwrap().unwrap();
            texts.push(String::from_utf8(page.raw().to_vec()).unwrap());
        }
        texts
    });
    let link = |(index, text): (usize, String)| {
        let (data, _) = text.rsplit_once(r#""meta""#).unwrap();
        let next = if index + 1 < PAGES { format!(r#""page-{}""#, index + 1) } else { "null".to_owned() };
        rt::Bytes::from(format!(r#"{data}"meta":{{"next_id":{next},"next_page":null}}}}"#))
    };
    Arc::new(texts.into_iter().enumerate().map(link).collect())
}

fn client() -> saltedge::Client {
    let ready = Ready(pages());
    saltedge::Client::builder("app", "secret").transport(|transport| transport.http(ready)).build().unwrap()
}

#[divan::bench]
fn typed_client(bencher: Bencher) {
    let client = client();
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    bencher.counter(ItemsCount::new(PAGE * PAGES)).bench_local(|| {
        runtime.block_on(async {
            let mut list = client.list_transactions("1").stream();
            let mut count = 0;
            while let Some(record) = list.next().await {
                black_box(record.unwrap());
                count += 1;
            }
            assert_eq!(count, PAGE * PAGES);
        });
    });
}

#[divan::bench]
fn facade(bencher: Bencher) {
    let provider = SaltEdge::from_client(client());
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    bencher.counter(ItemsCount::new(PAGE * PAGES)).bench_local(|| {
        runtime.block_on(async {
            let transactions = provider.transactions().unwrap();
            let mut list = transactions.list_transactions(TransactionFilter::of("1"), Paging::default());
            let mut count = 0;
            while let Some(record) = list.next().await {
                black_box(record.unwrap());
                count += 1;
            }
            assert_eq!(count, PAGE * PAGES);
        });
    });
}
