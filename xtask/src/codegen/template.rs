//! The templates, and how text is written in each kind of file.

use crate::contract::names::{constant, pascal};
use anyhow::{Context, Result, anyhow};
use minijinja::syntax::SyntaxConfig;
use minijinja::value::Value;
use minijinja::{AutoEscape, Environment, UndefinedBehavior};
use std::sync::LazyLock;

/// Names and texts of the templates, by their files under `templates`.
macro_rules! sources {
    ($($name:literal in $folder:literal),* $(,)?) => {
        &[$(($name, include_str!(concat!("templates/", $folder, $name, ".j2")))),*]
    };
}

const SOURCES: &[(&str, &str)] = sources![
    "Cargo.toml" in "crate/",
    "builder.rs" in "crate/",
    "client.rs" in "crate/",
    "contract.rs" in "crate/",
    "fixture.rs" in "crate/",
    "id.rs" in "crate/",
    "lib.rs" in "crate/",
    "release.rs" in "crate/",
    "response.rs" in "crate/",
    "secrets.rs" in "crate/",
    "wire.rs" in "crate/",
    "page.md" in "",
    "README.md" in "new/",
    "PROVENANCE.md" in "new/",
    "request.rs" in "new/",
    "compiled.rs" in "regions/",
    "dependencies.toml" in "regions/",
    "exports.rs" in "regions/",
    "features.md" in "regions/",
    "features.rs" in "regions/",
    "features.toml" in "regions/",
    "settings.md" in "regions/",
    "variables.md" in "regions/",
    "vendors.md" in "regions/",
    "workspace.toml" in "regions/",
    "cli.toml" in "regions/",
    "fuzz.toml" in "regions/",
    "fuzz.rs" in "regions/",
    "pages.md" in "regions/",
];

/// The templates, parsed once.
static TEMPLATES: LazyLock<Result<Environment<'static>, minijinja::Error>> =
    LazyLock::new(environment);

/// Fills a template.
pub(super) fn render(name: &str, facts: &Value) -> Result<String> {
    let templates = TEMPLATES.as_ref().map_err(|error| anyhow!("{error:#}"))?;
    let template = templates.get_template(name)?;
    let text = template.render(facts);
    text.with_context(|| format!("the template {name}"))
}

fn environment() -> Result<Environment<'static>, minijinja::Error> {
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
    templates.add_filter("line", line);
    templates.add_filter("lit", literal);
    templates.add_filter("mark", mark);
    templates.add_filter("noted", noted);
    templates.add_filter("optional", |text: Value| match text.as_str() {
        Some(text) => format!("Some({text:?})"),
        None => "None".to_owned(),
    });
    templates.add_filter("pascal", pascal);
    templates.add_filter("rawlit", raw);
    for (name, text) in SOURCES {
        templates.add_template(name, text)?;
    }
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
