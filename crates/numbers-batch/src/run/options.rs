use crate::plan::is_phone_number;
use crate::run::Rate;
use numbers_core::Endpoint;
use std::num::{NonZeroU64, NonZeroUsize};
use std::time::Duration;

/// How a [`Batch`](crate::run::Batch) runs.
///
/// ```
/// use numbers_batch::run::{Rate, RunOptions};
/// use std::num::NonZeroUsize;
///
/// let options = RunOptions::default()
///     .with_rate("45/min".parse().unwrap())
///     .with_concurrency(NonZeroUsize::new(2).unwrap());
/// assert_eq!(options.rate().to_string(), "45/min");
/// ```
#[derive(Debug, Clone)]
pub struct RunOptions {
    rate: Rate,
    concurrency: NonZeroUsize,
    max_failures: Option<NonZeroU64>,
    give_up_after: Duration,
    journal_timeout: Duration,
    resend_unknown: bool,
    resend_of_any_age: bool,
}

/// A phone number may have been bought again since an attempt that is older than this.
const BOUGHT_AGAIN: Duration = Duration::from_secs(3600);

/// 60 requests a minute, 4 at a time. No limit of failures. It gives up on the vendor after 15 minutes, on the journal
/// after 5. Unknown numbers are not sent again, and where that is chosen, only young ones.
impl Default for RunOptions {
    fn default() -> Self {
        Self {
            rate: Rate::default(),
            concurrency: const { NonZeroUsize::new(4).unwrap() },
            max_failures: None,
            give_up_after: Duration::from_secs(15 * 60),
            journal_timeout: Duration::from_secs(5 * 60),
            resend_unknown: false,
            resend_of_any_age: false,
        }
    }
}

impl RunOptions {
    /// The highest concurrency. Higher values are lowered to it.
    pub const MAX_CONCURRENCY: NonZeroUsize = NonZeroUsize::new(1024).unwrap();

    /// The default, with what a vendor's facts say: the documented rate, and where the example of an id is no phone
    /// number, unknown numbers [of any age](Self::with_resend_of_any_age) may be sent again.
    pub fn for_endpoint(endpoint: &Endpoint) -> Self {
        let example = endpoint.id_example();
        Self::default()
            .with_rate(Rate::documented(endpoint))
            .with_resend_of_any_age(!example.is_empty() && !is_phone_number(example))
    }

    /// Sets the rate. All workers of a journal share it, so the run that started last decides. See
    /// [`Rate::documented`].
    #[must_use]
    pub const fn with_rate(mut self, rate: Rate) -> Self {
        self.rate = rate;
        self
    }

    /// Sets how many numbers may be in flight at once. A number is in flight until its result is recorded.
    #[must_use]
    pub fn with_concurrency(mut self, concurrency: NonZeroUsize) -> Self {
        self.concurrency = concurrency.min(Self::MAX_CONCURRENCY);
        self
    }

    /// Ends the run when this many of its numbers have failed or become unknown. `None`: never.
    #[must_use]
    pub const fn with_max_failures(mut self, failures: Option<NonZeroU64>) -> Self {
        self.max_failures = failures;
        self
    }

    /// Ends the run when the vendor has refused every request with 429, or every connection has failed, for this long.
    /// A number that became unknown does not end that time.
    #[must_use]
    pub const fn with_give_up_after(mut self, time: Duration) -> Self {
        self.give_up_after = time;
        self
    }

    /// Ends the run when the journal has failed for this long. Nothing new is sent meanwhile.
    #[must_use]
    pub const fn with_journal_timeout(mut self, time: Duration) -> Self {
        self.journal_timeout = time;
        self
    }

    /// Sets whether numbers that are unknown when the run starts are sent again. A 404 then means absent.
    #[must_use]
    pub const fn with_resend_unknown(mut self, resend: bool) -> Self {
        self.resend_unknown = resend;
        self
    }

    /// Lets unknown numbers be sent again however long ago the first attempt was that may have released them. By default
    /// only those of the last hour: where an id is the phone number itself, as at Synthflow, one that was bought again
    /// since has its old id.
    #[must_use]
    pub const fn with_resend_of_any_age(mut self, any_age: bool) -> Self {
        self.resend_of_any_age = any_age;
        self
    }

    /// The rate.
    pub const fn rate(&self) -> Rate {
        self.rate
    }

    /// How many numbers may be in flight at once.
    pub const fn concurrency(&self) -> NonZeroUsize {
        self.concurrency
    }

    /// After how many failures the run ends.
    pub const fn max_failures(&self) -> Option<NonZeroU64> {
        self.max_failures
    }

    /// How long the vendor may refuse every request.
    pub const fn give_up_after(&self) -> Duration {
        self.give_up_after
    }

    /// How long the journal may fail.
    pub const fn journal_timeout(&self) -> Duration {
        self.journal_timeout
    }

    /// Whether unknown numbers are sent again.
    pub const fn resend_unknown(&self) -> bool {
        self.resend_unknown
    }

    /// How young the attempt that may have released a number must be for it to be sent again. `None`: of any age.
    pub fn resend_younger_than(&self) -> Option<Duration> {
        (!self.resend_of_any_age).then_some(BOUGHT_AGAIN)
    }
}
