use super::error::of;
use crate::journal::{JournalError, JournalErrorKind};
use crate::plan::{Plan, PlanError};
use sqlx::Connection;
use sqlx::sqlite::SqliteConnection;

/// How many numbers go in with one commit.
const BATCH: usize = 10_000;

/// Copies the numbers of the plan that are not there yet. A number's position says whether it is, so this goes
/// on where a killed process stopped.
pub(super) async fn load(
    connection: &mut SqliteConnection,
    plan: &Plan,
) -> Result<(), JournalError> {
    let (loaded, complete): (i64, i64) = sqlx::query_as("SELECT loaded, complete FROM plan")
        .fetch_one(&mut *connection)
        .await
        .map_err(of("the journal can't be read"))?;
    if complete != 0 {
        return Ok(());
    }
    let mut numbers = plan.numbers().map_err(unreadable)?;
    let mut loaded = usize::try_from(loaded).unwrap_or_default();
    for number in numbers.by_ref().take(loaded) {
        number.map_err(unreadable)?;
    }
    loop {
        let batch: Vec<String> = numbers
            .by_ref()
            .take(BATCH)
            .map(|number| number.map(|number| number.as_str().to_owned()))
            .collect::<Result<_, _>>()
            .map_err(unreadable)?;
        let count = batch.len();
        insert(connection, loaded, &batch)
            .await
            .map_err(of("the plan can't be copied into the journal"))?;
        loaded += count;
        // Only at its end is it certain that the plan is the one that was checked.
        if count < BATCH {
            break;
        }
    }
    sqlx::query("UPDATE plan SET complete = 1 WHERE loaded = count")
        .execute(connection)
        .await
        .map(drop)
        .map_err(of("the plan can't be copied into the journal"))
}

async fn insert(
    connection: &mut SqliteConnection,
    first: usize,
    batch: &[String],
) -> Result<(), sqlx::Error> {
    let ids = serde_json::to_string(batch).map_err(|error| sqlx::Error::Encode(error.into()))?;
    let first = i64::try_from(first).unwrap_or(i64::MAX);
    let mut transaction = connection.begin_with("BEGIN IMMEDIATE").await?;
    sqlx::query("INSERT INTO number (position, id) SELECT ?1 + key, value FROM json_each(?2)")
        .bind(first)
        .bind(ids)
        .execute(&mut *transaction)
        .await?;
    sqlx::query("UPDATE plan SET loaded = loaded + ?1, pending = pending + ?1")
        .bind(i64::try_from(batch.len()).unwrap_or(i64::MAX))
        .execute(&mut *transaction)
        .await?;
    transaction.commit().await
}

/// The plan can't be read any more: it was moved or changed since it was opened.
fn unreadable(error: PlanError) -> JournalError {
    JournalError::new(JournalErrorKind::OtherPlan, error.to_string()).with_source(error)
}
