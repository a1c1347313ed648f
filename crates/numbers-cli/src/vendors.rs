//! `numbers vendors`.

use crate::exit::{Exit, Failure};
use numbers::{CompiledVendor, Endpoint};
use std::io::Write;

pub(crate) fn print(out: &mut impl Write) -> Result<Exit, Failure> {
    for (at, vendor) in numbers::vendors().enumerate() {
        if at > 0 {
            writeln!(out)?;
        }
        let endpoint = vendor.endpoint();
        writeln!(out, "{vendor}")?;
        writeln!(
            out,
            "  call       {} {}",
            endpoint.method(),
            endpoint.template()
        )?;
        writeln!(out, "  success    {}", success(endpoint))?;
        writeln!(out, "  warning    {}", endpoint.warning())?;
        writeln!(out, "  variables  {}", variables(vendor).join(", "))?;
        writeln!(out, "  id example {}", endpoint.id_example())?;
        writeln!(out, "  rate limit {}", limit(endpoint))?;
        writeln!(out, "  look up    {}", endpoint.lookup())?;
        writeln!(out, "  docs       {}", endpoint.docs())?;
    }
    out.flush()?;
    Ok(Exit::Done)
}

fn success(endpoint: &Endpoint) -> String {
    let pairs = endpoint.success().iter();
    let pairs: Vec<_> = pairs
        .map(|(status, outcome)| format!("HTTP {status}: {outcome}"))
        .collect();
    pairs.join(", ")
}

fn limit(endpoint: &Endpoint) -> String {
    match endpoint.requests_per_minute() {
        Some(limit) => format!("{limit} requests per minute"),
        None => "not documented".to_owned(),
    }
}

/// The variables of a vendor.
pub(crate) fn variables(vendor: CompiledVendor) -> Vec<&'static str> {
    let settings = vendor.endpoint().settings().iter();
    settings.map(|setting| setting.variable()).collect()
}
