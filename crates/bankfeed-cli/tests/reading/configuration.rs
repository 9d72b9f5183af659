//! Where settings come from, which wins, and what is said when one is wrong. `bankfeed providers` shows what is set up.

use bankfeed_testing::{Request, Server, json};

use crate::common::{Config, bankfeed, ended, snapshot};

/// A value that must not be seen.
const SECRET: &str = "hunter2-7f3a";

/// Which providers are set up.
fn set_up(command: &mut std::process::Command) -> Vec<String> {
    let run = ended(command.args(["providers", "-f", "csv"]));
    assert_eq!(run.code, Some(0), "{}", run.stderr);
    let rows = run.stdout.lines().skip(1).map(|row| row.split(',').collect::<Vec<_>>());
    rows.filter(|row| row[1] == "yes").map(|row| row[0].to_owned()).collect()
}

const TWO_PROFILES: &str = r#"
profile = "live"
[profiles.live.wealthreader]
api_key = "live"
[profiles.test.belvo]
secret_id = "id"
secret_password = "password"
"#;

#[test]
fn a_profile_is_named_by_flag_before_environment_before_file() {
    let config = Config::new(TWO_PROFILES);
    assert_eq!(set_up(&mut config.bankfeed(&[])), ["Wealth Reader"]);
    assert_eq!(set_up(config.bankfeed(&[]).env("BANKFEED_PROFILE", "test")), ["Belvo"]);
    assert_eq!(set_up(config.bankfeed(&["--profile", "live"]).env("BANKFEED_PROFILE", "test")), ["Wealth Reader"]);
}

#[test]
fn a_file_is_named_by_flag_before_environment_before_the_usual_place() {
    let (one, two) = (Config::new(TWO_PROFILES), Config::new("[profiles.default.khipu]\njwt = \"a\"\n"));
    std::fs::create_dir(one.folder().join("bankfeed")).unwrap();
    std::fs::copy(one.path(), one.folder().join("bankfeed").join("config.toml")).unwrap();
    let usual = |command: &mut std::process::Command| {
        command.env("XDG_CONFIG_HOME", one.folder()).env("APPDATA", one.folder());
        set_up(command)
    };
    assert_eq!(usual(&mut bankfeed(&[])), ["Wealth Reader"]);
    assert_eq!(usual(bankfeed(&[]).env("BANKFEED_CONFIG", two.path())), ["Khipu"]);
    let flag = one.path().display().to_string();
    assert_eq!(usual(bankfeed(&["--config", &flag]).env("BANKFEED_CONFIG", two.path())), ["Wealth Reader"]);
}

#[test]
fn the_environment_sets_up_a_provider_alone() {
    let mut command = bankfeed(&[]);
    command.env("BANKFEED_BELVO_SECRET_ID", "id").env("BANKFEED_BELVO_SECRET_PASSWORD", "password");
    assert_eq!(set_up(&mut command), ["Belvo"]);
    // What is set to nothing is not set.
    let empty = ["BANKFEED_WEALTHREADER_API_KEY", "BANKFEED_PROFILE", "BANKFEED_CONFIG"].map(|name| (name, ""));
    assert!(set_up(bankfeed(&[]).envs(empty)).is_empty());
}

/// The `Authorization` that Belvo gets.
fn sent(text: &str, change: impl Fn(&mut std::process::Command)) -> String {
    bankfeed_testing::run(async {
        let server =
            Server::answering(|_: &Request| json("{\"count\":0,\"next\":null,\"previous\":null,\"results\":[]}")).await;
        let config = Config::new(&text.replace("URL", &server.url));
        std::fs::write(config.folder().join("password"), "from-file\n").unwrap();
        let mut command = config.bankfeed(&["connections"]);
        change(&mut command);
        let run = tokio::task::spawn_blocking(move || ended(&mut command)).await.unwrap();
        assert_eq!(run.code, Some(0), "{}", run.stderr);
        server.requests()[0].header("authorization").unwrap().to_owned()
    })
}

#[test]
fn values_come_from_variables_files_and_commands() {
    let with = |password: &str| {
        format!("[profiles.default.belvo]\nbase_url = \"URL\"\nsecret_id = \"id\"\nsecret_password = {password}\n")
    };
    // "id:from-…" in Base64.
    let (plain, env, file, command) =
        ("aWQ6ZnJvbS1wbGFpbg==", "aWQ6ZnJvbS1lbnY=", "aWQ6ZnJvbS1maWxl", "aWQ6ZnJvbS1jb21tYW5k");
    let none = |_: &mut std::process::Command| {};
    assert_eq!(sent(&with("\"from-plain\""), none), format!("Basic {plain}"));
    let set = |command: &mut std::process::Command| {
        command.env("PASSWORD_OF_BELVO", "from-env");
    };
    assert_eq!(sent(&with("{ env = \"PASSWORD_OF_BELVO\" }"), set), format!("Basic {env}"));
    assert_eq!(sent(&with("{ file = \"password\" }"), none), format!("Basic {file}"));
    assert_eq!(sent(&with("{ command = \"echo from-command\" }"), none), format!("Basic {command}"));
    // The variable of the setting itself wins over all of them.
    let overridden = |command: &mut std::process::Command| {
        command.env("BANKFEED_BELVO_SECRET_PASSWORD", "from-env");
    };
    assert_eq!(sent(&with("{ command = \"false\" }"), overridden), format!("Basic {env}"));
}

/// What is wrong, and the configuration that has it.
const WRONG: &[(&str, &str)] = &[
    ("unknown setting", "[profiles.default.belvo]\nsecret_idd = \"SECRET\""),
    ("unknown provider", "[profiles.default.plaid]\nkey = \"SECRET\""),
    ("a number for a text", "[profiles.default.belvo]\nsecret_id = 426"),
    ("a list for a text", "[profiles.default.belvo]\nsecret_id = [\"SECRET\"]"),
    ("a text for a table", "[profiles.default]\nbelvo = \"SECRET\""),
    (
        "a text for a list, with words of the message in it",
        "[profiles.default.khipu]\naccounts = \"a, expected SECRET\"",
    ),
    ("a text of several lines for a list", "[profiles.default.khipu]\naccounts = \"\"\"\nSECRET\nSECRET\"\"\""),
    ("no quotation marks", "[profiles.default.belvo]\nsecret_id = SECRET"),
    ("one quotation mark", "[profiles.default.belvo]\nsecret_id = \"SECRET"),
    ("a value without a name", "[profiles.default.belvo]\nSECRET"),
    ("something after the value", "[profiles.default.belvo]\nsecret_id = \"a\" SECRET"),
    ("a wrong escape", "[profiles.default.belvo]\nsecret_id = \"\\SECRET\""),
    ("twice the same", "[profiles.default.belvo]\nsecret_id = \"SECRET\"\nsecret_id = \"SECRET\""),
    ("a place that is none", "[profiles.default.belvo]\nsecret_id = { vault = \"SECRET\" }"),
    ("two places", "[profiles.default.belvo]\nsecret_id = { env = \"A\", command = \"echo SECRET\" }"),
    ("a variable that is not set", "[profiles.default.belvo]\nsecret_id = { env = \"NOT_SET\" }"),
    ("a file that is not there", "[profiles.default.belvo]\nsecret_id = { file = \"not-there\" }"),
    ("a command that fails", "[profiles.default.belvo]\nsecret_id = { command = \"test SECRET = b\" }"),
    ("a command that prints nothing", "[profiles.default.belvo]\nsecret_id = { command = \"true SECRET\" }"),
    ("half of it", "[profiles.default.belvo]\nsecret_id = \"SECRET\""),
    ("an account without a number", "[profiles.default.khipu]\njwt = \"SECRET\"\naccounts = [{ link = \"SECRET\" }]"),
    (
        "an environment that is none",
        "[profiles.default.belvo]\nsecret_id = \"SECRET\"\nsecret_password = \"SECRET\"\nenvironment = \"SECRET\"",
    ),
    (
        "a key that is none",
        "[profiles.default.saltedge]\napp_id = \"SECRET\"\nsecret = \"SECRET\"\nprivate_key = \"SECRET\"",
    ),
    (
        "an address that is none",
        "[profiles.default.belvo]\nsecret_id = \"SECRET\"\nsecret_password = \"SECRET\"\nbase_url = \"SECRET\"",
    ),
    (
        "a callback that is none",
        "[profiles.default.saltedge]\napp_id = \"SECRET\"\nsecret = \"SECRET\"\ncallbacks = { succes = \"SECRET\" }",
    ),
    ("no such profile", "profile = \"live\"\n[profiles.test.belvo]\nsecret_id = \"SECRET\""),
    ("nothing at all", ""),
];

#[test]
fn what_is_wrong_is_named_with_its_place_and_without_its_value() {
    let mut text = String::new();
    for (case, configuration) in WRONG {
        let configuration = configuration.replace("SECRET", SECRET);
        let config = Config::new(&configuration);
        let run = ended(&mut config.bankfeed(&["institutions"]));
        assert_ne!(run.code, Some(0), "{case}");
        assert_eq!(run.stdout, "", "{case}");
        assert!(!run.stderr.contains("hunter2") && !run.stderr.contains("7f3a"), "{case}: {}", run.stderr);
        assert!(!run.stderr.contains("426"), "{case}: {}", run.stderr);
        assert!(run.stderr.contains("help: "), "{case} says nothing of a way out: {}", run.stderr);
        text += &run.transcript(&format!("# {case}"));
    }
    snapshot("errors-configuration", &text);
}

#[test]
fn a_file_that_was_named_has_to_be_there() {
    let config = Config::new("");
    let mut text = String::new();
    let mut named = bankfeed(&["--config", "nowhere.toml", "accounts"]);
    text += &ended(named.current_dir(config.folder())).transcript("bankfeed --config nowhere.toml accounts");
    text += &ended(&mut bankfeed(&["accounts"])).transcript("bankfeed accounts    # no file in the usual place");
    text += &ended(&mut bankfeed(&["--profile", "live", "accounts"])).transcript("bankfeed --profile live accounts");
    let mut other = config.bankfeed(&["accounts", "-p", "belvo"]);
    other.env("BANKFEED_WEALTHREADER_API_KEY", SECRET);
    text += &ended(&mut other).transcript("bankfeed accounts -p belvo    # Wealth Reader is set up");
    snapshot("errors-no-configuration", &text);
}
