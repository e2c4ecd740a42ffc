-- What B2 writes to: the least that a booking needs, every other half hour of 200 staff members taken. The setting
-- `bench.rows` says how many rows there are.
CREATE SCHEMA bench;
CREATE TABLE bench.appointments (
    id bigint GENERATED ALWAYS AS IDENTITY,
    business_id integer NOT NULL,
    staff_id integer NOT NULL,
    service_id integer NOT NULL,
    customer_id integer NOT NULL,
    busy tstzrange NOT NULL,
    status text NOT NULL DEFAULT 'CONFIRMED',
    source text NOT NULL DEFAULT 'public',
    notes text,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now()
);
INSERT INTO bench.appointments (business_id, staff_id, service_id, customer_id, busy)
SELECT 1, 1 + number % 200, 1, number, tstzrange(start, start + interval '30 minutes')
FROM generate_series(0, current_setting('bench.rows')::integer - 1) AS number,
    LATERAL (SELECT timestamptz '2026-01-01 00:00+00' + (number / 200) * interval '1 hour' AS start) AS hour;
ALTER TABLE bench.appointments ADD PRIMARY KEY (id);
ALTER TABLE bench.appointments ADD CONSTRAINT no_double_booking
    EXCLUDE USING gist (staff_id WITH =, busy WITH &&) WHERE (status IN ('PENDING', 'CONFIRMED'));
CREATE TABLE bench.activity (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    appointment_id bigint NOT NULL,
    kind text NOT NULL,
    at timestamptz NOT NULL DEFAULT now(),
    data jsonb
);
CREATE TABLE bench.outbox (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    topic text NOT NULL,
    payload jsonb NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now()
);
CREATE SEQUENCE bench.gap;
