//! Formats Rust as `cargo fmt` does.

use crate::files::File;
use crate::workspace::shell;
use anyhow::{Context, Result};
use std::fmt::Write;
use xshell::cmd;

/// Formats the Rust files among these, all in one run, because rustfmt takes longer to start than to format.
pub(super) fn format(files: &mut [File]) -> Result<()> {
    let is_rust = |file: &&mut File| file.path.extension().is_some_and(|end| end == "rs");
    let mut files: Vec<_> = files.iter_mut().filter(is_rust).collect();
    let mut whole = String::new();
    for (count, file) in files.iter().enumerate() {
        let (_, code) = head(&file.text);
        write!(whole, "\n{}\n\n{code}", mark(count))?;
    }
    let mut rest = rustfmt(&whole)?;
    for (count, file) in files.iter_mut().enumerate().rev() {
        let at = rest
            .rfind(&mark(count))
            .context("rustfmt moved a comment")?;
        let code = rest.split_off(at).split_off(mark(count).len());
        let (head, _) = head(&file.text);
        file.text = format!("{}\n\n{}\n", head.trim_end(), code.trim());
    }
    Ok(())
}

/// The comment before a file's code.
fn mark(count: usize) -> String {
    format!("// file {count}.")
}

/// A file's comments and attributes at its top, which may only be there, and its code.
fn head(text: &str) -> (&str, &str) {
    let is_head = |line: &str| {
        ["//", "#!["].iter().any(|start| line.starts_with(start)) || line.trim().is_empty()
    };
    let lines = text.split_inclusive('\n').take_while(|line| is_head(line));
    text.split_at(lines.map(str::len).sum())
}

fn rustfmt(text: &str) -> Result<String> {
    let shell = shell()?;
    let rustfmt = cmd!(shell, "rustfmt --edition 2024 --emit stdout");
    Ok(rustfmt.stdin(text).read()?)
}
