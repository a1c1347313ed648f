//! What the shared tests need to know of a vendor's bodies and secrets.

use crate::contract::Contract;
use crate::contract::model::Type;
use base64::prelude::{BASE64_STANDARD, Engine};
use minijinja::context;
use minijinja::value::Value;
use serde_json::Value as Json;

/// The secret of the shared tests, as in `numbers-testkit`.
const CANARY: &str = "CANARYabc123";

/// The bodies with `@` in place of a text, and the header's value where the secrets are encoded in it.
pub(super) fn fixture(contract: &Contract) -> Value {
    let user = contract.scheme().and_then(|scheme| scheme.user.as_ref());
    let account = contract.parameters().find(|it| Some(&it.name) == user);
    let header = contract.is_basic().then(|| {
        let user = account.map_or(CANARY, |it| &it.example.value);
        BASE64_STANDARD.encode(format!("{user}:{CANARY}"))
    });
    context! { header, echo => echo(contract), refusal => refusal(contract) }
}

/// The success with `@` in each text that may be anything.
fn echo(contract: &Contract) -> String {
    let success = contract.cases().into_iter().find(|case| case.is_success());
    let Some(Json::Object(mut body)) = success.and_then(|case| case.body().cloned()) else {
        return String::new();
    };
    if let Some((_, schema)) = contract.success_schema() {
        for (name, property) in &schema.properties {
            if property.value.types() == [Type::String] && property.value.only().next().is_none() {
                body.insert(name.clone(), "@".into());
            }
        }
    }
    if !body.values().any(|value| value == "@") {
        body.insert("message".to_owned(), "@".into());
    }
    Json::Object(body).to_string()
}

/// The first documented error with a message, and `@` in its place.
fn refusal(contract: &Contract) -> String {
    let cases = contract.cases();
    let with_message = cases.iter().filter(|case| case.status >= 300);
    let mut found = with_message.filter_map(|case| {
        let body = case.body()?.to_string();
        let message = Json::from(case.example?.message.as_deref()?).to_string();
        body.contains(&message)
            .then(|| body.replacen(&message, "\"@\"", 1))
    });
    found.next().unwrap_or_default()
}
