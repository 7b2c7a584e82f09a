-- Purpose: each customer's most frequent label of one attribute.
-- Grain:   one row per customer who has a label.
-- In:      ledger.
CREATE TEMP TABLE {{.Name}} AS
WITH counted AS (
    SELECT customer, {{.Column}} AS label, count(*) AS rows
    FROM ledger
    WHERE reason IS NULL AND NOT is_return AND {{.Column}} IS NOT NULL
    GROUP BY customer, label
)
-- the label of most rows; of those that tie, the first in the alphabet
SELECT customer, min_by(label, struct_pack(fewest := -rows, label := label)) AS label
FROM counted
GROUP BY customer
