-- Purpose: the ids of rows that are set aside and say something that binds all the same.
-- Grain:   one row per id, in no order.
-- In:      ledger.
SELECT DISTINCT customer
FROM ledger
WHERE reason IS NOT NULL AND customer IS NOT NULL AND coalesce({{join .Signs}}) IS NOT NULL
