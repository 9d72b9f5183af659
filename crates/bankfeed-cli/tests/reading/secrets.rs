//! Nothing that gives access is printed: not by commands that work, nor by those that fail.

use bankfeed_sandbox::Sandbox;

use crate::common::{Config, bankfeed, closed_port, ended, run};

/// Every setting that is secret, each with a value of its own.
const PLANTED: &[(&str, &str)] = &[
    ("BANKFEED_SALTEDGE_SECRET", "planted-saltedge-secret"),
    ("BANKFEED_BELVO_SECRET_PASSWORD", "planted-belvo-password"),
    ("BANKFEED_BELVO_WEBHOOK_AUTHORIZATION", "planted-belvo-authorization"),
    ("BANKFEED_KHIPU_JWT", "planted-khipu-jwt"),
    ("BANKFEED_KHIPU_CALLBACK_TOKEN", "planted-khipu-token"),
    ("BANKFEED_WEALTHREADER_API_KEY", "planted-wealthreader-key"),
    ("BANKFEED_WEALTHREADER_CARDS_SECRET", "planted-wealthreader-secret"),
];

const COMMANDS: &[&[&str]] = &[
    &[],
    &["overview"],
    &["providers"],
    &["institutions"],
    &["connections"],
    &["connections", "refresh", "#000000000000"],
    &["connections", "remove", "#000000000000", "--yes"],
    &["accounts"],
    &["balances"],
    &["balances", "--all"],
    &["transactions"],
    &["transactions", "--account", "nowhere"],
    &["transactions", "--connection", "nowhere"],
    &["holdings"],
    &["completions", "bash"],
    &["man"],
    &["--help"],
];

const FORMATS: &[&str] = &["table", "json", "jsonl", "csv"];

#[test]
fn values_of_settings_are_shown_by_no_command_and_no_failure() {
    let nobody = format!("http://127.0.0.1:{}", closed_port());
    // An address may carry a secret, too.
    let address = format!("{nobody}/planted-path?planted-query");
    let config = Config::new(
        "[profiles.default.saltedge]\napp_id = \"planted-app-id\"\n[profiles.default.belvo]\nsecret_id = \"planted-id\"\n\
         [profiles.default.khipu]\naccounts = [{ number = \"planted-number\", login = { password = \"planted-login\" } }]\n",
    );
    for command in COMMANDS {
        for (base_url, format) in [(&nobody, "table"), (&nobody, "jsonl"), (&address, "csv")] {
            let mut bankfeed = config.bankfeed(command);
            bankfeed.args(["-f", format]).envs(PLANTED.iter().copied());
            for provider in ["SALTEDGE", "BELVO", "KHIPU", "WEALTHREADER"] {
                bankfeed.env(format!("BANKFEED_{provider}_BASE_URL"), base_url);
            }
            let run = ended(&mut bankfeed);
            let all = run.stdout + &run.stderr;
            assert!(!all.contains("planted"), "{command:?} {format}: {all}");
            assert!(!all.is_empty(), "{command:?} {format} says nothing");
        }
    }
}

/// Credentials of the sandbox, and the ids that give access: Wealth Reader's token, the links of Belvo.
fn secrets_of_the_sandbox() -> Vec<String> {
    bankfeed_testing::run(async {
        let sandbox = Sandbox::builder().people(1).start().await.unwrap();
        let (saltedge, belvo) = (sandbox.saltedge(), sandbox.belvo());
        let (khipu, wealthreader) = (sandbox.khipu(), sandbox.wealthreader());
        let secrets = [
            saltedge.secret,
            belvo.secret_password,
            belvo.webhook_authorization,
            khipu.jwt,
            khipu.api_key,
            wealthreader.api_key,
            wealthreader.cards_secret,
            &wealthreader.token,
        ];
        secrets.iter().map(|secret| (*secret).to_owned()).collect()
    })
}

#[test]
fn credentials_of_the_sandbox_and_ids_of_connections_are_shown_nowhere() {
    let mut secrets = secrets_of_the_sandbox();
    // A number of three digits or so stands in amounts as well.
    secrets.retain(|secret| secret.len() > 6);
    assert!(secrets.len() >= 7, "{} of them", secrets.len());
    let faults = ["", "status code=401", "invalid-json", "unknown-enum"];
    for command in COMMANDS {
        for (index, fault) in faults.iter().enumerate() {
            let rule = format!("* * {fault}");
            let mut arguments = vec!["--sandbox", "-f", FORMATS[index % FORMATS.len()]];
            if !fault.is_empty() {
                arguments.extend(["--sandbox-fault", &rule]);
            }
            arguments.extend(*command);
            let run = run(&arguments);
            let all = run.stdout + &run.stderr;
            for secret in &secrets {
                assert!(!all.contains(secret.as_str()), "{arguments:?} shows {secret}");
            }
        }
    }
}

#[test]
fn connections_are_known_by_fingerprints_in_every_format() {
    for format in FORMATS {
        for command in ["connections", "accounts"] {
            let run = run(&["--sandbox", "-f", format, command]);
            assert!(!run.stdout.contains("bancoficticio:"), "{format} {command}: the id of a connection");
        }
    }
    let lines = run(&["--sandbox", "-f", "jsonl", "connections"]).stdout;
    for line in lines.lines() {
        let id = line.split("\"id\":\"").nth(1).and_then(|rest| rest.split('"').next()).unwrap();
        assert!(id.starts_with('#') && id.len() == 13, "{line}");
    }
}

#[test]
fn what_asks_for_an_address_gets_it_and_nothing_else() {
    let run = ended(&mut bankfeed(&[
        "--sandbox",
        "-p",
        "wealthreader",
        "connections",
        "connect",
        "--institution",
        "bancoficticio",
        "--return-to",
        "https://app.example.com/back",
    ]));
    assert_eq!(run.code, Some(0), "{}", run.stderr);
    assert!(run.stdout.starts_with("http"), "{}", run.stdout);
    assert_eq!(run.stdout.lines().count(), 1);
    assert!(!run.stderr.contains("http"), "{}", run.stderr);
}
