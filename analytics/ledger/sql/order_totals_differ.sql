-- Purpose: the orders whose lines state different totals, beside all with several
--          lines; where the first stands.
-- Grain:   one row per source with any that differ.
-- In:      ledger, order_total.
WITH orders AS (
    SELECT
        t.source,
        any_value(t.differs)                                                      AS differs,
        min(struct_pack(file := l.file, line := l.line)) FILTER (WHERE l.total <> t.total{{if .Refunds}} OR l.given_back <> t.given_back{{end}}) AS first,
        count(*)                                                                  AS lines
    FROM (SELECT *, {{template "total" .}} AS total{{if .Refunds}}, {{template "given_back" .}} AS given_back{{end}} FROM ledger) AS l
    JOIN order_total AS t
        ON l.source = t.source AND l.customer = t.customer AND l.order_id = t.order_id AND l.is_return = t.is_return
    WHERE l.reason IS NULL
    GROUP BY t.source, t.customer, t.order_id, t.is_return
)
SELECT
    source,
    count(*) FILTER (WHERE differs)   AS differing,
    count(*) FILTER (WHERE lines > 1) AS several,
    min(first).file                   AS file,
    min(first).line                   AS line
FROM orders
GROUP BY source
HAVING bool_or(differs)
ORDER BY source
