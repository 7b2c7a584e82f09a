-- Purpose: whether any order has several lines.
-- Grain:   one row.
-- In:      ledger.
-- Out:     rows of the ledger that are used, and how many numbers stand for their orders: two
--          rows of one order have the same, so that as many as rows say that no order has two.
SELECT count(*) AS rows, count(DISTINCT {{hash "customer, source, order_id, is_return"}}) AS orders
FROM ledger
WHERE reason IS NULL
