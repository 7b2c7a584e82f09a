-- Purpose: what the margin leaves is the cost of a line that states none.
-- In:      ledger; $1 the share of an amount that is cost.
UPDATE ledger
SET cost = TRY_CAST(amount * CAST($1 AS DECIMAL(38, 6)) AS DECIMAL(18, 6))
WHERE source IN ({{.}}) AND cost IS NULL
