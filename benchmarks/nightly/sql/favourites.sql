-- Purpose: the most frequent channel and region of each customer.
-- Grain:   one row per customer.
-- In:      lines.
CREATE TEMP TABLE favourites AS
SELECT
    customer_id,
    mode(channel) AS channel,
    mode(region)  AS region
FROM lines
GROUP BY customer_id
