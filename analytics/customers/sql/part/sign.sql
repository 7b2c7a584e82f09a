-- Purpose: what is said beside a customer's rows, and when.
-- Grain:   one row per customer and value.
-- In:      ledger.
-- Adds up: first_day by min, last_day by max, over equal customer and value.
SELECT customer, {{.Column}} AS value, min(day) AS first_day, max(day) AS last_day
FROM ledger
WHERE reason IS NULL AND {{.Column}} IS NOT NULL
GROUP BY customer, {{.Column}}
