//! What the command says on stderr.

use std::io::{self, Write};

/// Tells a person something, line by line. Where stderr can't be written there is nobody to tell.
pub(crate) fn note(text: &str) {
    let mut stderr = io::stderr().lock();
    for line in text.lines() {
        let _ = writeln!(stderr, "numbers: {line}");
    }
}
