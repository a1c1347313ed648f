mod all;
mod chance;
mod constructors;
mod injection;
mod kind;
mod wire;

use std::{fmt, ops::Range, time::Duration};

pub use injection::Injection;
pub(crate) use injection::Injections;
pub(crate) use wire::FaultedRequest;

use self::kind::{Effect, Kind};
use crate::Server;

/// One way in which a request goes wrong.
///
/// A fault decides two things: what the client receives, and whether the number is released before that.
/// [`applies_release`](Self::applies_release) tells the second:
///
/// - What could be read as a success always applies the release. So does a request that gets its own
///   response, followed by a [stray](Self::stray) one.
/// - A refusal never applies it: any status of 4xx except 408, unless the body states the vendor's
///   [success](Self::success), and a vendor's error form under 2xx.
/// - In all other cases a client can't tell, and both happen. [`with_release`](Self::with_release) chooses.
///   The default is to apply the release if a success was on its way (2xx, or a part of it), and not to apply
///   it otherwise (no response, garbage, 1xx, 3xx, a success under 4xx, 408, 5xx, 600 and above).
///
/// To apply the release is to do what a request without the fault would have done: a number that is not held
/// does not change.
///
/// ```
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> std::io::Result<()> {
/// use numbers_sandbox::{Fault, Sandbox, Server};
///
/// let sandbox = Sandbox::start().await?;
/// // The next two requests for this number are reset, and do not release it.
/// sandbox.inject(Fault::reset().at(Server::SynthflowUs).on("33782990580").times(2));
/// // Exotel is unavailable in both regions until the faults are cleared.
/// let outage = Fault::error(503).at(Server::ExotelSingapore).at(Server::ExotelMumbai);
/// sandbox.inject(outage);
/// sandbox.clear_faults();
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    name: String,
    kind: Kind,
    chosen_release: bool,
}

impl Fault {
    /// Whether a held number is released, or its release accepted, before the client receives anything.
    pub fn applies_release(&self) -> bool {
        match self.kind.effect() {
            Effect::Always => true,
            Effect::Never => false,
            Effect::Optional { .. } => self.chosen_release,
        }
    }

    /// Whether [`with_release`](Self::with_release) changes anything.
    pub fn has_optional_effect(&self) -> bool {
        matches!(self.kind.effect(), Effect::Optional { .. })
    }

    /// Chooses whether the release is applied, if [both can happen](Self::has_optional_effect).
    ///
    /// Otherwise it changes nothing: a refusal, for example, never applies the release.
    #[must_use]
    pub fn with_release(mut self, applied: bool) -> Self {
        self.chosen_release = applied;
        self
    }

    /// The status that a client of this server receives if the number is held; none if no complete headers
    /// arrive. A [stray](Self::stray) response does not count: it belongs to no request.
    pub fn status(&self, server: Server) -> Option<u16> {
        self.kind.status(server, server.spec().success.0.as_u16())
    }

    pub(crate) fn status_for(&self, request: &FaultedRequest<'_>) -> Option<u16> {
        self.kind.status(request.server, request.response.0)
    }

    /// Applies to requests to this server only. See [`Injection::at`].
    pub fn at(self, server: Server) -> Injection {
        Injection::from(self).at(server)
    }

    /// Applies to requests for this number only. See [`Injection::on`].
    pub fn on(self, number: impl Into<String>) -> Injection {
        Injection::from(self).on(number)
    }

    /// Applies to a share of the requests, from 0 to 1. See [`Injection::share`].
    pub fn share(self, share: f64) -> Injection {
        Injection::from(self).share(share)
    }

    /// Applies within this time since the start of the sandbox only. See [`Injection::during`].
    pub fn during(self, time: Range<Duration>) -> Injection {
        Injection::from(self).during(time)
    }

    /// Applies to the next n requests only. See [`Injection::times`].
    pub fn times(self, n: u64) -> Injection {
        Injection::from(self).times(n)
    }

    pub(crate) fn is_at_accept(&self) -> bool {
        self.kind == Kind::StallAccept
    }
}

/// The fault's name, which is stable, and the choice if there is one: `truncated body under 200, released`.
impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.name)?;
        match (self.has_optional_effect(), self.chosen_release) {
            (true, true) => f.write_str(", released"),
            (true, false) => f.write_str(", not released"),
            (false, _) => Ok(()),
        }
    }
}
