-- Purpose: what is said beside each customer's rows, for Go to decide by.
-- Grain:   one row per customer and value, in order of both.
-- In:      {{.Sign}}.
SELECT customer, value, first_day, last_day
FROM {{.Sign}}
ORDER BY customer, value
