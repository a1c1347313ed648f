//! Changes of many numbers at once.

use super::PostgresJournal;
use super::link::{Transaction, journal_error, within};
use super::record::{lower_first_pending, shift};
use super::resend::{is_alone, stop_resend};
use crate::journal::boxed::boxed;
use crate::journal::delta::Delta;
use crate::journal::pace::micros;
use crate::journal::{JournalError, State, rows};
use numbers_core::Disposition;
use sqlx::postgres::PgConnection;
use std::time::Duration;

const CANT_WRITE: &str = "the journal can't be written";

/// Makes the claims of workers whose lease ran out unknown. Their rows are locked: a worker that renews its lease
/// meanwhile waits, and then learns that it lost it.
pub(super) async fn mark_orphans_unknown(journal: &PostgresJournal) -> Result<u64, JournalError> {
    let given_up = boxed(async {
        let mut transaction = journal.rest.begin().await?;
        let count = within(async {
            let gone: Vec<i64> = sqlx::query_scalar(
                "UPDATE numbers_batch.worker SET gone = clock_timestamp() WHERE id IN ( \
                   SELECT id FROM numbers_batch.worker WHERE plan = $1 AND id <> $2 AND gone IS NULL \
                   AND expires < clock_timestamp() ORDER BY id FOR NO KEY UPDATE SKIP LOCKED \
                 ) RETURNING id",
            )
            .bind(journal.plan)
            .bind(journal.worker())
            .fetch_all(transaction.connection())
            .await?;
            orphan(transaction.connection(), journal, &gone).await
        })
        .await?;
        transaction.commit().await?;
        Ok(count)
    });
    given_up.await.map_err(journal_error(CANT_WRITE))
}

/// Ends this worker.
pub(super) async fn end(journal: &PostgresJournal) -> Result<(), JournalError> {
    let ended = boxed(async {
        let mut transaction = journal.rest.begin().await?;
        within(async {
            let alone = is_alone(transaction.connection(), journal.plan, journal.worker()).await?;
            sqlx::query(
                "UPDATE numbers_batch.worker SET gone = clock_timestamp() WHERE id = $1 AND gone IS NULL",
            )
            .bind(journal.worker())
            .execute(transaction.connection())
            .await?;
            orphan(transaction.connection(), journal, &[journal.worker()]).await?;
            match alone {
                true => stop_resend(transaction.connection(), journal.plan, journal.worker()).await,
                false => Ok(0),
            }
        })
        .await?;
        transaction.commit().await
    });
    ended.await.map_err(journal_error(CANT_WRITE))
}

/// Makes the claims of these workers unknown.
async fn orphan(
    connection: &mut PgConnection,
    journal: &PostgresJournal,
    workers: &[i64],
) -> Result<u64, sqlx::Error> {
    if workers.is_empty() {
        return Ok(0);
    }
    let orphaned = sqlx::query(
        "WITH orphan AS ( \
           SELECT position, attempt, worker FROM numbers_batch.number \
           WHERE plan = $1 AND worker = ANY($2) AND state = 'in_flight' ORDER BY position FOR NO KEY UPDATE \
         ), given_up AS ( \
           UPDATE numbers_batch.number SET state = 'unknown', settled = clock_timestamp(), kind = NULL, \
             status = NULL, message = $3 \
           FROM orphan WHERE number.plan = $1 AND number.position = orphan.position \
         ) \
         INSERT INTO numbers_batch.event (event, plan, position, attempt, worker, outcome) \
         SELECT 'orphaned', $1, position, attempt, worker, 'unknown' FROM orphan",
    )
    .bind(journal.plan)
    .bind(workers)
    .bind(rows::ORPHANED)
    .execute(&mut *connection)
    .await?
    .rows_affected();
    let unknown = State::Settled(Disposition::Unknown);
    let mut delta = Delta::default();
    delta.shift(State::InFlight, unknown, orphaned.cast_signed());
    shift(connection, journal.plan, journal.worker(), &delta).await?;
    Ok(orphaned)
}

pub(super) async fn requeue_unknown(
    journal: &PostgresJournal,
    younger_than: Option<Duration>,
) -> Result<u64, JournalError> {
    let requeued = boxed(async {
        let mut transaction = journal.rest.begin().await?;
        let count = within(requeue(&mut transaction, journal, younger_than)).await?;
        transaction.commit().await?;
        Ok(count)
    });
    requeued.await.map_err(journal_error(CANT_WRITE))
}

async fn requeue(
    transaction: &mut Transaction<'_>,
    journal: &PostgresJournal,
    younger_than: Option<Duration>,
) -> Result<u64, sqlx::Error> {
    let count = sqlx::query(
        "WITH doubtful AS ( \
           SELECT position, attempt FROM numbers_batch.number WHERE plan = $1 AND state = 'unknown' \
           AND ($3::bigint IS NULL OR coalesce(may_have_released, started) \
             >= clock_timestamp() - $3 * interval '1 microsecond') \
           ORDER BY position FOR NO KEY UPDATE \
         ), requeued AS ( \
           UPDATE numbers_batch.number SET state = 'pending', settled = NULL, \
             may_have_released = coalesce(may_have_released, started) \
           FROM doubtful WHERE number.plan = $1 AND number.position = doubtful.position \
         ) \
         INSERT INTO numbers_batch.event (event, plan, position, attempt, worker) \
         SELECT 'resend', $1, position, attempt, $2 FROM doubtful",
    )
    .bind(journal.plan)
    .bind(journal.worker())
    .bind(younger_than.map(micros))
    .execute(transaction.connection())
    .await?
    .rows_affected();
    let unknown = State::Settled(Disposition::Unknown);
    let mut delta = Delta::default();
    delta.shift(unknown, State::Pending, count.cast_signed());
    let (plan, worker) = (journal.plan, journal.worker());
    lower_first_pending(transaction.connection(), plan, 0).await?;
    shift(transaction.connection(), plan, worker, &delta).await?;
    Ok(count)
}
