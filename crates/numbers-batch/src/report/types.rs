use std::time::SystemTime;

/// The state of a number, the most urgent first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum State {
    /// It may have been released.
    Unknown,
    /// A request was begun whose result is not recorded.
    InFlight,
    /// It was certainly not released.
    Failed,
    /// Its turn has not come.
    Pending,
    /// The vendor no longer has it, by the evidence of an earlier attempt.
    Absent,
    /// The vendor accepted the release.
    Accepted,
    /// It was released.
    Released,
}

impl State {
    /// All of them, the most urgent first.
    pub const ALL: [Self; 7] = [
        Self::Unknown,
        Self::InFlight,
        Self::Failed,
        Self::Pending,
        Self::Absent,
        Self::Accepted,
        Self::Released,
    ];

    /// The word for it, as `numbers status` prints it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Unknown => "unknown",
            Self::InFlight => "in_flight",
            Self::Failed => "failed",
            Self::Pending => "pending",
            Self::Absent => "absent",
            Self::Accepted => "accepted",
            Self::Released => "released",
        }
    }

    /// What it means, for those who did not run it.
    pub(super) const fn meaning(self) -> &'static str {
        match self {
            Self::Unknown => {
                "The request was sent and its result is not known: the vendor may have released the number."
            }
            Self::InFlight => {
                "A request had begun, and its result was not recorded when this page was made."
            }
            Self::Failed => "The vendor did not release the number.",
            Self::Pending => "Nothing was sent for the number.",
            Self::Absent => {
                "The vendor no longer has the number; an earlier request whose result was lost probably released it."
            }
            Self::Accepted => "The vendor accepted the release and carries it out itself.",
            Self::Released => "The vendor released the number.",
        }
    }

    pub(super) const fn index(self) -> usize {
        match self {
            Self::Unknown => 0,
            Self::InFlight => 1,
            Self::Failed => 2,
            Self::Pending => 3,
            Self::Absent => 4,
            Self::Accepted => 5,
            Self::Released => 6,
        }
    }
}

/// How many numbers are in each state.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counts([u64; 7]);

impl Counts {
    /// How many are in a state.
    pub fn get(&self, state: State) -> u64 {
        self.0.get(state.index()).copied().unwrap_or_default()
    }

    /// Adds this many.
    pub fn add(&mut self, state: State, count: u64) {
        if let Some(known) = self.0.get_mut(state.index()) {
            *known = known.saturating_add(count);
        }
    }

    /// All of them.
    pub fn total(&self) -> u64 {
        self.0
            .iter()
            .fold(0, |sum, count| sum.saturating_add(*count))
    }
}

impl FromIterator<(State, u64)> for Counts {
    fn from_iter<I: IntoIterator<Item = (State, u64)>>(counts: I) -> Self {
        let mut all = Self::default();
        for (state, count) in counts {
            all.add(state, count);
        }
        all
    }
}

/// What the page says about the run as a whole. Every text may be untrusted: the page escapes it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReportHeader {
    /// The vendor, as people write it.
    pub vendor: String,
    /// The account, as far as it can be shown.
    pub account: String,
    /// The host that the requests went to.
    pub host: String,
    /// What names the plan: its file or its hash.
    pub plan: String,
    /// When the plan was made.
    pub created: SystemTime,
    /// When the first number was sent.
    pub started: Option<SystemTime>,
    /// Who ran it: `user@host`, once for each machine.
    pub run_by: Vec<String>,
    /// When the last number was settled, if all are.
    pub finished: Option<SystemTime>,
    /// When this page was made.
    pub made: SystemTime,
    /// How many numbers are in each state.
    pub counts: Counts,
    /// Where to look up a number at this vendor, as a sentence.
    pub look_up: String,
    /// The journal, for the commands that the page names. It must hold no password.
    pub journal: String,
}

/// One number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReportRow {
    /// The position in the plan, from 1.
    pub position: u64,
    /// The number.
    pub number: String,
    /// Its state.
    pub state: State,
    /// How many attempts were begun.
    pub attempts: u32,
    /// The kind of the last error.
    pub kind: Option<String>,
    /// The last HTTP status.
    pub status: Option<u16>,
    /// The last error's message.
    pub message: Option<String>,
    /// The vendor's id for the last request that has one.
    pub request_id: Option<String>,
    /// When the last attempt began.
    pub started: Option<SystemTime>,
    /// When the number was settled.
    pub settled: Option<SystemTime>,
}
