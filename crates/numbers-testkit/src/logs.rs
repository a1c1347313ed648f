//! Every log line of the process, at the highest level, through `tracing` and through `log`.

use std::io::{self, Write};
use std::sync::{Arc, Mutex};
use tracing_subscriber::filter::LevelFilter;
use tracing_subscriber::fmt::format::FmtSpan;

/// The log so far. It belongs to the whole process, so the test that uses it is alone in its file.
#[derive(Clone, Debug, Default)]
pub struct Logs(Arc<Mutex<Vec<u8>>>);

impl Logs {
    /// Starts to capture the events and spans of `tracing` and the records of `log`, at TRACE.
    pub fn capture() -> Self {
        let logs = Self::default();
        let writer = logs.clone();
        // `init` also turns records of `log`, which reqwest writes, into events.
        tracing_subscriber::fmt()
            .with_max_level(LevelFilter::TRACE)
            .with_span_events(FmtSpan::FULL)
            .with_ansi(false)
            .with_writer(move || writer.clone())
            .init();
        logs
    }

    /// All lines so far.
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.0.lock().unwrap()).into_owned()
    }

    /// Writes a line with this text through each of the two: proof that the log shows a leak.
    pub fn leak(text: &str) {
        tracing::trace!(leaked = text, "through tracing");
        log::trace!("through log: {text}");
    }
}

impl Write for Logs {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
