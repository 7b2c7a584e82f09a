-- Purpose: the rows set aside, as the exports had them, so that the ledger can
--          go once it is reduced.
-- Grain:   one row per row set aside, in no order.
-- In:      ledger.
CREATE TEMP TABLE rejects AS
SELECT file, line, reason, export_row
FROM ledger
WHERE reason IS NOT NULL{{if .FaultsOnly}} AND reason NOT IN ({{.ByChoice}}){{end}}
