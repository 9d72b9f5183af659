//! `bankfeed doctor`: each thing that can be wrong is named, with its cure and without its value.

use std::time::{Duration, SystemTime};

use bankfeed_sandbox::Sandbox;
use bankfeed_testing::{Server, reply};

use super::support::{Home, PLANTED};

/// A configuration file with these lines below its profile.
fn file(lines: &str) -> Home {
    Home::new().file("config.toml", lines.replace("[", "[profiles.default.").replace("PLANTED", PLANTED))
}

/// Runs the doctor on `config.toml`, keeps what it says, and holds how it ends.
fn finds(home: &Home, name: &str, code: i32, arguments: &[&str]) {
    let arguments = [&["doctor", "--config", "config.toml", "--format", "table"], arguments].concat();
    let run = home.run(&arguments);
    let transcript = run.transcript(&arguments);
    assert_eq!(run.code, Some(code), "{transcript}");
    home.kept(&format!("doctor/{name}"), &transcript);
}

/// Belvo as a sandbox plays it; more lines may follow.
fn belvo(sandbox: &Sandbox) -> String {
    let belvo = sandbox.belvo();
    let (id, password, url) = (belvo.secret_id, belvo.secret_password, belvo.url);
    format!("[belvo]\nsecret_id = \"{id}\"\nsecret_password = {{ env = \"PASSWORD\" }}\nbase_url = \"{url}\"\n")
        .replace("{ env = \"PASSWORD\" }", &format!("\"{password}\""))
}

async fn sandbox() -> Sandbox {
    Sandbox::builder().people(1).transactions(10).start().await.unwrap()
}

#[test]
fn in_the_sandbox_all_is_well() {
    let home = Home::new();
    let arguments = ["doctor", "--sandbox", "--format", "table"];
    let run = home.run(&arguments);
    assert_eq!(run.code, Some(0));
    home.kept("doctor/sandbox", &run.transcript(&arguments));
    let json = home.run(&["doctor", "--sandbox", "--format", "json"]);
    let checks: Vec<serde_json::Value> = serde_json::from_str(&json.stdout).unwrap();
    assert!(checks.iter().all(|check| check["verdict"] == "ok" || check["verdict"] == "skipped"));
    let lines = home.run(&["doctor", "--sandbox"]);
    let lines: Vec<serde_json::Value> = lines.stdout.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(lines, checks);
}

#[test]
fn nothing_is_set_up() {
    let home = Home::new();
    let arguments = ["doctor", "--format", "table"];
    let run = home.run(&arguments);
    assert_eq!(run.code, Some(3));
    home.kept("doctor/nothing", &run.transcript(&arguments));
}

#[test]
fn the_example_is_a_configuration() {
    let home = Home::new();
    let example = home.run(&["doctor", "--example"]);
    assert_eq!((example.code, example.stderr.as_str()), (Some(0), ""));
    let help = home.run(&["doctor", "--help"]).stdout;
    assert!(help.contains("[profiles.default.saltedge.callbacks]") && help.contains("6 when only the network is"));
    // Everything is kept elsewhere, so that everything is missing, and nothing is unknown.
    let home = home.file("config.toml", &example.stdout);
    let run = home.run(&["doctor", "--config", "config.toml", "--offline"]);
    assert_eq!(run.code, Some(3));
    let wrong = run.stdout.lines().filter(|line| line.contains("\"wrong\""));
    assert!(wrong.clone().all(|line| line.contains("is kept")) && wrong.count() == 12, "{}", run.stdout);
    assert_eq!(home.run(&["doctor", "--config", "config.toml", "--profile", "test", "--offline"]).code, Some(0));
}

#[test]
fn an_unknown_setting() {
    finds(&file("[belvo]\nsecret_id = \"a\"\nsecretpassword = \"PLANTED\"\n"), "unknown-setting", 3, &[]);
}

#[test]
fn an_unknown_profile() {
    finds(&file("[belvo]\nsecret_id = \"PLANTED\"\n"), "unknown-profile", 3, &["--profile", "live"]);
}

#[test]
fn settings_that_are_missing_or_empty() {
    let home = file(
        "[belvo]\nsecret_id = \"\"\n[saltedge]\napp_id = { env = \"APP_ID\" }\nsecret = { file = \"none.txt\" }\n",
    );
    finds(&home, "missing", 3, &[]);
}

#[cfg(unix)]
#[tokio::test(flavor = "multi_thread")]
async fn secrets_that_others_can_read() {
    let sandbox = sandbox().await;
    let home = Home::new()
        .file("config.toml", belvo(&sandbox).replace('[', "[profiles.default."))
        .permit("config.toml", 0o644);
    finds(&home, "permissions", 0, &[]);
    let login = "[khipu]\napi_key = { env = \"KEY\" }\n[[khipu.accounts]]\nnumber = \"1\"\nlogin = { Password = \"PLANTED\" }\n";
    let login = login.replace("[[khipu", "[[profiles.default.khipu").replace("[khipu]", "[profiles.default.khipu]");
    let login = Home::new().file("config.toml", login.replace("PLANTED", PLANTED)).with("KEY", PLANTED);
    finds(&login, "login-in-the-file", 0, &["--offline"]);
    let kept =
        file("[wealthreader]\napi_key = { file = \"key.txt\" }\n").file("key.txt", PLANTED).permit("key.txt", 0o640);
    finds(&kept, "permissions-elsewhere", 0, &["--offline"]);
}

#[test]
fn keys_that_are_none() {
    let keys =
        "[saltedge]\napp_id = \"a\"\nsecret = \"b\"\nprivate_key = \"PLANTED\"\ncallback_key = \"private.pem\"\n";
    finds(&file(keys), "keys", 3, &["--offline"]);
    let broken =
        "[saltedge]\napp_id = \"a\"\nsecret = \"b\"\nprivate_key = '-----BEGIN PRIVATE KEY-----\\nPLANTED\\n'\n";
    finds(&file(broken), "keys-on-one-line", 3, &["--offline"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn keys_in_each_other_s_place() {
    let access = sandbox().await.saltedge();
    let home = file(
        "[saltedge]\napp_id = \"a\"\nsecret = \"b\"\nprivate_key = { file = \"public.pem\" }\ncallback_key = { file = \"private.pem\" }\n",
    );
    let home = home.file("public.pem", access.callback_key).file("private.pem", access.private_key);
    finds(&home, "keys-exchanged", 3, &["--offline"]);
}

#[test]
fn values_that_were_copied_badly() {
    let copied = "[wealthreader]\napi_key = \"PLANTED\\nPLANTED\"\ncards_secret = \" PLANTED\"\n[belvo]\nsecret_id = \"${PLANTED}\"\nsecret_password = \"'PLANTED'\"\n";
    finds(&file(copied), "copied-badly", 3, &["--offline"]);
}

#[test]
fn an_environment_that_there_is_not() {
    let live = "[belvo]\nsecret_id = \"a\"\nsecret_password = { env = \"PASSWORD\" }\nenvironment = \"PLANTED\"\n";
    finds(&file(live).with("PASSWORD", "b"), "environment", 3, &["--offline"]);
}

#[test]
fn addresses_that_are_none() {
    let addresses = "[belvo]\nsecret_id = \"a\"\nsecret_password = \"b\"\nbase_url = \"PLANTED\"\n[wealthreader]\napi_key = \"a\"\nbase_url = \"http://PLANTED.example.com\"\n";
    finds(&file(addresses), "addresses", 3, &["--offline"]);
}

#[test]
fn variables_that_are_no_settings() {
    let home = file("[wealthreader]\napi_key = { env = \"KEY\" }\n").with("KEY", PLANTED);
    let home = home.with("BANKFEED_BELVO_SECRETID", PLANTED).with("BANKFEED_WEALTHREADER_API_KEY", "");
    finds(&home, "variables", 0, &["--offline"]);
}

#[test]
fn callbacks_that_could_not_be_verified() {
    let callbacks = "[saltedge]\napp_id = \"a\"\nsecret = \"b\"\ncallbacks = { success = \"https://example.com/PLANTED\" }\n[khipu]\napi_key = \"a\"\njwt = \"PLANTED\"\ncallback_token = \"short\"\n";
    finds(&file(callbacks), "callbacks", 3, &["--offline"]);
}

#[test]
fn settings_that_do_not_fit_together() {
    let khipu = "[khipu]\napi_key = \"PLANTED\"\naccounts = [{ number = \"1\" }]\n";
    let khipu = khipu.replacen("accounts = [", "accounts = @", 1);
    let home = Home::new()
        .file("config.toml", khipu.replace('[', "[profiles.default.").replace('@', "[").replace("PLANTED", PLANTED));
    finds(&home, "do-not-fit", 3, &["--offline"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn credentials_that_are_refused() {
    let sandbox = sandbox().await;
    let (saltedge, belvo, wealthreader) = (sandbox.saltedge().url, sandbox.belvo().url, sandbox.wealthreader().url);
    let home = file(&format!(
        "[saltedge]\napp_id = \"a\"\nsecret = \"PLANTED\"\nbase_url = \"{saltedge}\"\n[belvo]\nsecret_id = \"a\"\nsecret_password = \"PLANTED\"\nbase_url = \"{belvo}\"\n[wealthreader]\napi_key = \"PLANTED\"\nbase_url = \"{wealthreader}\"\n"
    ));
    finds(&home, "refused", 3, &[]);
}

#[test]
fn nobody_there() {
    let nobody = "[belvo]\nsecret_id = \"a\"\nsecret_password = \"PLANTED\"\nbase_url = \"http://127.0.0.1:1\"\n";
    finds(&file(nobody), "nobody-there", 6, &[]);
}

#[tokio::test(flavor = "multi_thread")]
async fn somebody_else_there() {
    let sandbox = sandbox().await;
    sandbox.fault("belvo list_institutions html".parse().unwrap());
    let home = Home::new().file("config.toml", belvo(&sandbox).replace('[', "[profiles.default."));
    finds(&home, "somebody-else", 6, &[]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_clock_that_is_wrong() {
    // Three hours and some seconds, whenever this runs.
    let server = Server::answering(|_| {
        let there = SystemTime::now() - Duration::from_secs(3 * 3_600 + 5);
        reply(404, &[("date", &httpdate::fmt_http_date(there))], "")
    })
    .await;
    let access = sandbox().await.saltedge();
    let url = &server.url;
    let home = file(&format!(
        "[saltedge]\napp_id = \"a\"\nsecret = \"PLANTED\"\nprivate_key = {{ file = \"private.pem\" }}\nbase_url = \"{url}\"\n"
    ));
    finds(&home.file("private.pem", access.private_key), "clock", 3, &[]);
}

#[test]
fn a_proxy_that_is_none() {
    let proxied = "[belvo]\nsecret_id = \"a\"\nsecret_password = \"b\"\nbase_url = \"http://127.0.0.1:1\"\n";
    finds(&file(proxied).with("HTTPS_PROXY", &format!("http://{PLANTED}:x@")), "proxy", 3, &[]);
}
