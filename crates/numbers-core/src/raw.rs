#![doc = include_str!("../../../docs/your-own-vendor.md")]

pub use crate::segment::{MAX_SEGMENT_BYTES, SegmentError, check_segment, push_segment};
pub use crate::text::printable;
