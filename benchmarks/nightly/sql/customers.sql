-- Purpose: score, name and rank the customers.
-- Grain:   one row per customer, best first.
-- In:      history, favourites.
-- Out:     the columns of clientele's customers that SQL can give, by the same
--          definitions, and what its stages start from; ranked by spend.
CREATE TEMP TABLE customers AS
WITH recent AS (
    SELECT *, CAST({{as_of}} AS DATE) - last_day AS recency_days
    FROM history
),
cuts AS (
    SELECT
        quantile_disc(recency_days, [0.2, 0.4, 0.6, 0.8]) AS recency_cuts,
        quantile_disc(orders, [0.2, 0.4, 0.6, 0.8])       AS frequency_cuts,
        quantile_disc(monetary, [0.2, 0.4, 0.6, 0.8])     AS monetary_cuts
    FROM recent
),
scored AS (
    SELECT
        recent.*,
        5 - CAST(recency_days > recency_cuts[1] AS INTEGER) - CAST(recency_days > recency_cuts[2] AS INTEGER)
          - CAST(recency_days > recency_cuts[3] AS INTEGER) - CAST(recency_days > recency_cuts[4] AS INTEGER) AS r,
        1 + CAST(orders > frequency_cuts[1] AS INTEGER) + CAST(orders > frequency_cuts[2] AS INTEGER)
          + CAST(orders > frequency_cuts[3] AS INTEGER) + CAST(orders > frequency_cuts[4] AS INTEGER)         AS f,
        1 + CAST(monetary > monetary_cuts[1] AS INTEGER) + CAST(monetary > monetary_cuts[2] AS INTEGER)
          + CAST(monetary > monetary_cuts[3] AS INTEGER) + CAST(monetary > monetary_cuts[4] AS INTEGER)       AS m
    FROM recent, cuts
)
SELECT
    row_number() OVER (ORDER BY monetary DESC, customer_id)    AS rank,
    customer_id,
    first_day,
    last_day,
    orders,
    purchase_days,
    recency_days,
    orders                                                     AS frequency,
    monetary,
    r,
    f,
    m,
    concat(r, '-', f, '-', m)                                  AS rfm,
    CASE
        WHEN r = 5 AND f >= 4  THEN 'champions'
        WHEN r >= 3 AND f >= 4 THEN 'loyal'
        WHEN r >= 4 AND f >= 2 THEN 'potential_loyalists'
        WHEN r = 5             THEN 'new'
        WHEN r = 4             THEN 'promising'
        WHEN r = 3 AND f = 3   THEN 'need_attention'
        WHEN r = 3             THEN 'about_to_sleep'
        WHEN f = 5             THEN 'cant_lose'
        WHEN f >= 3            THEN 'at_risk'
        ELSE 'hibernating'
    END                                                        AS segment,
    purchase_days - 1                                          AS x,
    (last_day - first_day) / 7                                 AS t_x,
    (CAST({{as_of}} AS DATE) - first_day) / 7                  AS t,
    CAST(monetary AS DOUBLE)                                   AS past_value,
    CASE
        WHEN tier_spend >= 2000 THEN 'gold'
        WHEN tier_spend >= 500  THEN 'silver'
        ELSE ''
    END                                                        AS tier,
    first_sold,
    sum_squared_sold,
    first_gap,
    second_gap,
    sum_squared_gaps,
    sum_days,
    channel,
    region
FROM scored
JOIN favourites USING (customer_id)
ORDER BY rank
