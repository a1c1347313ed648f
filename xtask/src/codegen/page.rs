//! `docs/vendors/<vendor>.md`: the contract as a page for people.

use super::tables;
use super::wire::may_have_released;
use crate::contract::Contract;
use crate::contract::document::{Note, Source};
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
    writeln!(page, "{}. {}\n", operation.summary, operation.description)?;
    writeln!(
        page,
        "The crate is [`{0}`](../../crates/{0}/README.md); the vendor's page is [`{1}`]({2}), read in {3}. \
         A fact without a mark is from that page. _vendor_ marks what the vendor says elsewhere, _seen_ what \
         somebody else has published of a live answer, _guess_ what is inferred. \
         [PROVENANCE](../../crates/{0}/contract/PROVENANCE.md) has the particulars.\n",
        contract.krate, operation.id.value, operation.docs.url, contract.document.info.version
    )?;
    writeln!(page, "## What it does\n")?;
    notes(&mut page, &operation.effects)?;
    writeln!(page, "\n## Request\n\n{}", tables::request(contract)?)?;
    writeln!(
        page,
        "## Ids\n\n| parameter | what it is | form | such as |\n|---|---|---|---|"
    )?;
    for parameter in contract.parameters() {
        writeln!(
            page,
            "| `{}` | {}{} | {} | `{}` |",
            parameter.name,
            parameter.description,
            mark(parameter.source),
            tables::form(&parameter.form),
            parameter.example.value
        )?;
    }
    writeln!(
        page,
        "\nAn id is refused before anything is sent where it is empty, `.` or `..`, longer than {} bytes, or contains \
         `/`, `\\`, `%` or a control character. The rest is sent as one percent-encoded segment.",
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
    writeln!(page, "\nOnly a body that fits `{name}` is a success.\n")?;
    writeln!(
        page,
        "## Errors\n\n| status | body | kind | may the number be gone? |\n|---|---|---|---|"
    )?;
    for case in contract.cases() {
        let result = &case.example.result.value;
        if case
            .response
            .outcome
            .as_ref()
            .is_some_and(|outcome| outcome.value.as_str() == result)
        {
            continue;
        }
        let gone = if may_have_released(result) {
            "yes"
        } else {
            "no"
        };
        writeln!(
            page,
            "| {} | `{}` {}{} | `{result}` | {gone} |",
            case.status,
            case.example.value.value,
            case.example.summary,
            mark(case.example.source)
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
        "\nWhere a person can look a number up: {}.\n",
        operation.lookup
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

/// Where a fact is from, behind it.
fn mark(source: Source) -> &'static str {
    match source {
        Source::Page => "",
        Source::Vendor => " _vendor_",
        Source::Seen => " _seen_",
        Source::Guess => " _guess_",
    }
}
