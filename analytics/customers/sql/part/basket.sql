-- Purpose: what each customer bought on each day, by category or by product.
-- Grain:   one row per customer, day and thing.
-- In:      ledger.
-- Adds up: each row once.
--
-- Only rows that say what was bought: a day without one is no basket in which
-- a thing could be missing.
SELECT DISTINCT customer, day, {{.Level}} AS thing
FROM ledger
WHERE reason IS NULL AND NOT is_return AND {{.Level}} IS NOT NULL
