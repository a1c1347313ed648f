//! The same call for people without a runtime.

use crate::{Error, NumberId, Preview, Release, Releaser, Vendor};
use std::fmt;
use tokio::runtime::{Builder, Handle, Runtime};

/// Runs a [`Releaser`] to its end in the calling thread, several threads side by side.
///
/// Its runtime has a thread of its own, which watches the connections between calls too: a connection
/// that the vendor has closed meanwhile is seen before a request is lost on it.
pub struct Blocking<R> {
    inner: R,
    /// There until it is dropped.
    runtime: Option<Runtime>,
}

impl<R: Releaser> Blocking<R> {
    /// Puts a runtime under a releaser.
    ///
    /// # Errors
    ///
    /// [`InvalidConfig`](crate::ErrorKind::InvalidConfig) where the system gives no runtime.
    pub fn new(inner: R) -> Result<Self, Error> {
        let runtime = Builder::new_multi_thread()
            .worker_threads(1)
            .thread_name("numbers-blocking")
            .enable_all()
            .build();
        match runtime {
            Ok(runtime) => Ok(Self {
                inner,
                runtime: Some(runtime),
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
    /// [`Releaser::release`] instead. In `spawn_blocking`, which can't be told apart, let the runtime's
    /// `Handle::block_on` do that.
    pub fn release(&self, number: &NumberId) -> Result<Release, Error> {
        if Handle::try_current().is_ok() {
            return Err(Error::invalid_config(
                self.vendor(),
                "a blocking call inside a runtime; await the call instead",
            ));
        }
        match &self.runtime {
            Some(runtime) => runtime.block_on(self.inner.release(number)),
            None => Err(Error::invalid_config(self.vendor(), "the runtime is gone")),
        }
    }
}

/// Gives the runtime up without waiting for it, so that it may also be dropped inside another.
impl<R> Drop for Blocking<R> {
    fn drop(&mut self) {
        if let Some(runtime) = self.runtime.take() {
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
