use super::{Journal, JournalError, JournalErrorKind, OpenOptions};
use crate::plan::Plan;
use std::fmt;
use std::str::FromStr;
use std::sync::Arc;

/// Where a journal is: the path of a SQLite file, perhaps with `sqlite:` before it, or a `postgres://` URL.
///
/// Neither `Display` nor `Debug` shows a password.
#[derive(Clone)]
pub struct JournalUrl(Target);

#[derive(Clone)]
pub(super) enum Target {
    #[cfg(feature = "sqlite")]
    Sqlite(std::path::PathBuf),
    #[cfg(feature = "postgres")]
    Postgres(Box<sqlx::postgres::PgConnectOptions>),
}

impl JournalUrl {
    /// The SQLite file at this path, even if it looks like a URL.
    #[cfg(feature = "sqlite")]
    pub fn from_path(path: impl Into<std::path::PathBuf>) -> Self {
        Self(Target::Sqlite(path.into()))
    }

    pub(super) fn target(&self) -> &Target {
        &self.0
    }

    /// Whether it is a SQLite file that does not exist yet.
    pub fn is_new(&self) -> bool {
        match &self.0 {
            #[cfg(feature = "sqlite")]
            Target::Sqlite(path) => super::sqlite::is_new(path),
            #[cfg(feature = "postgres")]
            Target::Postgres(_) => false,
        }
    }

    /// Opens the journal of `plan` for one worker, or makes it. See [`SqliteJournal::open`] and
    /// [`PostgresJournal::open`].
    ///
    /// [`SqliteJournal::open`]: super::SqliteJournal::open
    /// [`PostgresJournal::open`]: super::PostgresJournal::open
    ///
    /// # Errors
    ///
    /// The journal can't be used; see [`JournalErrorKind`].
    pub async fn open(
        &self,
        plan: &Plan,
        options: &OpenOptions,
    ) -> Result<Arc<dyn Journal>, JournalError> {
        Ok(match &self.0 {
            #[cfg(feature = "sqlite")]
            Target::Sqlite(path) => {
                Arc::new(super::SqliteJournal::open(path, plan, options).await?)
            }
            #[cfg(feature = "postgres")]
            Target::Postgres(_) => {
                Arc::new(super::PostgresJournal::open(self, plan, options).await?)
            }
        })
    }
}

impl FromStr for JournalUrl {
    type Err = JournalError;

    fn from_str(url: &str) -> Result<Self, JournalError> {
        let refuse = |message: &str| Err(JournalError::new(JournalErrorKind::InvalidUrl, message));
        if url.starts_with("postgres://") || url.starts_with("postgresql://") {
            #[cfg(feature = "postgres")]
            return match url.parse() {
                // The reason is left out: it can repeat a part of the URL, and so of the password.
                Err(_) => refuse(
                    "the URL of the journal can't be read; characters other than letters and digits in \
                     its password must be percent-encoded",
                ),
                Ok(options) => Ok(Self(Target::Postgres(Box::new(options)))),
            };
            #[cfg(not(feature = "postgres"))]
            return refuse("this build has no journal in PostgreSQL");
        }
        let path = url.strip_prefix("sqlite:").unwrap_or(url);
        let path = path.strip_prefix("//").unwrap_or(path);
        if path.is_empty() {
            return refuse("the journal has no path");
        }
        if path.contains("://") {
            return refuse("a journal is a path, sqlite:PATH, or a postgres:// URL");
        }
        #[cfg(feature = "sqlite")]
        return Ok(Self(Target::Sqlite(path.into())));
        #[cfg(not(feature = "sqlite"))]
        return refuse("this build has no journal in a file");
    }
}

/// The path, or the host, port and database.
impl fmt::Display for JournalUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            #[cfg(feature = "sqlite")]
            Target::Sqlite(path) => write!(f, "{}", path.display()),
            #[cfg(feature = "postgres")]
            Target::Postgres(options) => {
                let database = options.get_database().unwrap_or_default();
                write!(
                    f,
                    "postgres://{}:{}/{database}",
                    options.get_host(),
                    options.get_port()
                )
            }
        }
    }
}

impl fmt::Debug for JournalUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "JournalUrl({self})")
    }
}
