-- Purpose: what customers spent on things that they had not bought before, on the day on
--          which they first did.
-- Grain:   one row per customer and day on which a thing was bought for the first time, in
--          no order.
-- In:      basket_{{.Level}}, with what was spent.
SELECT customer, day, CAST(sum(spent) AS DECIMAL(38, 6)) AS spent
FROM (
    SELECT customer, thing, min(day) AS day, min_by(spent, day) AS spent
    FROM basket_{{.Level}}
    GROUP BY customer, thing
)
GROUP BY customer, day
