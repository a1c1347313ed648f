use super::document::{Header, LastLine, MAX_LINE, NumberLine, PlanHash};
use super::error::PlanError;
use numbers_core::{Account, Vendor};
use std::fs::OpenOptions;
use std::io::{self, BufWriter, Seek, Write};
use std::path::{Path, PathBuf};
use tempfile::NamedTempFile;

/// Writes a plan to a scratch file beside its path, and renames it when it is complete and synced.
///
/// The header has the count, so the numbers go to another scratch file until all are known.
pub(super) struct Writer {
    path: PathBuf,
    numbers: BufWriter<NamedTempFile>,
    count: u64,
}

impl Writer {
    pub(super) fn new(path: &Path) -> Result<Self, PlanError> {
        Ok(Self {
            path: path.to_owned(),
            numbers: BufWriter::new(scratch(path)?),
            count: 0,
        })
    }

    pub(super) fn push(&mut self, number: &str) -> Result<(), PlanError> {
        self.count += 1;
        let line = NumberLine {
            number: number.into(),
        };
        write_line(&mut self.numbers, &line).map_err(|error| cant_write(&self.path, error))
    }

    pub(super) fn count(&self) -> u64 {
        self.count
    }

    pub(super) fn finish(self, vendor: Vendor, account: Account) -> Result<(), PlanError> {
        let path = self.path.clone();
        let header = Header::new(vendor, account, self.count);
        let plan = self
            .compose(&header)
            .map_err(|error| cant_write(&path, error))?;
        plan.as_file()
            .sync_all()
            .map_err(|error| cant_write(&path, error))?;
        plan.persist_noclobber(&path)
            .map_err(|error| match error.error.kind() {
                io::ErrorKind::AlreadyExists => PlanError::exists(&path),
                _ => cant_write(&path, error.error),
            })?;
        sync_directory(&path).map_err(|error| cant_write(&path, error))
    }

    fn compose(self, header: &Header) -> io::Result<NamedTempFile> {
        let mut numbers = self.numbers.into_inner()?;
        numbers.rewind()?;
        let mut plan = BufWriter::new(Hashing {
            file: scratch_in(&self.path)?,
            hash: hmac_sha256::Hash::new(),
        });
        write_line(&mut plan, &header.0)?;
        io::copy(&mut numbers, &mut plan)?;
        let Hashing { mut file, hash } = plan.into_inner()?;
        let last = LastLine {
            sha256: PlanHash::finish(hash).to_string(),
        };
        write_line(&mut file, &last)?;
        Ok(file)
    }
}

struct Hashing {
    file: NamedTempFile,
    hash: hmac_sha256::Hash,
}

impl Write for Hashing {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.file.write_all(bytes)?;
        self.hash.update(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}

fn write_line(to: &mut impl Write, line: &impl serde::Serialize) -> io::Result<()> {
    let mut text = serde_json::to_vec(line)?;
    text.push(b'\n');
    if text.len() as u64 > MAX_LINE {
        return Err(io::Error::new(
            io::ErrorKind::InvalidInput,
            "a line would be too long",
        ));
    }
    to.write_all(&text)
}

fn scratch(path: &Path) -> Result<NamedTempFile, PlanError> {
    scratch_in(path).map_err(|error| cant_write(path, error))
}

/// A scratch file in the directory of the plan, so that it can be renamed, with the rights of any new file. Its errors
/// do not show its name.
fn scratch_in(path: &Path) -> io::Result<NamedTempFile> {
    tempfile::Builder::new()
        .prefix(".numbers-plan-")
        .make_in(directory(path), |scratch| {
            let mut options = OpenOptions::new();
            options
                .read(true)
                .write(true)
                .create_new(true)
                .open(scratch)
        })
}

fn directory(path: &Path) -> &Path {
    match path.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent,
        _ => Path::new("."),
    }
}

/// Makes the rename durable. Only on Unix can a directory be opened for that.
fn sync_directory(path: &Path) -> io::Result<()> {
    if cfg!(unix) {
        std::fs::File::open(directory(path))?.sync_all()?;
    }
    Ok(())
}

fn cant_write(path: &Path, error: io::Error) -> PlanError {
    PlanError::io(format!("{} can't be written", path.display()), error)
}
