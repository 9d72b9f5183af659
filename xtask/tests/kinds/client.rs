//! Clients generated from the base document and from edited ones.

use std::collections::BTreeMap;
use std::path::Path;
use std::process::{Command, Output};

/// Runs the real program.
pub(crate) fn xtask(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_xtask")).args(arguments).current_dir(env!("CARGO_MANIFEST_DIR")).output().unwrap()
}

/// Generates a package from a document and returns its code, file by file, without the comments.
pub(crate) fn generate(folder: &Path, name: &str, document: &str) -> Result<BTreeMap<String, String>, String> {
    std::fs::create_dir_all(folder).unwrap();
    let spec = folder.join("spec.yaml");
    std::fs::write(&spec, document).unwrap();
    let arguments = ["codegen", "--spec", spec.to_str().unwrap(), "--crate", name, "--out", folder.to_str().unwrap()];
    let output = xtask(&arguments);
    if !output.status.success() {
        return Err(format!("{name}: nothing is generated: {}", String::from_utf8_lossy(&output.stderr)));
    }
    let mut code = BTreeMap::new();
    read(&folder.join("src"), "", &mut code);
    code.insert("Cargo.toml".to_owned(), uncommented(&folder.join("Cargo.toml")).replace(name, "NAME"));
    Ok(code)
}

fn read(folder: &Path, shown: &str, into: &mut BTreeMap<String, String>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = format!("{shown}/{}", path.file_name().unwrap().to_str().unwrap());
        if path.is_dir() {
            read(&path, &name, into);
        } else {
            into.insert(name, uncommented(&path));
        }
    }
}

fn uncommented(path: &Path) -> String {
    let text = std::fs::read_to_string(path).unwrap();
    let lines = text.lines().filter(|line| !line.trim_start().starts_with("//") && !line.starts_with('#'));
    lines.map(|line| format!("{line}\n")).collect()
}
