//! Counts instructions, by valgrind.

use crate::case::Case;
use crate::clients::Client;
use crate::load::{self, CALLS, Load};
use crate::server::Server;
use anyhow::{Context, Result, ensure};
use std::process::{Command, Stdio};
use tokio::runtime::Runtime;

/// Whether valgrind is installed.
pub fn valgrind_is_installed() -> bool {
    Command::new("valgrind")
        .arg("--version")
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()
        .is_ok_and(|status| status.success())
}

/// The instructions of one call.
///
/// # Errors
///
/// Where a call fails, or valgrind can't be started.
pub fn per_call(case: Case, server: &Server) -> Result<f64> {
    let program = std::env::current_exe()?;
    let folder = program.parent().context("this program is in no folder")?;
    let load = Load {
        case,
        endpoints: server.endpoints().clone(),
        calls: case.name.scaled(CALLS),
    };
    // By a relative path: the length of the arguments shifts the heap, and with it the count.
    let output = Command::new("valgrind")
        .current_dir(folder)
        .args(["--tool=callgrind", "--callgrind-out-file=/dev/null"])
        .arg("--toggle-collect=*instructions::counted*")
        .args(["./numbers-bench", "calls"])
        .args(load.arguments())
        .output()
        .context("valgrind can't be started")?;
    let stderr = String::from_utf8_lossy(&output.stderr);
    ensure!(
        output.status.success(),
        "{case} failed under valgrind:\n{stderr}"
    );
    let count = collected(&stderr).filter(|count| *count > 0.0);
    let count = count.with_context(|| format!("valgrind did not count:\n{stderr}"))?;
    Ok(count / f64::from(load.calls))
}

/// What runs under valgrind: the calls that are counted, after those that warm up.
///
/// # Errors
///
/// Where a call fails.
pub fn make_calls(load: &Load) -> Result<()> {
    let (runtime, client) = load::warm(load.case, &load.endpoints)?;
    counted(&runtime, &client, load.calls)
}

/// Valgrind counts while this function runs, which it knows by its name.
#[inline(never)]
fn counted(runtime: &Runtime, client: &Client, calls: u32) -> Result<()> {
    runtime.block_on(load::calls(client, calls))
}

/// The count, from the line that callgrind prints at its end.
fn collected(stderr: &str) -> Option<f64> {
    let count = stderr
        .lines()
        .find_map(|line| line.split("Collected :").nth(1))?;
    count.trim().parse().ok()
}

#[cfg(test)]
mod tests {
    use super::collected;

    #[test]
    fn the_count_is_read_from_its_line() {
        let stderr = "==7== Events    : Ir\n==7== Collected : 31411000\n==7== \n";
        assert_eq!(collected(stderr), Some(31_411_000.0));
        assert_eq!(collected("==7== Events    : Ir\n"), None);
    }
}
