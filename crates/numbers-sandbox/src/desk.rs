use crate::{number::Numbers, record::Record};

/// What all listeners of a sandbox share.
pub(crate) struct Desk {
    pub(crate) numbers: Numbers,
    pub(crate) record: Record,
}
