-- Purpose: the numbers that scores, models and stages start from.
-- Grain:   one row per customer.
-- In:      customer_day.
-- Out:     gaps are days between neighbouring purchase days.
CREATE TEMP TABLE history AS
WITH walked AS (
    SELECT
        *,
        row_number() OVER by_day       AS place,
        day - lag(day) OVER by_day     AS gap
    FROM customer_day
    WINDOW by_day AS (PARTITION BY customer_id ORDER BY day)
)
SELECT
    customer_id,
    min(day)                                                         AS first_day,
    max(day)                                                         AS last_day,
    CAST(sum(orders) AS BIGINT)                                      AS orders,
    count(*)                                                         AS purchase_days,
    sum(net)                                                         AS monetary,
    sum(net) FILTER (WHERE place = 1)                                AS first_sold,
    sum(net * net)                                                   AS sum_squared_sold,
    CAST(sum(gap) FILTER (WHERE place = 2) AS BIGINT)                AS first_gap,
    CAST(sum(gap) FILTER (WHERE place = 3) AS BIGINT)                AS second_gap,
    CAST(sum(gap * gap) AS BIGINT)                                   AS sum_squared_gaps,
    CAST(sum(day - DATE '1970-01-01') AS BIGINT)                     AS sum_days,
    coalesce(sum(net) FILTER (WHERE day > CAST({{as_of}} AS DATE) - INTERVAL 12 MONTH), 0) AS tier_spend
FROM walked
GROUP BY customer_id
