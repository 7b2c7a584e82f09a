-- Purpose: each customer's most frequent label of one attribute: that of most
--          rows; of those that tie, the first in the alphabet.
-- Grain:   one row per customer who has a label.
-- In:      {{.Count}}.
SELECT customer, min_by(label, {{pair "-rows" "label"}}) AS label
FROM {{.Count}}
GROUP BY customer
