-- Purpose: which values of a key were seen beside which ids.
-- Grain:   one row per id and value, in no order.
-- In:      ledger.
SELECT DISTINCT customer, {{.Column}} AS value
FROM ledger
WHERE {{template "counts" .}} AND {{.Column}} IS NOT NULL
