use super::document::{Header, LastLine, MAX_LINE, NumberLine, PlanHash, VERSION};
use super::error::{PlanError, PlanErrorKind};
use numbers_core::{Account, NumberId, Releaser, Vendor};
use serde::Deserialize;
use std::fs::File;
use std::io::{BufRead, BufReader, Read};
use std::path::{Path, PathBuf};

/// A plan on the disk. It is complete and was not changed.
#[derive(Debug, Clone)]
pub struct Plan {
    path: PathBuf,
    header: Header,
    hash: PlanHash,
}

/// Whether [`Plan::check`] accepts another credential than the plan was made with, if host and account name are the
/// same.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(clippy::exhaustive_enums)]
pub enum ChangedCredential {
    /// No.
    Refuse,
    /// Yes.
    Accept,
}

/// How the account of a plan matches that of a releaser.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum AccountMatch {
    /// Host, name and credential are the same.
    Same,
    /// Host and name are the same, and the credential differs.
    CredentialChanged,
}

impl Plan {
    /// Reads the whole plan and checks it.
    ///
    /// It blocks the thread while it reads. In a server, call it in `tokio::task::spawn_blocking`.
    ///
    /// # Errors
    ///
    /// The file can't be read, is not a plan, has an unknown version, was edited, or its end is missing.
    pub fn open(path: impl AsRef<Path>) -> Result<Self, PlanError> {
        let path = path.as_ref();
        let mut numbers = Numbers::open(path)?;
        for number in numbers.by_ref() {
            number?;
        }
        let Numbers { header, last, .. } = numbers;
        let hash = last.ok_or_else(|| {
            PlanError::of_file(
                PlanErrorKind::Cut,
                path,
                "the end of the plan is missing: get the whole file, or make a new plan",
            )
        })?;
        Ok(Self {
            path: path.to_owned(),
            header,
            hash,
        })
    }

    /// The first line.
    pub fn header(&self) -> &Header {
        &self.header
    }

    /// The hash that names the plan in a journal.
    pub fn hash(&self) -> PlanHash {
        self.hash
    }

    /// The file.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Reads the numbers from the file. If the file was replaced since it was opened, the last item is an error.
    ///
    /// # Errors
    ///
    /// As [`open`](Self::open).
    pub fn numbers(&self) -> Result<Numbers, PlanError> {
        let mut numbers = Numbers::open(&self.path)?;
        numbers.expected = Some(self.hash);
        Ok(numbers)
    }

    /// Checks that the plan was made for this releaser's vendor and account.
    ///
    /// # Errors
    ///
    /// [`OtherVendor`](PlanErrorKind::OtherVendor), [`OtherAccount`](PlanErrorKind::OtherAccount), and unless it is
    /// accepted [`CredentialChanged`](PlanErrorKind::CredentialChanged). An account without a name is only known by
    /// its credential: another one, or one without a fingerprint, is an `OtherAccount`.
    pub fn check(
        &self,
        releaser: &dyn Releaser,
        changed_credential: ChangedCredential,
    ) -> Result<AccountMatch, PlanError> {
        let refuse = |kind, what: String| Err(PlanError::of_file(kind, &self.path, what));
        let (ours, theirs): (Vendor, Account) = (releaser.vendor(), releaser.account());
        let planned = self.header.account();
        if *self.header.vendor() != ours {
            let vendor = self.header.vendor();
            return refuse(
                PlanErrorKind::OtherVendor,
                format!("the plan was made for {vendor}, not for {ours}"),
            );
        }
        let differs = format!("the plan was made for {planned}, not for {theirs}");
        if (planned.host(), planned.name()) != (theirs.host(), theirs.name()) {
            return refuse(PlanErrorKind::OtherAccount, differs);
        }
        let known = planned.name().is_some() || planned.fingerprint().is_some();
        if known && planned.fingerprint() == theirs.fingerprint() {
            return Ok(AccountMatch::Same);
        }
        if planned.name().is_none() {
            return refuse(
                PlanErrorKind::OtherAccount,
                format!("{differs}; whether it is the same account can't be known"),
            );
        }
        if changed_credential == ChangedCredential::Accept {
            return Ok(AccountMatch::CredentialChanged);
        }
        refuse(PlanErrorKind::CredentialChanged, differs)
    }
}

/// The numbers of a plan in order, read one after the other. See [`Plan::numbers`].
pub struct Numbers {
    path: PathBuf,
    input: BufReader<File>,
    header: Header,
    hash: hmac_sha256::Hash,
    line: Vec<u8>,
    at: u64,
    expected: Option<PlanHash>,
    last: Option<PlanHash>,
    done: bool,
}

impl std::fmt::Debug for Numbers {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Numbers")
            .field("path", &self.path)
            .field("line", &self.at)
            .finish_non_exhaustive()
    }
}

impl Iterator for Numbers {
    type Item = Result<NumberId, PlanError>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.done {
            return None;
        }
        let next = self.read_number().transpose();
        self.done = !matches!(next, Some(Ok(_)));
        next
    }
}

impl Numbers {
    fn open(path: &Path) -> Result<Self, PlanError> {
        let file = File::open(path).map_err(|error| cant_read(path, error))?;
        let mut input = BufReader::with_capacity(256 * 1024, file);
        let mut line = Vec::new();
        read_line(&mut input, &mut line).map_err(|error| cant_read(path, error))?;
        let header = parse_header(path, &line)?;
        let mut hash = hmac_sha256::Hash::new();
        hash.update(&line);
        Ok(Self {
            path: path.to_owned(),
            input,
            header,
            hash,
            line,
            at: 1,
            expected: None,
            last: None,
            done: false,
        })
    }

    fn read_number(&mut self) -> Result<Option<NumberId>, PlanError> {
        read_line(&mut self.input, &mut self.line).map_err(|error| cant_read(&self.path, error))?;
        self.at += 1;
        if self.line.last() != Some(&b'\n') && (self.line.len() as u64) < MAX_LINE {
            return Err(self.refuse(
                PlanErrorKind::Cut,
                "the end of the plan is missing: get the whole file, or make a new plan",
            ));
        }
        match serde_json::from_slice::<NumberLine<'_>>(&self.line) {
            Ok(NumberLine { number }) => {
                self.hash.update(&self.line);
                Ok(Some(NumberId::new(number.as_ref())))
            }
            Err(_) => self.read_end().map(|()| None),
        }
    }

    fn read_end(&mut self) -> Result<(), PlanError> {
        let edited = format!("line {} was edited", self.at);
        let expected: PlanHash = serde_json::from_slice::<LastLine>(&self.line)
            .ok()
            .and_then(|last| last.sha256.parse().ok())
            .ok_or_else(|| self.refuse(PlanErrorKind::Edited, edited))?;
        let found = PlanHash::finish(self.hash);
        let mut behind = [0];
        let more = self
            .input
            .read(&mut behind)
            .map_err(|error| cant_read(&self.path, error))?;
        let count = self.at - 2;
        if found != expected || more > 0 || count != self.header.count() {
            return Err(self.refuse(
                PlanErrorKind::Edited,
                "the plan was edited after it was made: get it as it was, or make a new plan",
            ));
        }
        if self.expected.is_some_and(|expected| expected != found) {
            return Err(self.refuse(PlanErrorKind::Edited, "another plan was put in its place"));
        }
        self.last = Some(found);
        Ok(())
    }

    fn refuse(&self, kind: PlanErrorKind, what: impl std::fmt::Display) -> PlanError {
        PlanError::of_file(kind, &self.path, what)
    }
}

fn parse_header(path: &Path, line: &[u8]) -> Result<Header, PlanError> {
    #[derive(Deserialize)]
    struct Version {
        version: u32,
    }
    let not_a_plan = || PlanError::of_file(PlanErrorKind::NotAPlan, path, "this is not a plan");
    let Version { version } = serde_json::from_slice(line).map_err(|_| not_a_plan())?;
    if version != VERSION {
        return Err(PlanError::of_file(
            PlanErrorKind::UnknownVersion,
            path,
            format!("the plan has version {version}, and only {VERSION} is known"),
        ));
    }
    if line.last() != Some(&b'\n') {
        let what = "the end of the plan is missing: get the whole file, or make a new plan";
        return Err(PlanError::of_file(PlanErrorKind::Cut, path, what));
    }
    let line = serde_json::from_slice(line).map_err(|_| not_a_plan())?;
    Ok(Header(line))
}

/// Reads a line with its end into `line`, at most [`MAX_LINE`] bytes of it.
fn read_line(input: &mut impl BufRead, line: &mut Vec<u8>) -> std::io::Result<usize> {
    line.clear();
    input.take(MAX_LINE).read_until(b'\n', line)
}

fn cant_read(path: &Path, error: std::io::Error) -> PlanError {
    PlanError::io(format!("{} can't be read", path.display()), error)
}
