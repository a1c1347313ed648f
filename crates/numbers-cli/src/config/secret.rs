//! Reads a value from the place that the configuration file names. No error repeats a value.

use super::Source;
use crate::output::plain;
use std::ffi::OsString;
use std::fs::File;
use std::io::{self, Read};
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::mpsc;
use std::thread;
use std::time::{Duration, Instant};

/// The most bytes that a value can have.
const MAX_BYTES: usize = 64 * 1024;

/// How often a command that has closed its output is asked whether it ended.
const POLL: Duration = Duration::from_millis(10);

impl Source {
    /// Reads the value. An `Err` begins with the place.
    pub(crate) fn read(&self) -> Result<OsString, String> {
        let bytes = match self {
            Self::Text(text) => return Ok(text.into()),
            Self::Env(name) => {
                return std::env::var_os(name)
                    .filter(|value| !value.is_empty())
                    .ok_or_else(|| format!("{name} is not set"));
            }
            Self::File(path) => private_file(path),
            Self::Command {
                program,
                arguments,
                timeout,
            } => output_of(program, arguments, *timeout),
            Self::Keyring(name) => keyring(name),
        }
        .map_err(|why| format!("{self} {why}"))?;
        if bytes.len() > MAX_BYTES {
            return Err(format!("{self} is longer than {MAX_BYTES} bytes"));
        }
        let text = String::from_utf8(bytes).map_err(|_| format!("{self} is not UTF-8"))?;
        // Editors and commands end the last line.
        let line = text.strip_suffix('\n').unwrap_or(&text);
        let line = line.strip_suffix('\r').unwrap_or(line);
        match line {
            "" => Err(format!("{self} has nothing in it")),
            _ => Ok(line.into()),
        }
    }
}

/// The bytes of a file that only its owner can read.
fn private_file(path: &Path) -> Result<Vec<u8>, String> {
    let unreadable = |error| format!("can't be read: {}", plain(&error));
    // A pipe would block before its kind is known.
    if !std::fs::metadata(path).map_err(unreadable)?.is_file() {
        return Err("is not a regular file".to_owned());
    }
    let file = File::open(path).map_err(unreadable)?;
    only_the_owner_reads(&file)?;
    read(file).map_err(unreadable)
}

/// Reads up to one byte more than a value can have.
fn read(from: impl Read) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    from.take(MAX_BYTES as u64 + 1).read_to_end(&mut bytes)?;
    Ok(bytes)
}

#[cfg(unix)]
fn only_the_owner_reads(file: &File) -> Result<(), String> {
    use std::os::unix::fs::MetadataExt;

    let mode = file
        .metadata()
        .map_err(|error| format!("can't be read: {}", plain(&error)))?
        .mode();
    match mode & 0o077 {
        0 => Ok(()),
        _ => Err(format!(
            "is open to others (mode {:03o}); make it private: chmod 600",
            mode & 0o777
        )),
    }
}

#[cfg(not(unix))]
fn only_the_owner_reads(_: &File) -> Result<(), String> {
    Err("is refused: on this system it can't be checked who can read it".to_owned())
}

/// What a command prints. It is not run by a shell; its stderr is shown.
fn output_of(program: &str, arguments: &[String], timeout: Duration) -> Result<Vec<u8>, String> {
    let deadline = Instant::now().checked_add(timeout);
    let left = || deadline.map_or(timeout, |end| end.saturating_duration_since(Instant::now()));
    let mut child = Command::new(program)
        .args(arguments)
        // Standard input may hold the ids.
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .spawn()
        .map_err(|error| format!("can't be started: {}", plain(&error)))?;
    let stdout = child.stdout.take();
    let (send, received) = mpsc::channel();
    thread::spawn(move || {
        // Fails if the time is up.
        let _ = send.send(stdout.map(read));
    });
    let output = received.recv_timeout(left());
    loop {
        match child.try_wait() {
            Ok(Some(status)) if status.success() => break,
            Ok(Some(status)) => return Err(format!("failed: {status}")),
            Ok(None) if output.is_ok() && !left().is_zero() => thread::sleep(POLL.min(left())),
            Ok(None) | Err(_) => {
                // It may have ended meanwhile.
                let _ = child.kill();
                let _ = child.wait();
                return Err(format!(
                    "did not end within {}",
                    humantime::format_duration(timeout)
                ));
            }
        }
    }
    match output {
        Ok(Some(Ok(bytes))) => Ok(bytes),
        _ => Err("left its output open".to_owned()),
    }
}

#[cfg(feature = "keyring")]
fn keyring(name: &str) -> Result<Vec<u8>, String> {
    let entry = keyring::Entry::new("numbers", name).and_then(|entry| entry.get_password());
    entry.map(String::into_bytes).map_err(|error| match error {
        keyring::Error::NoEntry => format!("is not there: service numbers, user {name}"),
        keyring::Error::NoDefaultStore => "can't be read: no keyring is running".to_owned(),
        other => format!("can't be read: {other}"),
    })
}

#[cfg(not(feature = "keyring"))]
fn keyring(_: &str) -> Result<Vec<u8>, String> {
    Err("can't be read: this build has no keyring (feature `keyring`)".to_owned())
}
