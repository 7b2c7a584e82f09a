-- Purpose: which accounts are said to stand above which customers.
-- Grain:   one row per customer and parent, in no order.
-- In:      ledger, whose rows are those of persons.
-- Out:     day is the last on which it is said.
SELECT customer, parent, max(day) AS day
FROM ledger
WHERE {{template "counts" .}} AND parent IS NOT NULL
GROUP BY customer, parent
