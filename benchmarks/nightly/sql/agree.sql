-- Purpose: fail, naming a customer, unless two results hold the same customers
--          and the same values.
-- Grain:   no rows.
-- In:      two customers.parquet.
SELECT
    error('results differ for some customers (' || count(*) || '), such as ' || min(customer_id)
          || ': compare ' || {{got}} || ' with ' || {{want}})
FROM read_parquet({{got}}) AS got
FULL JOIN read_parquet({{want}}) AS want USING (customer_id)
WHERE (got.first_day, got.last_day, got.orders, got.purchase_days, got.recency_days, got.frequency, got.monetary,
       got.r, got.f, got.m, got.rfm, got.segment, got.x, got.t_x, got.t, got.past_value, got.tier)
      IS DISTINCT FROM
      (want.first_day, want.last_day, want.orders, want.purchase_days, want.recency_days, want.frequency, want.monetary,
       want.r, want.f, want.m, want.rfm, want.segment, want.x, want.t_x, want.t, want.past_value, want.tier)
HAVING count(*) > 0
