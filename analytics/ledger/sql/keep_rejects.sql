-- Purpose: the rows set aside, as the exports had them, so that the ledger can
--          go once it is reduced.
-- Grain:   one row per row set aside, in no order.
-- In:      ledger. A refund that was made of its sale's row is no row of a file.
SELECT file, line, reason, export_row
FROM ledger
WHERE reason IS NOT NULL{{if .Matches}} AND NOT on_sale{{end}}{{if .FaultsOnly}} AND reason NOT IN ({{.ByChoice}}){{end}}
