//! Whether a file is the journal of this plan, complete, and where it was.

use super::error::of;
use super::lock::LockFile;
use super::open::{APPLICATION, VERSION, cant_open, shown};
use super::place::Place;
use crate::journal::{JournalError, JournalErrorKind, OpenOptions};
use crate::plan::PlanHash;
use sqlx::sqlite::SqliteConnection;
use std::path::Path;

/// Checks that the file is a journal, of a version that is known.
pub(super) async fn check_format(
    connection: &mut SqliteConnection,
    path: &Path,
) -> Result<(), JournalError> {
    let refuse =
        |kind, what: &str| Err(JournalError::new(kind, format!("{}: {what}", shown(path))));
    let application: i64 = pragma(connection, path, "PRAGMA application_id").await?;
    let version: i64 = pragma(connection, path, "PRAGMA user_version").await?;
    if application != APPLICATION || version < 1 {
        return refuse(JournalErrorKind::Damaged, "the file is not a journal");
    }
    if version > VERSION {
        let what = format!("it has version {version}, and this program knows {VERSION}");
        return refuse(JournalErrorKind::Newer, &what);
    }
    Ok(())
}

/// Checks also that it is complete. `length` is what [`length`] said before SQLite touched it.
pub(super) async fn check_file(
    connection: &mut SqliteConnection,
    path: &Path,
    length: i64,
) -> Result<(), JournalError> {
    check_format(connection, path).await?;
    let pages: i64 = pragma(connection, path, "PRAGMA page_count").await?;
    let page: i64 = pragma(connection, path, "PRAGMA page_size").await?;
    let verdict = if pages * page > length {
        format!("it has {length} bytes of {}", pages * page)
    } else {
        pragma(connection, path, "PRAGMA quick_check(1)").await?
    };
    if verdict == "ok" {
        return Ok(());
    }
    let message = format!("{}: the file is damaged: {verdict}", shown(path));
    Err(JournalError::new(JournalErrorKind::Damaged, message))
}

/// The length of the file. The largest number if a log beside it may have the rest.
pub(super) fn length(path: &Path) -> Result<i64, JournalError> {
    let mut log = path.as_os_str().to_owned();
    log.push("-wal");
    if std::fs::metadata(log).is_ok_and(|log| log.len() > 0) {
        return Ok(i64::MAX);
    }
    let metadata = std::fs::metadata(path).map_err(|error| cant_open(path, error))?;
    Ok(metadata.len().cast_signed())
}

async fn pragma<T>(
    connection: &mut SqliteConnection,
    path: &Path,
    query: &str,
) -> Result<T, JournalError>
where
    T: for<'r> sqlx::Decode<'r, sqlx::Sqlite> + sqlx::Type<sqlx::Sqlite> + Send + Unpin,
{
    sqlx::query_scalar(query)
        .fetch_one(connection)
        .await
        .map_err(of(&shown(path)))
}

pub(super) async fn check_plan(
    connection: &mut SqliteConnection,
    path: &Path,
    plan: &PlanHash,
) -> Result<(), JournalError> {
    let hash: String = pragma(connection, path, "SELECT hash FROM plan").await?;
    if hash == plan.to_string() {
        return Ok(());
    }
    let message = format!("{} is of another plan, with hash {hash}", shown(path));
    Err(JournalError::new(JournalErrorKind::OtherPlan, message))
}

pub(super) async fn check_place(
    connection: &mut SqliteConnection,
    path: &Path,
    lock: &mut LockFile,
    options: &OpenOptions,
) -> Result<(), JournalError> {
    let metadata = std::fs::metadata(path).map_err(|error| cant_open(path, error))?;
    let here = Place::of(&metadata);
    let query = "SELECT file_host, file_device, file_inode, next_attempt FROM plan";
    let row: (String, i64, i64, i64) = sqlx::query_as(query)
        .fetch_one(&mut *connection)
        .await
        .map_err(of(&shown(path)))?;
    let (host, device, inode, next_attempt) = row;
    let made = Place {
        host,
        device,
        inode,
    };
    let what = if made != here {
        format!("the file was made at {made}, and is at {here}: is it a copy?")
    } else if lock.last_attempt >= next_attempt {
        let noted = lock.last_attempt;
        let known = next_attempt - 1;
        format!(
            "its last attempt is number {known}, and number {noted} was begun: is it an older copy?"
        )
    } else {
        return Ok(());
    };
    if !options.journal_moved {
        let message = format!("{}: {what}", shown(path));
        return Err(JournalError::new(JournalErrorKind::Moved, message));
    }
    lock.note(next_attempt - 1);
    sqlx::query("UPDATE plan SET file_host = ?, file_device = ?, file_inode = ?")
        .bind(here.host)
        .bind(here.device)
        .bind(here.inode)
        .execute(connection)
        .await
        .map(drop)
        .map_err(of(&shown(path)))
}
