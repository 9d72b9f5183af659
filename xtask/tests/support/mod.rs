//! Copies of the workspace, to try things in.

use std::path::{Path, PathBuf};

/// The workspace.
pub(crate) fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().to_path_buf()
}

/// Every file of the workspace that is no product of a build.
pub(crate) fn files(folder: &Path, below: &str, into: &mut Vec<String>) {
    for entry in std::fs::read_dir(folder.join(below)).unwrap() {
        let entry = entry.unwrap();
        let name = entry.file_name().into_string().unwrap();
        let path = if below.is_empty() { name.clone() } else { format!("{below}/{name}") };
        if name == ".git" {
            continue;
        }
        if entry.file_type().unwrap().is_dir() {
            // A build may have been told to go to another folder than `target`.
            if name != "target" && !entry.path().join("CACHEDIR.TAG").exists() {
                files(folder, &path, into);
            }
        } else {
            into.push(path);
        }
    }
}

/// Makes a folder hold a copy of the workspace. What is the same keeps its time stamp, and with it its build.
pub(crate) fn copy_to(copy: &Path) {
    let mut wanted = Vec::new();
    files(&root(), "", &mut wanted);
    for path in &wanted {
        let (from, to) = (root().join(path), copy.join(path));
        let bytes = std::fs::read(&from).unwrap();
        if std::fs::read(&to).is_ok_and(|found| found == bytes) {
            continue;
        }
        std::fs::create_dir_all(to.parent().unwrap()).unwrap();
        std::fs::write(&to, bytes).unwrap();
    }
    let mut found = Vec::new();
    files(copy, "", &mut found);
    for path in found.iter().filter(|path| !wanted.contains(path)) {
        let path = copy.join(path);
        std::fs::remove_file(&path).unwrap();
        // Folders go with their last file.
        for folder in path.ancestors().skip(1) {
            if std::fs::remove_dir(folder).is_err() {
                break;
            }
        }
    }
}
