-- Purpose: the rows set aside, as the exports had them.
-- Grain:   one row per row set aside, in the order of the files.
-- In:      ledger.
-- Out:     record counts the ledger's rows from 0 over all files.
SELECT
    file,
    rowid AS record,
    reason,
    export_row
FROM ledger
WHERE reason IS NOT NULL
ORDER BY rowid
