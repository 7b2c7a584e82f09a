-- Purpose: how often the lines of one order have the same amount, and how often those of
--          different orders do.
-- Grain:   one row per source.
-- In:      order_lines, of the customers who are looked at.
-- Out:     several: orders with several lines and, where products are known, several of
--          them; equal: those whose lines all have one amount. chance: how often two amounts of different orders are the same.
--          small, large: the median amounts of the lines of orders with one line, and of
--          those with several. orders: all; long_orders: those with several lines.
WITH orders AS (
    SELECT
        source,
        least,
        most,
        lines,
{{- if .WithProducts}}
        CASE
            WHEN source IN ({{.WithProducts}}) THEN coalesce(least_product <> most_product, FALSE)
            ELSE lines > 1
        END AS several
{{- else}}
        lines > 1 AS several
{{- end}}
    FROM ({{.Orders}}) AS order_lines
),
amounts AS (
    SELECT source, least, CAST(count(*) AS DOUBLE) AS orders
    FROM orders
    GROUP BY source, least
),
chances AS (
    SELECT source, sum(orders * (orders - 1)) / greatest(1, sum(orders) * (sum(orders) - 1)) AS chance
    FROM amounts
    GROUP BY source
)
SELECT
    orders.source,
    count(*) FILTER (WHERE several)                             AS several,
    count(*) FILTER (WHERE several AND least = most)            AS equal,
    any_value(chances.chance)                                   AS chance,
    coalesce(median(least) FILTER (WHERE lines = 1), 0)         AS small,
    coalesce(median(least) FILTER (WHERE lines > 1), 0)         AS large,
    count(*)                                                    AS orders,
    count(*) FILTER (WHERE lines > 1)                           AS long_orders
FROM orders
JOIN chances ON chances.source = orders.source
GROUP BY orders.source
ORDER BY orders.source
