//! The settings of a vendor, each from a flag, the environment, or the profile, in this order.

use crate::args::{Flags, flag};
use crate::config::{Profile, Source};
use crate::exit::Failure;
use numbers::{CompiledVendor, ConfigError, ConfigProblem, Releaser, Setting, TransportOptions};
use std::collections::BTreeMap;
use std::ffi::OsString;
use std::fmt;
use std::path::PathBuf;
use std::sync::Arc;

/// Where a value comes from, in ascending precedence.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Level {
    Profile,
    Environment,
    Flag,
}

/// A setting, and its value if there is one.
pub(crate) struct Entry {
    pub(crate) setting: &'static Setting,
    pub(crate) found: Option<Found>,
}

/// A value that was found, not yet read if it is elsewhere.
pub(crate) struct Found {
    pub(crate) level: Level,
    /// What to call it in a message: the flag, the variable, or the field of the profile.
    pub(crate) name: String,
    /// The configuration file.
    file: Option<PathBuf>,
    source: Source,
    environment: Option<OsString>,
}

impl Found {
    /// Checks that the value is there, without running a command or asking the keyring.
    pub(crate) fn check(&self) -> Result<(), String> {
        match &self.source {
            Source::Command { .. } => Ok(()),
            Source::Keyring(_) if cfg!(feature = "keyring") => Ok(()),
            _ => self.read().map(drop),
        }
    }

    /// The value, if it is in the environment or the file itself.
    pub(crate) fn text(&self) -> Option<&str> {
        match (&self.environment, &self.source) {
            (Some(value), _) => value.to_str(),
            (None, Source::Text(text)) => Some(text),
            _ => None,
        }
    }

    fn read(&self) -> Result<OsString, String> {
        match &self.environment {
            Some(value) => Ok(value.clone()),
            None => self.source.read(),
        }
    }
}

/// `--region`, `SYNTHFLOW_REGION`, or `api_key of the profile eu in numbers.toml, from the file /run/key`.
impl fmt::Display for Found {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.name)?;
        if let Some(file) = &self.file {
            write!(f, " in {}", file.display())?;
        }
        match &self.source {
            Source::Text(_) => Ok(()),
            source => write!(f, ", from {source}"),
        }
    }
}

/// All settings of a vendor.
pub(crate) struct Settings {
    vendor: CompiledVendor,
    pub(crate) entries: Vec<Entry>,
    /// Values of the profile that the environment overrides.
    pub(crate) overridden: Vec<String>,
}

impl Settings {
    /// Finds the values. Two that exclude each other, and a flag or profile without use, are refused.
    pub(crate) fn find(
        vendor: CompiledVendor,
        flags: &Flags,
        profile: Option<&Profile>,
    ) -> Result<Self, Failure> {
        let endpoint = vendor.endpoint();
        for field in flags.fields() {
            if endpoint.setting(field).is_none() {
                let flag = flag(field);
                return Err(Failure::Refused(format!(
                    "{flag} does not apply to {vendor}"
                )));
            }
        }
        let mut settings = Self {
            vendor,
            entries: Vec::new(),
            overridden: Vec::new(),
        };
        for setting in endpoint.settings() {
            settings.add(setting, flags, profile);
        }
        settings.refuse_two_servers()?;
        settings.note_overridden_region();
        Ok(settings)
    }

    fn add(&mut self, setting: &'static Setting, flags: &Flags, profile: Option<&Profile>) {
        let field = setting.field();
        let in_profile = profile.and_then(|profile| {
            let source = profile
                .vendors
                .get(self.vendor.vendor().as_str())?
                .get(field)?;
            Some(Found {
                level: Level::Profile,
                name: format!("{field} of the profile {}", profile.name),
                file: Some(profile.file.clone()),
                source: source.clone(),
                environment: None,
            })
        });
        let variable = std::env::var_os(setting.variable()).filter(|value| !value.is_empty());
        let in_environment = variable.map(|value| Found {
            level: Level::Environment,
            name: setting.variable().to_owned(),
            file: None,
            source: Source::Text(String::new()),
            environment: Some(value),
        });
        let given = flags.get(field).map(|value| Found {
            level: Level::Flag,
            name: flag(field),
            file: None,
            source: Source::Text(value.to_owned()),
            environment: None,
        });
        if let (Some(profile), Some(wins)) =
            (&in_profile, given.as_ref().or(in_environment.as_ref()))
            && wins.level == Level::Environment
        {
            self.overridden
                .push(format!("{} overrides {}", wins.name, profile.name));
        }
        self.entries.push(Entry {
            setting,
            found: given.or(in_environment).or(in_profile),
        });
    }

    /// Refuses a region that a base URL of lower precedence would override.
    fn refuse_two_servers(&self) -> Result<(), Failure> {
        match (self.found("region"), self.found("base_url")) {
            (Some(region), Some(base_url))
                if region.level == Level::Flag || region.level > base_url.level =>
            {
                Err(Failure::Refused(format!(
                    "{} and {} can't be combined: both set the server",
                    region.name, base_url.name
                )))
            }
            _ => Ok(()),
        }
    }

    /// Notes a region of the profile that a base URL of the environment overrides.
    fn note_overridden_region(&mut self) {
        if let (Some(region), Some(base_url)) = (self.found("region"), self.found("base_url"))
            && (region.level, base_url.level) == (Level::Profile, Level::Environment)
        {
            let note = format!("{} overrides {}", base_url.name, region.name);
            self.overridden.push(note);
        }
    }

    /// What was found for a field.
    pub(crate) fn found(&self, field: &str) -> Option<&Found> {
        let entry = self.entries.iter().find(|it| it.setting.field() == field)?;
        entry.found.as_ref()
    }

    /// Whether a setting without a value is needed. A base URL takes the place of a region.
    pub(crate) fn is_needed(&self, setting: &Setting) -> bool {
        let is_replaced = setting.field() == "region" && self.found("base_url").is_some();
        setting.is_required() && !is_replaced
    }

    /// Where the secrets come from, such as `SYNTHFLOW_API_KEY`.
    pub(crate) fn credential(&self) -> String {
        let secrets = self
            .entries
            .iter()
            .filter(|entry| entry.setting.is_secret());
        let origins = secrets
            .filter_map(|entry| entry.found.as_ref())
            .map(ToString::to_string);
        origins.collect::<Vec<_>>().join(" and ")
    }

    /// Reads the values and builds the client. All that is wrong is named at once.
    pub(crate) fn connect(
        &self,
        transport: TransportOptions,
    ) -> Result<Arc<dyn Releaser>, Failure> {
        let mut values = BTreeMap::new();
        let mut unread = BTreeMap::new();
        for Entry { setting, found } in &self.entries {
            match found.as_ref().map(Found::read) {
                Some(Ok(value)) => {
                    values.insert(setting.variable(), value);
                }
                Some(Err(why)) => {
                    unread.insert(setting.field(), why);
                }
                None => {}
            }
        }
        let client = self
            .vendor
            .from_vars(|variable| values.get(variable).cloned(), transport);
        match client {
            Ok(client) if unread.is_empty() => Ok(client),
            Ok(_) => Err(self.refused(&[], &unread)),
            Err(error) => Err(self.refused(ConfigError::problems(&error), &unread)),
        }
    }

    fn refused(
        &self,
        problems: &[ConfigProblem],
        unread: &BTreeMap<&'static str, String>,
    ) -> Failure {
        let unread_values = unread.iter().map(|(field, why)| match self.found(field) {
            Some(found) => format!("{}: {why}", found.name),
            None => why.clone(),
        });
        let is_known = |problem: &&ConfigProblem| {
            let field = problem.field();
            !field.is_some_and(|field| unread.contains_key(field))
        };
        let others = problems
            .iter()
            .filter(is_known)
            .map(|problem| problem.describe(&self.name(problem)));
        let vendor = self.vendor;
        let lines = unread_values
            .chain(others)
            .map(|line| format!("{vendor}: {line}"));
        let mut lines: Vec<_> = lines.collect();
        lines.push(format!(
            "`numbers vendors {vendor}` shows each setting, its values, and where it comes from"
        ));
        Failure::Refused(lines.join("\n"))
    }

    fn name(&self, problem: &ConfigProblem) -> String {
        let field = problem.field();
        if let Some(found) = field.and_then(|field| self.found(field)) {
            return found.name.clone();
        }
        let entry = self
            .entries
            .iter()
            .find(|it| Some(it.setting.field()) == field);
        match (entry, problem.variable(), field) {
            (Some(entry), _, _) if entry.setting.is_secret() => entry.setting.variable().to_owned(),
            (Some(entry), _, _) => {
                format!(
                    "{} or {}",
                    flag(entry.setting.field()),
                    entry.setting.variable()
                )
            }
            (None, Some(variable), _) => variable.to_owned(),
            (None, None, Some("timeout")) => "--timeout".to_owned(),
            (None, None, _) => "the connection".to_owned(),
        }
    }
}
