use super::link::{Link, Transaction, journal_error, within};
use crate::journal::{JournalError, JournalErrorKind, rows};
use crate::plan::{Plan, PlanError};
use sqlx::Executor;

/// How many numbers go in with one commit.
const BATCH: usize = 10_000;

const CANT_LOAD: &str = "the plan can't be copied into the journal";

/// Copies the numbers of the plan that are not there yet. Several workers may do so together: each locks the row of the
/// plan for a batch, and skips what others have copied.
pub(super) async fn load(link: &Link, id: i64, plan: &Plan) -> Result<(), JournalError> {
    let mut numbers = plan.numbers().map_err(unreadable)?;
    let mut read = 0;
    loop {
        let mut transaction = link.begin().await.map_err(journal_error(CANT_LOAD))?;
        let (loaded, complete): (i64, bool) = within(
            sqlx::query_as(
                "SELECT loaded, complete FROM numbers_batch.plan WHERE id = $1 FOR NO KEY UPDATE",
            )
            .bind(id)
            .fetch_one(transaction.connection()),
        )
        .await
        .map_err(journal_error(CANT_LOAD))?;
        if complete {
            return transaction
                .roll_back()
                .await
                .map_err(journal_error(CANT_LOAD));
        }
        let loaded = usize::try_from(loaded).unwrap_or_default();
        for number in numbers.by_ref().take(loaded.saturating_sub(read)) {
            number.map_err(unreadable)?;
        }
        let batch: Vec<String> = numbers
            .by_ref()
            .take(BATCH)
            .map(|number| number.map(|number| number.as_str().to_owned()))
            .collect::<Result<_, _>>()
            .map_err(unreadable)?;
        read = loaded + batch.len();
        // Only at its end is it certain that the plan is the one that was checked.
        let ended = batch.len() < BATCH;
        insert(&mut transaction, id, loaded, &batch, ended)
            .await
            .map_err(journal_error(CANT_LOAD))?;
        transaction
            .commit()
            .await
            .map_err(journal_error(CANT_LOAD))?;
        if ended {
            return analyze(link).await.map_err(journal_error(CANT_LOAD));
        }
    }
}

async fn insert(
    transaction: &mut Transaction<'_>,
    plan: i64,
    first: usize,
    batch: &[String],
    ended: bool,
) -> Result<(), sqlx::Error> {
    within(async {
        sqlx::query(
            "INSERT INTO numbers_batch.number (plan, position, id) \
             SELECT $1, $2 + nth - 1, id FROM unnest($3::text[]) WITH ORDINALITY AS batch (id, nth)",
        )
        .bind(plan)
        .bind(rows::limit(first))
        .bind(batch)
        .execute(transaction.connection())
        .await?;
        sqlx::query(
            "UPDATE numbers_batch.plan SET loaded = loaded + $2, pending = pending + $2, \
             complete = $3 AND loaded + $2 = count WHERE id = $1",
        )
        .bind(plan)
        .bind(rows::limit(batch.len()))
        .bind(ended)
        .execute(transaction.connection())
        .await
        .map(drop)
    })
    .await
}

/// Tells the planner how many rows there are, so that it does not read them all for each claim.
async fn analyze(link: &Link) -> Result<(), sqlx::Error> {
    let mut transaction = link.begin().await?;
    within(
        transaction
            .connection()
            .execute("ANALYZE numbers_batch.number"),
    )
    .await?;
    transaction.commit().await
}

/// The plan can't be read any more: it was moved or changed since it was opened.
fn unreadable(error: PlanError) -> JournalError {
    JournalError::new(JournalErrorKind::OtherPlan, error.to_string()).with_source(error)
}
