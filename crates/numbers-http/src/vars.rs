use numbers_core::{ConfigProblem, Setting};
use secrecy::SecretString;
use std::ffi::OsString;
use std::str::FromStr;

/// Reads settings by the names of their variables, from the environment or elsewhere. An empty value counts as
/// not set.
pub struct Vars<'a> {
    lookup: &'a dyn Fn(&str) -> Option<OsString>,
    problems: Vec<ConfigProblem>,
}

impl<'a> Vars<'a> {
    /// Reads settings through `lookup`.
    pub fn new(lookup: &'a dyn Fn(&str) -> Option<OsString>) -> Self {
        Self {
            lookup,
            problems: Vec::new(),
        }
    }

    /// A string.
    pub fn text(&mut self, setting: &Setting) -> Option<String> {
        match (self.lookup)(setting.variable()).map(OsString::into_string) {
            None => None,
            Some(Ok(value)) if value.is_empty() => None,
            Some(Ok(value)) => Some(value),
            Some(Err(_)) => {
                let problem = ConfigProblem::invalid(setting, "is not UTF-8");
                self.problems.push(problem);
                None
            }
        }
    }

    /// A secret.
    pub fn secret(&mut self, setting: &Setting) -> Option<SecretString> {
        self.text(setting).map(SecretString::from)
    }

    /// One of a setting's values.
    pub fn parse<T: FromStr>(&mut self, setting: &Setting) -> Option<T> {
        let value = self.text(setting)?;
        let parsed = value.parse().ok();
        if parsed.is_none() {
            let expected = format!("must be one of: {}", setting.values().join(", "));
            self.problems
                .push(ConfigProblem::invalid(setting, expected));
        }
        parsed
    }

    /// The variables whose values can't be used.
    pub fn into_problems(self) -> Vec<ConfigProblem> {
        self.problems
    }
}
