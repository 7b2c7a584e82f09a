-- Purpose: what is said beside each customer's rows, for Go to decide by.
-- Grain:   one row per customer, value and whether the rows are used, in order of these.
-- In:      {{.Sign}}.
SELECT customer, value, used, first_day, last_day
FROM {{.Sign}}
ORDER BY customer, value, used
