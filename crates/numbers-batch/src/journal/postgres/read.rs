use super::link::{Link, journal_error, within};
use super::open::{check_version, prepare, version};
use super::worker::pace_of;
use crate::journal::boxed::boxed;
use crate::journal::delta::CountsRow;
use crate::journal::pace::Pace;
use crate::journal::reader::PlanInfo;
use crate::journal::rows::{self, EventRow, NumberRow, PlanRow, WorkerRow};
use crate::journal::{Counts, JournalError, JournalErrorKind, NumberEntry};
use sqlx::postgres::PgConnectOptions;

const CANT_READ: &str = "the journal can't be read";

/// Runs one query in a transaction of its own.
macro_rules! query {
    ($link:expr, $fetch:ident, $query:expr) => {{
        let read = boxed(async {
            let mut transaction = $link.begin().await?;
            let found = within($query.$fetch(transaction.connection())).await?;
            transaction.commit().await?;
            Ok(found)
        });
        read.await.map_err(journal_error(CANT_READ))
    }};
}

pub(super) async fn counts(link: &Link, plan: i64) -> Result<Counts, JournalError> {
    let query = sqlx::query_as(
        "SELECT pending, in_flight, released, accepted, absent, failed, unknown \
         FROM numbers_batch.counts WHERE plan = $1",
    );
    let row: CountsRow = query!(link, fetch_one, query.bind(plan))?;
    Ok(Counts::from_row(row))
}

pub(super) async fn numbers(
    link: &Link,
    plan: i64,
    after: Option<u64>,
    max: usize,
) -> Result<Vec<NumberEntry>, JournalError> {
    numbers_with(link, plan, "state", after, max).await
}

/// `state` is the expression for the state.
async fn numbers_with(
    link: &Link,
    plan: i64,
    state: &str,
    after: Option<u64>,
    max: usize,
) -> Result<Vec<NumberEntry>, JournalError> {
    let query = format!(
        "SELECT position, id, {state}, kind, status, message, request_id, attempts, \
         (extract(epoch FROM started) * 1000)::bigint, (extract(epoch FROM settled) * 1000)::bigint \
         FROM numbers_batch.number WHERE plan = $1 AND position > $2 ORDER BY position LIMIT $3"
    );
    let query = sqlx::query_as(&query)
        .bind(plan)
        .bind(rows::behind(after))
        .bind(rows::limit(max));
    let found: Vec<NumberRow> = query!(link, fetch_all, query)?;
    found.into_iter().map(NumberEntry::from_row).collect()
}

/// Reads the journal of a plan, also while workers run.
#[derive(Debug)]
pub(in crate::journal) struct PostgresReader {
    link: Link,
    plan: i64,
}

impl PostgresReader {
    pub(in crate::journal) async fn open(target: &PgConnectOptions) -> Result<Self, JournalError> {
        let link = Link::new(&prepare(target));
        let found = boxed(async {
            let mut transaction = link.begin().await?;
            let version = within(version(transaction.connection())).await?;
            transaction.commit().await?;
            Ok(version)
        });
        let cant_reach = "the journal's database can't be reached";
        match found.await.map_err(journal_error(cant_reach))? {
            Some(version) => check_version(version)?,
            None => {
                let message = "the database has no journal";
                return Err(JournalError::new(JournalErrorKind::Unavailable, message));
            }
        }
        Ok(Self { link, plan: 0 })
    }

    pub(in crate::journal) fn with_plan(self, plan: i64) -> Self {
        Self { plan, ..self }
    }

    pub(in crate::journal) async fn plans(&self) -> Result<Vec<(i64, PlanInfo)>, JournalError> {
        let query = sqlx::query_as(
            "SELECT hash, vendor, host, account, fingerprint, (extract(epoch FROM created) * 1000)::bigint, \
             count, complete::int::bigint FROM numbers_batch.plan ORDER BY id",
        );
        let plans: Vec<PlanRow> = query!(self.link, fetch_all, query)?;
        let query = sqlx::query_scalar("SELECT id FROM numbers_batch.plan ORDER BY id");
        let ids: Vec<i64> = query!(self.link, fetch_all, query)?;
        let plans = plans.into_iter().map(rows::plan);
        ids.into_iter()
            .zip(plans)
            .map(|(id, plan)| Ok((id, plan?)))
            .collect()
    }

    pub(in crate::journal) async fn counts(&self) -> Result<Counts, JournalError> {
        let query = sqlx::query_as(
            "SELECT pending - resend, in_flight, released, accepted, absent, failed, unknown + resend \
             FROM numbers_batch.counts, (SELECT count(*) AS resend FROM numbers_batch.number \
             WHERE plan = $1 AND state = 'pending' AND may_have_released IS NOT NULL) AS waiting WHERE plan = $1",
        )
        .bind(self.plan);
        let row: CountsRow = query!(self.link, fetch_one, query)?;
        Ok(Counts::from_row(row))
    }

    pub(in crate::journal) async fn to_send(&self) -> Result<i64, JournalError> {
        let query = sqlx::query_scalar("SELECT pending FROM numbers_batch.counts WHERE plan = $1")
            .bind(self.plan);
        query!(self.link, fetch_one, query)
    }

    pub(in crate::journal) async fn numbers(
        &self,
        after: Option<u64>,
        max: usize,
    ) -> Result<Vec<NumberEntry>, JournalError> {
        let state = "CASE WHEN state = 'pending' AND may_have_released IS NOT NULL \
            THEN 'unknown' ELSE state END";
        numbers_with(&self.link, self.plan, state, after, max).await
    }

    pub(in crate::journal) async fn events(
        &self,
        after: i64,
        limit: i64,
    ) -> Result<Vec<EventRow>, JournalError> {
        let query = sqlx::query_as(
            "SELECT id, (extract(epoch FROM at) * 1000)::bigint, event, position, attempt, worker, outcome, \
             kind, status, message, request_id, duration_us \
             FROM numbers_batch.event WHERE plan = $1 AND id > $2 ORDER BY id LIMIT $3",
        )
        .bind(self.plan)
        .bind(after)
        .bind(limit);
        query!(self.link, fetch_all, query)
    }

    pub(in crate::journal) async fn last_event(&self) -> Result<Option<i64>, JournalError> {
        let query = sqlx::query_scalar("SELECT max(id) FROM numbers_batch.event WHERE plan = $1")
            .bind(self.plan);
        query!(self.link, fetch_one, query)
    }

    pub(in crate::journal) async fn workers(&self) -> Result<Vec<WorkerRow>, JournalError> {
        let query = sqlx::query_as(
            "SELECT id, host, pid, (extract(epoch FROM since) * 1000)::bigint, \
             (extract(epoch FROM gone) * 1000)::bigint \
             FROM numbers_batch.worker WHERE plan = $1 ORDER BY id",
        )
        .bind(self.plan);
        query!(self.link, fetch_all, query)
    }

    pub(in crate::journal) async fn pace(&self) -> Result<Pace, JournalError> {
        let read = boxed(async {
            let mut transaction = self.link.begin().await?;
            let pace = within(pace_of(transaction.connection(), self.plan)).await?;
            transaction.commit().await?;
            Ok(pace)
        });
        read.await.map_err(journal_error(CANT_READ))
    }
}
