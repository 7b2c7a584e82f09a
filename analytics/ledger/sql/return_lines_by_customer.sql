-- Purpose: the returns and the sales that they may take back, customer by customer.
-- Grain:   one row per line.
-- In:      ledger, return_line.
-- Out:     of a sale, the lines of its order of which something can be left, and what
--          all of its lines come to.
WITH sold AS (
    SELECT DISTINCT customer, source, order_id
    FROM return_line
    WHERE NOT is_return
),
whole AS (
    SELECT
        l.customer,
        l.source,
        l.order_id,
        count(*) FILTER (WHERE {{if .Products}}l.quantity > 0 AND l.product IS NOT NULL OR {{end}}l.amount > 0) AS lines,
        sum(l.amount)                                                              AS amount
    FROM ledger AS l
    SEMI JOIN sold ON sold.customer = l.customer AND sold.source = l.source AND sold.order_id = l.order_id
    WHERE l.reason IS NULL AND NOT l.is_return
    GROUP BY l.customer, l.source, l.order_id
)
SELECT
    r.customer,
    r.source,
    r.order_id,
    r.order_id <> coalesce(CAST(r.day AS STRING), '')                             AS named,
    r.is_return,
    r.file,
    r.line,
    r.day,
    r.instant,
    r.amount,
    r.cost,
    coalesce(r.quantity, 0)                                                        AS quantity,
    coalesce(r.product, '')                                                        AS product,
    coalesce(r.original_order, '')                                                 AS original_order,
    coalesce(r.on_sale, FALSE)                                                     AS on_sale,
    coalesce(whole.lines, 0)                                                       AS order_lines,
    CAST(coalesce(whole.amount, 0) AS DECIMAL(18, 6))                              AS order_amount
FROM return_line AS r
LEFT JOIN whole ON whole.customer = r.customer AND whole.source = r.source AND whole.order_id = r.order_id
