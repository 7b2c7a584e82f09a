-- Purpose: the labels of one attribute that each customer's rows have.
-- Grain:   one row per customer and label.
-- In:      ledger.
-- Adds up: rows by sum, over equal customer and label.
SELECT customer, {{.Column}} AS label, count(*) AS rows
FROM ledger
WHERE reason IS NULL AND NOT is_return AND {{.Column}} IS NOT NULL
GROUP BY customer, {{.Column}}
