-- Purpose: the customers whom the list leaves out, as all that they bought came back.
-- Grain:   one row per such customer.
-- In:      customer_day.
SELECT
    customer,
    CAST(sum(placed) AS BIGINT)          AS placed,
    CAST(sum(returns) AS BIGINT)         AS returns,
    CAST(sum(net) AS DECIMAL(38, 6))     AS net
FROM customer_day
GROUP BY customer
HAVING sum(placed) > 0 AND sum(orders) = 0
