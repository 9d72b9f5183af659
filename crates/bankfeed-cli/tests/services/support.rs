//! The command in a world of its own: no configuration, no environment, no proxy.

use std::path::Path;
use std::process::{Command, Stdio};

use insta::Settings;
use tempfile::TempDir;

/// What stands for a secret in every test; nothing may ever print it.
pub(crate) const PLANTED: &str = "pl4nted-s3cret";

/// A folder that is home, and all that the command knows.
pub(crate) struct Home {
    pub(crate) folder: TempDir,
    variables: Vec<(String, String)>,
}

/// How a run ended.
pub(crate) struct Run {
    pub(crate) code: Option<i32>,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

impl Home {
    pub(crate) fn new() -> Self {
        Self { folder: tempfile::tempdir().unwrap(), variables: Vec::new() }
    }

    /// With a variable of the environment.
    pub(crate) fn with(mut self, name: &str, value: &str) -> Self {
        self.variables.push((name.to_owned(), value.to_owned()));
        self
    }

    /// With a file; nobody else can read it.
    pub(crate) fn file(self, name: &str, text: impl AsRef<[u8]>) -> Self {
        let path = self.folder.path().join(name);
        std::fs::write(&path, text).unwrap();
        self.permit(name, 0o600)
    }

    /// With other permissions of a file.
    pub(crate) fn permit(self, name: &str, mode: u32) -> Self {
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt as _;
            let path = self.folder.path().join(name);
            std::fs::set_permissions(path, std::fs::Permissions::from_mode(mode)).unwrap();
        }
        #[cfg(not(unix))]
        let _ = (name, mode);
        self
    }

    pub(crate) fn path(&self, name: &str) -> String {
        self.folder.path().join(name).to_str().unwrap().to_owned()
    }

    pub(crate) fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_bankfeed"));
        command.args(arguments).env_clear().current_dir(self.folder.path());
        for name in ["PATH", "SystemRoot"] {
            command.envs(std::env::var_os(name).map(|value| (name, value)));
        }
        command.env("HOME", self.folder.path()).env("XDG_CONFIG_HOME", self.folder.path());
        command.env("USERPROFILE", self.folder.path()).env("APPDATA", self.folder.path());
        command.envs(self.variables.iter().map(|(name, value)| (name, value)));
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
        command
    }

    pub(crate) fn run(&self, arguments: &[&str]) -> Run {
        let output = self.command(arguments).output().unwrap();
        let run = Run {
            code: output.status.code(),
            stdout: String::from_utf8(output.stdout).unwrap(),
            stderr: String::from_utf8(output.stderr).unwrap(),
        };
        assert!(
            !run.stdout.contains(PLANTED) && !run.stderr.contains(PLANTED),
            "{arguments:?}: {}",
            run.transcript(arguments)
        );
        run
    }

    /// Compares a run with what is kept of it. Ports and folders are of the day.
    pub(crate) fn kept(&self, name: &str, transcript: &str) {
        let mut settings = Settings::clone_current();
        let (folder, name) = name.rsplit_once('/').unwrap_or(("", name));
        let all = concat!(env!("CARGO_MANIFEST_DIR"), "/../../snapshots/bankfeed-cli");
        settings.set_snapshot_path(Path::new(all).join(folder));
        settings.set_prepend_module_to_snapshot(false);
        settings.set_omit_expression(true);
        settings.add_filter(r"127\.0\.0\.1:\d{2,5}", "127.0.0.1:PORT");
        for folder in [self.folder.path().canonicalize().unwrap(), self.folder.path().to_path_buf()] {
            settings.add_filter(&regex_of(&folder), "~");
        }
        settings.bind(|| insta::assert_snapshot!(name, transcript));
    }
}

fn regex_of(path: &Path) -> String {
    path.to_str()
        .unwrap()
        .chars()
        .map(|char| if char.is_alphanumeric() { char.to_string() } else { format!("\\{char}") })
        .collect()
}

impl Run {
    /// The command, what it printed, how it ended.
    pub(crate) fn transcript(&self, arguments: &[&str]) -> String {
        let mut text = format!("$ bankfeed {}\n{}", arguments.join(" "), self.stdout);
        if !self.stderr.is_empty() {
            text.push_str(&format!("--- stderr\n{}", self.stderr));
        }
        let code = self.code.map_or("a signal".to_owned(), |code| code.to_string());
        format!("{text}--- exit {code}")
    }
}
