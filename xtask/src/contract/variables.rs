//! The rules for environment variables.

use super::document::Variable;
use super::{Auth, Contract, Refusal, constant, is_ident, is_reserved};
use std::collections::BTreeSet;

/// Settings that every client's builder has already.
const TAKEN: [&str; 3] = ["base_url", "region", "transport"];

/// Checks their names and what they hold.
pub(super) fn variables(contract: &Contract, found: &mut Vec<Refusal>) {
    let all = &contract.document.variables;
    let parameters: Vec<&str> = contract
        .parameters()
        .map(|parameter| parameter.name.as_str())
        .collect();
    let settings = parameters
        .split_last()
        .map_or(&[][..], |(_, settings)| settings);
    let secrets = if matches!(contract.auth(), Ok(Auth::Basic)) {
        2
    } else {
        1
    };
    let count = |holds: &str| {
        all.iter()
            .filter(|variable| variable.value.holds == holds)
            .count()
    };
    let mut expected = vec![
        ("secret", secrets),
        ("base_url", 1),
        (
            "region",
            usize::from(contract.document.servers.value.len() > 1),
        ),
    ];
    expected.extend(settings.iter().map(|name| (*name, 1)));
    let mut names = BTreeSet::new();
    for variable in all {
        let Variable { name, holds, .. } = &variable.value;
        if !names.insert(name) {
            found.push(Refusal::at(variable, format!("the variable {name} twice")));
        }
        if !expected.iter().any(|(known, _)| known == holds) {
            found.push(Refusal::at(
                variable,
                format!("the variable {name} holds {holds}, which is unknown"),
            ));
        } else if let Some(why) = misnamed(contract.vendor(), name, holds) {
            found.push(Refusal::at(variable, format!("the variable {name} {why}")));
        }
    }
    for (holds, wanted) in expected {
        if count(holds) != wanted {
            let what = format!(
                "expected {wanted} in x-variables that hold {holds}, found {}",
                count(holds)
            );
            found.push(Refusal::at(&contract.document.vendor, what));
        }
    }
}

/// What is wrong with a variable's name. Names follow from the vendor and the setting.
fn misnamed(vendor: &str, name: &str, holds: &str) -> Option<String> {
    let prefix = vendor.to_ascii_uppercase() + "_";
    if holds != "secret" {
        let expected = prefix + &constant(holds);
        return (name != expected).then(|| format!("holds {holds}, so its name is {expected}"));
    }
    let own = name.strip_prefix(&prefix).unwrap_or_default();
    let setter = own.to_ascii_lowercase();
    if !is_ident(own) || own != constant(own) {
        Some(format!(
            "holds a secret, so its name is {prefix} followed by the secret's name in capitals"
        ))
    } else if TAKEN.contains(&setter.as_str()) || is_reserved(&setter) {
        Some(format!("makes a setter {setter}, which is taken"))
    } else {
        None
    }
}
