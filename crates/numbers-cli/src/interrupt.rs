//! Signals that end the command: Ctrl-C, SIGTERM and the closing of the terminal.

use crate::exit::Exit;
use crate::output::note;
use std::io;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, mpsc};
use std::thread;
use std::time::{Duration, Instant};
use tokio::sync::Notify;

/// Signals this close together count as one: `timeout`, for example, sends its signal to the process and
/// then to the process group.
const SAME_SIGNAL: Duration = Duration::from_millis(100);

/// How long the second signal waits for stderr, which may be blocked as well.
const STDERR_TIMEOUT: Duration = Duration::from_millis(100);

/// Whether a signal was received.
#[derive(Debug)]
pub(crate) struct Interrupt(Arc<State>);

#[derive(Debug, Default)]
struct State {
    requested: Arc<AtomicBool>,
    wake: Notify,
    again: Notify,
    unprinted: Mutex<String>,
}

impl Interrupt {
    /// From now on the first SIGINT, SIGTERM or SIGHUP (on Windows, Ctrl-C) requests the end, and a second
    /// one ends the process. A separate thread receives them, so that the second works while a write blocks.
    ///
    /// # Errors
    ///
    /// If the operating system refuses a handler or a thread.
    pub(crate) fn listen() -> io::Result<Self> {
        Self::listen_with_grace(Duration::ZERO)
    }

    /// As [`listen`](Self::listen), but after the second signal the command has so long to end by itself.
    ///
    /// # Errors
    ///
    /// As [`listen`](Self::listen).
    pub(crate) fn listen_with_grace(grace: Duration) -> io::Result<Self> {
        let state = Arc::<State>::default();
        let mut signals = signals(&state.requested)?;
        let interrupt = Self(Arc::clone(&state));
        thread::Builder::new()
            .name("signals".to_owned())
            .spawn(move || {
                signals.next();
                let first = Instant::now();
                state.requested.store(true, Ordering::SeqCst);
                state.wake.notify_one();
                signals.find(|()| first.elapsed() > SAME_SIGNAL);
                state.again.notify_one();
                thread::sleep(grace);
                state.end()
            })?;
        Ok(interrupt)
    }

    /// Whether a signal was received.
    pub(crate) fn requested(&self) -> bool {
        self.0.requested.load(Ordering::SeqCst)
    }

    /// Waits for the first signal.
    pub(crate) async fn wait(&self) {
        while !self.requested() {
            self.0.wake.notified().await;
        }
    }

    /// Waits for the second signal.
    pub(crate) async fn wait_again(&self) {
        self.0.again.notified().await;
    }

    /// Calls `print`. If a second signal ends the process meanwhile, `unprinted` goes to stderr.
    pub(crate) fn while_printing<T>(&self, unprinted: &str, print: impl FnOnce() -> T) -> T {
        self.0.unprinted().push_str(unprinted);
        let printed = print();
        self.0.unprinted().clear();
        printed
    }
}

impl State {
    fn unprinted(&self) -> MutexGuard<'_, String> {
        self.unprinted
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
    }

    fn end(&self) -> ! {
        let text = format!("{}\nended by a second signal", self.unprinted());
        let (written, wait) = mpsc::channel();
        let writer = thread::Builder::new().spawn(move || {
            note(text.trim_start());
            // Fails if the receiver has timed out.
            let _ = written.send(());
        });
        if writer.is_ok() {
            let _ = wait.recv_timeout(STDERR_TIMEOUT);
        }
        std::process::exit(Exit::Interrupted as i32)
    }
}

/// Each item is a signal. The handler sets `requested` before any other thread continues.
#[cfg(unix)]
fn signals(requested: &Arc<AtomicBool>) -> io::Result<impl Iterator<Item = ()> + Send + use<>> {
    use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};

    let mut signal_numbers = vec![SIGINT, SIGTERM];
    // `nohup` makes a process ignore SIGHUP. Leave it ignored.
    if !ignores(SIGHUP) {
        signal_numbers.push(SIGHUP);
    }
    for signal in &signal_numbers {
        signal_hook::flag::register(*signal, Arc::clone(requested))?;
    }
    // With a handler, a write beyond the limit on a file's size fails instead of ending the process.
    signal_hook::flag::register(nix::libc::SIGXFSZ, Arc::default())?;
    let mut signals = signal_hook::iterator::Signals::new(signal_numbers)?;
    Ok(std::iter::from_fn(move || {
        signals.forever().next().map(|_| ())
    }))
}

/// Whether the process ignores a signal. Only Linux tells.
#[cfg(unix)]
fn ignores(signal: i32) -> bool {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let ignored = status
        .lines()
        .find_map(|line| line.strip_prefix("SigIgn:"))
        .and_then(|mask| u64::from_str_radix(mask.trim(), 16).ok());
    ignored.is_some_and(|mask| (mask >> (signal - 1)) & 1 == 1)
}

/// Each item is a Ctrl-C.
#[cfg(windows)]
fn signals(_: &Arc<AtomicBool>) -> io::Result<impl Iterator<Item = ()> + Send + use<>> {
    let runtime = tokio::runtime::Builder::new_current_thread().build()?;
    let mut interrupt = tokio::signal::windows::ctrl_c()?;
    Ok(std::iter::from_fn(move || {
        runtime.block_on(interrupt.recv())
    }))
}
