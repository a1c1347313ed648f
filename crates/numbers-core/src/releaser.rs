use crate::{Account, Error, NumberId, Preview, Release, Vendor};
use async_trait::async_trait;
use std::fmt;
use std::sync::Arc;

/// What can release a number: a vendor's client, or a layer around one.
///
/// Object-safe: a service with several vendors holds an `Arc<dyn Releaser>` of each. To implement it for a vendor
/// of your own, see [`raw`](crate::raw).
///
/// # Dropping the future
///
/// The future of [`release`](Self::release) may be dropped at any await. Once the request is on its way, the
/// vendor may have released the number: treat a dropped call as unknown.
#[async_trait]
pub trait Releaser: Send + Sync {
    /// The vendor.
    fn vendor(&self) -> Vendor;

    /// The account that it acts for.
    fn account(&self) -> Account;

    /// What [`release`](Self::release) would send, secrets masked, after the same checks. It sends nothing.
    ///
    /// # Errors
    ///
    /// [`InvalidNumber`](crate::ErrorKind::InvalidNumber) where `release` would refuse the id.
    fn preview(&self, number: &NumberId) -> Result<Preview, Error>;

    /// Releases the number, which can't be undone. A vendor's client sends one request; a layer documents how
    /// many it may send. An implementation adds an [`Attempt`](crate::Attempt) to every result of a request.
    ///
    /// # Errors
    ///
    /// Any [`ErrorKind`](crate::ErrorKind). [`Error::disposition`] says what that means for the number.
    async fn release(&self, number: &NumberId) -> Result<Release, Error>;
}

/// Shows the vendor and the account, so that a struct which holds an `Arc<dyn Releaser>` can derive `Debug`.
///
/// `Debug` is not a supertrait: implementors would derive it, which prints the key.
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
