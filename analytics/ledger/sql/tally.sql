-- Purpose: account for every row that was read, and its money.
-- Grain:   one row per file and fate; reason is NULL for the rows used.
-- In:      ledger. A refund that was made of its sale's row is no row of a file.
-- Out:     counts and exact sums; unknown counts the rows whose amount cannot
--          be read, which are in no sum.
-- Adds up: first_day by min, last_day by max, all else by sum, over equal file and reason.
SELECT
    file,
    reason,
    count(*){{if .Matches}} FILTER (WHERE NOT on_sale){{end}} AS rows,
    count(*) FILTER (WHERE amount IS NULL)                                         AS unknown,
    CAST(coalesce(sum(amount), 0) AS DECIMAL(38, 6))                               AS money,
    count(*) FILTER (WHERE is_return)                                              AS return_rows,
    CAST(coalesce(sum(amount) FILTER (WHERE is_return), 0) AS DECIMAL(38, 6))      AS return_money,
    min(day)                                                                       AS first_day,
    max(day)                                                                       AS last_day
FROM ledger
GROUP BY file, reason
