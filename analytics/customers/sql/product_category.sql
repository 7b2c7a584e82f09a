-- Purpose: the category of each product: that of most rows; of those that tie,
--          the first in the alphabet.
-- Grain:   one row per product; category is NULL where no row has one.
-- In:      ledger.
CREATE TEMP TABLE product_category AS
WITH counted AS (
    SELECT product, category, count(*) AS rows
    FROM ledger
    WHERE reason IS NULL AND NOT is_return AND product IS NOT NULL
    GROUP BY product, category
)
SELECT
    product,
    min_by(category, struct_pack(fewest := -rows, category := category)) FILTER (WHERE category IS NOT NULL) AS category
FROM counted
GROUP BY product
