//! The counts by outcome, and the exit code that follows.

use crate::exit::Exit;
use crate::release::summary::{Row, table};
use numbers::Disposition;
use numbers_batch::journal::Counts;

/// A sentence or a table.
pub(crate) fn summary(counts: &Counts, color: bool) -> String {
    let rows = [
        Row::for_disposition(Disposition::Released, counts.released),
        Row::for_disposition(Disposition::Accepted, counts.accepted),
        Row::for_disposition(Disposition::Absent, counts.absent),
        Row::for_disposition(Disposition::Failed, counts.failed),
        Row::for_disposition(Disposition::Unknown, counts.unknown),
        Row::new(
            "in flight",
            counts.in_flight,
            "sent, without a recorded result",
        ),
        Row::new("pending", counts.pending, "not sent"),
    ];
    let rows: Vec<_> = rows.into_iter().filter(|row| row.count() > 0).collect();
    table(&rows, color)
}

/// The exit code of a run that was not interrupted.
pub(crate) const fn exit(counts: &Counts) -> Exit {
    if counts.unknown + counts.in_flight > 0 {
        Exit::Unknown
    } else if counts.failed + counts.pending > 0 {
        Exit::Failed
    } else {
        Exit::Done
    }
}

#[cfg(test)]
mod tests {
    use super::exit;
    use crate::exit::Exit;
    use numbers_batch::journal::Counts;

    #[test]
    fn the_worst_that_is_left_decides_the_exit_code() {
        let done = Counts {
            released: 1,
            accepted: 1,
            absent: 1,
            ..Counts::default()
        };
        assert_eq!(exit(&done), Exit::Done);
        let pending = Counts { pending: 1, ..done };
        assert_eq!(exit(&pending), Exit::Failed);
        let failed = Counts { failed: 1, ..done };
        assert_eq!(exit(&failed), Exit::Failed);
        for unknown in [
            Counts {
                unknown: 1,
                ..failed
            },
            Counts {
                in_flight: 1,
                ..failed
            },
        ] {
            assert_eq!(exit(&unknown), Exit::Unknown);
        }
    }
}
