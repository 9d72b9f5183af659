//! The shapes generated code has, compiled and used.
#![allow(clippy::unwrap_used, missing_docs, unreachable_pub)]

use std::collections::BTreeMap;
use std::fmt;

use bankfeed_runtime as rt;

#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Status {
    Posted,
    Pending,
    Unknown(rt::UnknownValue),
}
impl rt::OpenEnum for Status {
    fn known(text: &str) -> Option<Self> {
        Some(match text {
            "posted" => Self::Posted,
            "pending" => Self::Pending,
            _ => return None,
        })
    }
    fn unknown(value: rt::UnknownValue) -> Self {
        Self::Unknown(value)
    }
    fn as_str(&self) -> &str {
        match self {
            Self::Posted => "posted",
            Self::Pending => "pending",
            Self::Unknown(value) => value.as_str(),
        }
    }
}
rt::open_enum!(Status);

#[derive(Clone, PartialEq, serde::Serialize)]
pub struct Transaction {
    pub id: rt::Id,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub amount: Option<rt::Amount>,
    pub status: Status,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub made_on: Option<rt::Date>,
    #[serde(rename = "type", skip_serializing_if = "rt::Maybe::is_absent")]
    pub r#type: rt::Maybe<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub tags: Vec<String>,
    #[serde(flatten)]
    pub rest: BTreeMap<String, rt::Json>,
}
rt::object!(Transaction {
    id: "id",
    amount: "amount",
    status: "status",
    made_on: "made_on",
    r#type: "type",
    tags: "tags",
    ..rest
});
impl fmt::Debug for Transaction {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Transaction").field("id", &self.id).field("amount", &rt::redact(&self.amount)).finish()
    }
}

#[derive(Clone, Debug, PartialEq, serde::Serialize)]
pub struct Loose {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}
rt::object!(Loose { note: "note" });

#[derive(Clone, Debug, PartialEq, serde::Serialize)]
pub struct Empty {}
rt::object!(Empty {});

#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum Extra {
    Loose(Box<Loose>),
    Transaction(Box<Transaction>),
    Text(String),
    Rate(rt::Amount),
    List(Vec<Loose>),
    Unknown(rt::Json),
}
rt::union!(Extra {
    Loose: object(Loose),
    Transaction: object(Transaction),
    Text: text,
    Rate: number | text,
    List: list,
    ..Unknown
});

#[derive(Clone, Debug, serde::Serialize)]
pub struct Meta {
    pub next_id: Option<rt::Id>,
}
rt::object!(Meta { next_id: "next_id" });

#[derive(Clone, Debug, serde::Serialize)]
pub struct TransactionPage {
    pub data: Vec<Transaction>,
    pub meta: Option<Meta>,
}
rt::object!(TransactionPage { data: "data", meta: "meta" });

impl rt::Page for TransactionPage {
    type Item = Transaction;
    const ITEMS: &'static str = "/data";
    fn next(&self) -> Option<String> {
        self.meta.as_ref()?.next_id.as_ref().map(ToString::to_string)
    }
    fn into_items(self) -> Vec<Transaction> {
        self.data
    }
}

#[derive(Clone, Debug)]
pub struct ErrorBody {
    pub class: Option<String>,
}
rt::object!(ErrorBody { class: "class" });
impl rt::ApiError for ErrorBody {
    fn decode(_: u16, _: &rt::HeaderMap, body: &[u8]) -> Option<Self> {
        rt::de::from_slice(body).ok()
    }
    fn code(&self) -> Option<&str> {
        self.class.as_deref()
    }
}
pub type Error = rt::Error<ErrorBody>;

const LIST_TRANSACTIONS: rt::Operation =
    rt::Operation::new("list_transactions", rt::Method::GET, "/accounts/{account_id}/transactions")
        .retry(rt::Retry::Safe)
        .timeout_secs(300)
        .paging(rt::Paging::Cursor { param: "from_id" });

#[derive(Clone, Debug)]
pub struct Client {
    transport: rt::Transport,
}
impl Client {
    pub fn list_transactions(&self, account_id: impl Into<rt::Id>) -> ListTransactions {
        let mut call = self.transport.call(&LIST_TRANSACTIONS);
        call.path("account_id", &account_id.into());
        ListTransactions { call }
    }
}

#[must_use]
#[derive(Debug)]
pub struct ListTransactions {
    call: rt::Call,
}
impl ListTransactions {
    pub fn pending(mut self, pending: bool) -> Self {
        self.call.query("pending", &pending);
        self
    }
    pub fn statuses(mut self, statuses: &[Status]) -> Self {
        self.call.query_list("status", statuses, rt::ListStyle::Comma);
        self
    }
    pub async fn send(self) -> Result<rt::Response<TransactionPage>, Error> {
        self.call.send().await
    }
    pub fn stream(self) -> rt::ItemStream<TransactionPage, ErrorBody> {
        self.call.stream()
    }
    pub fn resume(mut self, continuation: &rt::Continuation) -> Self {
        self.call.resume(continuation);
        self
    }
}
impl rt::Configure for ListTransactions {
    fn call_mut(&mut self) -> &mut rt::Call {
        &mut self.call
    }
}

fn is_send<T: Send>(value: T) -> T {
    value
}

#[test]
fn a_struct_reads_and_writes_what_was_sent() {
    let text = r#"{"id":"499953244512979380","amount":-0.10,"status":"settled","made_on":"2022-11-30","type":null,"tags":["a"],"kept":1.50}"#;
    let read: Transaction = rt::de::from_str(text).unwrap();
    assert!(matches!(read.status, Status::Unknown(_)));
    assert!(read.r#type.is_null());
    assert_eq!(serde_json::to_string(&read).unwrap(), text);
    assert_eq!(format!("{read:?}"), r#"Transaction { id: "499953244512979380", amount: Some([redacted]) }"#);
    assert_eq!(rt::de::from_str::<Empty>(r#"{"a":1}"#).unwrap(), Empty {});
}

#[test]
fn an_error_names_the_place_and_never_the_value() {
    let error = rt::de::from_str::<TransactionPage>(
        r#"{"data":[{"id":1,"status":"posted"},{"id":"x","status":"posted","amount":"s3cret"}]}"#,
    )
    .unwrap_err();
    assert_eq!(error.path(), "/data/1/amount");
    assert_eq!(error.reason(), "expected an amount, found a text that is no decimal number");
    assert!(!format!("{error} {error:?}").contains("s3cret"));
    let error = rt::de::from_str::<TransactionPage>(r#"{"data":[{"id":1}]}"#).unwrap_err();
    assert_eq!((error.path(), error.reason()), ("/data/0", "missing field `status`"));
    // Through serde alone the text carries the path.
    let error = serde_json::from_str::<TransactionPage>(r#"{"data":[{"id":[]}]}"#).unwrap_err().to_string();
    assert!(error.starts_with("data: id: expected an id, found a list at line 1"), "{error}");
}

#[test]
fn a_union_takes_the_arm_that_knows_most() {
    let read = |text| rt::de::from_str::<Extra>(text).unwrap();
    assert!(matches!(read(r#"{"note":"n"}"#), Extra::Loose(_)));
    assert!(matches!(read(r#"{"id":1,"status":"posted","note":"n"}"#), Extra::Transaction(_)));
    assert!(matches!(read("12.30"), Extra::Rate(_)));
    assert!(matches!(read(r#""12.30""#), Extra::Text(_)));
    assert!(matches!(read("[{}]"), Extra::List(_)));
    assert!(matches!(read("true"), Extra::Unknown(_)));
    let text = r#"{"id":"1","status":"posted","a":1.10}"#;
    assert_eq!(serde_json::to_string(&read(text)).unwrap(), text);
}

#[tokio::test]
async fn a_client_is_used_like_this() {
    use rt::Configure;
    let transport = rt::Transport::builder("http://127.0.0.1:1/v6").build().unwrap();
    let client = Client { transport };
    let call = client
        .list_transactions("7")
        .pending(true)
        .statuses(&[Status::Posted])
        .timeout(std::time::Duration::from_secs(1))
        .no_retry();
    assert!(format!("{call:?}").contains("pending"));
    let error = is_send(call.send()).await.unwrap_err();
    assert!(error.is_connect(), "{error:?}");
    let mut stream = is_send(client.list_transactions("..").stream());
    let error = is_send(stream.next()).await.unwrap().unwrap_err();
    assert!(error.is_invalid_request());
    assert_eq!(error.to_string(), "list_transactions: path parameter `account_id` is empty or a dot segment");
    assert!(stream.next().await.is_none());
}

#[test]
fn broken_text_is_told_from_another_shape_however_deep_it_lies() {
    let reason = |text: &str| rt::de::from_str::<TransactionPage>(text).unwrap_err().reason().to_owned();
    assert_eq!(reason(r#"{"data": [], "meta": {"next_id": "1",}}"#), "not valid JSON");
    assert_eq!(reason(r#"{"data": [], "meta": {"next_id": "1""#), "the document ends too early");
    assert_eq!(reason(r#"{"data": [], "meta": []}"#), "expected an object, found a list");
}
