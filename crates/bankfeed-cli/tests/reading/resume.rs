//! A run that is interrupted, and one that goes on where it was left: together they are one run that was not.

use std::io::{BufRead as _, BufReader, Read as _};
use std::process::{Command, Stdio};

use crate::common::{Run, bankfeed, ended, run, snapshot};

/// Movements enough that the pipe is full long before the end.
const MOVEMENTS: &str = "500";

fn arguments<'a>(format: &'a str, providers: &[&'a str]) -> Vec<&'a str> {
    let mut all = vec!["--sandbox", "--sandbox-transactions", MOVEMENTS, "-q", "-f", format, "transactions"];
    for provider in providers {
        all.extend(["-p", provider]);
    }
    all
}

/// Reads some lines, sends the signal, and reads the rest. The pipe holds less than what is to come, so that the command
/// waits for its reader when the signal arrives, and cannot have ended.
fn interrupted(mut command: Command, lines: usize, signal: &str) -> Run {
    let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let mut out = BufReader::new(child.stdout.take().unwrap());
    let mut stdout = String::new();
    for _ in 0..lines {
        assert!(out.read_line(&mut stdout).unwrap() > 0, "it ended before it was interrupted");
    }
    let killed = Command::new("kill").args([signal, &child.id().to_string()]).status().unwrap();
    assert!(killed.success());
    out.read_to_string(&mut stdout).unwrap();
    let output = child.wait_with_output().unwrap();
    Run { stdout, stderr: String::from_utf8(output.stderr).unwrap(), code: output.status.code() }
}

fn token(run: &Run) -> &str {
    let (_, rest) = run.stderr.split_once("--resume ").expect("a token is printed");
    rest.split_whitespace().next().unwrap()
}

/// Interrupts it twice on the way; all that was printed.
fn in_three_pieces(format: &str, lines: usize) -> String {
    let pieces = |token: Option<&str>| {
        let mut all = arguments(format, &PROVIDERS);
        all.extend(token.iter().flat_map(|token| ["--resume", token]));
        bankfeed(&all)
    };
    let first = interrupted(pieces(None), lines, "-INT");
    assert_eq!(first.code, Some(130), "{}", first.stderr);
    let second = interrupted(pieces(Some(token(&first))), 7, "-INT");
    assert_eq!(second.code, Some(130), "{}", second.stderr);
    let last = ended(&mut pieces(Some(token(&second))));
    assert_eq!((last.code, last.stderr.as_str()), (Some(0), ""));
    assert!(!last.stdout.is_empty(), "nothing was left to go on with");
    first.stdout + &second.stdout + &last.stdout
}

const PROVIDERS: [&str; 3] = ["saltedge", "belvo", "wealthreader"];

/// What a pipe and buffers on both of its sides hold at most.
const BUFFERED: usize = 100_000;

#[test]
fn three_pieces_are_one_whole_byte_for_byte() {
    for (format, parts) in [("csv", [0, 40]), ("jsonl", [30, 80])] {
        let whole = run(&arguments(format, &PROVIDERS)).stdout;
        let lines: Vec<&str> = whole.lines().collect();
        for percent in parts {
            let read = 1 + lines.len() * percent / 100;
            let left: usize = lines[read..].iter().map(|line| line.len() + 1).sum();
            assert!(left > 2 * BUFFERED, "what is left after {read} lines of {format} could go through at once");
            assert!(
                in_three_pieces(format, read) == whole,
                "{format} after {read} lines: the pieces are not the whole"
            );
        }
    }
}

#[test]
fn a_request_to_end_counts_as_ctrl_c() {
    let stopped = interrupted(bankfeed(&arguments("jsonl", &["saltedge"])), 10, "-TERM");
    assert_eq!(stopped.code, Some(130));
    assert!(token(&stopped).len() > 40);
}

#[test]
fn a_file_keeps_the_token_and_goes_when_all_is_read() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("transactions.token");
    let command = || {
        let mut command = bankfeed(&arguments("csv", &["saltedge"]));
        command.arg("--resume-file").arg(&file);
        command
    };
    let whole = run(&arguments("csv", &["saltedge"])).stdout;
    let first = interrupted(command(), 100, "-INT");
    assert_eq!(first.code, Some(130));
    assert!(file.exists());
    let second = ended(&mut command());
    assert_eq!(second.code, Some(0), "{}", second.stderr);
    assert!(!file.exists(), "nothing is left to go on with");
    assert!(first.stdout + &second.stdout == whole);
}

#[test]
fn a_file_and_a_limit_give_page_after_page() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("token");
    let whole = run(&arguments("csv", &["wealthreader", "khipu", "belvo"])).stdout;
    let mut pages = Vec::new();
    while pages.is_empty() || file.exists() {
        let mut command = bankfeed(&arguments("csv", &["wealthreader", "khipu", "belvo"]));
        let page = ended(command.args(["--limit", "250", "--resume-file"]).arg(&file));
        assert_eq!(page.code, Some(0), "{}", page.stderr);
        assert!(page.stdout.lines().count() <= 251);
        pages.push(page.stdout);
    }
    assert!(pages.len() > 3, "{} pages", pages.len());
    assert!(pages.concat() == whole);
}

#[test]
fn a_provider_that_fails_on_the_way_can_be_gone_on_with() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("token");
    let with = |fault: Option<&str>| {
        let mut command = bankfeed(&arguments("csv", &["saltedge"]));
        command.arg("--resume-file").arg(&file);
        if let Some(rule) = fault {
            command.args(["--sandbox-fault", rule]);
        }
        ended(&mut command)
    };
    let whole = run(&arguments("csv", &["saltedge"])).stdout;
    let first = with(Some("saltedge list_transactions cut page=1"));
    assert_ne!(first.code, Some(0));
    let second = with(None);
    assert_eq!(second.code, Some(0), "{}", second.stderr);
    assert!(first.stdout + &second.stdout == whole);
}

#[test]
fn a_token_of_something_else_is_refused() {
    let stopped = interrupted(bankfeed(&arguments("jsonl", &["saltedge"])), 10, "-INT");
    let token = token(&stopped);
    let folder = tempfile::tempdir().unwrap();
    let nonsense = folder.path().join("nonsense");
    std::fs::write(&nonsense, "nonsense\n").unwrap();
    let base = arguments("jsonl", &["saltedge"]);
    let mut text = String::new();
    for (case, more) in [
        ("another filter", vec!["--resume", token, "--since", "2026-01-01"]),
        ("another provider", vec!["--resume", token, "-p", "belvo"]),
        ("another account", vec!["--resume", token, "--account", "#2ad506fd184b"]),
        ("another connection", vec!["--resume", token, "--connection", "#0c7445efd2b9"]),
        ("half of it", vec!["--resume", &token[..30]]),
    ] {
        let all: Vec<&str> = base.iter().copied().chain(more).collect();
        let refused = run(&all);
        assert_eq!((refused.code, refused.stdout.as_str()), (Some(2), ""), "{case}: {}", refused.stderr);
        text += &refused.transcript(&format!("# {case}"));
    }
    let mut command = bankfeed(&base);
    command.current_dir(folder.path()).args(["--resume-file", "nonsense"]);
    text += &ended(&mut command).transcript("# a file with something else");
    snapshot("errors-resume", &text);
}
