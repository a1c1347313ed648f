-- The journals of many plans. Times are by the clock of this database.
--
-- No table references another: the check of a foreign key would lock the row of the plan with each event.
-- To remove a plan, delete its rows from event, number, worker and plan.

-- The version of these tables, in one row.
CREATE TABLE numbers_batch.version (version bigint NOT NULL);
INSERT INTO numbers_batch.version VALUES (1);

-- A plan, named by its hash.
CREATE TABLE numbers_batch.plan (
    id            bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    hash          text NOT NULL UNIQUE,       -- the last line of the plan
    vendor        text NOT NULL,
    host          text NOT NULL,              -- the account: host, name, and 32 bits of a hash of the credential
    account       text,
    fingerprint   bigint,
    created       timestamptz NOT NULL,
    count         bigint NOT NULL,
    loaded        bigint NOT NULL DEFAULT 0,  -- how many of the numbers are in table number
    complete      boolean NOT NULL DEFAULT false,  -- whether all are; no number is claimed before
    next_attempt  bigint NOT NULL DEFAULT 1,
    first_pending bigint NOT NULL DEFAULT 0,  -- no number before this position is pending

    -- How many numbers are in each state.
    pending       bigint NOT NULL DEFAULT 0,
    in_flight     bigint NOT NULL DEFAULT 0,
    released      bigint NOT NULL DEFAULT 0,
    accepted      bigint NOT NULL DEFAULT 0,
    absent        bigint NOT NULL DEFAULT 0,
    failed        bigint NOT NULL DEFAULT 0,
    unknown       bigint NOT NULL DEFAULT 0,

    -- The pace of all workers, in microseconds; the times since 1970.
    interval_us     bigint NOT NULL DEFAULT 0,  -- between two turns; 0 is no pace
    next_turn_us    bigint NOT NULL DEFAULT 0,
    paused_until_us bigint NOT NULL DEFAULT 0,
    pause_us        bigint NOT NULL DEFAULT 0   -- how long that pause was when it was set
) WITH (fillfactor = 20);  -- written with each commit; the room keeps updates on one page

-- The processes that work on a plan.
CREATE TABLE numbers_batch.worker (
    id            bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    plan          bigint NOT NULL,
    host          text NOT NULL,
    pid           bigint NOT NULL,
    since         timestamptz NOT NULL,
    expires       timestamptz NOT NULL,       -- when its claims may be given up
    gone          timestamptz                 -- when it ended, or its claims were given up
) WITH (fillfactor = 50);
CREATE INDEX worker_plan ON numbers_batch.worker (plan);

-- Each number and where it stands. The columns from kind to request_id are of its last result.
CREATE TABLE numbers_batch.number (
    plan          bigint NOT NULL,
    position      bigint NOT NULL,            -- in the plan, from 0
    id            text NOT NULL,
    state         text NOT NULL DEFAULT 'pending',  -- pending in_flight released accepted absent failed unknown
    attempts      bigint NOT NULL DEFAULT 0,
    attempt       bigint,                     -- the last one
    worker        bigint,                     -- that made it, or put the number back into the queue
    may_have_released boolean NOT NULL DEFAULT false,  -- whether an attempt before the last one may have
    kind          text,                       -- of the error; null after a success
    status        bigint,
    message       text,
    request_id    text,
    started       timestamptz,                -- when the last attempt began
    settled       timestamptz,
    PRIMARY KEY (plan, position)
);
CREATE INDEX number_pending ON numbers_batch.number (plan, position) WHERE state = 'pending';
CREATE INDEX number_in_flight ON numbers_batch.number (worker) WHERE state = 'in_flight';
CREATE INDEX number_resend ON numbers_batch.number (worker) WHERE state = 'pending' AND may_have_released;
CREATE INDEX number_unknown ON numbers_batch.number (plan, position) WHERE state = 'unknown';

-- What happened, never changed:
--   intent       the number is about to be sent
--   result       what came of it; outcome is a disposition, requeued or not_sent
--   late_result  a result that came after the attempt was given up
--   orphaned     the worker was gone: the number is unknown
--   resend       an unknown number was put back into the queue
--   withdrawn    the worker that put it back was gone before it was sent: it is unknown as before
CREATE TABLE numbers_batch.event (
    id            bigint GENERATED ALWAYS AS IDENTITY,
    at            timestamptz NOT NULL DEFAULT clock_timestamp(),
    event         text NOT NULL,
    plan          bigint NOT NULL,
    position      bigint NOT NULL,
    attempt       bigint NOT NULL,
    worker        bigint NOT NULL,
    outcome       text,
    kind          text,
    status        bigint,
    message       text,
    request_id    text,
    duration_us   bigint,
    PRIMARY KEY (plan, id)
);
CREATE UNIQUE INDEX event_result ON numbers_batch.event (plan, attempt) WHERE event IN ('result', 'late_result');
