//! Boxed futures.
//!
//! The compiler can't see that a future which borrows a connection across an await is `Send` when it is nested in
//! another. Boxed, it is checked on its own.

use std::pin::Pin;

pub(super) type Boxed<'a, T, E> = Pin<Box<dyn Future<Output = Result<T, E>> + Send + 'a>>;

pub(super) fn boxed<'a, T, E>(
    work: impl Future<Output = Result<T, E>> + Send + 'a,
) -> Boxed<'a, T, E> {
    Box::pin(work)
}
