use crate::journal::boxed::{Boxed, boxed};
use crate::journal::{JournalError, JournalErrorKind};
use sqlx::postgres::{PgConnectOptions, PgConnection, PgRow};
use sqlx::{ConnectOptions, Connection, Executor};
use std::time::Duration;
use tokio::sync::{Mutex, MutexGuard};

/// How long the database may take for one transaction.
const LIMIT: Duration = Duration::from_secs(10);

/// Settings of each connection. A worker that dies within a transaction loses its locks after this time. Commits wait
/// until they are durable, whatever the server's default. The statements need PostgreSQL's default isolation.
const SESSION: &str = "SET idle_in_transaction_session_timeout = '10s'; SET lock_timeout = '10s'; \
    SET default_transaction_isolation = 'read committed'; \
    SELECT set_config('synchronous_commit', 'on', false) \
    WHERE current_setting('synchronous_commit') = 'off'";

/// One connection, made when it is needed and again after each error.
///
/// A transaction takes it out and puts it back at its end. So a future that is dropped before closes the
/// connection, and the database rolls back.
pub(super) struct Link {
    options: PgConnectOptions,
    idle: Mutex<Option<PgConnection>>,
}

/// The options would show the password.
impl std::fmt::Debug for Link {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Link").finish_non_exhaustive()
    }
}

/// A transaction.
pub(super) struct Transaction<'a> {
    idle: MutexGuard<'a, Option<PgConnection>>,
    connection: PgConnection,
}

impl Link {
    pub(super) fn new(options: &PgConnectOptions) -> Self {
        Self {
            options: options.clone().disable_statement_logging(),
            idle: Mutex::new(None),
        }
    }

    /// Begins a transaction. If the connection was lost since the last one, it is made again.
    pub(super) async fn begin(&self) -> Result<Transaction<'_>, sqlx::Error> {
        Ok(self.begin_with("").await?.0)
    }

    /// Begins a transaction with these statements, all in one round trip: how long the rows that they lock stay
    /// locked is what limits the rate. Returns their rows.
    pub(super) async fn begin_with(
        &self,
        statements: &str,
    ) -> Result<(Transaction<'_>, Vec<PgRow>), sqlx::Error> {
        let begin = format!("BEGIN; {statements}");
        within(async {
            let mut idle = self.idle.lock().await;
            if let Some(mut connection) = idle.take()
                && let Ok(rows) = connection.fetch_all(sqlx::raw_sql(&begin)).await
            {
                return Ok((Transaction { idle, connection }, rows));
            }
            let mut connection = self.options.connect().await?;
            connection.execute(SESSION).await?;
            let rows = connection.fetch_all(sqlx::raw_sql(&begin)).await?;
            Ok((Transaction { idle, connection }, rows))
        })
        .await
    }

    pub(super) async fn close(&self) {
        if let Some(connection) = self.idle.lock().await.take() {
            // The database ends the session in any case.
            let _ = within(connection.close()).await;
        }
    }
}

impl Transaction<'_> {
    pub(super) fn connection(&mut self) -> &mut PgConnection {
        &mut self.connection
    }

    /// Ends the transaction. After an error it is not known whether it was committed.
    pub(super) async fn commit(self) -> Result<(), sqlx::Error> {
        self.end("COMMIT").await
    }

    pub(super) async fn roll_back(self) -> Result<(), sqlx::Error> {
        self.end("ROLLBACK").await
    }

    async fn end(mut self, how: &'static str) -> Result<(), sqlx::Error> {
        within(self.connection.execute(how)).await?;
        *self.idle = Some(self.connection);
        Ok(())
    }
}

/// Fails if the database takes too long, for example because the network drops packets.
pub(super) fn within<'a, T: Send + 'a>(
    work: impl Future<Output = Result<T, sqlx::Error>> + Send + 'a,
) -> Boxed<'a, T, sqlx::Error> {
    boxed(async {
        match tokio::time::timeout(LIMIT, work).await {
            Ok(result) => result,
            Err(_) => Err(sqlx::Error::Io(std::io::Error::new(
                std::io::ErrorKind::TimedOut,
                "the database did not respond in time",
            ))),
        }
    })
}

/// Makes a journal error from one of the database, with `what` before the reason.
pub(super) fn journal_error(what: &str) -> impl FnOnce(sqlx::Error) -> JournalError + '_ {
    move |error| {
        JournalError::new(JournalErrorKind::Unavailable, format!("{what}: {error}"))
            .with_source(error)
    }
}
