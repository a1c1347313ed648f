use super::url::Target;
use super::{AttemptId, Counts, JournalError, JournalErrorKind, JournalUrl, NumberEntry, rows};
use crate::plan::PlanHash;
use numbers_core::{Account, ErrorKind, Vendor};
use std::time::{Duration, SystemTime};

/// The plan of a journal.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct PlanInfo {
    /// The hash that names the plan.
    pub hash: PlanHash,
    /// The vendor.
    pub vendor: Vendor,
    /// The account that holds the numbers.
    pub account: Account,
    /// When the plan was made.
    pub created: SystemTime,
    /// How many numbers it has.
    pub count: u64,
    /// Whether all its numbers are in the journal. Before that, none is claimed.
    pub complete: bool,
}

/// A worker of a journal.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct WorkerInfo {
    /// Its id, unique within the journal.
    pub id: i64,
    /// The name of its machine.
    pub host: String,
    /// The id of its process.
    pub pid: i64,
    /// When it opened the journal.
    pub since: SystemTime,
    /// When it ended, or was found to have died.
    pub ended: Option<SystemTime>,
}

/// The pace of a journal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct PaceInfo {
    /// The time from one claimed number to the next. Zero is no limit.
    pub interval: Duration,
    /// How long until the next number may be claimed.
    pub wait: Duration,
}

/// Something that happened to a number. Events are never changed.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct JournalEvent {
    /// Its id, ascending within the journal.
    pub id: i64,
    /// When it was recorded.
    pub at: SystemTime,
    /// What happened: `intent`, `result`, `late_result`, `orphaned`, `resend` or `not_resent`.
    pub event: String,
    /// The position of the number in the plan.
    pub position: u64,
    /// The attempt.
    pub attempt: AttemptId,
    /// The worker that recorded it; of `orphaned`, the worker that had died.
    pub worker: i64,
    /// The outcome of a result: the name of a disposition, `requeued` or `not_sent`.
    pub outcome: Option<String>,
    /// The kind of the error.
    pub kind: Option<ErrorKind>,
    /// The HTTP status.
    pub status: Option<u16>,
    /// The error's message.
    pub message: Option<String>,
    /// The vendor's id for the request.
    pub request_id: Option<String>,
    /// How long the attempt took.
    pub duration: Option<Duration>,
}

/// Reads a journal, also while workers have it open. It changes nothing, and needs no closing.
#[derive(Debug)]
pub struct JournalReader {
    url: JournalUrl,
    plan: PlanInfo,
    backend: Backend,
}

#[derive(Debug)]
enum Backend {
    #[cfg(feature = "sqlite")]
    Sqlite(super::sqlite::SqliteReader),
    #[cfg(feature = "postgres")]
    Postgres(Box<super::postgres::PostgresReader>),
}

/// Calls a method of whichever backend it is.
macro_rules! forward {
    ($self:ident . $method:ident ( $($argument:expr),* )) => {
        match &$self.backend {
            #[cfg(feature = "sqlite")]
            Backend::Sqlite(reader) => reader.$method($($argument),*).await,
            #[cfg(feature = "postgres")]
            Backend::Postgres(reader) => reader.$method($($argument),*).await,
        }
    };
}

impl JournalReader {
    /// Opens a journal to read it. A database may have several plans: `plan` says which one. With `None`, there must
    /// be only one.
    ///
    /// # Errors
    ///
    /// [`OtherPlan`](JournalErrorKind::OtherPlan) if the plan is not there, or `plan` is `None` and there are several;
    /// the message then lists them.
    pub async fn open(url: &JournalUrl, plan: Option<PlanHash>) -> Result<Self, JournalError> {
        let (backend, plans) = match url.target() {
            #[cfg(feature = "sqlite")]
            Target::Sqlite(path) => {
                let reader = super::sqlite::SqliteReader::open(path).await?;
                let plans = reader.plans().await?;
                (Backend::Sqlite(reader), plans)
            }
            #[cfg(feature = "postgres")]
            Target::Postgres(options) => {
                let reader = super::postgres::PostgresReader::open(options).await?;
                let plans = reader.plans().await?;
                (Backend::Postgres(Box::new(reader)), plans)
            }
        };
        let (id, plan) = choose(plans, plan)?;
        #[cfg(feature = "postgres")]
        let backend = match backend {
            Backend::Postgres(reader) => Backend::Postgres(Box::new(reader.with_plan(id))),
            #[cfg(feature = "sqlite")]
            sqlite @ Backend::Sqlite(_) => sqlite,
        };
        let _ = id;
        Ok(Self {
            url: url.clone(),
            plan,
            backend,
        })
    }

    /// Where the journal is.
    pub fn url(&self) -> &JournalUrl {
        &self.url
    }

    /// The plan.
    pub fn plan(&self) -> &PlanInfo {
        &self.plan
    }

    /// How many numbers are in each state. A number that waits to be sent again counts as unknown, because an earlier
    /// attempt may have released it.
    pub async fn counts(&self) -> Result<Counts, JournalError> {
        forward!(self.counts())
    }

    /// How many numbers wait to be sent: the pending ones, and the unknown ones that wait to be sent again.
    pub async fn to_send(&self) -> Result<u64, JournalError> {
        Ok(forward!(self.to_send())?.cast_unsigned())
    }

    /// Up to `max` numbers in the order of the plan, those after position `after`. One that waits to be sent again is
    /// unknown.
    pub async fn numbers(
        &self,
        after: Option<u64>,
        max: usize,
    ) -> Result<Vec<NumberEntry>, JournalError> {
        forward!(self.numbers(after, max))
    }

    /// Up to `max` events in the order of their ids, those after event `after`. While several workers run, an event
    /// may appear later than one with a higher id.
    pub async fn events(
        &self,
        after: Option<i64>,
        max: usize,
    ) -> Result<Vec<JournalEvent>, JournalError> {
        let rows = forward!(self.events(after.unwrap_or(-1), rows::limit(max)))?;
        rows.into_iter().map(rows::event).collect()
    }

    /// The id of the newest event.
    pub async fn last_event(&self) -> Result<Option<i64>, JournalError> {
        forward!(self.last_event())
    }

    /// All workers, oldest first.
    pub async fn workers(&self) -> Result<Vec<WorkerInfo>, JournalError> {
        let rows = forward!(self.workers())?;
        Ok(rows.into_iter().map(rows::worker).collect())
    }

    /// The pace.
    pub async fn pace(&self) -> Result<PaceInfo, JournalError> {
        let pace = forward!(self.pace())?;
        Ok(PaceInfo {
            interval: Duration::from_micros(pace.interval.try_into().unwrap_or_default()),
            wait: pace.wait(),
        })
    }
}

fn choose(
    plans: Vec<(i64, PlanInfo)>,
    wanted: Option<PlanHash>,
) -> Result<(i64, PlanInfo), JournalError> {
    let listed: Vec<_> = plans
        .iter()
        .map(|(_, plan)| {
            let created = humantime::format_rfc3339_seconds(plan.created);
            format!("{} ({}, {created})", plan.hash, plan.vendor)
        })
        .collect();
    let listed = listed.join(", ");
    let none = plans.is_empty();
    let mut fitting = plans
        .into_iter()
        .filter(|(_, plan)| wanted.is_none_or(|wanted| plan.hash == wanted));
    let message = match (fitting.next(), fitting.next()) {
        (Some(plan), None) => return Ok(plan),
        (Some(_), Some(_)) => format!("the journal has several plans: {listed}"),
        (None, _) if none => "the journal has no plan".to_owned(),
        (None, _) => format!("the journal does not have this plan; it has: {listed}"),
    };
    Err(JournalError::new(JournalErrorKind::OtherPlan, message))
}
