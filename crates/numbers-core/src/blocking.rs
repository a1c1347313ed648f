//! The same call without an async runtime. Needs the feature `blocking`.

use crate::{Account, Error, ErrorKind, NumberId, Preview, Release, Releaser, Vendor};
use tokio::runtime::{Builder, Handle};

/// Makes the calls of a [`Releaser`] without async, for programs without a runtime.
///
/// Each call makes a tokio runtime on the calling thread. Several threads may call at once.
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
    /// As [`Releaser::preview`].
    pub fn preview(&self, number: &NumberId) -> Result<Preview, Error> {
        self.inner.preview(number)
    }

    /// See [`Releaser::release`].
    ///
    /// # Errors
    ///
    /// As [`Releaser::release`], and [`NotSent`](crate::ErrorKind::NotSent) where no runtime can be made or the
    /// calling thread belongs to one, which the call would block. There await [`Releaser::release`], or in
    /// `spawn_blocking` use the runtime's `Handle::block_on`.
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
