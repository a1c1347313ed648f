//! The rules for the path and its parameters.

use crate::contract::model::IdFormat;
use crate::contract::names::is_plain_path;
use crate::contract::{Contract, Refusal};

/// Checks the parameters.
pub(super) fn check(contract: &Contract, found: &mut Vec<Refusal>) {
    let operation = &contract.operation;
    let pieces = contract.pieces();
    let used: Vec<&str> = pieces.iter().filter_map(|(_, name)| *name).collect();
    let declared: Vec<&str> = contract.parameters().map(|it| it.name.as_str()).collect();
    for name in used.iter().filter(|name| !declared.contains(name)) {
        let what = format!("the path uses the parameter {name}, which is not declared");
        found.push(Refusal::at(&operation.id, what));
    }
    for parameter in &operation.parameters {
        let name = parameter.value.name.as_str();
        let count = used.iter().filter(|other| **other == name).count();
        if count != 1 {
            let what = format!("the path uses the parameter {name} {count} times");
            found.push(Refusal::at(parameter, what));
        }
        if parameter.value.own.as_deref() == Some(name) {
            let what = format!("x-name {name} is its name anyway");
            found.push(Refusal::at(parameter, what));
        }
        let example = &parameter.value.example;
        let segment = numbers_core::raw::check_segment(&example.value);
        let segment = segment.err().map(|it| it.to_string());
        let format = parameter.value.format.check(&example.value).err();
        for why in segment.into_iter().chain(format) {
            let what = format!("the example of {name}: {why}");
            found.push(Refusal::at(example, what));
        }
    }
    for setting in operation.parameters.iter().rev().skip(1) {
        if !matches!(setting.value.format, IdFormat::Opaque) {
            let what = "x-form is only for the last parameter, the id of the number";
            found.push(Refusal::at(setting, what));
        }
    }
    let piece = |(text, name): (&str, Option<&str>)| text.to_owned() + name.map_or("", |_| "x");
    let path: String = pieces.into_iter().map(piece).collect();
    let path = path.strip_suffix('/').unwrap_or(&path).strip_prefix('/');
    if used.is_empty() || used != declared || !path.is_some_and(is_plain_path) {
        let what = "expected a path of plain characters with the id of the number as its last parameter, without a \
                    query, and each parameter once, in the order of the path";
        found.push(Refusal::at(&operation.id, what));
    }
}
