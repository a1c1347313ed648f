//! `docs/vendors/<vendor>.md`: the contract as a page for people.

use super::tables;
use super::wire::may_have_released;
use crate::contract::answers::Example;
use crate::contract::document::{Note, Source};
use crate::contract::{Case, Contract};
use anyhow::{Context, Result};
use std::fmt::Write as _;

/// The text of the page.
pub(super) fn print(contract: &Contract) -> Result<String> {
    let operation = contract.operation()?;
    let mut page = String::new();
    let title = contract.title();
    writeln!(
        page,
        "<!-- Written by `cargo xtask codegen` from the contract; a change belongs there. -->\n"
    )?;
    writeln!(page, "# {title}\n")?;
    writeln!(
        page,
        "{}. {}{}\n",
        operation.summary,
        operation.description,
        noted(operation.note.as_ref())
    )?;
    writeln!(
        page,
        "The crate is [`{0}`](../../crates/{0}/README.md); the vendor's page is [`{1}`]({2}){4}, read in {3}. \
         A fact without a mark is from that page. _vendor_ marks what the vendor says elsewhere, _seen_ what \
         somebody else has published of a live answer, _guess_ what is inferred. The mark of an example is for its \
         form alone: ids, words and codes in it may be ours. \
         [PROVENANCE](../../crates/{0}/contract/PROVENANCE.md) has the particulars.\n",
        contract.krate,
        operation.id.value,
        operation.docs.url,
        contract.document.info.version,
        mark(operation.docs.source)
    )?;
    writeln!(page, "## What it does\n")?;
    notes(&mut page, &operation.effects)?;
    writeln!(page, "\n## Request\n\n{}", tables::request(contract)?)?;
    if contract.document.servers_mean.is_some() {
        let meaning = noted(contract.document.servers_mean.as_ref());
        writeln!(page, "The choice among the servers:{meaning}\n")?;
    }
    writeln!(
        page,
        "## Ids\n\n| parameter | what it is | form | such as |\n|---|---|---|---|"
    )?;
    for parameter in contract.parameters() {
        writeln!(
            page,
            "| `{}` | {}{}{} | {} | `{}` |",
            parameter.name,
            parameter.description,
            mark(parameter.source),
            noted(parameter.note.as_ref()),
            tables::form(&parameter.form),
            parameter.example.value
        )?;
    }
    writeln!(
        page,
        "\nAn id is refused before anything is sent where it is empty, `.` or `..`, longer than {} bytes, contains \
         `/`, `\\`, `%`, a control character or an invisible one, or begins or ends with white space. The rest is sent \
         as one percent-encoded segment.",
        numbers_core::MAX_SEGMENT_BYTES
    )?;
    writeln!(
        page,
        "\n## Answers\n\n| status | when | meaning |\n|---|---|---|"
    )?;
    for (status, response) in contract.answers() {
        let meaning = response
            .outcome
            .as_ref()
            .map_or("an error", |outcome| outcome.value.as_str());
        writeln!(
            page,
            "| `{status}` | {}{} | {meaning} |",
            response.description,
            mark(response.source)
        )?;
    }
    let (name, _) = contract.success_schema().context("no success")?;
    writeln!(
        page,
        "\nThe fields, as far as they are read:\n\n| object | field | type | what it says |\n|---|---|---|---|"
    )?;
    for (object, schema) in &contract.document.components.schemas {
        for (field, property) in &schema.value.properties {
            let property = &property.value;
            writeln!(
                page,
                "| `{object}` | `{field}` | {} | {}{} |",
                tables::kind(property),
                property.description,
                mark(property.source)
            )?;
        }
    }
    writeln!(
        page,
        "\nOnly a body that fits `{name}` is a success. That a field must be there, or has one value, is this project's \
         rule, drawn from the page's example; types beside that of such a value are read, not documented.\n"
    )?;
    writeln!(
        page,
        "## Successes\n\n| status | body | outcome |\n|---|---|---|"
    )?;
    for case in contract.cases().filter(is_success) {
        writeln!(
            page,
            "| {} | {} | `{}` |",
            case.status,
            body(&case),
            case.example.result.value
        )?;
    }
    writeln!(
        page,
        "\n## Errors\n\n| status | body | kind | may the number be gone? |\n|---|---|---|---|"
    )?;
    for case in contract.cases().filter(|case| !is_success(case)) {
        let result = &case.example.result.value;
        let gone = if may_have_released(result) {
            "yes"
        } else {
            "no"
        };
        writeln!(
            page,
            "| {} | {} | `{result}` | {gone} |",
            status(&case),
            body(&case),
        )?;
        if let Some(hint) = &case.response.hint {
            writeln!(page, "| | Note: {} | | |", hint.value)?;
        }
    }
    writeln!(
        page,
        "\nOther statuses fall by [the table of outcomes](../outcomes-and-retries.md).\n\n## Limits\n"
    )?;
    notes(&mut page, &operation.limits)?;
    writeln!(page, "\n## Unknown\n")?;
    for unknown in &operation.unknown {
        writeln!(page, "- {unknown}")?;
    }
    writeln!(
        page,
        "\nWhere a person can look a number up: {}.{}\n",
        operation.lookup.text,
        mark(operation.lookup.source)
    )?;
    writeln!(
        page,
        "## Variables\n\n{}",
        tables::variables(&[contract]).trim_end()
    )?;
    if !contract.document.differs.is_empty() {
        writeln!(
            page,
            "\n## Where {title}'s own document differs\n\n| fact | theirs | why it does not matter |\n|---|---|---|"
        )?;
        for differs in &contract.document.differs {
            for known in &differs.facts {
                writeln!(
                    page,
                    "| {} | {} | {} |",
                    known.fact, known.theirs, differs.reason
                )?;
            }
        }
    }
    Ok(page)
}

fn notes(page: &mut String, notes: &[Note]) -> Result<()> {
    for note in notes {
        writeln!(page, "- {}{}", note.text, mark(note.source))?;
    }
    Ok(())
}

fn is_success(case: &Case<'_>) -> bool {
    let outcome = case.response.outcome.as_ref();
    outcome.is_some_and(|outcome| outcome.value.as_str() == case.example.result.value)
}

/// The status of an example. Under `default` no page says it: it is one that may come.
fn status(case: &Case<'_>) -> String {
    if case.answer == "default" {
        format!("`default`, such as {}", case.status)
    } else {
        case.status.to_string()
    }
}

fn body(case: &Case<'_>) -> String {
    let Example {
        value,
        summary,
        source,
        ..
    } = case.example;
    format!("`{}` {summary}{}", value.value, mark(*source))
}

/// A note behind what it belongs to.
fn noted(note: Option<&Note>) -> String {
    note.map(|note| format!(" {}{}", note.text, mark(note.source)))
        .unwrap_or_default()
}

/// Where a fact is from, behind it.
fn mark(source: Source) -> &'static str {
    match source {
        Source::Page => "",
        Source::Vendor => " _vendor_",
        Source::Seen => " _seen_",
        Source::Guess => " _guess_",
    }
}
