//! A journal of each backend, and what tests do to it behind its back.

use crate::support::postgres;
use numbers_batch::journal::{
    AttemptId, AttemptOutcome, AttemptResult, Claimed, Journal, JournalError, JournalReader,
    JournalUrl, OpenOptions,
};
use numbers_batch::plan::{CreateOptions, InputFormat, Plan, create};
use numbers_core::testing::Scripted;
use numbers_core::{Disposition, Vendor};
use sqlx::Connection;
use std::sync::Arc;
use std::time::Duration;
use tempfile::TempDir;

pub(crate) struct Place {
    pub(crate) directory: TempDir,
    pub(crate) url: JournalUrl,
    /// The URL of the database; empty for a file.
    pub(crate) database: String,
}

impl Place {
    pub(crate) fn sqlite() -> Self {
        let directory = TempDir::new().unwrap();
        let url = JournalUrl::from_path(directory.path().join("plan.journal"));
        Self {
            directory,
            url,
            database: String::new(),
        }
    }

    pub(crate) async fn postgres() -> Option<Self> {
        let server = postgres::shared()?;
        let database = server.url(&server.database().await, server.port());
        Some(Self::at(database))
    }

    pub(crate) fn at(database: String) -> Self {
        Self {
            directory: TempDir::new().unwrap(),
            url: database.parse().unwrap(),
            database,
        }
    }

    /// The file of a SQLite journal.
    pub(crate) fn file(&self) -> std::path::PathBuf {
        self.directory.path().join("plan.journal")
    }

    /// A plan with the ids `n-0`, `n-1` and so on.
    pub(crate) fn plan(&self, count: usize) -> Plan {
        let list: String = (0..count).map(|n| format!("n-{n}\n")).collect();
        self.plan_of(&list)
    }

    /// In place of an earlier plan.
    pub(crate) fn plan_of(&self, list: &str) -> Plan {
        let path = self.directory.path().join("plan.jsonl");
        let _ = std::fs::remove_file(&path);
        let releaser = Scripted::new(Vendor::new("acme"));
        let options = CreateOptions::new(InputFormat::Text).with_odd_ids(true);
        let created = create(list.as_bytes(), &options, &releaser, path).unwrap();
        created.into_plan()
    }

    pub(crate) async fn try_open(&self, plan: &Plan) -> Result<Arc<dyn Journal>, JournalError> {
        self.url.open(plan, &OpenOptions::new()).await
    }

    pub(crate) async fn open(&self, plan: &Plan) -> Arc<dyn Journal> {
        self.try_open(plan).await.unwrap()
    }

    pub(crate) async fn reader(&self) -> JournalReader {
        JournalReader::open(&self.url, None).await.unwrap()
    }

    /// Ends a worker as a kill would, and lets its lease run out.
    pub(crate) async fn kill(&self, journal: Arc<dyn Journal>) {
        drop(journal);
        self.expire_leases().await;
    }

    /// Lets the lease of every worker run out.
    pub(crate) async fn expire_leases(&self) {
        if !self.database.is_empty() {
            self.sql("UPDATE worker SET expires = expires - interval '1 hour'")
                .await;
        }
    }

    /// Runs a statement on the tables of the journal.
    pub(crate) async fn sql(&self, statement: &str) {
        if self.database.is_empty() {
            let url = format!("sqlite:{}", self.file().display());
            let mut connection = sqlx::SqliteConnection::connect(&url).await.unwrap();
            sqlx::raw_sql(statement)
                .execute(&mut connection)
                .await
                .unwrap();
            connection.close().await.unwrap();
        } else {
            let mut connection = sqlx::PgConnection::connect(&self.database).await.unwrap();
            let statement = format!("SET search_path = numbers_batch; {statement}");
            sqlx::raw_sql(&statement)
                .execute(&mut connection)
                .await
                .unwrap();
            connection.close().await.unwrap();
        }
    }
}

/// A result of a claimed number.
pub(crate) fn attempt_result(claimed: &Claimed, outcome: AttemptOutcome) -> AttemptResult {
    AttemptResult {
        attempt: claimed.attempt,
        position: claimed.position,
        outcome,
        kind: None,
        status: Some(200),
        message: None,
        request_id: Some("r-1".to_owned()),
        duration: Duration::from_millis(12),
    }
}

pub(crate) fn settled(claimed: &Claimed, disposition: Disposition) -> AttemptResult {
    attempt_result(claimed, AttemptOutcome::Settled(disposition))
}

pub(crate) fn positions(claimed: &[Claimed]) -> Vec<u64> {
    claimed.iter().map(|claimed| claimed.position).collect()
}

/// Claims one number.
pub(crate) async fn claim_one(journal: &dyn Journal) -> Claimed {
    let mut claim = journal.claim(1).await.unwrap();
    claim.numbers.pop().expect("a number was claimed")
}

/// An attempt that nobody made.
pub(crate) const NO_ATTEMPT: AttemptId = AttemptId(i64::MAX);
