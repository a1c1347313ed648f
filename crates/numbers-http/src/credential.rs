//! The one header that proves who asks.

use base64::prelude::{BASE64_STANDARD, Engine};
use numbers_core::{Error, Vendor};
use reqwest::header::{AUTHORIZATION, HeaderName, HeaderValue};
use secrecy::{ExposeSecret, SecretString};
use zeroize::Zeroizing;

/// How a vendor is told who asks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Auth {
    /// A key in a header of the vendor's own, named here.
    Header(&'static str),
    /// `Authorization: Bearer`, by RFC 6750.
    Bearer,
    /// `Authorization: Basic`, by RFC 7617: a user and a password.
    Basic,
}

/// A credential as the header that carries it.
///
/// The text that was put together for the header is wiped once the header is made. The header's own
/// copy, and those that the HTTP stack makes while sending, can't be: they live as long as the client. The
/// secrets themselves are kept as long, to take them out of what a vendor says, and wiped with it.
#[derive(Clone)]
pub struct Credential {
    pub(crate) name: HeaderName,
    pub(crate) value: HeaderValue,
    pub(crate) masked: &'static str,
    /// What must not show in any text: the secrets, and what the header says of them.
    pub(crate) secrets: Vec<SecretString>,
}

impl Credential {
    /// Puts the header together. Each secret comes with what a message calls it: a key, or for
    /// [`Auth::Basic`] the user and then the password.
    ///
    /// # Errors
    ///
    /// [`InvalidConfig`](numbers_core::ErrorKind::InvalidConfig) where a secret is empty or has
    /// characters other than visible ASCII, where the user of `Basic` contains a colon, which would
    /// end it, and where there are more or fewer secrets than the scheme takes.
    pub fn new(
        vendor: Vendor,
        auth: Auth,
        secrets: &[(&str, &SecretString)],
    ) -> Result<Self, Error> {
        for (field, secret) in secrets {
            check(vendor, field, secret)?;
        }
        match (auth, secrets) {
            (Auth::Header(name), [(field, key)]) => Ok(Self {
                name: HeaderName::from_bytes(name.as_bytes()).map_err(|_| {
                    Error::invalid_config(
                        vendor,
                        format!("the header of {field} has no valid name"),
                    )
                })?,
                value: sensitive(vendor, field, key.expose_secret())?,
                masked: "***",
                secrets: vec![(*key).clone()],
            }),
            (Auth::Bearer, [(field, key)]) => {
                let value = Zeroizing::new(["Bearer ", key.expose_secret()].concat());
                Ok(Self {
                    name: AUTHORIZATION,
                    value: sensitive(vendor, field, &value)?,
                    masked: "Bearer ***",
                    secrets: vec![(*key).clone()],
                })
            }
            (Auth::Basic, [(field, user), (_, password)]) => {
                if user.expose_secret().contains(':') {
                    let why =
                        "contains ':', which HTTP Basic can't carry; give the two halves apart";
                    return Err(Error::invalid_config(vendor, format!("{field} {why}")));
                }
                let pair =
                    Zeroizing::new([user.expose_secret(), ":", password.expose_secret()].concat());
                let encoded = Zeroizing::new(BASE64_STANDARD.encode(pair.as_bytes()));
                let value = Zeroizing::new(["Basic ", &encoded].concat());
                // Without its padding, which whoever repeats it may leave off.
                let shown_by_header = SecretString::from(encoded.trim_end_matches('='));
                Ok(Self {
                    name: AUTHORIZATION,
                    value: sensitive(vendor, field, &value)?,
                    masked: "Basic ***",
                    secrets: longest_first([(*user).clone(), (*password).clone(), shown_by_header]),
                })
            }
            _ => Err(Error::invalid_config(
                vendor,
                format!("{auth:?} takes another number of secrets"),
            )),
        }
    }
}

/// So that of two secrets of which one contains the other, the whole is taken out of a text.
fn longest_first(mut secrets: [SecretString; 3]) -> Vec<SecretString> {
    secrets.sort_by_key(|secret| std::cmp::Reverse(secret.expose_secret().len()));
    secrets.into()
}

/// Refuses what no header can carry. The message says where, never what.
fn check(vendor: Vendor, field: &str, secret: &SecretString) -> Result<(), Error> {
    let secret = secret.expose_secret();
    if secret.is_empty() {
        return Err(Error::invalid_config(vendor, format!("{field} is empty")));
    }
    match secret.bytes().position(|byte| !byte.is_ascii_graphic()) {
        None => Ok(()),
        Some(at) => Err(Error::invalid_config(
            vendor,
            format!(
                "{field} has a space, a line break or a character outside ASCII at byte {at}; expected visible ASCII alone"
            ),
        )),
    }
}

fn sensitive(vendor: Vendor, field: &str, value: &str) -> Result<HeaderValue, Error> {
    let mut value = HeaderValue::from_str(value)
        .map_err(|_| Error::invalid_config(vendor, format!("{field} can't be sent in a header")))?;
    value.set_sensitive(true);
    Ok(value)
}

#[cfg(test)]
mod tests {
    use super::*;

    const ACME: Vendor = Vendor::new("acme");

    fn secret(text: &str) -> SecretString {
        SecretString::from(text)
    }

    #[test]
    fn each_scheme_writes_its_header() {
        let key =
            Credential::new(ACME, Auth::Header("x-key"), &[("api_key", &secret("k1"))]).unwrap();
        assert_eq!(
            (key.name.as_str(), key.value.to_str().unwrap()),
            ("x-key", "k1")
        );
        let bearer = Credential::new(ACME, Auth::Bearer, &[("api_key", &secret("k1"))]).unwrap();
        assert_eq!(
            (bearer.name.as_str(), bearer.value.to_str().unwrap()),
            ("authorization", "Bearer k1")
        );
        // Close to the example of RFC 7617, section 2, which has a space in the password.
        let (user, password) = (secret("Aladdin"), secret("open-sesame"));
        let basic = Credential::new(
            ACME,
            Auth::Basic,
            &[("user", &user), ("password", &password)],
        )
        .unwrap();
        assert_eq!(
            basic.value.to_str().unwrap(),
            "Basic QWxhZGRpbjpvcGVuLXNlc2FtZQ=="
        );
        for credential in [key, bearer, basic] {
            assert!(credential.value.is_sensitive());
        }
    }

    #[test]
    fn a_secret_that_no_header_can_carry_is_refused_without_being_shown() {
        for text in [
            "",
            "canary\n",
            "can\r\nX-Evil: 1",
            "canary\u{e9}",
            " canary",
            "can\0ary",
        ] {
            let error = Credential::new(ACME, Auth::Bearer, &[("ACME_API_KEY", &secret(text))])
                .err()
                .unwrap();
            let shown = format!("{error} {error:?}");
            assert!(
                shown.contains("ACME_API_KEY")
                    && !shown.contains("can\u{61}ry")
                    && !shown.contains("Evil"),
                "{shown}"
            );
        }
    }

    #[test]
    fn a_user_with_a_colon_is_refused() {
        assert!(
            Credential::new(
                ACME,
                Auth::Basic,
                &[("user", &secret("a:b")), ("password", &secret("c"))]
            )
            .is_err()
        );
        assert!(
            Credential::new(
                ACME,
                Auth::Basic,
                &[("user", &secret("a")), ("password", &secret("b:c"))]
            )
            .is_ok()
        );
    }
}
