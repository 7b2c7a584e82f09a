-- Purpose: lines that leave their order's total blank are lines of it all the same.
-- In:      ledger, order_total.
-- Out:     of an order that only gives back, they are returns too.
UPDATE ledger
SET reason = NULL, amount = 0, is_return = t.is_return
FROM (
    SELECT source, customer, order_id, bool_and(is_return) AS is_return
    FROM order_total
    WHERE NOT differs AND NOT carrier.aside
    GROUP BY source, customer, order_id
) AS t
WHERE ledger.reason = 'amount_unreadable'
    AND ({{.Blank}}) -- it is blank, and not something that is no number
    AND ledger.source = t.source
    AND ledger.customer = t.customer
    AND ledger.order_id = t.order_id
