-- Purpose: the customers and things that are worth a test.
-- Grain:   one row per customer and thing, in this order.
-- In:      interest_{{.Level}}; $1 the rate of false discoveries.
-- Out:     as interest_{{.Level}}. Left out are pairs that could not be found
--          at that rate though the panel's odds had risen fourfold. The choice
--          rests on how many baskets there are before and in the longest
--          window and on how many hold the thing, not on which: a test that is
--          picked by its outcome is none.
SELECT *
FROM interest_{{.Level}}
WHERE with_all >= 3
  AND baskets_{{.Longest}} BETWEEN 1 AND baskets_all - 1
  AND pow((baskets_all - baskets_{{.Longest}}) / (baskets_all + 3e0 * baskets_{{.Longest}}), with_all) <= CAST($1 AS DOUBLE)
ORDER BY customer, thing
