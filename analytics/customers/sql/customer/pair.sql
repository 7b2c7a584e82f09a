-- Purpose: in how many of a customer's baskets each thing was.
-- Grain:   one row per customer and thing that was bought at least once, in no order.
-- In:      basket_{{.Level}}; $1 the first day that is looked at, $2 and on the
--          first day of each window of recent days, shortest first.
-- Out:     baskets: all of the customer's; with: those that hold the thing; and
--          as many for each window. last_day is the last day with the thing.
WITH looked_at AS (
    SELECT customer, day, thing
    FROM basket_{{.Level}}
    WHERE day >= CAST($1 AS DATE)
),
held AS (
    SELECT
        customer,
        thing,
        max(day)                                                                       AS last_day,
        CAST(count(*) AS INTEGER)                                                      AS with_all
{{- range .Windows}},
        CAST(count(*) FILTER (WHERE day >= CAST({{.From}} AS DATE)) AS INTEGER)        AS with_{{.N}}
{{- end}}
    FROM looked_at
    GROUP BY customer, thing
),
bought AS (
    SELECT
        customer,
        CAST(count(*) AS INTEGER)                                                      AS baskets_all
{{- range .Windows}},
        CAST(count(*) FILTER (WHERE day >= CAST({{.From}} AS DATE)) AS INTEGER)        AS baskets_{{.N}}
{{- end}}
    FROM (SELECT DISTINCT customer, day FROM looked_at)
    GROUP BY customer
)
SELECT held.*, bought.* {{but}} (customer)
FROM held
JOIN bought ON bought.customer = held.customer
