use crate::{Account, Error, NumberId, Preview, Release, Vendor};
use async_trait::async_trait;
use std::fmt;
use std::sync::Arc;

/// What can release a number: a vendor's client, or a layer around one.
///
/// Object-safe, so that a service with several vendors holds an `Arc<dyn Releaser>` of each.
///
/// # Dropping the future
///
/// The future of [`release`](Self::release) may be dropped at any await. Before the request is on
/// its way nothing happens to the number; after that the vendor may have released it, and nobody is
/// told. Treat a dropped call as an error that may have released.
#[async_trait]
pub trait Releaser: Send + Sync {
    /// The vendor that is asked.
    fn vendor(&self) -> Vendor;

    /// The account that it acts for.
    fn account(&self) -> Account;

    /// What [`release`](Self::release) would send, secrets masked, after the same checks. Nothing
    /// is sent.
    ///
    /// # Errors
    ///
    /// [`InvalidNumber`](crate::ErrorKind::InvalidNumber) where `release` would refuse the id.
    fn preview(&self, number: &NumberId) -> Result<Preview, Error>;

    /// Releases the number. It can't be undone. A vendor's client sends one request; a layer says
    /// how many it may send.
    ///
    /// # Errors
    ///
    /// Any [`ErrorKind`](crate::ErrorKind); what each says of the number is
    /// [`Error::may_have_released`].
    async fn release(&self, number: &NumberId) -> Result<Release, Error>;
}

/// Shows the vendor and the account, so that a struct which holds an `Arc<dyn Releaser>` can derive `Debug`.
///
/// `Releaser` does not ask for `Debug` itself: an implementor would derive it, and a derived one prints the
/// key that the releaser holds.
impl fmt::Debug for dyn Releaser + '_ {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Releaser")
            .field("vendor", &self.vendor())
            .field("account", &self.account())
            .finish_non_exhaustive()
    }
}

macro_rules! forward {
    ($($pointer:ty),+) => {$(
        #[async_trait]
        impl<R: Releaser + ?Sized> Releaser for $pointer {
            fn vendor(&self) -> Vendor {
                (**self).vendor()
            }

            fn account(&self) -> Account {
                (**self).account()
            }

            fn preview(&self, number: &NumberId) -> Result<Preview, Error> {
                (**self).preview(number)
            }

            async fn release(&self, number: &NumberId) -> Result<Release, Error> {
                (**self).release(number).await
            }
        }
    )+};
}

forward!(&R, Box<R>, Arc<R>);
