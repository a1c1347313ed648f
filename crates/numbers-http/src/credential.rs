//! The header with the credential.

use base64::prelude::{BASE64_STANDARD, Engine};
use numbers_core::{ConfigProblem, Setting};
use reqwest::header::{AUTHORIZATION, HeaderName, HeaderValue};
use secrecy::{ExposeSecret, SecretString};
use zeroize::Zeroizing;

/// How a request is authenticated.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Auth {
    /// A key in a header of the vendor's own, named here.
    Header(&'static str),
    /// `Authorization: Bearer`, by RFC 6750.
    Bearer,
    /// `Authorization: Basic`, by RFC 7617: a user and a password.
    Basic,
    /// `Authorization`, with this word and a space before the key.
    Scheme(&'static str),
}

/// A credential as the header that carries it.
///
/// The text from which the header is made is wiped. The header's own copy and those that the HTTP stack makes
/// can't be wiped; they live as long as the client. So do the secrets, which redaction needs; they are wiped
/// with it.
#[derive(Clone)]
pub struct Credential {
    pub(crate) name: HeaderName,
    pub(crate) value: HeaderValue,
    pub(crate) masked: String,
    /// What must not show in any text: the secrets, and their form in the header.
    pub(crate) secrets: Vec<SecretString>,
}

impl Credential {
    /// Makes the header from a key, or for [`Auth::Basic`] from user and password.
    ///
    /// # Errors
    ///
    /// Each secret that is empty or has characters other than visible ASCII, a user of `Basic` with a colon,
    /// which would end it, and more or fewer secrets than the scheme takes.
    pub fn new(
        auth: Auth,
        secrets: &[(&Setting, &SecretString)],
    ) -> Result<Self, Vec<ConfigProblem>> {
        let problems: Vec<_> = secrets
            .iter()
            .filter_map(|(setting, secret)| check(setting, secret))
            .collect();
        if !problems.is_empty() {
            return Err(problems);
        }
        match (auth, secrets) {
            (Auth::Header(name), [(setting, key)]) => {
                let name = HeaderName::from_bytes(name.as_bytes()).map_err(|_| {
                    vec![ConfigProblem::invalid(
                        setting,
                        "has a header without a valid name",
                    )]
                })?;
                Self::from_parts(setting, name, "", key)
            }
            (Auth::Bearer, [(setting, key)]) => {
                Self::from_parts(setting, AUTHORIZATION, "Bearer ", key)
            }
            (Auth::Scheme(word), [(setting, key)]) => {
                Self::from_parts(setting, AUTHORIZATION, &format!("{word} "), key)
            }
            (Auth::Basic, [(setting, user), (_, password)]) => {
                if user.expose_secret().contains(':') {
                    let why =
                        "contains ':', which HTTP Basic can't carry; give the two halves apart";
                    return Err(vec![ConfigProblem::invalid(setting, why)]);
                }
                let pair =
                    Zeroizing::new([user.expose_secret(), ":", password.expose_secret()].concat());
                let encoded = Zeroizing::new(BASE64_STANDARD.encode(pair.as_bytes()));
                // Without its padding, which a vendor that repeats it may omit.
                let unpadded = SecretString::from(encoded.trim_end_matches('='));
                let value = SecretString::from(encoded.as_str());
                let mut credential = Self::from_parts(setting, AUTHORIZATION, "Basic ", &value)?;
                credential.secrets =
                    longest_first([(*user).clone(), (*password).clone(), unpadded]);
                Ok(credential)
            }
            (_, secrets) => {
                let why = format!(
                    "is one of {} secrets; {auth:?} takes more or fewer",
                    secrets.len()
                );
                Err(secrets
                    .iter()
                    .map(|(setting, _)| ConfigProblem::invalid(setting, why.clone()))
                    .collect())
            }
        }
    }

    fn from_parts(
        setting: &Setting,
        name: HeaderName,
        scheme: &str,
        key: &SecretString,
    ) -> Result<Self, Vec<ConfigProblem>> {
        let text = Zeroizing::new([scheme, key.expose_secret()].concat());
        let mut value = HeaderValue::from_str(&text)
            .map_err(|_| vec![ConfigProblem::invalid(setting, "can't be sent in a header")])?;
        value.set_sensitive(true);
        Ok(Self {
            name,
            value,
            masked: format!("{scheme}***"),
            secrets: vec![key.clone()],
        })
    }

    /// 32 bits of a cryptographic hash, which tell this credential from another.
    pub(crate) fn fingerprint(&self) -> u32 {
        let mut hash = hmac_sha256::Hash::new();
        hash.update(self.name.as_str());
        hash.update([0]);
        hash.update(self.value.as_bytes());
        let [a, b, c, d, ..]: [u8; 32] = hash.finalize();
        u32::from_be_bytes([a, b, c, d])
    }
}

/// Where one secret contains another, the longer one must be redacted first.
fn longest_first(mut secrets: [SecretString; 3]) -> Vec<SecretString> {
    secrets.sort_by_key(|secret| std::cmp::Reverse(secret.expose_secret().len()));
    secrets.into()
}

/// Checks that a header can carry the secret. The message has the position of a bad character, never the character.
fn check(setting: &Setting, secret: &SecretString) -> Option<ConfigProblem> {
    let secret = secret.expose_secret();
    if secret.is_empty() {
        return Some(ConfigProblem::invalid(setting, "is empty"));
    }
    let at = secret.bytes().position(|byte| !byte.is_ascii_graphic())?;
    let why = format!(
        "has a space, a line break or a character outside ASCII at byte {at}; expected visible ASCII alone"
    );
    Some(ConfigProblem::invalid(setting, why))
}

#[cfg(test)]
mod tests {
    use super::*;
    use numbers_core::NumberId;

    const KEY: Setting = Setting::new("api_key", "ACME_API_KEY", "The key.").with_secret(true);
    const TOKEN: Setting =
        Setting::new("api_token", "ACME_API_TOKEN", "The token.").with_secret(true);

    fn secret(text: &str) -> SecretString {
        SecretString::from(text)
    }

    #[test]
    fn each_scheme_writes_its_header() {
        let key = Credential::new(Auth::Header("x-key"), &[(&KEY, &secret("k1"))]).unwrap();
        assert_eq!(
            (key.name.as_str(), key.value.to_str().unwrap()),
            ("x-key", "k1")
        );
        let bearer = Credential::new(Auth::Bearer, &[(&KEY, &secret("k1"))]).unwrap();
        assert_eq!(
            (bearer.name.as_str(), bearer.value.to_str().unwrap()),
            ("authorization", "Bearer k1")
        );
        let scheme = Credential::new(Auth::Scheme("AccessKey"), &[(&KEY, &secret("k1"))]).unwrap();
        assert_eq!(
            (scheme.name.as_str(), scheme.value.to_str().unwrap()),
            ("authorization", "AccessKey k1")
        );
        assert_eq!(scheme.masked, "AccessKey ***");
        // Close to the example of RFC 7617, section 2, which has a space in the password.
        let (user, password) = (secret("Aladdin"), secret("open-sesame"));
        let basic = Credential::new(Auth::Basic, &[(&KEY, &user), (&TOKEN, &password)]).unwrap();
        assert_eq!(
            basic.value.to_str().unwrap(),
            "Basic QWxhZGRpbjpvcGVuLXNlc2FtZQ=="
        );
        assert_ne!(key.fingerprint(), bearer.fingerprint());
        assert_eq!(basic.fingerprint(), basic.clone().fingerprint());
        for credential in [key, bearer, basic, scheme] {
            assert!(credential.value.is_sensitive());
        }
    }

    #[test]
    fn a_secret_that_no_header_can_carry_is_refused_unshown() {
        for text in [
            "",
            "canary\n",
            "can\r\nX-Evil: 1",
            "canary\u{e9}",
            " canary",
            "can\0ary",
        ] {
            let problems = Credential::new(Auth::Bearer, &[(&KEY, &secret(text))])
                .err()
                .unwrap();
            let shown = format!("{} {problems:?}", problems[0]);
            assert!(
                shown.contains("ACME_API_KEY")
                    && !shown.contains("can\u{61}ry")
                    && !shown.contains("Evil"),
                "{shown}"
            );
        }
    }

    #[test]
    fn a_repeated_basic_value_is_found_in_every_spelling() {
        let (user, password) = (secret("user"), secret("password9"));
        let basic = Credential::new(Auth::Basic, &[(&KEY, &user), (&TOKEN, &password)]).unwrap();
        for value in [
            "dXNlcjpwYXNzd29yZDk=",
            "dXNlcjpwYXNzd29yZDk",
            "dXNlcjpwYXNzd29yZDk%3D",
            "%64XNlcjpwYXNzd29yZDk",
            "dXNlcjpw\nYXNzd29yZDk=",
            "u ser:pass%77ord9",
        ] {
            let shown = crate::redact::redact(value, &basic.secrets, &NumberId::new("1"));
            let shown = shown.trim_end_matches(['=', ':', '*']);
            assert!(shown.is_empty() || shown == "***%3D", "{value}: {shown}");
        }
    }

    #[test]
    fn a_user_with_a_colon_is_refused() {
        let build = |user, password| {
            let (user, password) = (secret(user), secret(password));
            Credential::new(Auth::Basic, &[(&KEY, &user), (&TOKEN, &password)])
        };
        assert!(build("a:b", "c").is_err());
        assert!(build("a", "b:c").is_ok());
    }
}
