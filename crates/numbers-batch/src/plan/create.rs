use super::error::{PlanError, PlanErrorKind, Problem};
use super::input::{Found, InputFormat, read};
use super::odd::odd_id_reason;
use super::read::Plan;
use super::write::Writer;
use numbers_core::{NumberId, Releaser};
use std::collections::HashSet;
use std::hash::{BuildHasher, RandomState};
use std::io::Read;
use std::path::Path;

/// How many refused lines are kept for the message.
const MAX_PROBLEMS: usize = 10_000;

/// How a list of ids becomes a plan.
#[derive(Debug, Clone)]
pub struct CreateOptions {
    format: InputFormat,
    allow_odd_ids: bool,
    id_example: String,
}

impl CreateOptions {
    /// A list in this format. [Odd ids](Self::with_odd_ids) are refused.
    pub fn new(format: InputFormat) -> Self {
        Self {
            format,
            allow_odd_ids: false,
            id_example: String::new(),
        }
    }

    /// Accepts odd ids that the vendor's client would send: those with white space, a separator, a quotation mark, `#`
    /// or `+`, those without a digit, and those that begin with `-`.
    #[must_use]
    pub fn with_odd_ids(mut self, allow: bool) -> Self {
        self.allow_odd_ids = allow;
        self
    }

    /// Sets an example of an id, such as [`Endpoint::id_example`](numbers_core::Endpoint::id_example).
    /// A `+` is odd unless the example is a phone number.
    #[must_use]
    pub fn with_id_example(mut self, example: impl Into<String>) -> Self {
        self.id_example = example.into();
        self
    }
}

/// A plan that [`create`] made.
#[derive(Debug, Clone)]
pub struct Created {
    plan: Plan,
    repeats: u64,
}

impl Created {
    /// The plan, read from the file that was written.
    pub fn plan(&self) -> &Plan {
        &self.plan
    }

    /// How many lines repeat an earlier id. Each id is in the plan once.
    pub fn repeats(&self) -> u64 {
        self.repeats
    }

    /// The plan, by value.
    pub fn into_plan(self) -> Plan {
        self.plan
    }
}

/// Makes a plan from a list of ids, for the vendor and account of `releaser`, and writes it to `path`.
///
/// [`Releaser::preview`] checks each id. The file appears at `path` complete or not at all, and never replaces another:
/// the journal of a plan is of no use without that plan.
///
/// It blocks the thread while it reads and writes. In a server, call it in `tokio::task::spawn_blocking`.
///
/// # Errors
///
/// [`Exists`](PlanErrorKind::Exists), [`Input`](PlanErrorKind::Input) with every line that is refused, and
/// [`Io`](PlanErrorKind::Io).
pub fn create(
    input: impl Read,
    options: &CreateOptions,
    releaser: &dyn Releaser,
    path: impl AsRef<Path>,
) -> Result<Created, PlanError> {
    let path = path.as_ref();
    if path.symlink_metadata().is_ok() {
        return Err(PlanError::exists(path));
    }
    let mut writer = Writer::new(path)?;
    let mut seen = Seen::default();
    let mut problems = Vec::new();
    let mut more = 0;
    let mut repeats = 0;
    read(input, &options.format, |Found { line, id }| {
        let checked = match id {
            Ok(id) => check(line, id, options, releaser),
            Err(reason) => Err(Problem::new(line, false, reason)),
        };
        match checked {
            Ok(id) if !seen.insert(&id) => repeats += 1,
            Ok(id) if problems.is_empty() => writer.push(&id)?,
            Ok(_) => {}
            Err(problem) if problems.len() < MAX_PROBLEMS => problems.push(problem),
            Err(_) => more += 1,
        }
        Ok(())
    })?;
    if !problems.is_empty() {
        return Err(PlanError::input(problems, more));
    }
    if writer.count() == 0 {
        return Err(PlanError::new(
            PlanErrorKind::Input,
            "the list has no id in it",
        ));
    }
    writer.finish(releaser.vendor(), releaser.account())?;
    let plan = Plan::open(path)?;
    Ok(Created { plan, repeats })
}

fn check(
    line: u64,
    id: String,
    options: &CreateOptions,
    releaser: &dyn Releaser,
) -> Result<String, Problem> {
    let number = NumberId::new(id.as_str());
    if let Err(error) = releaser.preview(&number) {
        let reason = error
            .detail()
            .map_or_else(|| error.to_string(), ToOwned::to_owned);
        return Err(Problem::new(line, false, reason));
    }
    match odd_id_reason(&id, &options.id_example) {
        Some(why) if !options.allow_odd_ids => {
            let reason = format!("{} {why}", number.masked());
            Err(Problem::new(line, true, reason))
        }
        _ => Ok(id),
    }
}

/// The ids that came before, by 128 bits of a hash each, so that a million take 35 MB.
#[derive(Default)]
struct Seen {
    hashes: HashSet<u128>,
    keys: (RandomState, RandomState),
}

impl Seen {
    fn insert(&mut self, id: &str) -> bool {
        let high = u128::from(self.keys.0.hash_one(id));
        let low = u128::from(self.keys.1.hash_one(id));
        self.hashes.insert(high << 64 | low)
    }
}
