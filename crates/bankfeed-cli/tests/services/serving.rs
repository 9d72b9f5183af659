//! `bankfeed sandbox`

use std::io::{BufRead as _, BufReader};
use std::process::{Child, ChildStdout};

use super::support::Home;

/// A sandbox that serves, and the lines of its card; ended when dropped.
struct Serving {
    child: Child,
    card: String,
    _out: BufReader<ChildStdout>,
}

impl Serving {
    fn start(home: &Home, arguments: &[&str]) -> Self {
        let mut child = home.command(&[&["sandbox", "--port", "0", "--quiet"], arguments].concat()).spawn().unwrap();
        let mut out = BufReader::new(child.stdout.take().unwrap());
        let mut card = String::new();
        while !card.contains("Ctrl-C ends.") {
            assert!(out.read_line(&mut card).unwrap() > 0, "ended after: {card}");
        }
        Self { child, card, _out: out }
    }
}

impl Drop for Serving {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[test]
fn it_says_where_everything_is_and_the_configuration_works() {
    let home = Home::new();
    let file = home.path("sandbox.toml");
    let serving = Serving::start(&home, &["--people", "1", "--transactions", "24", "--write-config", &file]);
    home.kept("sandbox", &format!("$ bankfeed sandbox --people 1\n{}", serving.card));
    let accounts = home.run(&["--config", &file, "accounts", "--format", "csv"]);
    assert_eq!((accounts.code, accounts.stderr.as_str()), (Some(0), ""), "{}", accounts.stdout);
    for provider in ["saltedge,", "belvo,", "khipu,", "wealthreader,"] {
        assert!(accounts.stdout.lines().any(|line| line.starts_with(provider)), "{provider}: {}", accounts.stdout);
    }
    // With everything that belongs to it: nothing is wrong, and nothing to be warned of but that secrets stand there.
    let doctor = home.run(&["--config", &file, "doctor", "--format", "csv"]);
    assert_eq!(doctor.code, Some(0), "{}", doctor.stdout);
    let warnings: Vec<&str> = doctor.stdout.lines().filter(|line| line.contains(",warning,")).collect();
    assert!(matches!(warnings.as_slice(), [line] if line.contains("saltedge.secret")), "{warnings:?}");
}

#[test]
fn a_file_that_is_there_stays_as_it_is() {
    let home = Home::new().file("mine.toml", "profile = \"mine\"\n");
    let arguments = ["sandbox", "--port", "0", "--write-config", "mine.toml"];
    let run = home.run(&arguments);
    assert_eq!((run.code, run.stdout.as_str()), (Some(2), ""));
    assert!(run.stderr.contains("name a file that is not there yet"), "{}", run.stderr);
    assert_eq!(std::fs::read_to_string(home.path("mine.toml")).unwrap(), "profile = \"mine\"\n");
}

#[test]
fn mistakes_are_told_with_the_way_out() {
    let home = Home::new();
    for (arguments, told) in [
        (&["--start", "yesterday"] as &[&str], "write it as 2026-03-02T09:00:00Z, or `now`"),
        (&["--fault", "bevlo list_accounts cut"], "provider `bevlo` is unknown"),
        (&["--callbacks", "plaid=http://127.0.0.1/"], "saltedge, belvo, khipu or wealthreader"),
        (&["--sandbox-fault", "belvo list_accounts cut"], "write --fault in place of it"),
        (&["--host", "192.0.2.1"], "cannot listen on 192.0.2.1:0"),
    ] {
        let run = home.run(&[&["sandbox", "--port", "0"], arguments].concat());
        assert_eq!(run.code, Some(2), "{arguments:?}");
        assert!(run.stderr.contains(told), "{arguments:?}: {}", run.stderr);
    }
}

#[cfg(unix)]
#[test]
fn ctrl_c_ends_it_in_good_order() {
    let home = Home::new();
    let mut serving = Serving::start(&home, &["--people", "0"]);
    let process = serving.child.id().to_string();
    assert!(std::process::Command::new("kill").args(["-INT", &process]).status().unwrap().success());
    assert_eq!(serving.child.wait().unwrap().code(), Some(0));
}
