-- B2: a whole booking in one statement: appointment, activity and event, its time kept apart by the database.
WITH next AS (
    SELECT number * 7919 % 1000000 + number / 1000000 * 1000000 AS gap FROM nextval('bench.gap') AS number
), wanted AS (
    SELECT (1 + gap % 200)::integer AS staff_id,
        timestamptz '2026-01-01 00:30+00' + (gap / 200) * interval '1 hour' AS start
    FROM next
), made AS (
    INSERT INTO bench.appointments (business_id, staff_id, service_id, customer_id, busy)
    SELECT 1, staff_id, 1, 1, tstzrange(start, start + interval '30 minutes') FROM wanted
    ON CONFLICT DO NOTHING
    RETURNING id, staff_id
), told AS (
    INSERT INTO bench.activity (appointment_id, kind, data) SELECT id, 'created', '{"by": "public"}' FROM made
)
INSERT INTO bench.outbox (topic, payload)
SELECT 'appointment.created', jsonb_build_object('id', id, 'staff', staff_id) FROM made;
