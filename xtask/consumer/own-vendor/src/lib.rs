//! A library that accepts any [`Releaser`], and a vendor of its own.

use numbers_core::async_trait;
use numbers_core::raw::{check_segment, push_segment};
use numbers_core::{
    Account, Attempt, Endpoint, Error, NumberId, Outcome, Preview, Release, Releaser, Vendor,
};
use std::sync::Arc;
use std::time::Instant;

const ACME: Vendor = Vendor::new("acme");

const RELEASE: Endpoint = Endpoint::new(ACME, "drop-line", "/lines/{line}")
    .with_success(&[(204, Outcome::Released)])
    .with_where_to_check("https://acme.example/lines");

/// A client of Acme, over whatever sends a request and returns the status. It holds a key, so it has no `Debug`.
pub struct Acme<S> {
    key: String,
    send: S,
}

impl<S: Fn(&str, &str) -> Option<u16> + Send + Sync> Acme<S> {
    pub fn new(key: impl Into<String>, send: S) -> Self {
        let key = key.into();
        Self { key, send }
    }

    fn path(number: &NumberId) -> Result<String, Error> {
        check_segment(number.as_str()).map_err(|why| {
            Error::invalid_number(ACME, format!("{} was refused: {why}", number.masked()))
        })?;
        let mut path = "/lines/".to_owned();
        push_segment(&mut path, number.as_str());
        Ok(path)
    }

    fn call(&self, path: &str, number: &NumberId) -> Result<Release, Error> {
        let Some(status) = (self.send)(path, &self.key) else {
            return Err(Error::connect(ACME, "no connection to acme.example"));
        };
        match RELEASE.outcome(status) {
            Some(outcome) => {
                Ok(Release::new(ACME, number.clone(), outcome).with_status(Some(status)))
            }
            None => Err(Error::from_status(ACME, status)),
        }
    }
}

#[async_trait]
impl<S: Fn(&str, &str) -> Option<u16> + Send + Sync> Releaser for Acme<S> {
    fn vendor(&self) -> Vendor {
        ACME
    }

    fn account(&self) -> Account {
        Account::new("acme.example")
    }

    fn preview(&self, number: &NumberId) -> Result<Preview, Error> {
        let url = format!("https://acme.example{}", Self::path(number)?);
        let preview = Preview::new(ACME, number.clone(), RELEASE.method(), url);
        Ok(preview.with_header("authorization", "Bearer ***"))
    }

    async fn release(&self, number: &NumberId) -> Result<Release, Error> {
        let path = Self::path(number)?;
        let started = Instant::now();
        let result = self.call(&path, number);
        let attempt = Attempt::from_result(&result, started.elapsed());
        match result {
            Ok(release) => Ok(release.with_attempt(attempt)),
            Err(error) => Err(error.with_attempt(attempt)),
        }
    }
}

/// What the library does: it releases a list of numbers at any vendor.
#[derive(Debug, Clone)]
pub struct Cleaner {
    releaser: Arc<dyn Releaser>,
    numbers: Vec<NumberId>,
}

impl Cleaner {
    pub fn new(releaser: impl Releaser + 'static, numbers: Vec<NumberId>) -> Self {
        let releaser = Arc::new(releaser);
        Self { releaser, numbers }
    }

    /// The results in the order of the numbers.
    pub async fn run(&self) -> Vec<Result<Release, Error>> {
        let mut results = Vec::new();
        for number in &self.numbers {
            results.push(self.releaser.release(number).await);
        }
        results
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use numbers_core::Disposition;

    fn cleaner() -> Cleaner {
        let send = |path: &str, key: &str| match (path, key) {
            ("/lines/n-1", "k-1") => Some(204),
            ("/lines/n-2", "k-1") => Some(503),
            _ => None,
        };
        let numbers = ["n-1", "n-2", "n-3", ".."].map(NumberId::new).into();
        Cleaner::new(Acme::new("k-1", send), numbers)
    }

    #[tokio::test(flavor = "current_thread")]
    async fn every_number_has_a_disposition() {
        let results = cleaner().run().await;
        let dispositions: Vec<_> = results.iter().map(Disposition::from_result).collect();
        use Disposition::{Failed, Released, Unknown};
        assert_eq!(dispositions, [Released, Unknown, Failed, Failed]);
    }

    #[test]
    fn a_derived_debug_shows_the_account_and_no_key() {
        let debug = format!("{:?}", cleaner());
        assert!(debug.contains("acme.example"), "{debug}");
        assert!(!debug.contains("k-1"), "{debug}");
    }
}
