//! Exit codes: the documented ones, and each of them met.

use std::io::Read as _;
use std::process::Stdio;

use crate::common::{bankfeed, run};

fn code(arguments: &[&str]) -> Option<i32> {
    run(arguments).code
}

/// A run against the sandbox with a fault.
fn faulty(rule: &str, arguments: &[&str]) -> Option<i32> {
    let all: Vec<&str> =
        ["--sandbox", "-q", "--sandbox-fault", rule].into_iter().chain(arguments.iter().copied()).collect();
    code(&all)
}

#[test]
fn each_code_stands_for_what_the_help_says() {
    assert_eq!(code(&["--sandbox", "accounts"]), Some(0));
    assert_eq!(code(&["accounts", "--nonsense"]), Some(2));
    assert_eq!(code(&["--sandbox", "accounts", "--connection", "nowhere"]), Some(2));
    assert_eq!(code(&["accounts"]), Some(3), "nothing is configured");
    assert_eq!(faulty("belvo * status code=401", &["-p", "belvo", "accounts"]), Some(3));
    assert_eq!(faulty("belvo * status code=401", &["accounts"]), Some(4), "the other three are there");
    assert_eq!(faulty("saltedge list_accounts consent-expired times=1", &["-p", "saltedge", "accounts"]), Some(4));
    assert_eq!(faulty("saltedge list_accounts consent-expired", &["-p", "saltedge", "accounts"]), Some(5));
    assert_eq!(faulty("belvo * rate-limit", &["-p", "belvo", "accounts"]), Some(6));
    assert_eq!(faulty("belvo * cut", &["-p", "belvo", "accounts"]), Some(6));
}

#[test]
fn the_help_and_the_readme_name_the_same_codes() {
    let help = run(&["--help"]).stdout;
    let (_, codes) = help.split_once("Exit codes:\n").unwrap();
    let readme = include_str!("../../README.md");
    let mut count = 0;
    for line in codes.lines().filter(|line| !line.trim().is_empty()) {
        let (code, meaning) = line.trim().split_once("  ").unwrap();
        assert!(readme.contains(&format!("| {code} | {} |", meaning.trim())), "the README does not have: {line}");
        count += 1;
    }
    assert_eq!(count, 8);
}

#[test]
fn one_connection_that_fails_hides_no_other() {
    let all = run(&["--sandbox", "-p", "saltedge", "-f", "csv", "accounts"]);
    let rule = "saltedge list_accounts consent-expired times=1";
    let some = run(&["--sandbox", "-p", "saltedge", "-f", "csv", "--sandbox-fault", rule, "accounts"]);
    assert_eq!(all.stdout.lines().count(), 34);
    assert_eq!(some.stdout.lines().count(), 23, "those of two connections of three, and the header");
    assert!(some.stderr.contains("connection #"), "{}", some.stderr);
    assert_eq!(some.code, Some(4));
}

#[test]
fn who_has_read_enough_is_no_error() {
    for format in ["csv", "jsonl", "json", "table"] {
        let arguments = ["--sandbox", "-p", "saltedge", "--sandbox-transactions", "2000", "-f", format, "transactions"];
        let mut child = bankfeed(&arguments).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        let mut first = [0; 40];
        child.stdout.take().unwrap().read_exact(&mut first).unwrap();
        // The pipe is closed here.
        let output = child.wait_with_output().unwrap();
        assert_eq!(output.status.code(), Some(0), "{format}");
        assert_eq!(String::from_utf8(output.stderr).unwrap(), "", "{format}");
    }
}
