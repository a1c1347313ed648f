//! The same call for people without a runtime.

use crate::{Error, NumberId, Preview, Release, Releaser, Vendor};
use std::fmt;
use std::sync::{Mutex, PoisonError};
use tokio::runtime::{Builder, Handle, Runtime};
use tokio::task::yield_now;

/// Runs a [`Releaser`] to its end on a runtime of its own, in the calling thread. Calls from several
/// threads wait for each other.
pub struct Blocking<R> {
    inner: R,
    /// There until it is dropped.
    runtime: Mutex<Option<Runtime>>,
}

impl<R: Releaser> Blocking<R> {
    /// Puts a runtime under a releaser.
    ///
    /// # Errors
    ///
    /// [`InvalidConfig`](crate::ErrorKind::InvalidConfig) where the system gives no runtime.
    pub fn new(inner: R) -> Result<Self, Error> {
        match Builder::new_current_thread().enable_all().build() {
            Ok(runtime) => Ok(Self {
                inner,
                runtime: Mutex::new(Some(runtime)),
            }),
            Err(error) => Err(
                Error::invalid_config(inner.vendor(), "no runtime could be made")
                    .with_source(error),
            ),
        }
    }

    /// The vendor that is asked.
    pub fn vendor(&self) -> Vendor {
        self.inner.vendor()
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
    /// As there; and [`InvalidConfig`](crate::ErrorKind::InvalidConfig), with nothing sent, where the
    /// calling thread is a runtime's: there the call would stop everything else, so await
    /// [`Releaser::release`] instead.
    pub fn release(&self, number: &NumberId) -> Result<Release, Error> {
        if Handle::try_current().is_ok() {
            return Err(Error::invalid_config(
                self.vendor(),
                "a blocking call inside a runtime; await the call instead",
            ));
        }
        let runtime = self.runtime.lock().unwrap_or_else(PoisonError::into_inner);
        match runtime.as_ref() {
            Some(runtime) => runtime.block_on(async {
                // Between calls nobody watched the connections: let the runtime see first which of them
                // the other side has closed, or the request is written to one of those and lost.
                for _ in 0..3 {
                    yield_now().await;
                }
                self.inner.release(number).await
            }),
            None => Err(Error::invalid_config(self.vendor(), "the runtime is gone")),
        }
    }
}

/// Gives the runtime up without waiting for it, so that it may also be dropped inside another.
impl<R> Drop for Blocking<R> {
    fn drop(&mut self) {
        let runtime = self
            .runtime
            .get_mut()
            .unwrap_or_else(PoisonError::into_inner);
        if let Some(runtime) = runtime.take() {
            runtime.shutdown_background();
        }
    }
}

impl<R: fmt::Debug> fmt::Debug for Blocking<R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Blocking")
            .field("inner", &self.inner)
            .finish_non_exhaustive()
    }
}
