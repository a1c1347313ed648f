//! Layers: each is a [`Releaser`](crate::Releaser) around another.

mod policy;
mod rate_limit;
mod retry;
mod span;

pub use policy::RetryPolicy;
pub use rate_limit::RateLimit;
pub use retry::Retry;
