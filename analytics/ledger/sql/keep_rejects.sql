-- Purpose: the rows set aside, as the exports had them, so that the ledger can
--          go once it is reduced.
-- Grain:   one row per row set aside, by file and in the order of each.
-- In:      ledger. Its rows are in the order of each file, but files that are
--          read at the same time may come in any order.
-- Out:     record counts the rows of a file from 0.
CREATE TEMP TABLE rejects AS
WITH placed AS (
    SELECT
        ledger.file,
        ledger.reason,
        ledger.export_row,
{{- if .Interleaved}}
        row_number() OVER (PARTITION BY ledger.file ORDER BY ledger.rowid) - 1 AS record
    FROM ledger
{{- else}}
        -- a file's rows lie side by side: where they begin says it at no cost
        ledger.rowid - begins.record AS record
    FROM ledger
    JOIN (SELECT file, min(rowid) AS record FROM ledger GROUP BY file) AS begins USING (file)
{{- end}}
)
SELECT file, record, reason, export_row
FROM placed
WHERE reason IS NOT NULL
ORDER BY file, record
