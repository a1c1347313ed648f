use std::error::Error as StdError;
use std::fmt;
use std::path::Path;

/// Why a plan can't be made or used. Nothing was written or sent.
///
/// `Display` is one line, in which ids are [masked](numbers_core::NumberId::masked).
pub struct PlanError(Box<Inner>);

struct Inner {
    kind: PlanErrorKind,
    message: String,
    problems: Vec<Problem>,
    more: u64,
    source: Option<Box<dyn StdError + Send + Sync>>,
}

/// The kinds of a [`PlanError`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum PlanErrorKind {
    /// A file can't be read or written.
    Io,
    /// The file for the plan exists already.
    Exists,
    /// The list has ids that are refused, or no id. [`PlanError::problems`] names each.
    Input,
    /// The file is not a plan.
    NotAPlan,
    /// The plan has a version that this crate does not know.
    UnknownVersion,
    /// The plan was changed after it was made.
    Edited,
    /// The end of the plan is missing.
    Cut,
    /// The plan was made for another vendor.
    OtherVendor,
    /// The plan was made for another account, region or base URL, or it can't be told whether it was.
    OtherAccount,
    /// The plan was made for the same host and account name, with another credential.
    CredentialChanged,
}

/// A line of the list that is refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    line: u64,
    odd: bool,
    reason: Box<str>,
}

impl Problem {
    pub(super) fn new(line: u64, odd: bool, reason: impl Into<String>) -> Self {
        Self {
            line,
            odd,
            reason: reason.into().into(),
        }
    }

    /// The line, counted from 1. For a CSV row of several lines, the first of them.
    pub fn line(&self) -> u64 {
        self.line
    }

    /// Whether [`CreateOptions::with_odd_ids`](super::CreateOptions::with_odd_ids) would accept the id.
    pub fn is_odd(&self) -> bool {
        self.odd
    }

    /// What is wrong, with the id masked.
    pub fn reason(&self) -> &str {
        &self.reason
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}: {}", self.line, self.reason)
    }
}

impl PlanError {
    pub(super) fn new(kind: PlanErrorKind, message: impl Into<String>) -> Self {
        Self(Box::new(Inner {
            kind,
            message: message.into(),
            problems: Vec::new(),
            more: 0,
            source: None,
        }))
    }

    pub(super) fn of_file(kind: PlanErrorKind, path: &Path, what: impl fmt::Display) -> Self {
        Self::new(kind, format!("{}: {what}", path.display()))
    }

    pub(super) fn exists(path: &Path) -> Self {
        Self::of_file(PlanErrorKind::Exists, path, "the file exists already")
    }

    pub(super) fn io(what: impl fmt::Display, error: std::io::Error) -> Self {
        let mut this = Self::new(PlanErrorKind::Io, format!("{what}: {error}"));
        this.0.source = Some(error.into());
        this
    }

    pub(super) fn input(problems: Vec<Problem>, more: u64) -> Self {
        let count = problems.len() as u64 + more;
        let first = problems
            .first()
            .map_or_else(String::new, ToString::to_string);
        let message = match count {
            1 => first,
            _ => format!("{count} lines are refused, the first is {first}"),
        };
        let mut this = Self::new(PlanErrorKind::Input, message);
        this.0.problems = problems;
        this.0.more = more;
        this
    }

    /// What went wrong.
    pub fn kind(&self) -> PlanErrorKind {
        self.0.kind
    }

    /// The lines of the list that are refused, in order. At most 10,000: see [`more`](Self::more).
    pub fn problems(&self) -> &[Problem] {
        &self.0.problems
    }

    /// How many lines are refused beyond those in [`problems`](Self::problems).
    pub fn more(&self) -> u64 {
        self.0.more
    }
}

impl fmt::Display for PlanError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0.message)
    }
}

/// As `Display`, with the kind, so that `main` can return it.
impl fmt::Debug for PlanError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} ({:?})", self.0.message, self.0.kind)
    }
}

impl StdError for PlanError {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        self.0.source.as_ref().map(|source| &**source as _)
    }
}
