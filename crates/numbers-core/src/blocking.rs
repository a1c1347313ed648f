//! The same call for people without a runtime.

use crate::{Account, Error, ErrorKind, NumberId, Preview, Release, Releaser, Vendor};
use tokio::runtime::{Builder, Handle};

/// Runs the calls of a [`Releaser`] to their end in the calling thread. Several threads may call at once.
///
/// Each call has a runtime of its own, on the calling thread, which ends with it.
#[derive(Debug)]
pub struct Blocking<R> {
    inner: R,
}

impl<R: Releaser> Blocking<R> {
    /// Wraps a releaser.
    pub const fn new(inner: R) -> Self {
        Self { inner }
    }

    /// The vendor that is asked.
    pub fn vendor(&self) -> Vendor {
        self.inner.vendor()
    }

    /// The account that it acts for.
    pub fn account(&self) -> Account {
        self.inner.account()
    }

    /// See [`Releaser::preview`].
    ///
    /// # Errors
    ///
    /// As there.
    pub fn preview(&self, number: &NumberId) -> Result<Preview, Error> {
        self.inner.preview(number)
    }

    /// See [`Releaser::release`].
    ///
    /// # Errors
    ///
    /// As there. Also [`NotSent`](crate::ErrorKind::NotSent) where the
    /// operating system gives no runtime, and where the calling thread belongs to one: there the call would
    /// stop everything else, so await [`Releaser::release`] instead. In `spawn_blocking`, which can't be
    /// told apart, use the runtime's `Handle::block_on`.
    pub fn release(&self, number: &NumberId) -> Result<Release, Error> {
        let not_sent = |why| Error::new(self.vendor(), ErrorKind::NotSent).with_detail(why);
        if Handle::try_current().is_ok() {
            return Err(not_sent(
                "a blocking call inside a runtime; await the call instead",
            ));
        }
        let runtime = Builder::new_current_thread()
            .enable_all()
            .build()
            .map_err(|error| not_sent("no runtime could be made").with_source(error))?;
        let result = runtime.block_on(self.inner.release(number));
        // Without waiting for a name server that may still be asked.
        runtime.shutdown_background();
        result
    }
}
