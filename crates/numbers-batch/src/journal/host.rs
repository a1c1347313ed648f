//! The machine and the id of this process.

use std::sync::LazyLock;

/// A laptop's name may change with its network. This process keeps the first.
static NAME: LazyLock<String> = LazyLock::new(|| {
    #[cfg(unix)]
    let name = nix::unistd::gethostname().map(|name| name.to_string_lossy().into_owned());
    #[cfg(not(unix))]
    let name = std::env::var("COMPUTERNAME");
    name.unwrap_or_else(|_| "unknown".to_owned())
});

/// The name of this machine.
pub(super) fn name() -> String {
    NAME.clone()
}

/// The id of this process.
pub(super) fn pid() -> i64 {
    i64::from(std::process::id())
}
