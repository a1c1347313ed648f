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
            .join(workspace::CONTRACT)
    }));
    // What is written by hand, so that nothing is generated in its place.
    for contract in &contracts {
        let folder = Path::new("crates").join(&contract.krate).join("src");
        let by_hand = ["id.rs", "response.rs"].map(|name| folder.join(name));
        paths.extend(
            by_hand
                .into_iter()
                .filter(|path| workspace::root().join(path).exists()),
        );
    }
    for path in paths {
        let to = copy.path().join(&path);
        fs::create_dir_all(to.parent().unwrap()).unwrap();
        fs::copy(workspace::root().join(&path), to).unwrap();
    }
    copy
}
