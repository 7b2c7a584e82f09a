-- cohorts.csv of the exports, by another route than the program's: rows of the exports are
-- joined to months where the program adds up as it reads.
--
-- In: variables sales_file, spend_file, customers_file (of which future_value is taken
-- alone), by_spend, margin (NULL: what the costs of goods leave), per_order, per_year.
WITH sales AS (
    SELECT id, no, CAST(day AS DATE) AS day, CAST(amount AS DECIMAL(18, 6)) AS amount, CAST(cost AS DECIMAL(18, 6)) AS cost,
        coalesce(channel, '') AS channel, coalesce(region, '') AS region
    FROM read_csv(getvariable('sales_file'), header = true, all_varchar = true)
    WHERE CAST(day AS DATE) <= DATE '2026-01-17'
),
bought AS (SELECT * FROM sales WHERE amount >= 0),
customer AS (SELECT id, min(day) AS first_day, max(day) AS last_day FROM bought GROUP BY id),
on_first AS (SELECT bought.* FROM bought JOIN customer ON customer.id = bought.id AND customer.first_day = bought.day),
-- ranked: most rows first, then by the alphabet
channel AS (
    SELECT id, channel FROM (SELECT id, channel, count(*) AS n FROM on_first WHERE channel <> '' GROUP BY ALL)
    QUALIFY row_number() OVER (PARTITION BY id ORDER BY n DESC, channel) = 1
),
region AS (
    SELECT id, region FROM (SELECT id, region, count(*) AS n FROM on_first WHERE region <> '' GROUP BY ALL)
    QUALIFY row_number() OVER (PARTITION BY id ORDER BY n DESC, region) = 1
),
won AS (
    SELECT customer.*, strftime(first_day, '%Y-%m') AS month, coalesce(channel, '') AS channel, coalesce(region, '') AS region
    FROM customer LEFT JOIN channel USING (id) LEFT JOIN region USING (id)
),
spend AS (
    SELECT month, coalesce(channel, '') AS channel, CAST(sum(CAST(amount AS DECIMAL(18, 6))) * 1000000 AS BIGINT) AS micros
    FROM read_csv(getvariable('spend_file'), header = true, all_varchar = true)
    WHERE getvariable('by_spend') AND month <= '2026-01'
    GROUP BY ALL
),
-- each customer's part of an amount: what cannot be divided goes to the first
shared AS (
    SELECT won.id, spend.micros // count(*) OVER same + CAST(row_number() OVER (same ORDER BY won.id) <= spend.micros % count(*) OVER same AS BIGINT) AS micros
    FROM spend JOIN won ON won.month = spend.month AND (spend.channel = '' OR spend.channel = won.channel)
    WINDOW same AS (PARTITION BY spend.month, spend.channel)
),
cost AS (
    SELECT won.id,
        CASE WHEN getvariable('by_spend') THEN coalesce((SELECT sum(micros) FROM shared WHERE shared.id = won.id), 0)
            ELSE CASE won.channel WHEN 'web' THEN 60000000 WHEN 'shop' THEN 90125000 ELSE 20000000 END END / CAST(1000000 AS DOUBLE) AS won
    FROM won
),
nobody AS (
    SELECT month, channel, micros FROM spend
    WHERE NOT EXISTS (SELECT 1 FROM won WHERE won.month = spend.month AND (spend.channel = '' OR spend.channel = won.channel))
),
money AS (
    SELECT id, sum(amount) AS net, sum(amount) - sum(cost) AS earned, count(DISTINCT no) FILTER (WHERE amount >= 0) AS orders FROM sales GROUP BY id
),
valued AS (
    SELECT won.*, cost.won, money.net, c.future_value,
        round(CASE WHEN getvariable('margin') IS NULL THEN CAST(earned AS DOUBLE) ELSE CAST(getvariable('margin') AS DOUBLE) * CAST(money.net AS DOUBLE) END
            - cost.won - getvariable('per_order') * money.orders - getvariable('per_year') * (DATE '2026-01-17' - won.first_day) / 365.25, 6) AS past
    FROM won JOIN cost USING (id) JOIN money USING (id) JOIN read_parquet(getvariable('customers_file')) AS c ON c.customer_id = won.id
),
leaf AS (
    SELECT month, channel, region, count(*) AS customers, count(*) FILTER (WHERE last_day + INTERVAL 12 MONTH > DATE '2026-01-17') AS retained,
        sum(CAST(won AS DECIMAL(18, 6))) AS won, CAST(0 AS DECIMAL(38, 6)) AS unshared, sum(net) AS net,
        sum(CAST(past AS DECIMAL(18, 6))) AS past, sum(CAST(future_value AS DECIMAL(18, 6))) AS future
    FROM valued GROUP BY ALL
    UNION ALL
    SELECT month, channel, '', 0, 0, 0, CAST(micros AS DECIMAL(38, 6)) / 1000000, 0, 0, 0 FROM nobody
),
kinds AS (
    SELECT 1 AS place, 'total' AS kind, '' AS month, '' AS channel, '' AS region, * EXCLUDE (month, channel, region) FROM leaf
    UNION ALL SELECT 2, 'month', month, '', '', * EXCLUDE (month, channel, region) FROM leaf
    UNION ALL SELECT 3, 'channel', '', channel, '', * EXCLUDE (month, channel, region) FROM leaf
    UNION ALL SELECT 4, 'region', '', '', region, * EXCLUDE (month, channel, region) FROM leaf
    UNION ALL SELECT 5, 'cohort', month, channel, region, * EXCLUDE (month, channel, region) FROM leaf
),
grouped AS (
    SELECT place, kind, month, channel, region, sum(customers) AS customers, sum(retained) AS retained,
        sum(won) AS won, sum(unshared) AS unshared, sum(net) AS net, sum(past) AS past, sum(future) AS future
    FROM kinds GROUP BY ALL
),
-- cents: the steps from one rounded running sum of a kind to the next
ran AS (
    SELECT place, kind, month, channel, region, customers, retained,
        round(sum(won) OVER so, 2) AS won, round(CAST(sum(unshared) OVER so AS DECIMAL(38, 6)), 2) AS unshared, round(sum(net) OVER so, 2) AS net,
        round(sum(past) OVER so, 2) AS past, round(sum(future) OVER so, 2) AS future
    FROM grouped WINDOW so AS (PARTITION BY kind ORDER BY month, channel, region ROWS UNBOUNDED PRECEDING)
),
cents AS (
    SELECT place, kind, month, channel, region, customers, retained,
        won - coalesce(lag(won) OVER so, 0) AS won, unshared - coalesce(lag(unshared) OVER so, 0) AS unshared, net - coalesce(lag(net) OVER so, 0) AS net,
        past - coalesce(lag(past) OVER so, 0) AS past, future - coalesce(lag(future) OVER so, 0) AS future
    FROM ran WINDOW so AS (PARTITION BY kind ORDER BY month, channel, region)
),
-- what each cohort has brought by the end of each month, of its own rows and of those of its month
ends AS (SELECT CAST(unnest(generate_series(DATE '2024-01-01', DATE '2026-01-01', INTERVAL 1 MONTH)) AS DATE) AS from_day),
placed AS (
    SELECT id, no, sum(amount) AS amount, sum(amount - cost) AS earned, min(day) AS day, bool_or(amount >= 0) AS sold FROM sales GROUP BY id, no
),
so_far AS (
    SELECT won.*, from_day, least(from_day + INTERVAL 1 MONTH - INTERVAL 1 DAY, DATE '2026-01-17')::DATE AS until,
        (SELECT coalesce(sum(CASE WHEN getvariable('margin') IS NULL THEN CAST(p.earned AS DOUBLE) ELSE CAST(getvariable('margin') AS DOUBLE) * CAST(p.amount AS DOUBLE) END
            - CASE WHEN p.sold THEN getvariable('per_order') ELSE 0 END), 0)
         FROM placed AS p WHERE p.id = won.id AND p.day < from_day + INTERVAL 1 MONTH)
        - getvariable('per_year') * (least(from_day + INTERVAL 1 MONTH - INTERVAL 1 DAY, DATE '2026-01-17')::DATE - first_day) / 365.25 AS brought
    FROM won JOIN ends ON strftime(from_day, '%Y-%m') >= won.month
),
brought AS (
    SELECT 'month' AS kind, month, '' AS channel, '' AS region, strftime(from_day, '%Y-%m') AS ending, sum(brought) AS brought FROM so_far GROUP BY ALL
    UNION ALL SELECT 'cohort', month, channel, region, strftime(from_day, '%Y-%m'), sum(brought) FROM so_far GROUP BY ALL
),
asked AS (
    SELECT 'month' AS kind, month, '' AS channel, '' AS region, sum(won + unshared) AS cost FROM leaf GROUP BY ALL
    UNION ALL SELECT 'cohort', month, channel, region, sum(won + unshared) FROM leaf GROUP BY ALL
),
-- the first month after the last at whose end the cost was not brought
paid AS (
    SELECT kind, month, channel, region, min(ending) FILTER (WHERE ending > missed) AS paid
    FROM (
        SELECT *, coalesce(max(ending) FILTER (WHERE round(brought, 6) < cost) OVER (PARTITION BY kind, month, channel, region), '') AS missed
        FROM brought JOIN asked USING (kind, month, channel, region)
        WHERE cost > 0
    )
    GROUP BY ALL
),
rows AS (
    SELECT place, kind, month, channel, region, customers, won + unshared AS acquisition, net AS spend,
        past + won AS margin, retained, past AS past_value, future AS future_value
    FROM cents
)
SELECT kind, month, channel, region, CAST(customers AS VARCHAR) AS customers,
    CAST(CAST(acquisition AS DECIMAL(18, 2)) AS VARCHAR) AS acquisition, CAST(CAST(spend AS DECIMAL(18, 2)) AS VARCHAR) AS spend,
    CAST(CAST(margin AS DECIMAL(18, 2)) AS VARCHAR) AS margin, CAST(retained AS VARCHAR) AS retained,
    CAST(CAST(past_value AS DECIMAL(18, 2)) AS VARCHAR) AS past_value, CAST(CAST(future_value AS DECIMAL(18, 2)) AS VARCHAR) AS future_value,
    CASE WHEN paid IS NOT NULL THEN 'seen' ELSE '' END AS payback_seen, coalesce(paid, '') AS paid
FROM rows LEFT JOIN paid USING (kind, month, channel, region)
ORDER BY place, month, channel, region
