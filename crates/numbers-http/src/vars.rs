use crate::Settings;
use numbers_core::{Error, Vendor};
use secrecy::SecretString;
use std::ffi::OsString;

/// Settings by name: the environment, or values that a program has from elsewhere.
pub struct Vars<'a> {
    vendor: Vendor,
    lookup: &'a dyn Fn(&str) -> Option<OsString>,
}

impl<'a> Vars<'a> {
    /// Reads the settings of `vendor` through `lookup`.
    pub fn new(vendor: Vendor, lookup: &'a dyn Fn(&str) -> Option<OsString>) -> Self {
        Self { vendor, lookup }
    }

    /// The value of a variable; an empty one counts as not set.
    ///
    /// # Errors
    ///
    /// [`InvalidConfig`](numbers_core::ErrorKind::InvalidConfig) where it is not UTF-8.
    pub fn text(&self, name: &str) -> Result<Option<String>, Error> {
        match (self.lookup)(name).map(OsString::into_string) {
            None => Ok(None),
            Some(Ok(value)) if value.is_empty() => Ok(None),
            Some(Ok(value)) => Ok(Some(value)),
            Some(Err(_)) => Err(Error::invalid_config(
                self.vendor,
                format!("{name} is not UTF-8"),
            )),
        }
    }

    /// The value of a variable that holds a secret.
    ///
    /// # Errors
    ///
    /// As for [`text`](Self::text).
    pub fn secret(&self, name: &str) -> Result<Option<SecretString>, Error> {
        Ok(self.text(name)?.map(SecretString::from))
    }

    /// The value of a variable that is one of a few words.
    ///
    /// # Errors
    ///
    /// As for [`text`](Self::text), and where it is none of them; the message lists them.
    pub fn choice<T: Copy>(
        &self,
        name: &str,
        words: &[(&'static str, T)],
    ) -> Result<Option<T>, Error> {
        let Some(value) = self.text(name)? else {
            return Ok(None);
        };
        match words.iter().find(|(word, _)| *word == value) {
            Some((_, choice)) => Ok(Some(*choice)),
            None => Err(Error::invalid_config(
                self.vendor,
                format!("{name} must be one of: {}", listed(words)),
            )),
        }
    }
}

/// A setting without which there is no client, named by field and variable.
///
/// # Errors
///
/// [`InvalidConfig`](numbers_core::ErrorKind::InvalidConfig) where it is missing.
pub fn required<T>(
    vendor: Vendor,
    field: &str,
    variable: &str,
    value: Option<T>,
) -> Result<T, Error> {
    value.ok_or_else(|| {
        Error::invalid_config(
            vendor,
            format!("{field} is missing; set it on the builder, or {variable}"),
        )
    })
}

/// The server of the chosen region; with a base URL any will do, for that replaces it.
///
/// # Errors
///
/// [`InvalidConfig`](numbers_core::ErrorKind::InvalidConfig) where neither was chosen; the message
/// lists the regions.
pub fn server<T>(
    vendor: Vendor,
    variable: &str,
    regions: &[(&str, T)],
    chosen: Option<&'static str>,
    settings: &Settings,
) -> Result<&'static str, Error> {
    match chosen {
        Some(server) => Ok(server),
        None if settings.has_base_url() => Ok(""),
        None => Err(Error::invalid_config(
            vendor,
            format!(
                "region is missing; set it on the builder, or {variable}, to one of: {}",
                listed(regions)
            ),
        )),
    }
}

fn listed<T>(words: &[(&str, T)]) -> String {
    let mut list = String::new();
    for (word, _) in words {
        if !list.is_empty() {
            list.push_str(", ");
        }
        list.push_str(word);
    }
    list
}
