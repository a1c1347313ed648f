//! Stops the resending of numbers that wait to be sent again.

use super::link::{Link, journal_error, within};
use super::record::shift;
use crate::journal::boxed::boxed;
use crate::journal::delta::Delta;
use crate::journal::pace::micros;
use crate::journal::resend::Resend;
use crate::journal::{JournalError, State};
use numbers_core::Disposition;
use sqlx::postgres::PgConnection;

/// Makes them unknown again, unless another worker is alive.
pub(super) async fn cancel_resend(
    link: &Link,
    plan: i64,
    worker: i64,
) -> Result<u64, JournalError> {
    let returned = boxed(async {
        let mut transaction = link.begin().await?;
        let count = within(async {
            match is_alone(transaction.connection(), plan, worker).await? {
                true => stop_resend(transaction.connection(), plan, worker).await,
                false => Ok(0),
            }
        })
        .await?;
        transaction.commit().await?;
        Ok(count)
    });
    returned
        .await
        .map_err(journal_error("the journal can't be written"))
}

/// Whether no other worker is alive. All are locked: of two that end at the same time, one must see that the other has
/// ended.
pub(super) async fn is_alone(
    connection: &mut PgConnection,
    plan: i64,
    worker: i64,
) -> Result<bool, sqlx::Error> {
    let query = "SELECT id FROM numbers_batch.worker WHERE plan = $1 AND gone IS NULL \
        AND expires >= clock_timestamp() ORDER BY id FOR NO KEY UPDATE";
    let alive: Vec<i64> = sqlx::query_scalar(query)
        .bind(plan)
        .fetch_all(connection)
        .await?;
    Ok(alive.iter().all(|id| *id == worker))
}

pub(super) async fn stop_resend(
    connection: &mut PgConnection,
    plan: i64,
    worker: i64,
) -> Result<u64, sqlx::Error> {
    stop_resend_except(connection, plan, worker, Resend::None).await
}

/// Up to when an attempt must have begun for its number not to be sent again, as SQL.
pub(super) fn too_old(resend: Resend) -> String {
    match resend {
        // Also after the database's clock was set back.
        Resend::None => String::from("'infinity'::timestamptz"),
        Resend::YoungerThan(limit) => {
            let limit = micros(limit);
            format!("clock_timestamp() - {limit} * interval '1 microsecond'")
        }
        Resend::All => String::from("'-infinity'::timestamptz"),
    }
}

/// Makes those unknown again that may not be sent again. Rows that another transaction has locked are skipped, because
/// a claim must not wait.
pub(super) async fn stop_resend_except(
    connection: &mut PgConnection,
    plan: i64,
    worker: i64,
    resend: Resend,
) -> Result<u64, sqlx::Error> {
    let too_old = too_old(resend);
    let query = format!(
        "WITH old AS ( \
           SELECT position, attempt FROM numbers_batch.number WHERE plan = $1 AND state = 'pending' \
           AND may_have_released <= {too_old} ORDER BY position FOR NO KEY UPDATE SKIP LOCKED \
         ), returned AS ( \
           UPDATE numbers_batch.number SET state = 'unknown', settled = clock_timestamp() \
           FROM old WHERE number.plan = $1 AND number.position = old.position \
         ) \
         INSERT INTO numbers_batch.event (event, plan, position, attempt, worker, outcome) \
         SELECT 'not_resent', $1, position, attempt, $2, 'unknown' FROM old"
    );
    let returned = sqlx::query(&query)
        .bind(plan)
        .bind(worker)
        .execute(&mut *connection)
        .await?;
    let count = returned.rows_affected();
    let unknown = State::Settled(Disposition::Unknown);
    let mut delta = Delta::default();
    delta.shift(State::Pending, unknown, count.cast_signed());
    if count > 0 {
        shift(connection, plan, worker, &delta).await?;
    }
    Ok(count)
}
