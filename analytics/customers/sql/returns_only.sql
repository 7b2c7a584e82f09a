-- Purpose: the customers of whom the exports show returns but no order, with
--          their money, so that the books still close.
-- Grain:   one row.
-- In:      customer_day.
SELECT
    count(*)                                                 AS customers,
    CAST(coalesce(sum(net), 0) AS DECIMAL(38, 6))            AS net
FROM (
    SELECT customer, sum(net) AS net
    FROM customer_day
    GROUP BY customer
    HAVING sum(orders) = 0
)
