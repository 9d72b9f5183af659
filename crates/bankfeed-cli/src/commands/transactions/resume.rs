//! Where the token of an interrupted run is kept: with the person, or in a file.

use std::fs;
use std::io::ErrorKind;
use std::path::Path;

use crate::trouble::{self, Exit, Trouble};
use crate::walk::Mark;

/// The file for the token, if one is wanted.
pub(super) struct Place<'a>(Option<&'a Path>);

impl<'a> Place<'a> {
    pub(super) fn new(path: Option<&'a Path>) -> Self {
        Self(path)
    }

    /// The token in the file; none when the file is not there, which is how a first run begins.
    pub(super) fn read(&self) -> Result<Option<Mark>, Trouble> {
        let Some(path) = self.0 else { return Ok(None) };
        let text = match fs::read_to_string(path) {
            Ok(text) => text,
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(unusable(path, "read", &error)),
        };
        text.parse().map(Some).map_err(|why| {
            Trouble::usage(format!("--resume-file {}: {why}", path.display()), "remove the file to begin anew")
        })
    }

    /// Hands the token over: into the file, or to the person. Without a token the file goes, since nothing is left.
    pub(super) fn tell(&self, mark: Option<&Mark>, exit: Exit) -> Result<(), Trouble> {
        match (self.0, mark) {
            (None, None) => Ok(()),
            // As many as were wanted: nobody asked for the rest.
            (None, Some(_)) if exit == Exit::Done => Ok(()),
            (None, Some(mark)) => {
                trouble::hint(&format!("go on with --resume {mark}"));
                Ok(())
            }
            (Some(path), Some(mark)) => {
                // Whoever reads it sees the old one or the new one, whatever happens meanwhile.
                let beside = path.with_extension("part");
                fs::write(&beside, format!("{mark}\n"))
                    .and_then(|()| fs::rename(&beside, path))
                    .map_err(|error| unusable(path, "written", &error))?;
                trouble::hint(&format!("the same command goes on from {}", path.display()));
                Ok(())
            }
            (Some(path), None) => match fs::remove_file(path) {
                Err(error) if error.kind() != ErrorKind::NotFound => Err(unusable(path, "removed", &error)),
                _ => Ok(()),
            },
        }
    }
}

fn unusable(path: &Path, what: &str, error: &std::io::Error) -> Trouble {
    Trouble::Person {
        problem: format!("--resume-file {} cannot be {what}: {error}", path.display()),
        help: "check the path and its permissions".to_owned(),
        exit: Exit::Failed,
    }
}
