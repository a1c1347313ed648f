-- The journal of one plan. Times are milliseconds since 1970 (UTC): datetime(started_ms / 1000, 'unixepoch').

-- The plan, in one row.
CREATE TABLE plan (
    one             INTEGER PRIMARY KEY CHECK (one = 1),
    hash            TEXT NOT NULL,      -- the last line of the plan
    vendor          TEXT NOT NULL,
    host            TEXT NOT NULL,      -- the account: host, name, and 32 bits of a hash of the credential
    account         TEXT,
    fingerprint     INTEGER,
    created_ms      INTEGER NOT NULL,
    count           INTEGER NOT NULL,
    loaded          INTEGER NOT NULL DEFAULT 0,  -- how many of the numbers are in table number
    complete        INTEGER NOT NULL DEFAULT 0,  -- 1 when all are; no number is claimed before
    next_attempt    INTEGER NOT NULL DEFAULT 1,

    -- How many numbers are in each state.
    pending         INTEGER NOT NULL DEFAULT 0,
    in_flight       INTEGER NOT NULL DEFAULT 0,
    released        INTEGER NOT NULL DEFAULT 0,
    accepted        INTEGER NOT NULL DEFAULT 0,
    absent          INTEGER NOT NULL DEFAULT 0,
    failed          INTEGER NOT NULL DEFAULT 0,
    unknown         INTEGER NOT NULL DEFAULT 0,

    -- The pace, in microseconds.
    interval_us     INTEGER NOT NULL DEFAULT 0,  -- between two turns; 0 is no pace
    next_turn_us    INTEGER NOT NULL DEFAULT 0,
    paused_until_us INTEGER NOT NULL DEFAULT 0,
    pause_us        INTEGER NOT NULL DEFAULT 0,  -- how long that pause was when it was set

    -- Where the file was made. A copy has another inode.
    file_host       TEXT NOT NULL,
    file_device     INTEGER NOT NULL,
    file_inode      INTEGER NOT NULL
) STRICT;

-- The processes that worked on it, one after another.
CREATE TABLE worker (
    id              INTEGER PRIMARY KEY,
    host            TEXT NOT NULL,
    pid             INTEGER NOT NULL,
    since_ms        INTEGER NOT NULL,
    gone_ms         INTEGER             -- when it ended, or the next one found it gone
) STRICT;

-- Each number and where it stands. The columns from kind to request_id are of its last result.
CREATE TABLE number (
    position        INTEGER PRIMARY KEY,  -- in the plan, from 0
    id              TEXT NOT NULL,
    state           TEXT NOT NULL DEFAULT 'pending',  -- pending in_flight released accepted absent failed unknown
    attempts        INTEGER NOT NULL DEFAULT 0,
    attempt         INTEGER,              -- the last one
    worker          INTEGER,              -- that made it
    may_have_released_ms INTEGER,         -- when the first attempt began that may have, if another followed
    kind            TEXT,                 -- of the error; null after a success
    status          INTEGER,
    message         TEXT,
    request_id      TEXT,
    started_ms      INTEGER,              -- when the last attempt began
    settled_ms      INTEGER
) STRICT;
CREATE INDEX number_pending ON number (position) WHERE state = 'pending';
CREATE INDEX number_resend ON number (may_have_released_ms)
    WHERE state = 'pending' AND may_have_released_ms IS NOT NULL;
CREATE INDEX number_in_flight ON number (worker) WHERE state = 'in_flight';
CREATE INDEX number_unknown ON number (position) WHERE state = 'unknown';

-- What happened, never changed:
--   intent       the number is about to be sent
--   result       what came of it; outcome is a disposition, requeued or not_sent
--   late_result  a result that came after the attempt was given up
--   orphaned     the worker was gone: the number is unknown
--   resend       an unknown number was put back into the queue
--   not_resent   it was not sent after all: it is unknown again
CREATE TABLE event (
    id              INTEGER PRIMARY KEY,
    at_ms           INTEGER NOT NULL,
    event           TEXT NOT NULL,
    position        INTEGER NOT NULL,
    attempt         INTEGER NOT NULL,
    worker          INTEGER NOT NULL,
    outcome         TEXT,
    kind            TEXT,
    status          INTEGER,
    message         TEXT,
    request_id      TEXT,
    duration_us     INTEGER
) STRICT;
CREATE UNIQUE INDEX event_result ON event (attempt) WHERE event IN ('result', 'late_result');
