-- Purpose: find lines that leave blank what another line of their order says.
-- Grain:   one row per source with any.
-- In:      ledger; the sources that fill nothing; their orders of which a line has all; how
--          many rows have which fate.
-- Out:     rows, and whether the order itself is among what they leave blank.
WITH blank AS (
    SELECT source, file, line, order_id, amount
    FROM ledger
    WHERE source IN ({{.Sources}})
        AND (customer IS NULL OR day IS NULL)
        AND reason IN ('filter_unknown', 'filtered', 'no_time', 'anonymous')
),
-- lines that name an order of which another line has all
named AS (
    SELECT blank.source, count(*) AS rows
    FROM blank
    SEMI JOIN ({{.Orders}}) AS full_lines USING (source, order_id)
    GROUP BY blank.source
),
-- lines with money that name none: the totals below a report are such a line too
nameless AS (
    SELECT source, count(*) AS rows
    FROM blank
    WHERE order_id IS NULL AND amount IS NOT NULL
    GROUP BY source
),
used AS (
    SELECT source, rows
    FROM ({{.Fates}}) AS fates
    WHERE reason IS NULL
)
SELECT
    used.source,
    coalesce(named.rows, 0) + coalesce(nameless.rows, 0) AS rows,
    named.rows IS NULL AS without_order
FROM used
LEFT JOIN named ON named.source = used.source
LEFT JOIN nameless ON nameless.source = used.source AND nameless.rows >= 2 AND nameless.rows >= 0.01 * used.rows
WHERE named.rows IS NOT NULL OR nameless.rows IS NOT NULL
ORDER BY used.source
