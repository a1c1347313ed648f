//! A flag for each setting of a vendor that is no secret.
//!
//! The flags come from the vendors' facts. Secrets have none, because everyone on the machine can read a process's
//! arguments.

use clap::builder::NonEmptyStringValueParser;
use clap::{Arg, ArgMatches, Args, Command, Error, FromArgMatches};
use numbers::Setting;
use std::collections::BTreeMap;

/// The values given by flags, by the field of their setting.
#[derive(Debug, Default)]
pub(crate) struct Flags(BTreeMap<&'static str, String>);

impl Flags {
    /// The value for a field.
    pub(crate) fn get(&self, field: &str) -> Option<&str> {
        self.0.get(field).map(String::as_str)
    }

    /// The fields that have a value.
    pub(crate) fn fields(&self) -> impl Iterator<Item = &'static str> {
        self.0.keys().copied()
    }
}

/// The flag of a field, such as `--base-url` of `base_url`.
pub(crate) fn flag(field: &str) -> String {
    format!("--{}", name(field))
}

fn name(field: &str) -> String {
    field.replace('_', "-")
}

/// The settings of all vendors that have a flag, by field.
fn settings() -> BTreeMap<&'static str, Vec<&'static Setting>> {
    let mut fields = BTreeMap::<_, Vec<_>>::new();
    for vendor in numbers::vendors() {
        for setting in vendor.endpoint().settings() {
            if !setting.is_secret() {
                fields.entry(setting.field()).or_default().push(setting);
            }
        }
    }
    fields
}

/// `Overrides EXOTEL_REGION (singapore, mumbai), SYNTHFLOW_REGION (global, us, eu)`.
fn help(settings: &[&Setting]) -> String {
    let variables = settings.iter().map(|setting| match setting.values() {
        [] => setting.variable().to_owned(),
        values => format!("{} ({})", setting.variable(), values.join(", ")),
    });
    format!("Overrides {}", variables.collect::<Vec<_>>().join(", "))
}

impl Args for Flags {
    fn augment_args(command: Command) -> Command {
        let heading = "Settings of the vendor (secrets have no flags)";
        command.args(settings().into_iter().map(|(field, settings)| {
            Arg::new(field)
                .long(name(field))
                .value_name(field.to_uppercase())
                // An empty value would hide the variable and count as not set.
                .value_parser(NonEmptyStringValueParser::new())
                .help(help(&settings))
                .help_heading(heading)
        }))
    }

    fn augment_args_for_update(command: Command) -> Command {
        Self::augment_args(command)
    }
}

impl FromArgMatches for Flags {
    fn from_arg_matches(matches: &ArgMatches) -> Result<Self, Error> {
        let fields = settings().into_keys();
        let given = fields.filter_map(|field| {
            let value = matches.get_one::<String>(field)?;
            Some((field, value.clone()))
        });
        Ok(Self(given.collect()))
    }

    fn update_from_arg_matches(&mut self, matches: &ArgMatches) -> Result<(), Error> {
        *self = Self::from_arg_matches(matches)?;
        Ok(())
    }
}
