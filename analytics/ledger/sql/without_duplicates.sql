-- Purpose: set aside the rows of sources that stand in another file too, where a table cannot
--          be changed.
-- Grain:   one row per row of ledger.
-- In:      ledger, duplicates.
SELECT
    ledger.* EXCEPT (reason),
    CASE WHEN duplicates.line IS NOT NULL AND ledger.source IN ({{.Sources}}) THEN 'duplicate' ELSE ledger.reason END AS reason
FROM ledger
LEFT JOIN duplicates ON duplicates.file = ledger.file AND duplicates.line = ledger.line
