//! The rules for environment variables.

use crate::contract::names::{constant, is_ident};
use crate::contract::{Contract, Kind, Refusal};
use std::collections::BTreeSet;

/// Checks their names and what they hold.
pub(super) fn check(contract: &Contract, found: &mut Vec<Refusal>) {
    let settings = contract.settings();
    let prefix = contract.vendor().to_ascii_uppercase() + "_";
    let mut seen = BTreeSet::new();
    for variable in &contract.document.variables {
        let (name, holds) = (&variable.value.name, &variable.value.holds);
        let mut refuse =
            |what: String| found.push(Refusal::at(variable, format!("the variable {name} {what}")));
        let setting = settings.iter().find(|setting| setting.holds == holds);
        match setting.map(|setting| (setting.kind, &setting.variable)) {
            None => refuse(format!("holds {holds}, which is unknown")),
            Some((Kind::Secret, _)) => {
                let own = name.strip_prefix(&prefix).unwrap_or_default();
                if !is_ident(own) || own != constant(own) {
                    refuse(format!(
                        "holds a secret, so its name is {prefix} followed by the secret's name in capitals"
                    ));
                }
            }
            Some((_, expected)) if name != expected => {
                refuse(format!("holds {holds}, so its name is {expected}"));
            }
            Some(_) => {}
        }
        if !seen.insert(name) {
            found.push(Refusal::at(variable, format!("the variable {name} twice")));
        }
    }
    let is_secret = |setting: &&_| {
        matches!(
            setting,
            crate::contract::Setting {
                kind: Kind::Secret,
                ..
            }
        )
    };
    let (count, wanted) = (
        settings.iter().filter(is_secret).count(),
        contract.secrets(),
    );
    if count != wanted {
        let what = format!("expected {wanted} in x-variables that hold secret, found {count}");
        found.push(Refusal::at(&contract.document.vendor, what));
    }
}
