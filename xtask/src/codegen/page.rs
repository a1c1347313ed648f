//! `docs/vendors/<vendor>.md`: the contract as a page.

use super::WRITTEN_PAGE;
use super::prose::{line, table};
use super::tables;
use super::wire::may_have_released;
use crate::contract::document::{Note, Source};
use crate::contract::responses::Example;
use crate::contract::{Case, Contract};
use anyhow::Result;
use std::fmt::Write as _;

/// The page's content.
pub(super) fn print(contract: &Contract) -> Result<String> {
    let operation = contract.operation()?;
    let mut page = String::new();
    let title = contract.title();
    writeln!(page, "{WRITTEN_PAGE}\n\n# {title}\n")?;
    writeln!(
        page,
        "{}. Crate: [`{1}`](../../crates/{1}/README.md), with the variables.\n",
        line(&operation.summary),
        contract.krate
    )?;
    writeln!(
        page,
        "From {title}'s page [`{}`]({}){}, read in {}; [how to read this](../README.md#a-vendors-page). Sources: \
         [PROVENANCE](../../crates/{}/contract/PROVENANCE.md).\n",
        operation.id.value,
        operation.docs.url,
        mark(operation.docs.source),
        contract.document.info.version,
        contract.krate
    )?;
    writeln!(page, "## Effects\n")?;
    notes(&mut page, &operation.effects)?;
    let repeated = |note: &&Note| {
        operation
            .effects
            .iter()
            .all(|effect| effect.text != note.text)
    };
    notes(&mut page, operation.note.iter().filter(repeated))?;
    writeln!(page, "\n## Request\n\n{}", tables::request(contract)?)?;
    if contract.document.servers_mean.is_some() {
        let meaning = noted(contract.document.servers_mean.as_ref());
        writeln!(page, "The choice of server:{meaning}\n")?;
    }
    writeln!(page, "## Ids\n\n{}", ids(contract))?;
    writeln!(page, "## Responses\n\n{}", responses(contract))?;
    for (hint, statuses) in hints(contract) {
        writeln!(page, "{}: {}.\n", statuses.join(", "), line(hint))?;
    }
    writeln!(page, "## Examples\n\n{}", examples(contract))?;
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
        "\nWhere to look a number up: {}.{}",
        line(&operation.lookup.text),
        mark(operation.lookup.source)
    )?;
    if !contract.document.differs.is_empty() {
        writeln!(page, "\n## Where {title}'s own document differs\n")?;
        for differs in &contract.document.differs {
            let facts = differs.facts.iter();
            let facts: Vec<_> = facts
                .map(|known| format!("{}: {}", known.fact, known.theirs))
                .collect();
            writeln!(page, "- {}. {}", facts.join("; "), line(&differs.reason))?;
        }
    }
    Ok(page)
}

fn ids(contract: &Contract) -> String {
    let rows = contract.parameters().map(|parameter| {
        let (source, note) = (mark(parameter.source), noted(parameter.note.as_ref()));
        format!(
            "- `{}`, for example `{}`: {}{source}{note}{}\n",
            parameter.name,
            parameter.example.value,
            line(&parameter.description),
            tables::id_format(&parameter.id_format)
        )
    });
    rows.collect()
}

fn responses(contract: &Contract) -> String {
    let rows = contract.responses().map(|(status, response)| {
        let when = line(&response.description);
        format!("- `{status}`: {when}{}\n", mark(response.source))
    });
    rows.collect()
}

/// Each hint, and the statuses that it is for.
fn hints(contract: &Contract) -> Vec<(&str, Vec<&str>)> {
    let mut hints: Vec<(&str, Vec<&str>)> = Vec::new();
    for (status, response) in contract.responses() {
        let Some(hint) = &response.hint else { continue };
        match hints.iter_mut().find(|(text, _)| *text == hint.value) {
            Some((_, statuses)) => statuses.push(status),
            None => hints.push((&hint.value, vec![status])),
        }
    }
    hints
}

/// The examples, successes first.
fn examples(contract: &Contract) -> String {
    let (successes, errors): (Vec<_>, Vec<_>) = contract.cases().partition(is_success);
    let rows = successes.into_iter().chain(errors).map(|case| {
        let result = &case.example.result.value;
        let result = match (is_success(&case), may_have_released(result)) {
            (true, _) => format!("`{result}`"),
            (false, false) => format!("failed: `{result}`"),
            (false, true) => format!("unknown: `{result}`"),
        };
        vec![status(&case), body(&case), result]
    });
    table(&["status", "body", "result"], rows)
}

fn notes<'a>(page: &mut String, notes: impl IntoIterator<Item = &'a Note>) -> Result<()> {
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
