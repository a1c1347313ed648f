//! The rules for the path and its parameters.

use crate::contract::model::IdFormat;
use crate::contract::{Contract, Refusal};

/// Checks the parameters.
pub(super) fn check(contract: &Contract, found: &mut Vec<Refusal>) {
    let operation = &contract.operation;
    let pieces = contract.pieces().into_iter();
    let used: Vec<&str> = pieces.filter_map(|(_, name)| name).collect();
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
    let unordered = used != declared && used.len() == declared.len();
    let path = &contract.path;
    if used.is_empty() || unordered || !path.starts_with('/') || path.contains(['?', '#']) {
        let what = "expected a path with the id of the number as its last parameter, without a query, and \
                    parameters in the order of the path";
        found.push(Refusal::at(&operation.id, what));
    }
}
