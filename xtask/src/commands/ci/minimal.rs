//! The oldest versions that the manifest asks for: what people get whose lock file is old.

use std::path::PathBuf;

use anyhow::Context as _;

use super::command;

/// Dependencies of ours at their oldest, theirs as new as may be: the oldest of theirs are not ours to mend.
const OLDEST: &str = "cargo update -Z direct-minimal-versions";

pub(super) fn check() -> anyhow::Result<()> {
    let _kept = Kept::new(super::super::workspace().join("Cargo.lock"))?;
    // Choosing versions this way is not stable; the compiler that then builds is.
    command(OLDEST, &[("RUSTC_BOOTSTRAP", "1")])
        .context("no versions fit: a dependency of ours asks for a newer one than the manifest does; raise it there")?;
    command("cargo check --workspace --exclude xtask --exclude bankfeed-testing --all-features --locked", &[])
        .context("the manifest asks for too old a version of something; raise it there")
}

/// A file that is put back as it was.
struct Kept {
    path: PathBuf,
    bytes: Vec<u8>,
}

impl Kept {
    fn new(path: PathBuf) -> anyhow::Result<Self> {
        let bytes = std::fs::read(&path).with_context(|| format!("reading {}", path.display()))?;
        Ok(Self { path, bytes })
    }
}

impl Drop for Kept {
    fn drop(&mut self) {
        if let Err(error) = std::fs::write(&self.path, &self.bytes) {
            eprintln!("{} could not be put back ({error}): `git checkout Cargo.lock` does", self.path.display());
        }
    }
}
