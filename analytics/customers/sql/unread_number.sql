-- Purpose: how many rows have something else than a number where tiers count a
--          number.
-- Grain:   one row.
-- In:      ledger.
SELECT count(*) AS rows
FROM ledger
WHERE reason IS NULL AND {{.Column}} IS NOT NULL AND TRY_CAST({{.Column}} AS DECIMAL(18, 6)) IS NULL
