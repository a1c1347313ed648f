//! `docs/vendors/<vendor>.md`: the contract as a page.

use super::WRITTEN_PAGE;
use super::prose::{line, table};
use super::tables;
use super::wire::may_have_released;
use crate::contract::document::{Note, Source};
use crate::contract::responses::Example;
use crate::contract::{Case, Contract};
use anyhow::{Context, Result};
use std::fmt::Write as _;

/// The page's content.
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
        "Crate: [`{0}`](../../crates/{0}/README.md). {title}'s page: [`{1}`]({2}){4}, read in {3}. \
         A fact without a mark is from that page. Other sources are marked: _vendor_ is another page of {title}, \
         _seen_ a real response published by a third party, _guess_ inferred. The mark of an example is about its \
         form: its ids, messages and codes may be ours. \
         Details: [PROVENANCE](../../crates/{0}/contract/PROVENANCE.md).\n",
        contract.krate,
        operation.id.value,
        operation.docs.url,
        contract.document.info.version,
        mark(operation.docs.source)
    )?;
    writeln!(page, "## Effects\n")?;
    notes(&mut page, &operation.effects)?;
    writeln!(page, "\n## Request\n\n{}", tables::request(contract)?)?;
    if contract.document.servers_mean.is_some() {
        let meaning = noted(contract.document.servers_mean.as_ref());
        writeln!(page, "The choice of server:{meaning}\n")?;
    }
    writeln!(page, "## Ids\n\n{}", ids(contract))?;
    writeln!(
        page,
        "An id is refused before anything is sent if it is empty, `.` or `..`, is longer than {} bytes, contains \
         `/`, `\\`, `%`, a control character or an invisible one, or begins or ends with white space. Any other id \
         is sent as one percent-encoded path segment.\n",
        numbers_core::raw::MAX_SEGMENT_BYTES
    )?;
    writeln!(page, "## Responses\n\n{}", responses(contract))?;
    let (name, _) = contract.success_schema().context("no success")?;
    writeln!(
        page,
        "The fields that are read:\n\n{}\n\
         Only a body that matches `{name}` is a success. Required fields and fixed values are this project's rules, \
         based on the page's example. A field with a fixed value may list types that are read but not documented.\n",
        fields(contract)
    )?;
    writeln!(page, "## Successes\n\n{}", successes(contract))?;
    writeln!(
        page,
        "## Errors\n\n{}\nFor other statuses see [the table of outcomes](../outcomes-and-retries.md).\n",
        errors(contract)
    )?;
    writeln!(page, "## Limits\n")?;
    notes(&mut page, &operation.limits)?;
    if let Some(limit) = &operation.requests_per_minute {
        let limit = limit.value;
        writeln!(page, "- {limit} requests a minute is the lowest figure.")?;
    }
    writeln!(page, "\n## Not documented\n")?;
    for unknown in &operation.unknown {
        writeln!(page, "- {}", line(unknown))?;
    }
    writeln!(
        page,
        "\nWhere to look a number up: {}.{}\n",
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
            tables::id_format(&parameter.id_format),
            format!("`{}`", parameter.example.value),
        ]
    });
    table(&["parameter", "meaning", "format", "example"], rows)
}

fn responses(contract: &Contract) -> String {
    let rows = contract.responses().map(|(status, response)| {
        let outcome = response.outcome.as_ref();
        vec![
            format!("`{status}`"),
            format!("{}{}", response.description, mark(response.source)),
            outcome
                .map_or("error", |outcome| outcome.value.as_str())
                .to_owned(),
        ]
    });
    table(&["status", "when", "outcome"], rows)
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
    table(&["object", "field", "type", "meaning"], rows)
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
    table(&["status", "body", "kind", "may have been released?"], rows)
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
    table(&["fact", "in theirs", "why it does not matter"], rows)
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

/// The status of an example. For `default` it is one possible status.
fn status(case: &Case<'_>) -> String {
    if case.key == "default" {
        format!("`default`, for example {}", case.status)
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

/// A note.
fn noted(note: Option<&Note>) -> String {
    note.map(|note| format!(" {}{}", line(&note.text), mark(note.source)))
        .unwrap_or_default()
}

/// The mark for a source.
fn mark(source: Source) -> &'static str {
    match source {
        Source::Page => "",
        Source::Vendor => " _vendor_",
        Source::Seen => " _seen_",
        Source::Guess => " _guess_",
    }
}
