//! The same call without an async runtime.

use crate::{Account, Error, ErrorKind, NumberId, Preview, Release, Releaser, Vendor};
use tokio::runtime::{Builder, Handle};

/// A [`Releaser`] for programs without a runtime. Several threads may call at once.
///
/// Each call has a runtime of its own, on the calling thread.
#[derive(Debug)]
pub struct Blocking<R> {
    inner: R,
}

impl<R: Releaser> Blocking<R> {
    /// Wraps a releaser.
    pub const fn new(inner: R) -> Self {
        Self { inner }
    }

    /// The vendor.
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
    /// As there. Also [`NotSent`](crate::ErrorKind::NotSent) where no runtime can be made, and where the
    /// calling thread belongs to a runtime, which the call would block: await [`Releaser::release`] instead, or
    /// in `spawn_blocking` use the runtime's `Handle::block_on`.
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
        // A DNS lookup may still be running: do not wait for it.
        runtime.shutdown_background();
        result
    }
}
