#![doc = include_str!("../../../docs/your-own-vendor.md")]

pub use crate::segment::{MAX_SEGMENT_BYTES, SegmentError, check_segment, push_segment};
pub use crate::text::printable;
#[doc(inline)]
pub use crate::{named_enum, named_serde};
pub use async_trait::async_trait;
