//! Where a journal's file is: a copy of it is another place.

use crate::journal::host;
use std::fmt;
use std::fs::Metadata;

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Place {
    pub(super) host: String,
    pub(super) device: i64,
    pub(super) inode: i64,
}

impl Place {
    /// Only Unix tells devices and inodes.
    pub(super) fn of(metadata: &Metadata) -> Self {
        #[cfg(unix)]
        let (device, inode) = {
            use std::os::unix::fs::MetadataExt;
            (metadata.dev().cast_signed(), metadata.ino().cast_signed())
        };
        #[cfg(not(unix))]
        let (device, inode) = {
            let _ = metadata;
            (0, 0)
        };
        Self {
            host: host::name(),
            device,
            inode,
        }
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            host,
            device,
            inode,
        } = self;
        write!(f, "host {host}, device {device}, inode {inode}")
    }
}
