//! What the README says holds.

use crate::common::{Config, ended, run};

const README: &str = include_str!("../../README.md");

/// The block that follows a line, without its fences.
fn block(language: &str) -> &'static str {
    let (_, rest) = README.split_once(&format!("```{language}\n")).unwrap();
    rest.split_once("\n```").unwrap().0
}

#[test]
fn the_whole_configuration_is_read_and_sets_up_all_four() {
    let config = Config::new(block("toml"));
    let keys = config.folder().join("bankfeed-keys");
    std::fs::create_dir(&keys).unwrap();
    std::fs::write(keys.join("saltedge.pem"), key("client.pem")).unwrap();
    std::fs::write(keys.join("saltedge-callbacks.pem"), key("provider.pub.pem")).unwrap();
    let mut command = config.bankfeed(&["providers", "-f", "csv"]);
    for variable in ["SALTEDGE_APP_ID", "KHIPU_API_KEY", "SANTANDER_PASSWORD"] {
        command.env(variable, "a value");
    }
    command.env("HOME", config.folder()).env("USERPROFILE", config.folder());
    let run = ended(&mut command);
    assert_eq!(run.code, Some(0), "{}", run.stderr);
    assert_eq!(run.stdout.matches(",yes,").count(), 4, "{}", run.stdout);
}

/// A key of the sandbox: any will do.
fn key(name: &str) -> String {
    std::fs::read_to_string(format!("{}/../bankfeed-sandbox/src/keys/{name}", env!("CARGO_MANIFEST_DIR"))).unwrap()
}

#[test]
fn every_command_stands_in_the_table() {
    let help = run(&["-h"]).stdout;
    let (_, commands) = help.split_once("Commands:\n").unwrap();
    let (commands, _) = commands.split_once("\n\n").unwrap();
    for name in commands.lines().filter_map(|line| line.split_whitespace().next()).filter(|name| *name != "help") {
        assert!(README.contains(&format!("| `{name}")), "the README has no `{name}`");
    }
}

/// The README of the whole: lines between dots are left out there.
#[test]
fn the_first_command_prints_what_the_readme_shows() {
    let readme = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/../../README.md")).unwrap();
    let (_, rest) = readme.split_once("```sh\ncargo run -p bankfeed-cli -- ").unwrap();
    let (arguments, rest) = rest.split_once("\n```").unwrap();
    let (_, rest) = rest.split_once("```text\n").unwrap();
    let shown = rest.split_once("\n```").unwrap().0;
    let mut arguments: Vec<&str> = arguments.split(' ').collect();
    arguments.extend(["--format", "table", "--width", "100"]);
    let printed = run(&arguments).stdout;
    for part in shown.split("\n…") {
        assert!(printed.contains(part.trim_start_matches('\n')), "{part}\nis not in\n{printed}");
    }
}
