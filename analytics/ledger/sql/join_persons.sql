-- Purpose: make each row one of the person's, whatever id the export has.
-- In:      ledger, aliases.
-- Out:     rows that are set aside too: they may be lines of an order that is used. Their
--          text stays as it is.
UPDATE ledger
SET customer = aliases.customer
FROM aliases
WHERE ledger.customer = aliases.alias
