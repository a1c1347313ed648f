//! What several tests need.

use std::fs;
use std::path::{Path, PathBuf};
use xtask::{codegen, workspace};

/// A folder with the contracts and all that is generated from them, and nothing else.
pub(crate) fn copy() -> tempfile::TempDir {
    let copy = tempfile::tempdir().unwrap();
    let contracts = codegen::contracts(workspace::root()).unwrap();
    let mut paths: Vec<PathBuf> = codegen::generate(workspace::root(), &contracts)
        .unwrap()
        .into_iter()
        .map(|file| file.path)
        .collect();
    paths.extend(contracts.iter().map(|contract| {
        Path::new("crates")
            .join(&contract.krate)
            .join(xtask::contract::FILE)
    }));
    for path in paths {
        let to = copy.path().join(&path);
        fs::create_dir_all(to.parent().unwrap()).unwrap();
        fs::copy(workspace::root().join(&path), to).unwrap();
    }
    copy
}
