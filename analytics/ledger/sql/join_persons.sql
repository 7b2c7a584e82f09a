-- Purpose: make each row one of the person's, whatever id the export has.
-- In:      ledger, aliases.
-- Out:     rows that are set aside stay as they are.
UPDATE ledger
SET customer = aliases.customer
FROM aliases
WHERE ledger.reason IS NULL AND ledger.customer = aliases.alias
