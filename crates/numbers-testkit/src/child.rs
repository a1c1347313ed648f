use std::process::Command;

const MARK: &str = "NUMBERS_TESTKIT_CHILD";

/// Runs this test once more, in a process of its own with these variables, since the environment
/// belongs to the whole process. True in the child, which does the test; false in the parent, once
/// the child has succeeded. `test` is the name of the test that asks.
pub fn in_a_child(test: &str, variables: &[(&str, &str)]) -> bool {
    if std::env::var_os(MARK).is_some() {
        return true;
    }
    let output = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", test, "--nocapture"])
        .env(MARK, "1")
        .envs(variables.iter().copied())
        .output()
        .unwrap();
    let text = String::from_utf8_lossy(&output.stdout);
    let ran = output.status.success() && text.contains("1 passed");
    assert!(ran, "{text}{}", String::from_utf8_lossy(&output.stderr));
    false
}
