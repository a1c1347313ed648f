use std::ffi::OsStr;
use std::process::Command;

const MARKER: &str = "NUMBERS_TESTKIT_CHILD";

/// Runs the calling test again in a child process with these environment variables, since the environment
/// belongs to the whole process. `test` is the name of the calling test. Returns true in the child, which
/// goes on with the test, and false in the parent, after the child has succeeded.
pub fn in_a_child<V: AsRef<OsStr>>(test: &str, variables: &[(&str, V)]) -> bool {
    if std::env::var_os(MARKER).is_some() {
        return true;
    }
    let output = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", test, "--nocapture"])
        .env(MARKER, "1")
        .envs(variables.iter().map(|(name, value)| (name, value)))
        .output()
        .unwrap();
    let text = String::from_utf8_lossy(&output.stdout);
    let ran = output.status.success() && text.contains("1 passed");
    assert!(ran, "{text}{}", String::from_utf8_lossy(&output.stderr));
    false
}
