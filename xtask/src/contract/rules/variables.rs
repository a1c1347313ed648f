//! The rules for environment variables.

use crate::contract::names::is_ident;
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
        let mut those = settings.iter().filter(|setting| setting.holds == holds);
        match those.clone().next() {
            None => refuse(format!("holds {holds}, which is unknown")),
            _ if those.any(|it| it.variable == *name && is_ident(&it.name)) => {}
            Some(it) if it.kind == Kind::Secret => refuse(format!(
                "holds a secret, so its name is {prefix} followed by the secret's name in capitals"
            )),
            Some(it) => refuse(format!("holds {holds}, so its name is {}", it.variable)),
        }
        if !seen.insert(name) {
            refuse("twice".to_owned());
        }
    }
    let secrets = settings.iter().filter(|it| it.kind == Kind::Secret);
    let (count, wanted) = (secrets.count(), contract.secrets());
    if count != wanted {
        let what = format!("expected {wanted} in x-variables that hold secret, found {count}");
        found.push(Refusal::at(&contract.document.vendor, what));
    }
}
