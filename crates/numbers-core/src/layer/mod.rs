//! What can be put around a [`Releaser`](crate::Releaser) and is one itself.

mod policy;
mod rate_limit;
mod retry;
mod span;

pub use policy::RetryPolicy;
pub use rate_limit::RateLimit;
pub use retry::Retry;
