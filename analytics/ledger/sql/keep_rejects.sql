-- Purpose: the rows set aside, as the exports had them, so that the ledger can
--          go once it is reduced.
-- Grain:   one row per row set aside, in the order of the files.
-- In:      ledger.
-- Out:     record counts the rows of a file from 0.
CREATE TEMP TABLE rejects AS
SELECT
    ledger.file,
    ledger.rowid - begins.record AS record,
    ledger.reason,
    ledger.export_row
FROM ledger
JOIN (SELECT file, min(rowid) AS record FROM ledger GROUP BY file) AS begins USING (file)
WHERE ledger.reason IS NOT NULL
ORDER BY ledger.rowid
