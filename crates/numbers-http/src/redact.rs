use numbers_core::NumberId;
use secrecy::{ExposeSecret, SecretString};

/// Takes the secrets and the number out of a stranger's text: a vendor that complains of a key may
/// well repeat it.
pub(crate) fn redact(text: String, secrets: &[SecretString], number: &NumberId) -> String {
    let text = secrets
        .iter()
        .fold(text, |text, secret| match secret.expose_secret() {
            "" => text,
            secret if text.contains(secret) => text.replace(secret, "***"),
            _ => text,
        });
    match number.as_str() {
        "" => text,
        id if text.contains(id) => text.replace(id, &number.masked()),
        _ => text,
    }
}
