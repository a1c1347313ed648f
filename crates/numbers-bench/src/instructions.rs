//! Instructions a call, counted by valgrind.

use crate::clients::Name;
use crate::load::CALLS;
use crate::server::Server;
use anyhow::{Context, Result, ensure};
use std::process::{Command, Stdio};

/// Whether valgrind is installed.
pub fn valgrind_is_installed() -> bool {
    Command::new("valgrind")
        .arg("--version")
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()
        .is_ok_and(|status| status.success())
}

/// The instructions of one call: the difference of two runs that differ in nothing but the number
/// of calls, so that start and end fall away.
///
/// # Errors
///
/// Where a run fails.
pub fn per_call(name: Name, server: &Server) -> Result<f64> {
    let (few, many) = (name.scaled(100), name.scaled(100 + CALLS));
    let more = run(name, server, many)? - run(name, server, few)?;
    Ok(more / f64::from(many - few))
}

fn run(name: Name, server: &Server, calls: u32) -> Result<f64> {
    let program = std::env::current_exe()?;
    let folder = program.parent().context("this program is in no folder")?;
    // Started by the same words wherever it is: their length shifts the heap, and with it the count.
    let output = Command::new("valgrind")
        .current_dir(folder)
        .args(["--tool=callgrind", "--callgrind-out-file=/dev/null"])
        .arg("./numbers-bench")
        .args(["calls", &name.to_string(), server.url(), &calls.to_string()])
        .output()
        .context("valgrind can't be started")?;
    let said = String::from_utf8_lossy(&output.stderr);
    ensure!(
        output.status.success(),
        "{name} failed under valgrind:\n{said}"
    );
    collected(&said).with_context(|| format!("valgrind did not count:\n{said}"))
}

/// The count in what callgrind says at its end.
fn collected(said: &str) -> Option<f64> {
    let count = said
        .lines()
        .find_map(|line| line.split("Collected :").nth(1))?;
    count.trim().parse().ok()
}

#[cfg(test)]
mod tests {
    use super::collected;

    #[test]
    fn the_count_is_read_from_the_line_that_has_it() {
        let said = "==7== Events    : Ir\n==7== Collected : 31411000\n==7== \n";
        assert_eq!(collected(said), Some(31_411_000.0));
        assert_eq!(collected("==7== Events    : Ir\n"), None);
    }
}
