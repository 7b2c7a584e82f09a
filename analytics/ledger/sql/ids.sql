-- Purpose: the ids that the exports know.
-- Grain:   one row per id of a row that is used, in no order.
-- In:      ledger.
-- Out:     day is the first on which there is a row of it.
SELECT customer, min(day) AS day
FROM ledger
WHERE {{template "counts" .}}
GROUP BY customer
