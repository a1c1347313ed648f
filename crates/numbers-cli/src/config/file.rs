//! Reads the configuration file. Every mistake is named by its place, and no value is repeated: it may be a secret
//! in the wrong place.

use super::Source;
use numbers::{CompiledVendor, Setting};
use std::collections::BTreeMap;
use std::path::Path;
use toml::{Table, Value};

/// The settings of a profile, by vendor and field.
type Vendors = BTreeMap<String, BTreeMap<String, Source>>;

/// The profiles by name, or all mistakes. Relative paths are relative to `folder`.
pub(super) fn parse(text: &str, folder: &Path) -> Result<BTreeMap<String, Vendors>, Vec<String>> {
    let table = text
        .parse::<Table>()
        .map_err(|error| vec![syntax(text, &error)])?;
    let mut reader = Reader {
        folder,
        mistakes: Vec::new(),
    };
    let mut profiles = BTreeMap::new();
    for (key, value) in table {
        match value {
            Value::Table(named) if key == "profiles" => {
                for (name, value) in named {
                    let vendors = reader.profile(&format!("profiles.{name}"), value);
                    profiles.insert(name, vendors);
                }
            }
            _ => reader.mistake(
                &key,
                "is not expected here; expected [profiles.NAME.VENDOR]",
            ),
        }
    }
    if reader.mistakes.is_empty() {
        Ok(profiles)
    } else {
        Err(reader.mistakes)
    }
}

/// A mistake in the syntax, by line. TOML's own message would show the line itself.
fn syntax(text: &str, error: &toml::de::Error) -> String {
    let before = error.span().and_then(|span| text.get(..span.start));
    match before {
        Some(before) => {
            let line = before.matches('\n').count() + 1;
            format!("line {line} is not TOML: {}", error.message())
        }
        None => format!("is not TOML: {}", error.message()),
    }
}

struct Reader<'a> {
    folder: &'a Path,
    mistakes: Vec<String>,
}

impl Reader<'_> {
    fn mistake(&mut self, place: &str, what: &str) {
        let space = if what.starts_with('.') { "" } else { " " };
        self.mistakes.push(format!("{place}{space}{what}"));
    }

    fn profile(&mut self, place: &str, value: Value) -> Vendors {
        let mut vendors = BTreeMap::new();
        let Value::Table(table) = value else {
            self.mistake(place, "is not a table of vendors");
            return vendors;
        };
        for (name, value) in table {
            let place = format!("{place}.{name}");
            match (name.parse::<CompiledVendor>(), value) {
                (Ok(vendor), Value::Table(settings)) => {
                    let settings = self.vendor(&place, vendor, settings);
                    vendors.insert(name, settings);
                }
                (Ok(_), _) => self.mistake(&place, "is not a table of settings"),
                (Err(_), _) => {
                    let names: Vec<_> = numbers::vendors().map(|it| it.to_string()).collect();
                    let expected =
                        format!("is not a vendor; expected one of: {}", names.join(", "));
                    self.mistake(&place, &expected);
                }
            }
        }
        vendors
    }

    fn vendor(
        &mut self,
        place: &str,
        vendor: CompiledVendor,
        table: Table,
    ) -> BTreeMap<String, Source> {
        let endpoint = vendor.endpoint();
        if table.contains_key("region") && table.contains_key("base_url") {
            self.mistake(place, "has region and base_url, and both set the server");
        }
        let mut settings = BTreeMap::new();
        for (field, value) in table {
            let place = format!("{place}.{field}");
            match endpoint.setting(&field) {
                Some(setting) => match self.value(setting, value) {
                    Ok(source) => {
                        settings.insert(field, source);
                    }
                    Err(what) => self.mistake(&place, &what),
                },
                None => {
                    let fields: Vec<_> = endpoint.settings().iter().map(Setting::field).collect();
                    let expected =
                        format!("is not a setting; expected one of: {}", fields.join(", "));
                    self.mistake(&place, &expected);
                }
            }
        }
        settings
    }

    fn value(&self, setting: &Setting, value: Value) -> Result<Source, String> {
        match value {
            Value::Table(reference) => Source::parse(reference, self.folder),
            _ if setting.is_secret() => Err(format!(
                "is a secret, which must not be in this file; expected where it is: {}",
                Source::EXPECTED
            )),
            Value::String(text) if text.is_empty() => Err("is empty".to_owned()),
            Value::String(text) => Ok(Source::Text(text)),
            _ => Err("is not a string".to_owned()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::parse;
    use std::path::Path;

    #[test]
    fn every_mistake_is_named_and_no_value_is_repeated() {
        for (text, expected) in [
            ("a = 'canary", "line 1 is not TOML: "),
            ("\n\na = canary", "line 3 is not TOML: "),
            (
                "profile = 'canary'",
                "profile is not expected here; expected [profiles.NAME.VENDOR]",
            ),
            ("profiles = 'canary'", "profiles is not expected here"),
            (
                "[profiles]\neu = 'canary'",
                "profiles.eu is not a table of vendors",
            ),
            (
                "[profiles.eu]\nexotel = 'canary'",
                "profiles.eu.exotel is not a table of settings",
            ),
            (
                "[profiles.eu.acme]\nkey = 'canary'",
                "profiles.eu.acme is not a vendor; expected one of: ",
            ),
            (
                "[profiles.eu.twochat]\nkey = 'canary'",
                "profiles.eu.twochat.key is not a setting; expected one of: api_key, base_url",
            ),
            (
                "[profiles.eu.twochat]\napi_key = 'canary'",
                "profiles.eu.twochat.api_key is a secret, which must not be in this file",
            ),
            (
                "[profiles.eu.synthflow]\nregion = ''",
                "profiles.eu.synthflow.region is empty",
            ),
            (
                "[profiles.eu.synthflow]\nregion = 1",
                "profiles.eu.synthflow.region is not a string",
            ),
            (
                "[profiles.eu.synthflow]\nregion = 'eu'\nbase_url = 'canary'",
                "profiles.eu.synthflow has region and base_url, and both set the server",
            ),
            (
                "[profiles.eu.twochat]\napi_key = { vault = 'canary' }",
                "profiles.eu.twochat.api_key is not one of",
            ),
            (
                "[profiles.eu.twochat]\napi_key = { env = 'canary', file = 'canary' }",
                "profiles.eu.twochat.api_key is not one of",
            ),
            (
                "[profiles.eu.twochat]\napi_key = { env = '' }",
                "profiles.eu.twochat.api_key.env is not a non-empty string",
            ),
            (
                "[profiles.eu.twochat]\napi_key = { command = [] }",
                "profiles.eu.twochat.api_key.command is not an array of strings",
            ),
            (
                "[profiles.eu.twochat]\napi_key = { command = 'canary' }",
                "profiles.eu.twochat.api_key.command is not an array of strings",
            ),
            (
                "[profiles.eu.twochat]\napi_key = { command = ['a'], timeout = 'canary' }",
                "profiles.eu.twochat.api_key.timeout is not a time such as 10s",
            ),
            (
                "[profiles.eu.twochat]\napi_key = { env = 'A', timeout = '1s' }",
                "profiles.eu.twochat.api_key.timeout does not apply to env",
            ),
        ] {
            let mistakes = parse(text, Path::new("")).unwrap_err();
            assert!(mistakes[0].starts_with(expected), "{text}: {mistakes:?}");
            assert!(
                !mistakes.concat().contains("canary"),
                "{text}: {mistakes:?}"
            );
        }
    }

    #[test]
    fn all_mistakes_are_named_at_once() {
        let text = "a = 1\n[profiles.eu.acme]\n[profiles.eu.twochat]\napi_key = 'x'\nb = 1";
        assert_eq!(parse(text, Path::new("")).unwrap_err().len(), 4);
    }
}
