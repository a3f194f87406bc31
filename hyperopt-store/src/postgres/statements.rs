//! The statements. `unnest` makes rows of arrays, so that each step is one statement and one round trip.

/// Whether the tables exist: all of them are created in one transaction, this one last.
pub(super) const HAS_TABLES: &str = "SELECT to_regclass('alembic_version') IS NOT NULL";

/// Optuna's revision of the tables; no row while Optuna is creating them.
pub(super) const REVISION: &str = "SELECT version_num::text FROM alembic_version";

/// The id, the goals, and the keys and values of the attributes of the study `$1`.
pub(super) const STUDY: &str = "
    SELECT s.study_id,
        ARRAY(SELECT direction::text FROM study_directions d WHERE d.study_id = s.study_id ORDER BY objective),
        ARRAY(SELECT key::text FROM study_system_attributes a WHERE a.study_id = s.study_id ORDER BY 1),
        ARRAY(SELECT value_json FROM study_system_attributes a WHERE a.study_id = s.study_id ORDER BY key::text)
    FROM studies s WHERE study_name = $1";

/// Inserts a study, unless there is one of that name.
pub(super) const BEGIN_STUDY: &str = "
    WITH begun AS (
        INSERT INTO studies (study_name) VALUES ($1) ON CONFLICT (study_name) DO NOTHING RETURNING study_id
    ), goals AS (
        INSERT INTO study_directions (study_id, direction, objective)
        SELECT study_id, direction::studydirection, place - 1
        FROM begun, unnest($2::text[]) WITH ORDINALITY AS u (direction, place) ORDER BY place
    ), attributes AS (
        INSERT INTO study_system_attributes (study_id, key, value_json)
        SELECT study_id, u.* FROM begun, unnest($3::text[], $4::text[]) AS u
    )
    SELECT study_id FROM begun";

/// The names, the goals, the numbers of trials by state, the sampler, the first and the last time, and the number of
/// configurations between two rungs, which are among the running ones, of all studies.
pub(super) const LIST: &str = "
    SELECT study_name::text,
        ARRAY(SELECT direction::text FROM study_directions d WHERE d.study_id = s.study_id ORDER BY objective),
        t.trials, t.complete, t.pruned, t.failed, t.running, t.waiting,
        (SELECT value_json FROM study_system_attributes a WHERE a.study_id = s.study_id AND key = 'hyperopt:sampler'),
        to_char(t.started, 'YYYY-MM-DD HH24:MI:SS'), to_char(t.active, 'YYYY-MM-DD HH24:MI:SS'),
        CASE WHEN EXISTS (SELECT FROM study_system_attributes a
            WHERE a.study_id = s.study_id AND key = 'hyperopt:budgets' AND value_json = 'true') THEN t.free ELSE 0 END
    FROM studies s, LATERAL (
        SELECT count(*) AS trials, count(*) FILTER (WHERE state = 'COMPLETE') AS complete,
            count(*) FILTER (WHERE state = 'PRUNED') AS pruned, count(*) FILTER (WHERE state = 'FAIL') AS failed,
            count(*) FILTER (WHERE state = 'RUNNING') AS running, count(*) FILTER (WHERE state = 'WAITING') AS waiting,
            count(*) FILTER (WHERE state = 'RUNNING' AND NOT EXISTS (SELECT FROM trial_system_attributes a
                WHERE a.trial_id = t.trial_id AND key = 'hyperopt:worker')) AS free,
            min(datetime_start) AS started,
            max(GREATEST(datetime_start, datetime_complete, heartbeat::timestamptz AT TIME ZONE 'UTC')) AS active
        FROM trials t LEFT JOIN trial_heartbeats h USING (trial_id) WHERE t.study_id = s.study_id
    ) t
    ORDER BY study_id";

/// The id of the study `$1`, whose row is locked.
pub(super) const LOCK_STUDY: &str = "SELECT study_id FROM studies WHERE study_name = $1 FOR UPDATE";

/// The lease and the age of the last heartbeat in seconds of each running trial of study `$1`, and whether it has budgets.
pub(super) const RUNNING: &str = "
    SELECT (SELECT value_json FROM trial_system_attributes a WHERE a.trial_id = t.trial_id AND key = 'hyperopt:worker'),
        (SELECT EXTRACT(epoch FROM clock_timestamp()::timestamp - heartbeat)::float8
            FROM trial_heartbeats h WHERE h.trial_id = t.trial_id),
        EXISTS (SELECT FROM study_system_attributes a
            WHERE a.study_id = t.study_id AND key = 'hyperopt:budgets' AND value_json = 'true')
    FROM trials t WHERE study_id = $1 AND state = 'RUNNING' ORDER BY number";

/// Whether a study has trials.
pub(super) const HAS_TRIALS: &str = "SELECT EXISTS (SELECT FROM trials WHERE study_id = $1)";

/// Adds system attributes to a study, unless it has them.
pub(super) const ADD_STUDY: &str = "
    INSERT INTO study_system_attributes (study_id, key, value_json) SELECT $1, u.* FROM unnest($2::text[], $3::text[]) AS u
    ON CONFLICT (study_id, key) DO NOTHING";

/// Writes system attributes of a study in place of those that it has.
pub(super) const REPLACE_ATTRIBUTES: &str = "
    INSERT INTO study_system_attributes (study_id, key, value_json) SELECT $1, u.* FROM unnest($2::text[], $3::text[]) AS u
    ON CONFLICT (study_id, key) DO UPDATE SET value_json = excluded.value_json";

/// Adds user attributes, which people are shown, to a study, unless it has them.
pub(super) const SHOW_STUDY: &str = "
    INSERT INTO study_user_attributes (study_id, key, value_json) SELECT $1, u.* FROM unnest($2::text[], $3::text[]) AS u
    ON CONFLICT (study_id, key) DO NOTHING";

/// The trials of study `$1` above `$2`, and those among `$3` that were written since they had the versions `$4`, or whose last
/// heartbeat is further from now than `$5` seconds, with that heartbeat: the clock of the server may have jumped. If `$5` is
/// negative, heartbeats are not looked at. Each of `$3` is looked up by itself: else the table, with the trials of all studies,
/// is scanned for the thousand that other workers run. The clock is the database's, in the session's time zone, as Optuna
/// writes it.
/// Parameters that the attribute `hyperopt:point` contains are not read again.
pub(super) const NEWS: &str = "
    SELECT t.trial_id, t.number, t.state::text, t.version,
        EXTRACT(epoch FROM t.datetime_complete - t.datetime_start)::float8,
        CASE WHEN $5::float8 >= 0 THEN (SELECT heartbeat::text FROM trial_heartbeats h WHERE h.trial_id = t.trial_id
            AND abs(EXTRACT(epoch FROM clock_timestamp()::timestamp - heartbeat)) > $5::float8) END,
        a.keys, a.jsons, p.names, p.numbers, p.distributions, v.numbers, v.types, i.steps, i.numbers, i.types, u.keys, u.jsons
    FROM (
        SELECT trial_id, number, state, xmin::text AS version, datetime_start, datetime_complete
        FROM trials WHERE study_id = $1 AND trial_id > $2
        UNION ALL
        SELECT t.trial_id, number, state, t.version, datetime_start, datetime_complete
        FROM unnest($3::int4[], $4::text[]) AS known (trial_id, version), LATERAL (
            SELECT t.*, xmin::text AS version FROM trials t WHERE t.trial_id = known.trial_id OFFSET 0
        ) t
        WHERE t.version <> known.version OR $5::float8 >= 0 AND t.state = 'RUNNING' AND EXISTS (
            SELECT FROM trial_heartbeats h
            WHERE h.trial_id = t.trial_id AND abs(EXTRACT(epoch FROM clock_timestamp()::timestamp - heartbeat)) > $5::float8
        )
    ) t,
    LATERAL (
        SELECT array_agg(key::text) AS keys, array_agg(value_json) AS jsons,
            COALESCE(bool_or(key = 'hyperopt:point'), false) AS is_ours
        FROM trial_system_attributes a WHERE a.trial_id = t.trial_id
    ) a,
    LATERAL (
        SELECT array_agg(param_name::text) AS names, array_agg(param_value) AS numbers, array_agg(distribution_json) AS distributions
        FROM trial_params p WHERE p.trial_id = t.trial_id AND NOT a.is_ours
    ) p,
    LATERAL (
        SELECT array_agg(key::text) AS keys, array_agg(value_json) AS jsons
        FROM trial_user_attributes u WHERE u.trial_id = t.trial_id AND NOT a.is_ours
    ) u,
    LATERAL (
        SELECT array_agg(value ORDER BY objective) AS numbers, array_agg(value_type::text ORDER BY objective) AS types
        FROM trial_values v WHERE v.trial_id = t.trial_id
    ) v,
    LATERAL (
        SELECT array_agg(step ORDER BY step) AS steps, array_agg(intermediate_value ORDER BY step) AS numbers,
            array_agg(intermediate_value_type::text ORDER BY step) AS types
        FROM trial_intermediate_values i WHERE i.trial_id = t.trial_id
    ) i
    ORDER BY t.trial_id";

/// Whether [`NEWS`] would return a row, or a known trial is gone.
pub(super) const IS_CHANGED: &str = "
    SELECT EXISTS (SELECT FROM trials WHERE study_id = $1 AND trial_id > $2)
        OR EXISTS (
            SELECT FROM unnest($3::int4[], $4::text[]) AS known (trial_id, version) LEFT JOIN LATERAL (
                SELECT t.*, xmin::text AS version FROM trials t WHERE t.trial_id = known.trial_id OFFSET 0
            ) t ON true
            WHERE t.version IS DISTINCT FROM known.version OR $5::float8 >= 0 AND t.state = 'RUNNING' AND EXISTS (
                SELECT FROM trial_heartbeats h
                WHERE h.trial_id = t.trial_id AND heartbeat < clock_timestamp()::timestamp - make_interval(secs => $5)
            )
        )
        OR NOT EXISTS (SELECT FROM studies WHERE study_id = $1)";

/// All trials of study `$1`, with the columns of `NEWS`, by scans of the whole tables, which are faster than a look-up for
/// each trial.
pub(super) const ALL: &str = "
    SELECT t.trial_id, t.number, t.state::text, t.xmin::text,
        EXTRACT(epoch FROM t.datetime_complete - t.datetime_start)::float8,
        CASE WHEN $2::float8 >= 0 AND t.state = 'RUNNING' THEN (SELECT heartbeat::text FROM trial_heartbeats h
            WHERE h.trial_id = t.trial_id
            AND abs(EXTRACT(epoch FROM clock_timestamp()::timestamp - heartbeat)) > $2::float8) END,
        a.keys, a.jsons, p.names, p.numbers, p.distributions, v.numbers, v.types, i.steps, i.numbers, i.types, u.keys, u.jsons
    FROM trials t
    LEFT JOIN (
        SELECT trial_id, array_agg(key::text) AS keys, array_agg(value_json) AS jsons, bool_or(key = 'hyperopt:point') AS is_ours
        FROM trials JOIN trial_system_attributes USING (trial_id) WHERE study_id = $1 GROUP BY trial_id
    ) a USING (trial_id)
    LEFT JOIN (
        SELECT trial_id, array_agg(value ORDER BY objective) AS numbers, array_agg(value_type::text ORDER BY objective) AS types
        FROM trials JOIN trial_values USING (trial_id) WHERE study_id = $1 GROUP BY trial_id
    ) v USING (trial_id)
    LEFT JOIN (
        SELECT trial_id, array_agg(step ORDER BY step) AS steps, array_agg(intermediate_value ORDER BY step) AS numbers,
            array_agg(intermediate_value_type::text ORDER BY step) AS types
        FROM trials JOIN trial_intermediate_values USING (trial_id) WHERE study_id = $1 GROUP BY trial_id
    ) i USING (trial_id),
    LATERAL (
        SELECT array_agg(param_name::text) AS names, array_agg(param_value) AS numbers, array_agg(distribution_json) AS distributions
        FROM trial_params p WHERE p.trial_id = t.trial_id AND NOT COALESCE(a.is_ours, false)
    ) p,
    LATERAL (
        SELECT array_agg(key::text) AS keys, array_agg(value_json) AS jsons
        FROM trial_user_attributes u WHERE u.trial_id = t.trial_id AND NOT COALESCE(a.is_ours, false)
    ) u
    WHERE t.study_id = $1 ORDER BY t.trial_id";

/// Starts trial `$2` of study `$1`, with its hyperparameters and attributes.
pub(super) const START: &str = "
    WITH started AS (
        INSERT INTO trials (study_id, number, state, datetime_start)
        VALUES ($1, $2, 'RUNNING', clock_timestamp() AT TIME ZONE 'UTC') RETURNING trial_id
    ), params AS (
        INSERT INTO trial_params (trial_id, param_name, param_value, distribution_json)
        SELECT trial_id, u.* FROM started, unnest($3::text[], $4::float8[], $5::text[]) AS u
    ), system AS (
        INSERT INTO trial_system_attributes (trial_id, key, value_json)
        SELECT trial_id, u.* FROM started, unnest($6::text[], $7::text[]) AS u
    ), people AS (
        INSERT INTO trial_user_attributes (trial_id, key, value_json) SELECT trial_id, 'worker', $8::text FROM started
    ), alive AS (
        INSERT INTO trial_heartbeats (trial_id, heartbeat) SELECT trial_id, clock_timestamp()::timestamp FROM started
    )
    SELECT trial_id FROM started";

/// Gives the trial `$1` to this process if, according to `$8`, it waits or is between two rungs.
pub(super) const TAKE: &str = "
    WITH taken AS (
        UPDATE trials t SET state = 'RUNNING', datetime_start = COALESCE(datetime_start, clock_timestamp() AT TIME ZONE 'UTC')
        WHERE trial_id = $1 AND (state = 'WAITING' AND $8 OR state = 'RUNNING' AND NOT $8 AND NOT EXISTS (
            SELECT FROM trial_system_attributes a WHERE a.trial_id = t.trial_id AND key = 'hyperopt:worker'
        )) RETURNING trial_id
    ), params AS (
        INSERT INTO trial_params (trial_id, param_name, param_value, distribution_json)
        SELECT trial_id, u.* FROM taken, unnest($2::text[], $3::float8[], $4::text[]) AS u
        ON CONFLICT (trial_id, param_name) DO NOTHING
    ), system AS (
        INSERT INTO trial_system_attributes (trial_id, key, value_json)
        SELECT trial_id, u.* FROM taken, unnest($5::text[], $6::text[]) AS u
        ON CONFLICT (trial_id, key) DO UPDATE SET value_json = excluded.value_json
    ), people AS (
        INSERT INTO trial_user_attributes (trial_id, key, value_json) SELECT trial_id, 'worker', $7::text FROM taken
        ON CONFLICT (trial_id, key) DO UPDATE SET value_json = excluded.value_json
    ), alive AS (
        INSERT INTO trial_heartbeats (trial_id, heartbeat) SELECT trial_id, clock_timestamp()::timestamp FROM taken
        ON CONFLICT (trial_id) DO UPDATE SET heartbeat = excluded.heartbeat
    )
    SELECT trial_id FROM taken";

/// The rest of a statement that writes to the trial in `owned`, if there is one: its state `$3`, attributes, values, and
/// reports. `$13` deletes its lease and its heartbeat, `$14` its reports. The last parameters are hyperparameters that it did
/// not have when it started, since their guards had not been evaluated.
macro_rules! write {
    ($fence:literal) => {
        concat!(
            $fence,
            ", written AS (
        UPDATE trials t SET state = $3::text::trialstate,
            datetime_start = CASE WHEN $14 THEN NULL ELSE datetime_start END,
            datetime_complete = CASE WHEN $3 IN ('RUNNING', 'WAITING') THEN NULL ELSE clock_timestamp() AT TIME ZONE 'UTC' END
        FROM owned f WHERE t.trial_id = f.trial_id RETURNING t.trial_id, t.xmin::text AS version
    ), system AS (
        INSERT INTO trial_system_attributes (trial_id, key, value_json)
        SELECT trial_id, u.* FROM written, unnest($4::text[], $5::text[]) AS u
        ON CONFLICT (trial_id, key) DO UPDATE SET value_json = excluded.value_json
    ), people AS (
        INSERT INTO trial_user_attributes (trial_id, key, value_json)
        SELECT trial_id, u.* FROM written, unnest($6::text[], $7::text[]) AS u
        ON CONFLICT (trial_id, key) DO UPDATE SET value_json = excluded.value_json
    ), numbers AS (
        INSERT INTO trial_values (trial_id, objective, value, value_type)
        SELECT trial_id, u.place - 1, u.number, u.type::trialvaluetype
        FROM written, unnest($8::float8[], $9::text[]) WITH ORDINALITY AS u (number, type, place)
        ON CONFLICT (trial_id, objective) DO UPDATE SET value = excluded.value, value_type = excluded.value_type
    ), reports AS (
        INSERT INTO trial_intermediate_values (trial_id, step, intermediate_value, intermediate_value_type)
        SELECT trial_id, u.step, u.number, u.type::trialintermediatevaluetype
        FROM written, unnest($10::int4[], $11::float8[], $12::text[]) AS u (step, number, type)
        ON CONFLICT (trial_id, step) DO UPDATE
        SET intermediate_value = excluded.intermediate_value, intermediate_value_type = excluded.intermediate_value_type
    ), silent AS (
        DELETE FROM trial_heartbeats h USING written w WHERE h.trial_id = w.trial_id AND $13
    ), free AS (
        DELETE FROM trial_system_attributes a USING written w
        WHERE a.trial_id = w.trial_id AND a.key = 'hyperopt:worker' AND $13
    ), void AS (
        DELETE FROM trial_intermediate_values i USING written w WHERE i.trial_id = w.trial_id AND $14
    ), params AS (
        INSERT INTO trial_params (trial_id, param_name, param_value, distribution_json)
        SELECT trial_id, u.* FROM written, unnest($15::text[], $16::float8[], $17::text[]) AS u
        ON CONFLICT (trial_id, param_name) DO NOTHING
    )
    SELECT version FROM written"
        )
    };
}

/// Writes to the trial `$1`, if it still runs under the lease `$2`. Both rows are locked, so that no process can requeue and
/// take the trial between the check and the write.
pub(super) const WRITE_LEASED: &str = write!(
    "
    WITH owned AS (
        SELECT t.trial_id FROM trials t JOIN trial_system_attributes a USING (trial_id)
        WHERE t.trial_id = $1 AND t.state = 'RUNNING' AND a.key = 'hyperopt:worker' AND a.value_json = $2
        FOR UPDATE OF t, a
    )"
);

/// Writes to the trial `$1`, if it is not finished and has the version `$2`.
pub(super) const WRITE_UNCHANGED: &str = write!(
    "
    WITH owned AS (
        SELECT trial_id FROM trials WHERE trial_id = $1 AND state IN ('RUNNING', 'WAITING') AND xmin::text = $2 FOR UPDATE
    )"
);

/// Writes reports of the running trial `$1`, if its lease is still `$2`.
pub(super) const REPORT: &str = "
    WITH leased AS (
        SELECT t.trial_id FROM trials t JOIN trial_system_attributes a USING (trial_id)
        WHERE t.trial_id = $1 AND t.state = 'RUNNING' AND a.key = 'hyperopt:worker' AND a.value_json = $2
        FOR SHARE OF t, a
    )
    INSERT INTO trial_intermediate_values (trial_id, step, intermediate_value, intermediate_value_type)
    SELECT trial_id, u.step, u.number, u.type::trialintermediatevaluetype
    FROM leased, unnest($3::int4[], $4::float8[], $5::text[]) AS u (step, number, type)
    ON CONFLICT (trial_id, step) DO UPDATE
    SET intermediate_value = excluded.intermediate_value, intermediate_value_type = excluded.intermediate_value_type";

/// The trial `$2` of study `$1`, if it runs under the lease `$3`.
pub(super) const LEASED: &str = "
    SELECT trial_id FROM trials t JOIN trial_system_attributes a USING (trial_id)
    WHERE study_id = $1 AND number = $2 AND t.state = 'RUNNING' AND a.key = 'hyperopt:worker' AND a.value_json = $3";
