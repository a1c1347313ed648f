//! Exports the spans of a release by OpenTelemetry, to stdout.
//!
//! `cargo run -p numbers --all-features --example opentelemetry`
//!
//! It needs no account: it releases a number in the sandbox, which answers 429 before it does.

use numbers::synthflow::Client;
use numbers::{NumberId, Releaser, Retry, RetryPolicy};
use numbers_sandbox::{Fault, Sandbox, Server, credentials};
use opentelemetry::trace::TracerProvider as _;
use opentelemetry_sdk::Resource;
use opentelemetry_sdk::trace::SdkTracerProvider;
use std::error::Error;
use tracing_subscriber::filter::{LevelFilter, Targets};
use tracing_subscriber::prelude::*;

/// Exports what has the target `numbers`. In a service, export in batches and to a collector.
fn export() -> SdkTracerProvider {
    let provider = SdkTracerProvider::builder()
        .with_simple_exporter(opentelemetry_stdout::SpanExporter::default())
        .with_resource(Resource::builder().with_service_name("example").build())
        .build();
    let layer = tracing_opentelemetry::layer()
        .with_tracer(provider.tracer("example"))
        .with_location(false)
        .with_threads(false);
    let ours = Targets::new().with_target("numbers", LevelFilter::INFO);
    tracing_subscriber::registry()
        .with(layer.with_filter(ours))
        .init();
    provider
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let provider = export();

    let number = "33782990580";
    let sandbox = Sandbox::start().await?;
    sandbox.hold(Server::SynthflowEu, number);
    sandbox.inject(Fault::error(429).times(1));

    let client = Client::builder()
        .with_api_key(credentials::SYNTHFLOW_API_KEY)
        .with_base_url(sandbox.base_url(Server::SynthflowEu))
        .build()?;
    let client = Retry::new(client, RetryPolicy::default());
    let _ = client.release(&NumberId::new(number)).await?;

    provider.shutdown()?;
    Ok(())
}
