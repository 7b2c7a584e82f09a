-- Purpose: set aside the rows of a source that stand in another file too.
-- In:      ledger, duplicates; $1 the source.
UPDATE ledger
SET reason = 'duplicate'
FROM duplicates
WHERE ledger.source = CAST($1 AS INTEGER)
    AND duplicates.file = ledger.file
    AND duplicates.line = ledger.line
