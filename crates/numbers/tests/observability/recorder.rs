//! The spans and events of our crates, recorded.

use std::collections::BTreeMap;
use std::fmt::Debug;
use std::sync::{Arc, Mutex};
use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id};
use tracing::subscriber::DefaultGuard;
use tracing::{Event, Metadata, Subscriber};
use tracing_subscriber::layer::{Context, Layer, SubscriberExt};
use tracing_subscriber::registry::LookupSpan;
use tracing_subscriber::util::SubscriberInitExt;

/// A span or an event.
#[derive(Debug, Clone)]
pub(crate) struct Record {
    pub(crate) metadata: &'static Metadata<'static>,
    pub(crate) name: &'static str,
    pub(crate) id: Option<Id>,
    pub(crate) parent: Option<Id>,
    /// All that are declared, with a value or without.
    pub(crate) fields: Vec<&'static str>,
    pub(crate) values: BTreeMap<&'static str, Value>,
}

#[derive(Debug, Clone)]
pub(crate) enum Value {
    String(String),
    Integer(i64),
    /// What OpenTelemetry would get as a string, though it is none.
    Other,
}

impl Record {
    fn new(metadata: &'static Metadata<'static>, id: Option<Id>, parent: Option<Id>) -> Self {
        Self {
            metadata,
            name: metadata.name(),
            id,
            parent,
            fields: metadata.fields().iter().map(|field| field.name()).collect(),
            values: BTreeMap::new(),
        }
    }

    /// Kind, name, target and level.
    pub(crate) fn item(&self) -> [String; 4] {
        let kind = if self.metadata.is_span() {
            "span"
        } else {
            "event"
        };
        let level = self.metadata.level().as_str();
        [kind, self.name, self.metadata.target(), level].map(str::to_owned)
    }

    /// A field's value as text; empty where it has none.
    pub(crate) fn get(&self, field: &str) -> String {
        match self.values.get(field) {
            Some(Value::String(text)) => text.clone(),
            Some(Value::Integer(integer)) => integer.to_string(),
            Some(Value::Other) => "neither string nor integer".to_owned(),
            None => String::new(),
        }
    }
}

impl Value {
    pub(crate) fn type_name(&self) -> &'static str {
        match self {
            Self::String(_) => "string",
            Self::Integer(_) => "integer",
            Self::Other => "other",
        }
    }
}

impl Visit for Record {
    fn record_i64(&mut self, field: &Field, value: i64) {
        self.values.insert(field.name(), Value::Integer(value));
    }

    fn record_str(&mut self, field: &Field, value: &str) {
        let value = Value::String(value.to_owned());
        self.values.insert(field.name(), value);
    }

    fn record_u64(&mut self, field: &Field, _: u64) {
        self.values.insert(field.name(), Value::Other);
    }

    fn record_u128(&mut self, field: &Field, _: u128) {
        self.values.insert(field.name(), Value::Other);
    }

    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        self.record_str(field, &format!("{value:?}"));
    }
}

/// Records what is reported in the thread that installs it.
#[derive(Debug, Clone, Default)]
pub(crate) struct Recorder(Arc<Mutex<Vec<Record>>>);

impl Recorder {
    /// Records until the guard is dropped.
    pub(crate) fn install(&self) -> DefaultGuard {
        tracing_subscriber::registry()
            .with(self.clone())
            .set_default()
    }

    /// All so far, the oldest first.
    pub(crate) fn records(&self) -> Vec<Record> {
        self.0.lock().unwrap().clone()
    }

    fn push(&self, record: Record) {
        // By module and not by target: one that is wrong must not go unseen.
        let module = record.metadata.module_path().unwrap_or_default();
        if module.starts_with("numbers") {
            self.0.lock().unwrap().push(record);
        }
    }
}

impl<S: Subscriber + for<'a> LookupSpan<'a>> Layer<S> for Recorder {
    fn on_new_span(&self, attributes: &Attributes<'_>, id: &Id, context: Context<'_, S>) {
        let parent = context.span(id).and_then(|span| span.parent());
        let parent = parent.map(|span| span.id());
        let mut record = Record::new(attributes.metadata(), Some(id.clone()), parent);
        attributes.record(&mut record);
        self.push(record);
    }

    fn on_record(&self, id: &Id, values: &tracing::span::Record<'_>, _: Context<'_, S>) {
        let mut records = self.0.lock().unwrap();
        if let Some(record) = records.iter_mut().find(|r| r.id.as_ref() == Some(id)) {
            values.record(record);
        }
    }

    fn on_event(&self, event: &Event<'_>, context: Context<'_, S>) {
        let parent = context.event_span(event).map(|span| span.id());
        let mut record = Record::new(event.metadata(), None, parent);
        event.record(&mut record);
        self.push(record);
    }
}
