//! A contract as the templates need it.

use super::fixture::fixture;
use super::objects::objects;
use super::reading::reading;
use super::template::line;
use crate::contract::model::{Note, Parameter};
use crate::contract::names::{constant, field, pascal};
use crate::contract::{Case, Contract};
use crate::files::sha256;
use anyhow::{Context, Result};
use minijinja::context;
use minijinja::value::{Serde, Value};
use numbers_core::{Error, ErrorKind, Vendor};

/// The facts of a vendor.
pub(super) fn view(contract: &Contract) -> Result<Value> {
    let operation = &contract.operation;
    let id = contract.parameters().next_back().context("no parameter")?;
    let cases: Vec<Value> = contract.cases().iter().map(case).collect();
    let success = contract.success_schema().map(|(name, _)| name);
    let settings = contract.settings();
    let user = contract.scheme().and_then(|scheme| scheme.user.as_deref());
    let variables: Vec<_> = settings
        .iter()
        .map(|it| format!("`{}`", it.variable))
        .collect();
    Ok(context! {
        krate => &contract.krate,
        module => contract.krate.replace('-', "_"),
        name => contract.vendor(),
        title => line(&contract.document.info.title),
        hash => sha256(contract.text.as_bytes()),
        document => Value::from(Serde(&contract.document)),
        operation => Value::from(Serde(operation)),
        path => &contract.path,
        method => &contract.method,
        warning => with_note(&operation.description, operation.note.as_ref()),
        parser => pascal(&operation.id.value),
        call => field(&operation.id.value),
        id => parameter(id),
        parameters => contract.parameters().map(parameter).collect::<Vec<_>>(),
        pieces => pieces(contract, &id.name),
        scheme => Value::from(Serde(contract.scheme())),
        user => Value::from(Serde(settings.iter().find(|it| Some(it.holds) == user))),
        variables => variables.join(", "),
        settings => Value::from(Serde(&settings)),
        success => success.map(pascal),
        first_success => contract.cases().iter().find(|case| case.is_success()).map(case),
        cases,
        objects => objects(contract),
        by_hand => contract.reads_by_hand,
        reading => reading(contract),
        fixture => fixture(contract),
    })
}

fn with_note(text: &str, note: Option<&Note>) -> String {
    let note = note.map(|note| format!(" {}", note.text));
    text.to_owned() + &note.unwrap_or_default()
}

fn parameter(parameter: &Parameter) -> Value {
    let name = parameter.rust_name();
    context! {
        name => &parameter.name,
        type => pascal(name),
        field => field(name),
        constant => constant(name),
        description => &parameter.description,
        known => with_note(&parameter.description, parameter.note.as_ref()),
        note => Value::from(Serde(&parameter.note)),
        source => Value::from(Serde(parameter.source)),
        example => &parameter.example.value,
        form => Value::from(Serde(&parameter.format)),
    }
}

fn pieces(contract: &Contract, id: &str) -> Vec<Value> {
    let name = |name: &str| {
        let mut all = contract.parameters();
        all.find(|it| it.name == name)
            .map(|it| field(it.rust_name()))
    };
    let pieces = contract.pieces().into_iter();
    pieces
        .map(|(text, parameter)| {
            let field = parameter.map(name);
            context! { text, field, is_id => parameter == Some(id) }
        })
        .collect()
}

fn case(case: &Case<'_>) -> Value {
    let body = case.body().map(ToString::to_string);
    let (summary, source) = match case.example {
        Some(example) => (&example.summary, example.source),
        None => (&case.response.description, case.response.source),
    };
    let shown = match &body {
        Some(body) => format!("`{body}` {summary}"),
        None => format!("none. {summary}"),
    };
    let retryable = Error::from_status(Vendor::new(""), case.status).is_retryable();
    context! {
        name => case.name,
        key => case.key,
        status => case.status,
        is_success => case.is_success(),
        result => pascal(case.result),
        word => case.result,
        may_have_released => case.may_have_released(),
        is_retryable => retryable && ErrorKind::from_status(case.status).as_str() == case.result,
        message => case.example.and_then(|it| it.message.as_deref()),
        code => case.example.and_then(|it| it.code.as_deref()),
        body,
        shown,
        source => Value::from(Serde(source)),
        hint => case.response.hint.as_ref().map(|hint| hint.value.as_str()),
    }
}
