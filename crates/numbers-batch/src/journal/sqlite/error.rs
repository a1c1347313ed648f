use crate::journal::{JournalError, JournalErrorKind};

const PERM: i32 = 3;
const BUSY: i32 = 5;
const READONLY: i32 = 8;
const CORRUPT: i32 = 11;
const FULL: i32 = 13;
const CANTOPEN: i32 = 14;
const NOTADB: i32 = 26;

/// Makes a journal error from one of SQLite, with `what` before the reason.
pub(super) fn of(what: &str) -> impl FnOnce(sqlx::Error) -> JournalError + '_ {
    move |error| {
        let (kind, why) = reason(&error);
        JournalError::new(kind, format!("{what}: {why}")).with_source(error)
    }
}

fn reason(error: &sqlx::Error) -> (JournalErrorKind, String) {
    use JournalErrorKind::{Damaged, Unavailable};
    let database = error.as_database_error();
    let code = database
        .and_then(|error| error.code())
        .and_then(|code| code.parse::<i32>().ok());
    // The low byte is the kind, the others its detail.
    let (kind, why) = match code.map(|code| code & 0xff) {
        Some(FULL) => (Unavailable, "the disk is full"),
        Some(PERM | READONLY | CANTOPEN) => (
            Unavailable,
            "the file or its directory can't be opened for writing",
        ),
        Some(BUSY) => (Unavailable, "another program has it locked"),
        Some(CORRUPT) => (Damaged, "the file is damaged"),
        Some(NOTADB) => (Damaged, "the file is no journal"),
        _ => return (Unavailable, error.to_string()),
    };
    (kind, why.to_owned())
}
