-- Purpose: what became of a source's rows in one join.
-- Grain:   one row per state.
-- In:      ledger.
-- Out:     rows that are records and that the job's own condition does not leave
--          out, with their money.
-- Adds up: by sum, over equal state.
SELECT
    CAST({{quotient "joins" .Place}} % 4 AS INTEGER)           AS state,
    count(*)                                                   AS rows,
    count(*) FILTER (WHERE amount IS NULL)                     AS unknown,
    CAST(coalesce(sum(amount), 0) AS DECIMAL(38, 6))           AS money
FROM ledger
WHERE source = {{.Source}} AND coalesce(reason, '') NOT IN ('malformed', 'filtered')
GROUP BY state
