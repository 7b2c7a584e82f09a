-- Purpose: how many amounts are written in a doubtful form.
-- Grain:   one row per source with such amounts that cannot be read.
-- In:      ledger; $1 and $2 the forms that cannot be read, by their
--          decimals, $3 the one that can be read in two ways.
-- Out:     the file and line of the first that cannot be read.
SELECT
    source,
    count(*) FILTER (WHERE amount_form = CAST($1 AS UTINYINT))                       AS commas,
    count(*) FILTER (WHERE amount_form = CAST($2 AS UTINYINT))                       AS groups,
    count(*) FILTER (WHERE amount_form = CAST($3 AS UTINYINT))                       AS two_ways,
    count(*) FILTER (WHERE amount IS NOT NULL OR reason = 'amount_unreadable')    AS rows,
    min(struct_pack(file := file, line := line)) FILTER (WHERE amount_form IN (CAST($1 AS UTINYINT), CAST($2 AS UTINYINT))) AS first
FROM ledger
GROUP BY source
HAVING first IS NOT NULL
ORDER BY source
