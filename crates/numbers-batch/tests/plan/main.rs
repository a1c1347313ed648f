//! Plans: which ids are taken, and which documents are refused.
#![allow(clippy::panic, clippy::unwrap_used)] // in what the tests share

mod documents;
mod lists;

use numbers_batch::plan::{CreateOptions, Created, InputFormat, Plan, PlanError, create};
use numbers_core::{Account, Error, NumberId, Preview, Release, Releaser, Vendor, async_trait};
use std::fs;
use std::path::PathBuf;
use tempfile::TempDir;

pub(crate) const ACME: Vendor = Vendor::new("acme");

/// A vendor that refuses ids with `/` in them.
pub(crate) struct Acme {
    pub(crate) vendor: Vendor,
    pub(crate) account: Account,
}

pub(crate) fn acme() -> Acme {
    Acme {
        vendor: ACME,
        account: Account::new("api.example").with_fingerprint(7),
    }
}

#[async_trait]
impl Releaser for Acme {
    fn vendor(&self) -> Vendor {
        self.vendor.clone()
    }

    fn account(&self) -> Account {
        self.account.clone()
    }

    fn preview(&self, number: &NumberId) -> Result<Preview, Error> {
        match number.as_str().contains('/') {
            true => Err(Error::invalid_number(ACME, "it has a slash")),
            false => Ok(Preview::new(
                ACME,
                number.clone(),
                "DELETE",
                "https://api.example",
            )),
        }
    }

    async fn release(&self, _: &NumberId) -> Result<Release, Error> {
        panic!("a plan sends nothing")
    }
}

pub(crate) struct Scratch {
    pub(crate) directory: TempDir,
    pub(crate) path: PathBuf,
}

pub(crate) fn scratch() -> Scratch {
    let directory = TempDir::new().unwrap();
    let path = directory.path().join("plan.jsonl");
    Scratch { directory, path }
}

impl Scratch {
    pub(crate) fn create(
        &self,
        list: impl AsRef<[u8]>,
        options: &CreateOptions,
    ) -> Result<Created, PlanError> {
        let _ = std::fs::remove_file(&self.path);
        create(list.as_ref(), options, &acme(), &self.path)
    }

    pub(crate) fn files(&self) -> usize {
        fs::read_dir(self.directory.path()).unwrap().count()
    }
}

pub(crate) fn text() -> CreateOptions {
    CreateOptions::new(InputFormat::Text)
}

pub(crate) fn csv(column: Option<&str>) -> CreateOptions {
    let column = column.map(ToOwned::to_owned);
    CreateOptions::new(InputFormat::Csv { column })
}

pub(crate) fn ids(plan: &Plan) -> Vec<String> {
    let numbers = plan.numbers().unwrap();
    numbers
        .map(|number| number.unwrap().as_str().to_owned())
        .collect()
}

pub(crate) fn problems(error: &PlanError) -> Vec<String> {
    error.problems().iter().map(ToString::to_string).collect()
}
