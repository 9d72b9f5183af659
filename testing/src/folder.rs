//! Files beside a crate's tests.

use std::path::PathBuf;

/// A folder of files beside a crate's tests, such as its samples.
///
/// ```
/// # use bankfeed_testing::Folder;
/// const SAMPLES: Folder = Folder::new(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/samples"));
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Folder(&'static str);

impl Folder {
    /// The folder at a path.
    pub const fn new(path: &'static str) -> Self {
        Self(path)
    }

    /// A file's text.
    ///
    /// # Panics
    /// When it cannot be read.
    pub fn text(&self, name: &str) -> String {
        let path = PathBuf::from(self.0).join(name);
        std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
    }

    /// The names of its files that end so, in order.
    ///
    /// # Panics
    /// When the folder cannot be read, or there is none: what is checked for each would be checked for nothing.
    pub fn names(&self, ending: &str) -> Vec<String> {
        let entries = std::fs::read_dir(self.0).unwrap_or_else(|error| panic!("{}: {error}", self.0));
        let mut names: Vec<String> = entries
            .map(|entry| entry.expect("a folder can be listed").file_name().to_string_lossy().into_owned())
            .filter(|name| name.ends_with(ending))
            .collect();
        assert!(!names.is_empty(), "{} has no file that ends in `{ending}`", self.0);
        names.sort_unstable();
        names
    }
}
