//! The templates, and how text is written in each kind of file.

use crate::contract::names::{constant, field, pascal};
use crate::workspace::root;
use anyhow::{Context, Result, anyhow};
use minijinja::syntax::SyntaxConfig;
use minijinja::value::Value;
use minijinja::{AutoEscape, Environment, UndefinedBehavior};
use std::collections::BTreeSet;
use std::sync::LazyLock;

/// The folder of the templates, each a file with the end `.j2`.
const FOLDER: &str = "xtask/src/codegen/templates";

/// The templates by their paths in the folder, without the end. Read and parsed once.
static TEMPLATES: LazyLock<Result<Environment<'static>>> = LazyLock::new(|| {
    let mut templates = environment()?;
    let folder = root().join(FOLDER);
    let mut next = vec![folder.clone()];
    while let Some(place) = next.pop() {
        if place.is_dir() {
            for entry in place.read_dir()? {
                next.push(entry?.path());
            }
        } else if place.extension().is_some_and(|end| end == "j2") {
            let name = place.with_extension("");
            let name = name.strip_prefix(&folder)?.display().to_string();
            // Kept for as long as this command runs.
            templates.add_template(name.leak(), std::fs::read_to_string(place)?.leak())?;
        }
    }
    Ok(templates)
});

fn templates() -> Result<&'static Environment<'static>> {
    TEMPLATES.as_ref().map_err(|error| anyhow!("{error:#}"))
}

/// The paths of the templates within a folder of theirs, in order.
pub(super) fn within(folder: &str) -> Result<BTreeSet<&'static str>> {
    let names = templates()?.templates().map(|(name, _)| name);
    Ok(names
        .filter_map(|name| name.strip_prefix(folder)?.strip_prefix('/'))
        .collect())
}

/// Fills a template.
pub(super) fn render(name: &str, facts: &Value) -> Result<String> {
    let text = templates()?.get_template(name)?.render(facts);
    text.with_context(|| format!("the template {name}"))
}

fn environment() -> Result<Environment<'static>> {
    let mut templates = Environment::new();
    templates.set_undefined_behavior(UndefinedBehavior::Strict);
    templates.set_auto_escape_callback(|_| AutoEscape::None);
    let mut syntax = SyntaxConfig::builder();
    syntax
        .trim_blocks(true)
        .lstrip_blocks(true)
        .keep_trailing_newline(true);
    templates.set_syntax(syntax.build()?);
    templates.add_filter("cell", |text: &str| line(text).replace('|', "\\|"));
    templates.add_filter("constant", constant);
    templates.add_filter("doc", doc);
    templates.add_filter("field", field);
    templates.add_filter("line", line);
    templates.add_filter("toml", |it: &str| serde_json::json!(line(it)).to_string());
    templates.add_filter("lit", literal);
    templates.add_filter("mark", mark);
    templates.add_filter("noted", noted);
    templates.add_filter("optional", |text: Value| match text.as_str() {
        Some(text) => format!("Some({text:?})"),
        None => "None".to_owned(),
    });
    templates.add_filter("pascal", pascal);
    templates.add_filter("rawlit", raw);
    Ok(templates)
}

/// Puts text on one line.
pub(super) fn line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A doc comment, wrapped.
fn doc(text: &str) -> String {
    let mut lines = vec![String::new()];
    for word in text.split_whitespace() {
        match lines.last_mut().filter(|line| line.len() + word.len() < 95) {
            Some(line) => {
                line.push(' ');
                line.push_str(word);
            }
            None => lines.push(format!(" {word}")),
        }
    }
    lines
        .iter()
        .map(|line| format!("///{line}"))
        .collect::<Vec<_>>()
        .join("\n")
}

/// Text as a string literal. A long one becomes `concat!`, because rustfmt does not format code with long
/// literals.
fn literal(text: &str) -> String {
    const LINE: usize = 84;
    let text = line(text);
    if text.len() <= LINE {
        return format!("{text:?}");
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
    let pieces: Vec<_> = pieces.iter().map(|piece| format!("{piece:?}")).collect();
    format!("concat!({})", pieces.join(", "))
}

/// Text as a raw string literal.
fn raw(text: &str) -> String {
    if text.contains("\"#") {
        format!("{text:?}")
    } else {
        format!("r#\"{text}\"#")
    }
}

/// The mark for a source.
fn mark(source: &str) -> &'static str {
    match source {
        "vendor" => " _vendor_",
        "seen" => " _seen_",
        "guess" => " _guess_",
        _ => "",
    }
}

/// A note behind a text, or nothing.
fn noted(note: Value) -> Result<String, minijinja::Error> {
    if note.is_none() {
        return Ok(String::new());
    }
    let (text, source) = (note.get_attr("text")?, note.get_attr("x-source")?);
    let text = line(text.as_str().unwrap_or_default());
    Ok(format!(
        " {text}{}",
        mark(source.as_str().unwrap_or_default())
    ))
}
