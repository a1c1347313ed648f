//! Formats tokens as a Rust file.

use super::prose::line;
use anyhow::{Context, Result, ensure};
use proc_macro2::TokenStream;
use quote::quote;
use std::io::Write;
use std::process::{Command, Stdio};

/// A header and items, formatted as by `cargo fmt`.
pub(super) fn file(header: &str, items: Vec<TokenStream>) -> Result<String> {
    let mut text = header.to_owned();
    for item in items {
        let file = syn::parse2(item.clone())
            .with_context(|| format!("the generator wrote what is not Rust: {item}"))?;
        text.push('\n');
        text.push_str(&spaced(&prettyplease::unparse(&file)));
    }
    format(&text)
}

/// Adds a blank line before functions and documented items.
fn spaced(text: &str) -> String {
    let mut spaced = String::with_capacity(text.len());
    let mut before = "";
    for line in text.lines() {
        let begins = ["///", "fn "]
            .iter()
            .any(|start| line.trim_start().starts_with(start));
        if begins && before.ends_with([';', '}']) {
            spaced.push('\n');
        }
        spaced.push_str(line);
        spaced.push('\n');
        before = line;
    }
    spaced
}

/// Text as a string literal. A long one becomes `concat!`, because rustfmt does not format code with long
/// literals.
pub(super) fn text(text: &str) -> TokenStream {
    const LINE: usize = 84;
    let text = line(text);
    if text.len() <= LINE {
        return quote! { #text };
    }
    let mut pieces = vec![String::new()];
    for word in text.split_inclusive([' ', '/']) {
        match pieces
            .last_mut()
            .filter(|piece| piece.len() + word.len() <= LINE)
        {
            Some(piece) => piece.push_str(word),
            None => pieces.push(word.to_owned()),
        }
    }
    quote! { concat!(#(#pieces),*) }
}

/// A raw string literal.
pub(super) fn raw(text: &str) -> TokenStream {
    syn::parse_str(&format!("r#\"{text}\"#")).unwrap_or_else(|_| quote! { #text })
}

/// A doc comment, wrapped.
pub(super) fn docs(text: &str) -> TokenStream {
    let mut lines = vec![String::new()];
    for word in text.split_whitespace() {
        let line = lines.last_mut().filter(|line| line.len() + word.len() < 95);
        match line {
            Some(line) => {
                line.push(' ');
                line.push_str(word);
            }
            None => lines.push(format!(" {word}")),
        }
    }
    quote! { #(#[doc = #lines])* }
}

/// Runs `rustfmt`. prettyplease does not format macros.
pub(crate) fn format(text: &str) -> Result<String> {
    let mut rustfmt = Command::new("rustfmt")
        .args(["--edition", "2024", "--emit", "stdout"])
        .current_dir(crate::workspace::root())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .context("could not start rustfmt")?;
    // Dropped at once, which closes the pipe: rustfmt reads to its end before it writes.
    rustfmt
        .stdin
        .take()
        .context("rustfmt has no input")?
        .write_all(text.as_bytes())?;
    let output = rustfmt.wait_with_output()?;
    ensure!(
        output.status.success(),
        "rustfmt refused what the generator wrote"
    );
    String::from_utf8(output.stdout).context("rustfmt printed what is not UTF-8")
}
