//! The package of the command.
#![cfg(unix)]
#![allow(clippy::unwrap_used, reason = "a test may panic")]

use std::os::unix::fs::PermissionsExt;
use std::process::Command;

#[test]
fn a_package_has_binary_pages_completions_licences_and_checksum() {
    let folder = tempfile::tempdir().unwrap();
    let binary = folder.path().join("numbers");
    // In place of the command, which takes minutes to build.
    let script = "#!/bin/sh\nif [ \"$1\" = man ]; then echo page > \"$2/numbers.1\"; else echo \"for $2\"; fi\n";
    std::fs::write(&binary, script).unwrap();
    std::fs::set_permissions(&binary, std::fs::Permissions::from_mode(0o755)).unwrap();
    let made = xtask::dist::pack(&binary, "numbers-1", folder.path()).unwrap();
    assert_eq!(
        made,
        ["numbers-1.tar.gz", "numbers-1.tar.gz.sha256"].map(|it| folder.path().join(it))
    );

    let stdout = |program: &str, arguments: &[&str]| {
        let mut command = Command::new(program);
        let output = command
            .args(arguments)
            .current_dir(folder.path())
            .output()
            .unwrap();
        assert!(output.status.success(), "{output:?}");
        String::from_utf8(output.stdout).unwrap()
    };
    let list = stdout("tar", &["-tzf", "numbers-1.tar.gz"]);
    for file in [
        "numbers",
        "man/numbers.1",
        "completions/numbers.bash",
        "completions/_numbers",
        "LICENSE-MIT",
        "LICENSE-APACHE",
        "THIRD-PARTY.txt",
        "cli.md",
    ] {
        let path = format!("numbers-1/{file}");
        assert!(list.lines().any(|line| line == path), "{file}: {list}");
    }
    let crates = stdout(
        "tar",
        &["-xzOf", "numbers-1.tar.gz", "numbers-1/THIRD-PARTY.txt"],
    );
    assert!(crates.contains("clap v4"), "{crates}");
    assert!(!crates.contains("numbers-core"), "{crates}");
    stdout("sha256sum", &["--check", "numbers-1.tar.gz.sha256"]);
}
