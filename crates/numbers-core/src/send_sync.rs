//! Asserts at compile time that the public types are `Send` and `Sync`. [`Releaser`] requires both of a client.

use crate::{
    Account, Attempt, ConfigError, ConfigProblem, Disposition, Endpoint, Error, NumberId, Preview,
    Release, Releaser, Setting, UnknownName, Vendor,
};

const fn send_sync<T: Send + Sync + ?Sized>() {}

const _: () = {
    send_sync::<Account>();
    send_sync::<Attempt>();
    send_sync::<ConfigError>();
    send_sync::<ConfigProblem>();
    send_sync::<Disposition>();
    send_sync::<Endpoint>();
    send_sync::<Error>();
    send_sync::<NumberId>();
    send_sync::<Preview>();
    send_sync::<Release>();
    send_sync::<Setting>();
    send_sync::<UnknownName>();
    send_sync::<Vendor>();
    send_sync::<dyn Releaser>();
};

#[cfg(feature = "layers")]
const _: () = {
    send_sync::<crate::RetryPolicy>();
    send_sync::<crate::Retry<crate::RateLimit<std::sync::Arc<dyn Releaser>>>>();
};

#[cfg(feature = "blocking")]
const _: () = send_sync::<crate::blocking::Blocking<std::sync::Arc<dyn Releaser>>>();

#[cfg(feature = "testing")]
const _: () = send_sync::<crate::testing::Scripted>();

/// The future of a release is `Send`.
const _: fn(&dyn Releaser, &NumberId) = |releaser, number| {
    const fn send<T: Send>(_: &T) {}
    send(&releaser.release(number));
};
