use super::check::{check_file, check_format, check_place, check_plan, length};
use super::error::of;
use super::lock::{self, LockFile};
use super::place::Place;
use super::{Open, SqliteJournal, load, now_ms, states};
use crate::journal::boxed::boxed;
use crate::journal::resend::Resend;
use crate::journal::{JournalError, JournalErrorKind, OpenOptions, host};
use crate::plan::{Plan, PlanHash};
use sqlx::sqlite::{SqliteConnectOptions, SqliteConnection};
use sqlx::{ConnectOptions, Connection, Executor};
use std::path::{Path, PathBuf};
use tokio::sync::Mutex;

/// "numb", so that `file` and this crate tell a journal from another database.
pub(super) const APPLICATION: i64 = 0x6e75_6d62;
pub(super) const VERSION: i64 = 1;
const SCHEMA: &str = include_str!("schema.sql");

pub(super) async fn open(
    path: &Path,
    plan: &Plan,
    options: &OpenOptions,
) -> Result<SqliteJournal, JournalError> {
    let path = absolute(path)?;
    let mut lock = LockFile::acquire(&path)?;
    let exists = path.try_exists().map_err(|error| cant_open(&path, error))?;
    if !exists {
        if lock.last_attempt > 0 && !options.journal_moved {
            return Err(gone(&path, &lock));
        }
        lock.note(0);
        create(&path, plan).await?;
    }
    let length = length(&path)?;
    let mut connection = connect(&path, false).await?;
    check_file(&mut connection, &path, length).await?;
    check_plan(&mut connection, &path, &plan.hash()).await?;
    check_place(&mut connection, &path, &mut lock, options).await?;
    configure(&mut connection).await?;
    let worker = begin_worker(&mut connection).await?;
    states::return_requeued(&mut connection, worker).await?;
    load::load(&mut connection, plan).await?;
    Ok(SqliteJournal {
        path,
        header: plan.header().clone(),
        plan: plan.hash(),
        worker,
        open: Mutex::new(Some(Open {
            idle: Some(connection),
            lock,
            resend: Resend::None,
        })),
    })
}

/// Whether neither a journal nor its lock is there: the lock may say that a journal was removed.
pub(in crate::journal) fn is_new(path: &Path) -> bool {
    !path.exists() && !lock::path_of(path).exists()
}

/// A path that stays the same through symbolic links, so that all who open the file take the same lock.
fn absolute(path: &Path) -> Result<PathBuf, JournalError> {
    if let Ok(path) = path.canonicalize() {
        return Ok(path);
    }
    let name = path.file_name().ok_or_else(|| {
        let message = format!("{} names no file", path.display());
        JournalError::new(JournalErrorKind::InvalidUrl, message)
    })?;
    let directory = match path.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent,
        _ => Path::new("."),
    };
    let directory = directory
        .canonicalize()
        .map_err(|error| cant_open(directory, error))?;
    Ok(directory.join(name))
}

/// Makes the journal under another name first, so that a file at `path` is always a complete journal.
async fn create(path: &Path, plan: &Plan) -> Result<(), JournalError> {
    let mut scratch = path.as_os_str().to_owned();
    scratch.push("-new");
    let scratch = PathBuf::from(scratch);
    match std::fs::remove_file(&scratch) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
            return Err(cant_open(&scratch, error));
        }
        _ => {}
    }
    let mut connection = SqliteConnectOptions::new()
        .filename(&scratch)
        .create_if_missing(true)
        .pragma("synchronous", "FULL")
        .connect()
        .await
        .map_err(of(&shown(path)))?;
    let metadata = std::fs::metadata(&scratch).map_err(|error| cant_open(&scratch, error))?;
    let made = boxed(async {
        let mut transaction = connection.begin().await?;
        transaction.execute(SCHEMA).await?;
        let header = plan.header();
        let place = Place::of(&metadata);
        sqlx::query(
            "INSERT INTO plan (one, hash, vendor, host, account, fingerprint, created_ms, count, \
             file_host, file_device, file_inode) VALUES (1, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        )
        .bind(plan.hash().to_string())
        .bind(header.vendor().as_str())
        .bind(header.account().host())
        .bind(header.account().name())
        .bind(header.account().fingerprint().map(i64::from))
        .bind(crate::journal::rows::millis(header.created()))
        .bind(header.count().cast_signed())
        .bind(place.host)
        .bind(place.device)
        .bind(place.inode)
        .execute(&mut *transaction)
        .await?;
        let marks =
            format!("PRAGMA application_id = {APPLICATION}; PRAGMA user_version = {VERSION}");
        transaction.execute(&*marks).await?;
        transaction.commit().await?;
        connection.close().await
    });
    made.await.map_err(of(&shown(path)))?;
    let directory = path.parent().unwrap_or(Path::new("."));
    std::fs::rename(&scratch, path)
        .and_then(|()| match cfg!(unix) {
            true => std::fs::File::open(directory)?.sync_all(),
            false => Ok(()),
        })
        .map_err(|error| cant_open(path, error))
}

/// Connects without changing the file.
pub(super) async fn connect(
    path: &Path,
    read_only: bool,
) -> Result<SqliteConnection, JournalError> {
    let options = SqliteConnectOptions::new()
        .filename(path)
        .read_only(read_only)
        .row_buffer_size(1024)
        .disable_statement_logging();
    options.connect().await.map_err(of(&shown(path)))
}

/// Connects to a file that nobody writes.
pub(super) async fn connect_immutable(path: &Path) -> Result<SqliteConnection, JournalError> {
    let options = SqliteConnectOptions::new()
        .filename(path)
        .read_only(true)
        .immutable(true);
    options.connect().await.map_err(of(&shown(path)))
}

/// Connects again to a file that this process holds. Somebody may have put another in its place.
pub(super) async fn reconnect(
    path: &Path,
    plan: &PlanHash,
    lock: &mut LockFile,
) -> Result<SqliteConnection, JournalError> {
    let mut connection = connect(path, false).await?;
    check_format(&mut connection, path).await?;
    check_plan(&mut connection, path, plan).await?;
    check_place(&mut connection, path, lock, &OpenOptions::new()).await?;
    configure(&mut connection).await?;
    Ok(connection)
}

async fn configure(connection: &mut SqliteConnection) -> Result<(), JournalError> {
    connection
        .execute("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA fullfsync = 1; PRAGMA cache_size = -16000")
        .await
        .map(drop)
        .map_err(of("the journal can't be written"))
}

async fn begin_worker(connection: &mut SqliteConnection) -> Result<i64, JournalError> {
    let begun = boxed(async {
        let mut transaction = connection.begin_with("BEGIN IMMEDIATE").await?;
        sqlx::query("UPDATE worker SET gone_ms = ? WHERE gone_ms IS NULL")
            .bind(now_ms())
            .execute(&mut *transaction)
            .await?;
        let id = sqlx::query_scalar(
            "INSERT INTO worker (host, pid, since_ms) VALUES (?, ?, ?) RETURNING id",
        )
        .bind(host::name())
        .bind(host::pid())
        .bind(now_ms())
        .fetch_one(&mut *transaction)
        .await?;
        transaction.commit().await?;
        Ok(id)
    });
    begun.await.map_err(of("the journal can't be written"))
}

fn gone(path: &Path, lock: &LockFile) -> JournalError {
    let message = format!(
        "{} is gone, and its last attempt was number {}; put it back, or remove {} to start a new journal",
        path.display(),
        lock.last_attempt,
        lock.path().display()
    );
    JournalError::new(JournalErrorKind::Damaged, message)
}

pub(super) fn shown(path: &Path) -> String {
    path.display().to_string()
}

pub(super) fn cant_open(path: &Path, error: std::io::Error) -> JournalError {
    let message = format!("{} can't be opened: {error}", path.display());
    JournalError::new(JournalErrorKind::Unavailable, message).with_source(error)
}
