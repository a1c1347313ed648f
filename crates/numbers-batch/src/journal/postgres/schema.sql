-- The journals of many plans. Times are by the clock of this database.
--
-- No table references another: the check of a foreign key would lock the row of the plan with each event.
-- To remove a plan, delete its rows from event, number, tally, worker and plan.

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

    -- What claims did to the counts. The view counts has how many numbers are in each state.
    pending       bigint NOT NULL DEFAULT 0,
    in_flight     bigint NOT NULL DEFAULT 0,

    -- The pace of all workers, in microseconds; the times since 1970.
    interval_us     bigint NOT NULL DEFAULT 0,  -- between two turns; 0 is no pace
    next_turn_us    bigint NOT NULL DEFAULT 0,
    paused_until_us bigint NOT NULL DEFAULT 0,
    pause_us        bigint NOT NULL DEFAULT 0   -- how long that pause was when it was set
) WITH (fillfactor = 20);  -- written with each claim; free space keeps updates on one page

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

-- What the results that each worker recorded did to the counts. Were these in the row of the plan, results would wait
-- for the commits of claims.
CREATE TABLE numbers_batch.tally (
    worker        bigint PRIMARY KEY,
    plan          bigint NOT NULL,
    pending       bigint NOT NULL,
    in_flight     bigint NOT NULL,
    released      bigint NOT NULL,
    accepted      bigint NOT NULL,
    absent        bigint NOT NULL,
    failed        bigint NOT NULL,
    unknown       bigint NOT NULL
) WITH (fillfactor = 20);
CREATE INDEX tally_plan ON numbers_batch.tally (plan);

-- How many numbers of a plan are in each state.
CREATE VIEW numbers_batch.counts AS
    SELECT plan.id AS plan,
        (plan.pending + coalesce(sum(tally.pending), 0))::bigint AS pending,
        (plan.in_flight + coalesce(sum(tally.in_flight), 0))::bigint AS in_flight,
        coalesce(sum(tally.released), 0)::bigint AS released,
        coalesce(sum(tally.accepted), 0)::bigint AS accepted,
        coalesce(sum(tally.absent), 0)::bigint AS absent,
        coalesce(sum(tally.failed), 0)::bigint AS failed,
        coalesce(sum(tally.unknown), 0)::bigint AS unknown
    FROM numbers_batch.plan LEFT JOIN numbers_batch.tally ON tally.plan = plan.id
    GROUP BY plan.id;

-- Each number and its state. The columns from kind to request_id are of its last result.
CREATE TABLE numbers_batch.number (
    plan          bigint NOT NULL,
    position      bigint NOT NULL,            -- in the plan, from 0
    id            text NOT NULL,
    state         text NOT NULL DEFAULT 'pending',  -- pending in_flight released accepted absent failed unknown
    attempts      bigint NOT NULL DEFAULT 0,
    attempt       bigint,                     -- the last one
    worker        bigint,                     -- that made it
    may_have_released timestamptz,            -- when the first attempt began that may have, if another followed
    kind          text,                       -- of the error; null after a success
    status        bigint,
    message       text,
    request_id    text,
    started       timestamptz,                -- when the last attempt began
    settled       timestamptz,
    PRIMARY KEY (plan, position)
);
CREATE INDEX number_pending ON numbers_batch.number (plan, position) WHERE state = 'pending';
CREATE INDEX number_resend ON numbers_batch.number (plan, may_have_released)
    WHERE state = 'pending' AND may_have_released IS NOT NULL;
CREATE INDEX number_in_flight ON numbers_batch.number (worker) WHERE state = 'in_flight';
CREATE INDEX number_unknown ON numbers_batch.number (plan, position) WHERE state = 'unknown';

-- What happened, never changed:
--   intent       the number is about to be sent
--   result       its result; outcome is a disposition, requeued or not_sent
--   late_result  a result that came after the attempt was given up
--   orphaned     the worker was gone: the number is unknown
--   resend       an unknown number was put back into the queue
--   not_resent   it was not sent after all: it is unknown again
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
