//! Where a client calls, and how it connects.

use crate::case::{Case, Mode, Scheme};
use crate::server::Endpoints;
use anyhow::Result;
use reqwest::{Certificate, ClientBuilder};

/// What a client is made for.
#[derive(Debug, Clone)]
pub(super) struct Target {
    /// Scheme, host and port.
    pub(super) url: String,
    /// How often it connects.
    pub(super) mode: Mode,
    /// What it trusts: nothing over plain http, so that no certificates need to be installed.
    pub(super) roots: Vec<Certificate>,
}

impl Target {
    pub(super) fn new(case: Case, endpoints: &Endpoints) -> Result<Self> {
        let url = endpoints.url(case.scheme).to_owned();
        let certificate = Certificate::from_pem(endpoints.certificate().as_bytes())?;
        let roots = match case.scheme {
            Scheme::Http => Vec::new(),
            Scheme::Https => vec![certificate],
        };
        Ok(Self {
            url,
            mode: case.mode,
            roots,
        })
    }

    /// Synthflow's base URL.
    pub(super) fn synthflow(&self) -> String {
        format!("{}/v2", self.url)
    }

    /// reqwest's builder as a call by hand sets it: reqwest keeps connections unless it is told not to.
    pub(super) fn by_hand(&self, builder: ClientBuilder) -> ClientBuilder {
        match self.mode {
            Mode::Fresh => builder.pool_max_idle_per_host(0),
            Mode::Kept => builder,
        }
    }

    /// The same for our clients, which do not keep connections unless they are told to.
    pub(super) fn ours(
        &self,
    ) -> impl FnOnce(ClientBuilder) -> ClientBuilder + Send + Sync + 'static {
        let (mode, roots) = (self.mode, self.roots.clone());
        move |builder| {
            let builder = builder.tls_certs_only(roots);
            match mode {
                Mode::Fresh => builder,
                Mode::Kept => builder.pool_max_idle_per_host(usize::MAX),
            }
        }
    }
}
