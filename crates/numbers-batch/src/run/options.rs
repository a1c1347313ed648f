use crate::run::Rate;
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
    journal_patience: Duration,
    resend_unknown: bool,
    ids_are_phone_numbers: bool,
    even_if_bought_anew: bool,
}

/// An intent older than this may belong to a number that was bought again since.
const BOUGHT_ANEW: Duration = Duration::from_secs(3600);

/// 60 requests a minute, 4 at a time; no limit of failures; 15 minutes until it gives up on the vendor, 5 on the
/// journal; nothing unknown sent again.
impl Default for RunOptions {
    fn default() -> Self {
        Self {
            rate: Rate::default(),
            concurrency: const { NonZeroUsize::new(4).unwrap() },
            max_failures: None,
            give_up_after: Duration::from_secs(15 * 60),
            journal_patience: Duration::from_secs(5 * 60),
            resend_unknown: false,
            ids_are_phone_numbers: false,
            even_if_bought_anew: false,
        }
    }
}

impl RunOptions {
    /// The highest concurrency. A higher one is lowered to it.
    pub const MAX_CONCURRENCY: NonZeroUsize = NonZeroUsize::new(1024).unwrap();

    /// Sets the rate, which all workers of a journal share: the last one that is set counts. See
    /// [`Rate::documented`].
    #[must_use]
    pub const fn with_rate(mut self, rate: Rate) -> Self {
        self.rate = rate;
        self
    }

    /// Sets how many numbers may be in flight at once: claimed, and their result not recorded.
    #[must_use]
    pub fn with_concurrency(mut self, concurrency: NonZeroUsize) -> Self {
        self.concurrency = concurrency.min(Self::MAX_CONCURRENCY);
        self
    }

    /// Ends the run once so many numbers have become failed or unknown in it. `None`: never.
    #[must_use]
    pub const fn with_max_failures(mut self, failures: Option<NonZeroU64>) -> Self {
        self.max_failures = failures;
        self
    }

    /// Sets how long the vendor may refuse by 429, or connections fail, without one number settled in between,
    /// until the run ends. An unknown number does not count as settled.
    #[must_use]
    pub const fn with_give_up_after(mut self, time: Duration) -> Self {
        self.give_up_after = time;
        self
    }

    /// Sets how long the journal may fail until the run ends. Nothing new is sent meanwhile.
    #[must_use]
    pub const fn with_journal_patience(mut self, time: Duration) -> Self {
        self.journal_patience = time;
        self
    }

    /// Sets whether numbers that are unknown when the run starts are sent again. A 404 settles one as absent.
    #[must_use]
    pub const fn with_resend_unknown(mut self, resend: bool) -> Self {
        self.resend_unknown = resend;
        self
    }

    /// Says that the vendor's ids are the phone numbers themselves, as at Synthflow. A number that was bought
    /// again has its old id there, so no unknown one is sent again whose last intent is older than an hour.
    #[must_use]
    pub const fn with_ids_are_phone_numbers(mut self, phone_numbers: bool) -> Self {
        self.ids_are_phone_numbers = phone_numbers;
        self
    }

    /// Sends unknown numbers again however old their last intent is. See
    /// [`with_ids_are_phone_numbers`](Self::with_ids_are_phone_numbers).
    #[must_use]
    pub const fn with_even_if_bought_anew(mut self, resend: bool) -> Self {
        self.even_if_bought_anew = resend;
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

    /// How long the vendor may refuse.
    pub const fn give_up_after(&self) -> Duration {
        self.give_up_after
    }

    /// How long the journal may fail.
    pub const fn journal_patience(&self) -> Duration {
        self.journal_patience
    }

    /// Whether unknown numbers are sent again.
    pub const fn resend_unknown(&self) -> bool {
        self.resend_unknown
    }

    /// How young the last intent of an unknown number must be to be sent again. `None`: of any age.
    pub(super) fn resend_younger_than(&self) -> Option<Duration> {
        (self.ids_are_phone_numbers && !self.even_if_bought_anew).then_some(BOUGHT_ANEW)
    }
}
