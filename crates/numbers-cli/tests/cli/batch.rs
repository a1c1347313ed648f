//! `numbers plan`, `apply`, `status` and `report`.

mod apply;
mod interrupted;
mod plan;
mod postgres;
mod refused;
mod secrets;
mod status;

use crate::support::{KEY, Ran, numbers, run};
use std::fs;
use std::path::PathBuf;
use std::process::Command;
use tempfile::TempDir;

/// A list, a plan and its journal, and the settings of a vendor.
struct Workspace {
    folder: TempDir,
    settings: Vec<(String, String)>,
}

impl Workspace {
    /// With these settings.
    fn new(settings: &[(String, String)]) -> Self {
        Self {
            folder: tempfile::tempdir().unwrap(),
            settings: settings.to_vec(),
        }
    }

    /// With 2Chat at this address.
    fn at(url: &str) -> Self {
        Self::new(&[
            ("TWOCHAT_API_KEY".to_owned(), KEY.to_owned()),
            ("TWOCHAT_BASE_URL".to_owned(), url.to_owned()),
        ])
    }

    fn variables(&self) -> Vec<(&str, &str)> {
        let settings = self.settings.iter();
        settings
            .map(|(name, value)| (name.as_str(), value.as_str()))
            .collect()
    }

    /// Changes the journal beside the plan.
    fn sql(&self, statement: &str) {
        use sqlx::Connection;
        let url = format!("sqlite:{}", self.path("plan.journal").display());
        block_on(async {
            let mut journal = sqlx::SqliteConnection::connect(&url).await.unwrap();
            sqlx::raw_sql(statement)
                .execute(&mut journal)
                .await
                .unwrap();
            journal.close().await.unwrap();
        });
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// A command that runs in the folder.
    fn command(&self, args: &[&str]) -> Command {
        let mut command = numbers(args);
        command
            .envs(self.settings.clone())
            .current_dir(self.folder.path());
        command
    }

    fn run(&self, args: &[&str]) -> Ran {
        run(&mut self.command(args))
    }

    /// Plans the release of these ids, in place of an earlier plan.
    fn plan(&self, vendor: &str, ids: &[&str]) {
        let _ = fs::remove_file(self.path("plan"));
        fs::write(self.path("ids"), ids.join("\n")).unwrap();
        let ran = self.run(&["plan", vendor, "--from", "ids", "--out", "plan"]);
        assert_eq!(ran.code, Some(0), "{ran:?}");
    }

    fn apply(&self, flags: &[&str]) -> Ran {
        let args = ["apply", "plan", "--yes", "--format", "json"];
        self.run(&[&args, flags].concat())
    }

    fn status(&self) -> Ran {
        let args = ["status", "--journal", "plan.journal", "--format", "json"];
        let ran = self.run(&args);
        assert_eq!(ran.code, Some(0), "{ran:?}");
        ran
    }
}

fn block_on<T>(work: impl Future<Output = T>) -> T {
    let mut runtime = tokio::runtime::Builder::new_current_thread();
    runtime.enable_all().build().unwrap().block_on(work)
}

/// The sandbox's ids of Synthflow.
const SYNTHFLOW: [&str; 3] = ["12025550101", "12025550102", "12025550103"];
