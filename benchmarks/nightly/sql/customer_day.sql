-- Purpose: what each customer did on each day.
-- Grain:   one row per customer and day with an order.
-- In:      lines.
-- Out:     an order belongs to the day of its first line.
CREATE TEMP TABLE customer_day AS
WITH placed AS (
    SELECT
        customer_id,
        order_id,
        min(day)    AS day,
        sum(amount) AS amount
    FROM lines
    GROUP BY customer_id, order_id
)
SELECT
    customer_id,
    day,
    -- in as few bytes as hold it: fewer to move in the window that follows
    CAST(count(*) AS INTEGER)            AS orders,
    CAST(sum(amount) AS DECIMAL(18, 2))  AS net
FROM placed
GROUP BY customer_id, day
