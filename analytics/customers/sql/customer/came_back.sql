-- Purpose: the same beside what is left of the day, for those who go back in time.
-- Grain:   one row per customer, day and day of return. Customers who bought nothing that
--          stands are there too.
-- In:      back_day; customer_day.
-- Out:     gone_day is NULL where the day has a purchase that stands.
SELECT
    b.customer,
    b.day,
    b.back_day,
    CAST(-b.money AS DOUBLE)               AS amount,
    CAST(d.sold AS DOUBLE)                 AS sold,
    -- no earlier than the day itself, whatever the export says
    CASE WHEN d.gone_day < d.day THEN d.day ELSE d.gone_day END AS gone_day
FROM back_day AS b
JOIN customer_day AS d ON d.customer = b.customer AND d.day = b.day
