-- Purpose: how many files have rows of others between theirs.
-- Grain:   one row.
-- In:      ledger.
SELECT CAST(count(*) AS VARCHAR) AS files
FROM (
    SELECT file
    FROM ledger
    GROUP BY file
    HAVING max(rowid) - min(rowid) + 1 <> count(*)
)
