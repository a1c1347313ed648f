//! `docs/vendors/<vendor>.md`: the contract as a page for people.

use super::WRITTEN_PAGE;
use super::prose::{line, table};
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
    writeln!(page, "{WRITTEN_PAGE}\n\n# {title}\n")?;
    writeln!(
        page,
        "{}. {}{}\n",
        line(&operation.summary),
        line(&operation.description),
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
    writeln!(page, "## Ids\n\n{}", ids(contract))?;
    writeln!(
        page,
        "An id is refused before anything is sent where it is empty, `.` or `..`, longer than {} bytes, contains \
         `/`, `\\`, `%`, a control character or an invisible one, or begins or ends with white space. The rest is sent \
         as one percent-encoded segment.\n",
        numbers_core::raw::MAX_SEGMENT_BYTES
    )?;
    writeln!(page, "## Answers\n\n{}", answers(contract))?;
    let (name, _) = contract.success_schema().context("no success")?;
    writeln!(
        page,
        "The fields, as far as they are read:\n\n{}\n\
         Only a body that fits `{name}` is a success. That a field must be there, or has one value, is this project's \
         rule, drawn from the page's example; types beside that of such a value are read, not documented.\n",
        fields(contract)
    )?;
    writeln!(page, "## Successes\n\n{}", successes(contract))?;
    writeln!(
        page,
        "## Errors\n\n{}\nOther statuses fall by [the table of outcomes](../outcomes-and-retries.md).\n",
        errors(contract)
    )?;
    writeln!(page, "## Limits\n")?;
    notes(&mut page, &operation.limits)?;
    if let Some(limit) = &operation.requests_per_minute {
        let limit = limit.value;
        writeln!(
            page,
            "- {limit} requests a minute is the lowest figure, and the default pace."
        )?;
    }
    writeln!(page, "\n## Unknown\n")?;
    for unknown in &operation.unknown {
        writeln!(page, "- {}", line(unknown))?;
    }
    writeln!(
        page,
        "\nWhere a person can look a number up: {}.{}\n",
        line(&operation.lookup.text),
        mark(operation.lookup.source)
    )?;
    write!(page, "## Variables\n\n{}", tables::variables(&[contract]))?;
    if !contract.document.differs.is_empty() {
        write!(
            page,
            "\n## Where {title}'s own document differs\n\n{}",
            deviations(contract)
        )?;
    }
    Ok(page)
}

fn ids(contract: &Contract) -> String {
    let rows = contract.parameters().map(|parameter| {
        let (source, note) = (mark(parameter.source), noted(parameter.note.as_ref()));
        vec![
            format!("`{}`", parameter.name),
            format!("{}{source}{note}", parameter.description),
            tables::form(&parameter.form),
            format!("`{}`", parameter.example.value),
        ]
    });
    table(&["parameter", "what it is", "form", "such as"], rows)
}

fn answers(contract: &Contract) -> String {
    let rows = contract.answers().map(|(status, response)| {
        let outcome = response.outcome.as_ref();
        vec![
            format!("`{status}`"),
            format!("{}{}", response.description, mark(response.source)),
            outcome
                .map_or("an error", |outcome| outcome.value.as_str())
                .to_owned(),
        ]
    });
    table(&["status", "when", "meaning"], rows)
}

fn fields(contract: &Contract) -> String {
    let schemas = &contract.document.components.schemas;
    let rows = schemas.iter().flat_map(|(object, schema)| {
        schema
            .value
            .properties
            .iter()
            .map(move |(field, property)| {
                let property = &property.value;
                vec![
                    format!("`{object}`"),
                    format!("`{field}`"),
                    tables::kind(property),
                    format!("{}{}", property.description, mark(property.source)),
                ]
            })
    });
    table(&["object", "field", "type", "what it says"], rows)
}

fn successes(contract: &Contract) -> String {
    let rows = contract.cases().filter(is_success).map(|case| {
        let outcome = &case.example.result.value;
        vec![case.status.to_string(), body(&case), format!("`{outcome}`")]
    });
    table(&["status", "body", "outcome"], rows)
}

fn errors(contract: &Contract) -> String {
    let rows = contract
        .cases()
        .filter(|case| !is_success(case))
        .flat_map(|case| {
            let kind = &case.example.result.value;
            let gone = if may_have_released(kind) { "yes" } else { "no" };
            let row = vec![
                status(&case),
                body(&case),
                format!("`{kind}`"),
                gone.to_owned(),
            ];
            let hint = case.response.hint.as_ref().map(|hint| {
                let note = format!("Note: {}", hint.value);
                vec![String::new(), note, String::new(), String::new()]
            });
            [row].into_iter().chain(hint)
        });
    table(&["status", "body", "kind", "may the number be gone?"], rows)
}

fn deviations(contract: &Contract) -> String {
    let rows = contract.document.differs.iter().flat_map(|differs| {
        differs.facts.iter().map(|known| {
            vec![
                known.fact.clone(),
                known.theirs.clone(),
                differs.reason.clone(),
            ]
        })
    });
    table(&["fact", "theirs", "why it does not matter"], rows)
}

fn notes(page: &mut String, notes: &[Note]) -> Result<()> {
    for note in notes {
        writeln!(page, "- {}{}", line(&note.text), mark(note.source))?;
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
    note.map(|note| format!(" {}{}", line(&note.text), mark(note.source)))
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
