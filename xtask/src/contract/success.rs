//! What tells a success from everything else, and where an error's parts are, as far as the schemas say.

use super::facts::Contract;
use super::model::{Role, Schema, Type};
use serde_json::Value;

/// A condition for a success.
#[derive(Debug, Clone)]
pub struct Condition<'a> {
    /// The fields that lead to the value.
    pub path: Vec<&'a str>,
    /// Whether the value must be there.
    pub is_required: bool,
    /// What it must be.
    pub test: Test<'a>,
}

/// What a value must be.
#[derive(Debug, Clone)]
pub enum Test<'a> {
    /// One of these.
    Is(Vec<&'a Value>),
    /// A number of this or more.
    AtLeast(i64),
    /// Of one of these types.
    Types(&'a [Type]),
    /// An object.
    Object,
}

impl Contract {
    /// The conditions for a body to be the success: fixed values and required fields.
    pub fn conditions(&self) -> Vec<Condition<'_>> {
        let mut conditions = Vec::new();
        if let Some((_, schema)) = self.success_schema() {
            self.conditions_of(schema, &[], &mut conditions);
        }
        conditions
    }

    fn conditions_of<'a>(
        &'a self,
        schema: &'a Schema,
        at: &[&'a str],
        found: &mut Vec<Condition<'a>>,
    ) {
        for (name, property) in &schema.properties {
            let path = [at, &[name]].concat();
            let is_required = schema.requires(name);
            let property = &property.value;
            let before = found.len();
            if let Some((_, inner)) = property.to.as_ref().and_then(|to| self.schema(&to.value)) {
                self.conditions_of(inner, &path, found);
            }
            let only: Vec<_> = property.only().map(|only| &only.value).collect();
            let test = match &property.minimum {
                _ if !only.is_empty() => Test::Is(only),
                Some(minimum) => Test::AtLeast(minimum.value),
                None if !is_required || found.len() > before => continue,
                None if property.to.is_some() => Test::Object,
                None => Test::Types(property.types()),
            };
            found.push(Condition {
                path,
                is_required,
                test,
            });
        }
    }

    /// The fields that are signs of an error: those of an error's body that a success has not.
    pub fn signs(&self) -> Vec<&str> {
        let success = self.success_schema();
        let mut signs = Vec::new();
        for (_, schema) in self.error_schemas() {
            for name in schema.properties.keys() {
                let is_of_success = success.is_some_and(|(_, it)| it.properties.contains_key(name));
                if !is_of_success && !signs.contains(&name.as_str()) {
                    signs.push(name);
                }
            }
        }
        signs
    }

    /// Where an error has the parts with this role: the fields that lead there, and `None` for the first item of
    /// a list.
    pub fn places(&self, role: Role) -> Vec<Vec<Option<&str>>> {
        let mut found = Vec::new();
        for (_, schema) in self.error_schemas() {
            self.places_of(schema, role, &[], &mut found);
        }
        found
    }

    fn places_of<'a>(
        &'a self,
        schema: &'a Schema,
        role: Role,
        at: &[Option<&'a str>],
        found: &mut Vec<Vec<Option<&'a str>>>,
    ) {
        for (name, property) in &schema.properties {
            let property = &property.value;
            let at = [at, &[Some(name)]].concat();
            if property.role == Some(role) && !found.contains(&at) {
                found.push(at.clone());
            }
            let items = property.items.as_ref().and_then(|items| items.to.as_ref());
            let first = [&at[..], &[None]].concat();
            for (to, at) in [(property.to.as_ref(), at), (items, first)] {
                if let Some((_, inner)) = to.and_then(|to| self.schema(&to.value)) {
                    self.places_of(inner, role, &at, found);
                }
            }
        }
    }
}
