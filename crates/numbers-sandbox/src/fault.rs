mod all;
mod injection;
mod kind;
mod make;
mod wire;

use std::fmt;

pub use injection::Injection;
pub(crate) use injection::Injections;
pub(crate) use wire::Taken;

use self::kind::{Acts, Kind};
use crate::Server;

/// One way for a request to go wrong.
///
/// A fault decides two things apart from each other: what the client gets to see, and whether the
/// number is acted on before that. [`acts`](Self::acts) tells the second:
///
/// - What could be read as a success always acts. The answer is spoilt, and its message is true. So does a
///   request that gets its own response, and only then a [stray](Self::stray) one.
/// - A refusal never acts: any status of 4xx but 408, unless the body states the vendor's
///   [success](Self::success), and a vendor's error form under 2xx.
/// - With everything else nobody can tell from outside, so it goes either way. [`acting`](Self::acting)
///   chooses; unless it is called, a fault acts where a success was on its way (2xx, or a part of it) and
///   does not where there was none (no byte of an answer, garbage, 1xx, 3xx, a success under 4xx, 408, 5xx,
///   600 and above).
///
/// To act is to do what a request without the fault would have done: a number that is not held stays
/// as it is.
///
/// ```
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> std::io::Result<()> {
/// use numbers_sandbox::{Fault, Sandbox, Server};
///
/// let sandbox = Sandbox::start().await?;
/// // The next two requests for this number do not reach their goal: reset, the number as it was.
/// sandbox.inject(Fault::reset().at(Server::SynthflowUs).on("33782990580").times(2));
/// // Exotel is out of order in both regions until the faults are cleared.
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
    acting: bool,
}

impl Fault {
    /// Whether a held number is released, or its release accepted, before the client sees anything.
    pub fn acts(&self) -> bool {
        match self.kind.acts() {
            Acts::Always => true,
            Acts::Never => false,
            Acts::Either { .. } => self.acting,
        }
    }

    /// Whether [`acting`](Self::acting) has a say.
    pub fn has_choice(&self) -> bool {
        matches!(self.kind.acts(), Acts::Either { .. })
    }

    /// Chooses whether the number is acted on, where the fault [has the choice](Self::has_choice).
    ///
    /// Elsewhere it changes nothing: a refusal does not act, whatever is asked of it here.
    #[must_use]
    pub fn acting(mut self, acting: bool) -> Self {
        self.acting = acting;
        self
    }

    /// The status that a client of this server gets to see if the number is held; none where no whole head
    /// arrives. A [stray](Self::stray) one does not count: it answers nothing.
    pub fn status(&self, server: Server) -> Option<u16> {
        self.kind
            .status(server, server.reading().success.0.as_u16())
    }

    pub(crate) fn status_of(&self, taken: &Taken<'_>) -> Option<u16> {
        self.kind.status(taken.server, taken.normal.0)
    }

    /// Takes requests to this server alone. See [`Injection::at`].
    pub fn at(self, server: Server) -> Injection {
        Injection::from(self).at(server)
    }

    /// Takes requests for this number alone. See [`Injection::on`].
    pub fn on(self, number: impl Into<String>) -> Injection {
        Injection::from(self).on(number)
    }

    /// Takes the next n requests alone. See [`Injection::times`].
    pub fn times(self, n: u64) -> Injection {
        Injection::from(self).times(n)
    }

    pub(crate) fn is_at_accept(&self) -> bool {
        self.kind == Kind::StallAccept
    }
}

/// The fault's name, which stays the same, and after it the choice where there is one:
/// `truncated body, acting`.
impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.name)?;
        match (self.has_choice(), self.acting) {
            (true, true) => f.write_str(", acting"),
            (true, false) => f.write_str(", not acting"),
            (false, _) => Ok(()),
        }
    }
}
