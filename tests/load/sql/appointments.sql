-- The appointments of a dataset, with their claims and their activity, as the service would have stored them one by one.
-- $1 business, $2 staff by number, $3 services by number (each staff member offers one), $4 opening of the first day,
-- $5 days, $6 half hours of a day, $7 how many of them are taken, $8 customers by number, $9 zone.
WITH taken AS (
    SELECT row_number() OVER () AS number, staff, $4::timestamptz + day * interval '1 day' + half * interval '30 minutes' AS start
    FROM generate_series(0, $5::integer - 1) AS day,
        generate_series(0, cardinality($2::uuid[]) - 1) AS staff,
        generate_series(0, $6::integer - 1) AS half
    WHERE (half * 7 + staff * 5 + day * 11) % $6::integer < $7::integer
), made AS (
    INSERT INTO appointments (
        business_id, id, staff_id, service_id, customer_id, start_time, end_time, timezone, start_local, status, notes, source,
        service_name, staff_name, price_amount, price_currency, buffer_before_minutes, buffer_after_minutes, resource_ids,
        created_at, updated_at, revision
    )
    SELECT
        $1::uuid, ('01900000-' || to_char(number / 10000, 'FM0000') || '-7000-8000-' || to_char(number, 'FM000000000000'))::uuid,
        ($2::uuid[])[staff + 1], ($3::uuid[])[staff % cardinality($3::uuid[]) + 1],
        ($8::uuid[])[number % cardinality($8::uuid[]) + 1],
        start, start + interval '30 minutes', $9::text, start AT TIME ZONE $9::text, 'CONFIRMED', '', 'internal',
        'Pilates', 'Amira', 15000, 'AED', 0, 0, '{}',
        start - interval '200 days', start - interval '200 days', 1
    FROM taken ORDER BY number
    RETURNING business_id, id, staff_id, start_time, end_time, created_at
), told AS (
    INSERT INTO appointment_activity (business_id, appointment_id, revision, at, actor, change, after)
    SELECT business_id, id, 1, created_at, '{"kind": "system", "id": null, "name": "load"}', 'created',
        jsonb_build_object('id', id, 'staffId', staff_id, 'start', start_time, 'end', end_time, 'status', 'CONFIRMED')
    FROM made
)
INSERT INTO claims (business_id, owner_id, id, bookable_id, start_at, end_at, buffer_before, buffer_after, during)
SELECT business_id, id, id, staff_id, start_time, end_time, '0', '0', tstzrange(start_time, end_time, '[)')
FROM made
