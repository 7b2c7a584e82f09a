-- Purpose: the categories that the rows of each product name.
-- Grain:   one row per product and category; category is NULL for rows without.
-- In:      ledger.
-- Adds up: rows by sum, over equal product and category.
SELECT product, category, count(*) AS rows
FROM ledger
WHERE reason IS NULL AND NOT is_return AND product IS NOT NULL
GROUP BY product, category
