use super::link::{Link, journal_error, within};
use super::{OwnAttempts, PostgresJournal, load, resend, worker};
use crate::journal::boxed::boxed;
use crate::journal::resend::Resend;
use crate::journal::{JournalError, JournalErrorKind, OpenOptions, rows};
use crate::plan::Plan;
use sqlx::Executor;
use sqlx::postgres::{PgConnectOptions, PgConnection};
use std::sync::atomic::{AtomicBool, AtomicI64};
use tokio::sync::Mutex;

const VERSION: i64 = 1;
const SCHEMA: &str = include_str!("schema.sql");

/// "numbers" as a number: only one worker at a time makes the tables.
const MIGRATION_LOCK: i64 = 0x6e_756d_6265_7273;

pub(super) async fn open(
    target: &PgConnectOptions,
    plan: &Plan,
    options: &OpenOptions,
) -> Result<PostgresJournal, JournalError> {
    let target = prepare(target);
    let rest = Link::new(&target);
    migrate(&rest).await?;
    warn_of_fsync(&rest).await?;
    let id = find_plan(&rest, plan)
        .await
        .map_err(journal_error("the journal can't be written"))?;
    load::load(&rest, id, plan).await?;
    let worker = worker::begin(&rest, id, options.lease).await?;
    resend::cancel_resend(&rest, id, worker).await?;
    Ok(PostgresJournal {
        claims: Link::new(&target),
        results: Link::new(&target),
        rest,
        plan: id,
        header: plan.header().clone(),
        worker: AtomicI64::new(worker),
        lease: options.lease,
        doubtful: Mutex::default(),
        own: OwnAttempts::default(),
        resend: std::sync::Mutex::new(Resend::None),
        closed: AtomicBool::new(false),
    })
}

pub(super) fn prepare(target: &PgConnectOptions) -> PgConnectOptions {
    match target.get_application_name() {
        Some(_) => target.clone(),
        None => target.clone().application_name("numbers-batch"),
    }
}

/// The version of the tables. `None`: there are none.
pub(super) async fn version(connection: &mut PgConnection) -> Result<Option<i64>, sqlx::Error> {
    // A function such as `to_regclass` would remember that the table was not there, in a worker that waits for
    // another to make it.
    let exists: bool = sqlx::query_scalar(
        "SELECT EXISTS (SELECT FROM pg_catalog.pg_tables \
         WHERE schemaname = 'numbers_batch' AND tablename = 'version')",
    )
    .fetch_one(&mut *connection)
    .await?;
    if !exists {
        return Ok(None);
    }
    sqlx::query_scalar("SELECT version FROM numbers_batch.version")
        .fetch_optional(connection)
        .await
}

pub(super) fn check_version(version: i64) -> Result<(), JournalError> {
    if version <= VERSION {
        return Ok(());
    }
    let message = format!("the journal has version {version}, and this program knows {VERSION}");
    Err(JournalError::new(JournalErrorKind::Newer, message))
}

async fn migrate(link: &Link) -> Result<(), JournalError> {
    let mut transaction = link
        .begin()
        .await
        .map_err(journal_error("the journal's database can't be reached"))?;
    let found = within(async {
        let connection = transaction.connection();
        if let Some(version) = version(connection).await? {
            return Ok(Some(version));
        }
        sqlx::query("SELECT pg_advisory_xact_lock($1)")
            .bind(MIGRATION_LOCK)
            .execute(&mut *connection)
            .await?;
        if let Some(version) = version(connection).await? {
            return Ok(Some(version));
        }
        connection
            .execute("CREATE SCHEMA IF NOT EXISTS numbers_batch")
            .await?;
        connection.execute(SCHEMA).await?;
        Ok(None)
    });
    let found = found
        .await
        .map_err(journal_error("the tables of the journal can't be made"))?;
    transaction
        .commit()
        .await
        .map_err(journal_error("the tables of the journal can't be made"))?;
    found.map_or(Ok(()), check_version)
}

/// A server without `fsync` says that a commit is durable before it is. This crate can't change that.
async fn warn_of_fsync(link: &Link) -> Result<(), JournalError> {
    let asked = boxed(async {
        let mut transaction = link.begin().await?;
        let fsync: String =
            within(sqlx::query_scalar("SHOW fsync").fetch_one(transaction.connection())).await?;
        transaction.commit().await?;
        Ok(fsync)
    });
    let fsync = asked
        .await
        .map_err(journal_error("the journal can't be read"))?;
    if fsync == "off" {
        tracing::warn!("the journal's database has fsync off: a power cut can lose results");
    }
    Ok(())
}

async fn find_plan(link: &Link, plan: &Plan) -> Result<i64, sqlx::Error> {
    let header = plan.header();
    let hash = plan.hash().to_string();
    let mut transaction = link.begin().await?;
    let id = within(async {
        sqlx::query(
            "INSERT INTO numbers_batch.plan (hash, vendor, host, account, fingerprint, created, count) \
             VALUES ($1, $2, $3, $4, $5, to_timestamp($6::bigint / 1000.0), $7) \
             ON CONFLICT (hash) DO NOTHING",
        )
        .bind(&hash)
        .bind(header.vendor().as_str())
        .bind(header.account().host())
        .bind(header.account().name())
        .bind(header.account().fingerprint().map(i64::from))
        .bind(rows::millis(header.created()))
        .bind(header.count().cast_signed())
        .execute(transaction.connection())
        .await?;
        sqlx::query_scalar("SELECT id FROM numbers_batch.plan WHERE hash = $1")
            .bind(&hash)
            .fetch_one(transaction.connection())
            .await
    })
    .await?;
    transaction.commit().await?;
    Ok(id)
}
