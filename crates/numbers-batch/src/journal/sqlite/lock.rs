//! The file beside the journal: who holds it, and how many attempts were begun.

use crate::journal::{JournalError, JournalErrorKind, host};
use fs4::FileExt;
use serde::{Deserialize, Serialize};
use std::fs::{File, OpenOptions};
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::time::SystemTime;

/// A lock of the operating system, which ends with the process.
pub(super) struct LockFile {
    file: File,
    path: PathBuf,
    /// The last attempt that is known to be durable.
    pub(super) last_attempt: i64,
}

#[derive(Serialize, Deserialize)]
struct Holder {
    host: String,
    pid: i64,
    since: String,
}

/// The path of the lock of a journal.
pub(super) fn path_of(journal: &Path) -> PathBuf {
    let mut path = journal.as_os_str().to_owned();
    path.push("-lock");
    path.into()
}

/// The first line has the last attempt in so many digits. It is written over in place.
const DIGITS: usize = 19;

impl LockFile {
    pub(super) fn acquire(journal: &Path) -> Result<Self, JournalError> {
        let path = path_of(journal);
        let cant = |error: io::Error| {
            let message = format!("{} can't be written: {error}", path.display());
            JournalError::new(JournalErrorKind::Unavailable, message).with_source(error)
        };
        let mut file = OpenOptions::new()
            .read(true)
            .write(true)
            .create(true)
            .truncate(false)
            .open(&path)
            .map_err(cant)?;
        if let Err(error) = FileExt::try_lock(&file) {
            return Err(match error {
                fs4::TryLockError::WouldBlock => held(journal, &mut file),
                fs4::TryLockError::Error(error) => cant(error),
            });
        }
        let last_attempt = read(&mut file).map_err(cant)?.0;
        let holder = Holder {
            host: host::name(),
            pid: host::pid(),
            since: humantime::format_rfc3339_seconds(SystemTime::now()).to_string(),
        };
        let text = serde_json::to_string(&holder).map_err(|error| cant(error.into()))?;
        let text = format!("{last_attempt:0DIGITS$}\n{text}\n");
        file.rewind().map_err(cant)?;
        file.write_all(text.as_bytes()).map_err(cant)?;
        file.set_len(text.len() as u64).map_err(cant)?;
        Ok(Self {
            file,
            path,
            last_attempt,
        })
    }

    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    /// Notes the last attempt whose intent is durable. It is not synced: after a power cut it may name an
    /// earlier one, never a later one.
    pub(super) fn note(&mut self, attempt: i64) {
        self.last_attempt = attempt;
        let noted = self.file.seek(SeekFrom::Start(0)).and_then(|_| {
            self.file
                .write_all(format!("{attempt:0DIGITS$}").as_bytes())
        });
        if let Err(error) = noted {
            tracing::warn!(%error, "the lock file of the journal can't be written");
        }
    }

    pub(super) fn release(self) {
        // The lock ends with the file; an error here changes nothing.
        let _ = FileExt::unlock(&self.file);
    }
}

fn held(journal: &Path, file: &mut File) -> JournalError {
    let holder = match read(file) {
        Ok((_, Some(Holder { host, pid, since }))) => {
            format!("process {pid} on {host} since {since}")
        }
        _ => "another process".to_owned(),
    };
    JournalError::new(
        JournalErrorKind::Held,
        format!("{} is held by {holder}", journal.display()),
    )
}

fn read(file: &mut File) -> io::Result<(i64, Option<Holder>)> {
    let mut text = String::new();
    file.rewind()?;
    file.take(4096).read_to_string(&mut text)?;
    let (attempt, holder) = text.split_once('\n').unwrap_or((&text, ""));
    let attempt = attempt.parse().unwrap_or_default();
    Ok((attempt, serde_json::from_str(holder).ok()))
}
