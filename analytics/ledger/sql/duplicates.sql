-- Purpose: mark the used rows that stand in another file of their source too.
-- Grain:   one row per row that is one too many.
-- In:      ledger, with the content of rows; repeated.
-- Out:     of each content, the file that has it most often keeps its rows, the
--          first of them where several do: a file may well hold two equal rows,
--          such as two cups bought one by one.
WITH copies AS (
    SELECT
        source,
        file,
        line,
        amount,
        -- beside the hash what the row is: two rows of one hash are told apart
        {{hash "content, customer, order_id, day, amount"}} AS what
    FROM ledger
    SEMI JOIN repeated USING (source, content)
    WHERE reason IS NULL
),
counted AS (
    SELECT source, what, file, count(*) AS copies
    FROM copies
    GROUP BY source, what, file
),
kept AS (
    -- most copies first, then the first file
    SELECT source, what, min_by(file, {{pair "-copies" "file"}}) AS file
    FROM counted
    GROUP BY source, what
)
SELECT copies.source, copies.file, copies.line, copies.amount
FROM copies
JOIN kept ON kept.source = copies.source AND kept.what = copies.what
WHERE copies.file <> kept.file
