//! What a vendor's client is made of: for the authors of one, and of no use to its callers.
//!
//! - An id is checked by [`check_segment`] before anything is sent, and becomes part of a path by
//!   [`push_segment`].
//! - The vendor's words pass through [`printable`] before they are searched for secrets and shown.
//! - [`async_trait`] implements [`Releaser`](crate::Releaser).

pub use crate::segment::{MAX_SEGMENT_BYTES, SegmentError, check_segment, push_segment};
pub use crate::text::printable;
#[doc(inline)]
pub use crate::{named_enum, named_serde};
pub use async_trait::async_trait;
