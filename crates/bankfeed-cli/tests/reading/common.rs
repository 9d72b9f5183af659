//! Running the binary, and showing what came of it.

use std::fmt::Write as _;
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use tempfile::TempDir;

/// What a run printed, and how it ended.
pub(crate) struct Run {
    pub(crate) stdout: String,
    pub(crate) stderr: String,
    pub(crate) code: Option<i32>,
}

/// The binary with an environment in which nothing of this machine is set.
pub(crate) fn bankfeed(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_bankfeed"));
    command.args(arguments).env_clear().stdin(Stdio::null());
    if let Some(path) = std::env::var_os("PATH") {
        command.env("PATH", path);
    }
    // A folder that is not there: no configuration lies in it.
    command.env("HOME", "/nowhere/home").env("XDG_CONFIG_HOME", "/nowhere/config").env("APPDATA", "/nowhere/config");
    command
}

/// Runs it to its end.
pub(crate) fn run(arguments: &[&str]) -> Run {
    ended(&mut bankfeed(arguments))
}

pub(crate) fn ended(command: &mut Command) -> Run {
    let output = command.output().unwrap();
    Run {
        stdout: String::from_utf8(output.stdout).unwrap(),
        stderr: String::from_utf8(output.stderr).unwrap(),
        code: output.status.code(),
    }
}

impl Run {
    /// As a person would see it, escapes included.
    pub(crate) fn transcript(&self, shown: &str) -> String {
        let mut text = format!("$ {shown}\n{}", self.stdout);
        if !self.stderr.is_empty() {
            let _ = write!(text, "--- stderr\n{}", self.stderr);
        }
        if self.code != Some(0) {
            let _ = writeln!(text, "--- exit code {:?}", self.code.unwrap_or(-1));
        }
        text.replace('\u{1b}', "␛")
    }
}

/// Several commands, one after another, in one transcript. Texts with spaces stand in single quotes.
pub(crate) fn transcript(lines: &[&str]) -> String {
    let run = |line: &&str| {
        run(&words(line).iter().map(String::as_str).collect::<Vec<_>>()).transcript(&format!("bankfeed {line}"))
    };
    lines.iter().map(run).collect::<Vec<_>>().join("\n")
}

fn words(line: &str) -> Vec<String> {
    let mut words = Vec::new();
    for (index, part) in line.split('\'').enumerate() {
        if index % 2 == 1 {
            words.push(part.to_owned());
        } else {
            words.extend(part.split_whitespace().map(str::to_owned));
        }
    }
    words
}

/// Holds a transcript against what was recorded. Ports and temporary folders differ from run to run.
pub(crate) fn snapshot(name: &str, text: &str) {
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path(format!("{}/../../snapshots/bankfeed-cli", env!("CARGO_MANIFEST_DIR")));
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.add_filter(r"127\.0\.0\.1:\d+", "127.0.0.1:PORT");
    settings.add_filter(r"bankfeed\.exe", "bankfeed");
    settings.bind(|| insta::assert_snapshot!(name, text));
}

/// A configuration in a folder of its own.
pub(crate) struct Config {
    folder: TempDir,
}

impl Config {
    pub(crate) fn new(text: &str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("config.toml"), text).unwrap();
        Self { folder }
    }

    pub(crate) fn folder(&self) -> &Path {
        self.folder.path()
    }

    pub(crate) fn path(&self) -> PathBuf {
        self.folder.path().join("config.toml")
    }

    /// The binary with this configuration. It runs in its folder, so that errors name no path of this machine.
    pub(crate) fn bankfeed(&self, arguments: &[&str]) -> Command {
        let mut command = bankfeed(&["--config", "config.toml"]);
        command.args(arguments).current_dir(self.folder());
        command
    }
}

/// A port of this machine at which nobody listens.
pub(crate) fn closed_port() -> u16 {
    TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port()
}
