-- Purpose: of whom accounts consist, and what each has bought.
-- Grain:   one row per account and id of the exports, in no order.
-- In:      ledger, whose customers are accounts at the top.
-- Out:     last_day is the last with a purchase; NULL: there is none.
SELECT
    customer,
    member,
    max(day) FILTER (WHERE NOT is_return) AS last_day,
    CAST(sum(amount) AS DECIMAL(38, 6)) AS spend
FROM ledger
WHERE reason IS NULL
GROUP BY customer, member
