//! Where faults are written, and whom they hit.

use bankfeed_sandbox::{Fault, FaultsError, Provider, Rule, Sandbox};

use crate::asking::{Asked, ask, credentials};
use crate::support::send;

async fn statuses<const N: usize>(sandbox: &Sandbox, asked: Asked) -> [u16; N] {
    let mut statuses = [0; N];
    for status in &mut statuses {
        *status = ask(sandbox, asked, "").await.status;
    }
    statuses
}

#[tokio::test]
async fn a_rule_hits_so_many_requests_of_its_operation() {
    let rule = "saltedge list_countries status code=503 after=1 times=2".parse().unwrap();
    let sandbox = Sandbox::builder().fault(rule).start().await.unwrap();
    assert_eq!(statuses(&sandbox, Asked::Rates).await, [200, 200]);
    assert_eq!(statuses(&sandbox, Asked::Countries).await, [200, 503, 503, 200]);
}

#[tokio::test]
async fn rules_come_and_go_while_the_sandbox_runs() {
    let sandbox = Sandbox::builder().start().await.unwrap();
    sandbox.fault(Rule::new(Provider::SaltEdge, None, Fault::status(500)).unwrap());
    assert_eq!(statuses(&sandbox, Asked::Countries).await, [500, 500]);
    assert_eq!(statuses(&sandbox, Asked::Institutions).await, [200]);
    sandbox.fault(Rule::new(None, "list_institutions", Fault::status(502)).unwrap());
    assert_eq!(statuses(&sandbox, Asked::Institutions).await, [502]);
    sandbox.clear_faults();
    assert_eq!(statuses(&sandbox, Asked::Countries).await, [200]);
    assert_eq!(statuses(&sandbox, Asked::Institutions).await, [200]);
}

#[tokio::test]
async fn a_header_is_for_its_own_request() {
    let sandbox = Sandbox::builder().start().await.unwrap();
    assert_eq!(ask(&sandbox, Asked::Countries, "status code=500").await.status, 500);
    assert_eq!(statuses(&sandbox, Asked::Countries).await, [200, 200]);
}

#[tokio::test]
async fn headers_may_be_several() {
    let sandbox = Sandbox::builder().start().await.unwrap();
    let own = credentials(&sandbox);
    let mut headers: Vec<(&str, &str)> = own.iter().map(|(name, value)| (*name, value.as_str())).collect();
    headers.extend([("x-sandbox-fault", "html"), ("x-sandbox-fault", "status code=503")]);
    let reply = send("GET", &Asked::Countries.url(&sandbox), &headers, b"").await;
    assert_eq!((reply.status, reply.header("content-type")), (503, "text/html; charset=utf-8"));
}

#[tokio::test]
async fn a_header_that_is_no_fault_is_refused_with_the_one_that_was_meant() {
    let sandbox = Sandbox::builder().start().await.unwrap();
    for (header, problem) in [
        ("rate-limt", "fault `rate-limt` is unknown; `rate-limit` is known"),
        ("rate-limit retry=1", "`rate-limit` takes no key of the name: `retry` is unknown"),
        ("status code=9", "`code` of `status` is from 400 to 599, not 9"),
        ("cut times=1", "`times` and `after` of `cut` count the requests of a rule"),
    ] {
        let reply = ask(&sandbox, Asked::Countries, header).await;
        assert_eq!(reply.status, 400);
        assert!(reply.refused().starts_with(&format!("header x-sandbox-fault: {problem}")), "{}", reply.refused());
        let request = sandbox.requests().pop().unwrap();
        assert_eq!((request.status, request.refused.as_deref()), (400, Some(reply.refused())));
    }
}

#[tokio::test]
async fn what_a_rule_cannot_do_is_told_where_it_names_the_operation() {
    let sandbox = Sandbox::builder().start().await.unwrap();
    sandbox.fault("saltedge * foreign-next".parse().unwrap());
    assert_eq!(statuses(&sandbox, Asked::Customers).await, [200]);
    sandbox.fault("saltedge list_customers foreign-next".parse().unwrap());
    let reply = ask(&sandbox, Asked::Customers, "").await;
    assert_eq!(reply.status, 400);
    assert!(reply.refused().starts_with("rule: `foreign-next` cannot be played: "), "{}", reply.refused());
}

#[tokio::test]
async fn who_has_no_key_meets_no_fault() {
    let sandbox = Sandbox::builder().start().await.unwrap();
    sandbox.fault("* * html code=502".parse().unwrap());
    let url = format!("{}/nowhere", sandbox.saltedge().url);
    let reply = send("GET", &url, &[], b"").await;
    assert!(reply.status != 502 && reply.refused().contains("no operation has it"), "{reply:?}");
}

#[tokio::test]
async fn a_file_holds_rules() {
    let path = std::env::temp_dir().join(format!("bankfeed-sandbox-{}.faults", std::process::id()));
    let text = "# what goes wrong\n\n  saltedge list_countries status code=503 times=1 # once\nbelvo * cut\n";
    std::fs::write(&path, text).unwrap();
    let sandbox = Sandbox::builder().faults_from(&path).unwrap().start().await.unwrap();
    assert_eq!(statuses(&sandbox, Asked::Countries).await, [503, 200]);
    let url = Asked::Institutions.url(&sandbox);
    assert!(crate::asking::try_get(&sandbox, &url, "").await.is_err());

    std::fs::write(&path, "saltedge list_countries cut\n\nsaltedge list_countrys cut\n").unwrap();
    let error = Sandbox::builder().faults_from(&path).err().unwrap();
    let problem = "operation of saltedge `list_countrys` is unknown; `list_countries` is known";
    assert_eq!(error.to_string(), format!("{}:3: {problem}", path.display()));
    assert!(matches!(error, FaultsError::Line { line: 3, .. }));
    std::fs::remove_file(&path).unwrap();
    let error = Sandbox::builder().faults_from(&path).err().unwrap();
    assert!(error.to_string().starts_with(&format!("cannot read {}: ", path.display())), "{error}");
}
