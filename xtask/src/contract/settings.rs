//! The settings of a vendor's client. All but the secrets follow from the rest of the contract.

use super::facts::Contract;
use super::names::{constant, snake};
use serde::Serialize;

/// The kind of a setting.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// A part of the credential.
    Secret,
    /// A segment of the path.
    Path,
    /// The choice of a server.
    Region,
    /// A server of one's own.
    BaseUrl,
}

/// A setting.
#[derive(Debug, Clone, Serialize)]
pub struct Setting<'a> {
    /// Its kind.
    pub kind: Kind,
    /// What it holds, as `x-variables` calls it: `secret`, `region`, `base_url` or a parameter of the path.
    pub holds: &'a str,
    /// Its field.
    pub name: String,
    /// Its environment variable.
    pub variable: String,
    /// What it is.
    pub description: &'a str,
    /// Which values it takes, for people.
    pub values: String,
    /// The example of a parameter.
    pub example: Option<&'a str>,
}

impl Contract {
    /// The settings: secrets, segments of the path, region, base URL.
    pub fn settings(&self) -> Vec<Setting<'_>> {
        let prefix = self.vendor().to_ascii_uppercase() + "_";
        let variables = || self.document.variables.iter().map(|it| &it.value);
        let new = |kind, holds, name: &str, description, values| Setting {
            kind,
            holds,
            name: snake(name),
            variable: prefix.clone() + &constant(name),
            description,
            values,
            example: None,
        };
        let mut settings = Vec::new();
        for it in variables().filter(|it| it.holds == "secret") {
            let name = it.name.strip_prefix(&prefix).unwrap_or(&it.name);
            let values = "secret".to_owned();
            settings.push(new(Kind::Secret, "secret", name, &it.description, values));
        }
        let parameters = self.operation.parameters.split_last();
        for it in parameters.into_iter().flat_map(|(_, before)| before) {
            let it = &it.value;
            let description = self.described(&it.name, &it.description);
            let (holds, name) = (&it.name, it.rust_name());
            let example = Some(it.example.value.as_str());
            let path = new(Kind::Path, holds, name, description, String::new());
            settings.push(Setting { example, ..path });
        }
        let mut replaces = "Replaces the server.";
        let servers = || self.document.servers.value.iter().map(|it| &it.value);
        if let Some(meaning) = &self.document.servers_mean {
            let regions = servers().filter_map(|it| it.region.as_ref());
            let regions: Vec<_> = regions.map(|it| format!("`{}`", it.value)).collect();
            let (name, values) = ("region", regions.join(", "));
            let description = self.described(name, &meaning.text);
            settings.push(new(Kind::Region, name, name, description, values));
            replaces = "Replaces the server. The region is then not needed.";
        }
        let server = servers().next().map_or("", |it| it.url.value.as_str());
        let (name, values) = ("base_url", format!("for example `{server}`"));
        let description = self.described(name, replaces);
        settings.push(new(Kind::BaseUrl, name, name, description, values));
        settings
    }

    /// The description in `x-variables`, if there is one.
    fn described<'a>(&'a self, holds: &str, otherwise: &'a str) -> &'a str {
        let mut variables = self.document.variables.iter().map(|it| &it.value);
        let given = variables.find(|it| it.holds == holds);
        given.map_or(otherwise, |it| &it.description)
    }

    /// How many secrets the client takes.
    pub(super) fn secrets(&self) -> usize {
        let user = self.scheme().and_then(|scheme| scheme.user.as_ref());
        if self.is_basic() && user.is_none() {
            2
        } else {
            1
        }
    }
}
