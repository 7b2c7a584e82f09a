-- Purpose: what of a customer's purchases on a day came back, by the day on which it did.
-- Grain:   one row per customer, day and day of return.
-- In:      customer_order; given_back.
SELECT
    o.customer,
    o.day,
    greatest(g.day, o.day)                 AS back_day,
    CAST(sum(g.money) AS DECIMAL(38, 6))   AS money
FROM customer_order AS o
JOIN given_back AS g
    ON g.customer = o.customer AND g.source = o.source AND g.order_id = o.order_id
WHERE NOT o.is_return
GROUP BY o.customer, o.day, greatest(g.day, o.day)
