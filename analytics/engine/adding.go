package engine

import (
	"context"
	"fmt"
	"slices"
	"strings"
)

// Adds says how rows of one part add up: those with equal Keys become one. Of Least it has the
// least, of Most the greatest, and of all other columns the sum. Without keys each row stays as
// it is.
type Adds struct{ Keys, Least, Most []string }

// Added is a query of the rows of these and of others, added up. It is meant for few of these and
// many others: only those of the others that have a row of these beside them are grouped.
func Added(ctx context.Context, e Engine, these, others string, a Adds) (string, error) {
	if len(a.Keys) == 0 {
		return "SELECT * FROM (" + these + ") UNION ALL BY NAME SELECT * FROM (" + others + ")", nil
	}
	described, err := Text(ctx, e, "DESCRIBE SELECT * FROM ("+these+")")
	if err != nil {
		return "", err
	}
	var names, sums, equal []string
	for _, column := range described {
		name := Identifier(column[0])
		names = append(names, name)
		switch {
		case slices.Contains(a.Keys, column[0]):
			sums = append(sums, name)
			equal = append(equal, fmt.Sprintf("part_keys.%[1]s IS NOT DISTINCT FROM part_others.%[1]s", name))
		case slices.Contains(a.Least, column[0]):
			sums = append(sums, fmt.Sprintf("min(%[1]s) AS %[1]s", name))
		case slices.Contains(a.Most, column[0]):
			sums = append(sums, fmt.Sprintf("max(%[1]s) AS %[1]s", name))
		default: // a sum has a wider type than what it is of
			sums = append(sums, fmt.Sprintf("CAST(sum(%[1]s) AS %[2]s) AS %[1]s", name, column[1]))
		}
	}
	keys := make([]string, len(a.Keys))
	for i, k := range a.Keys {
		keys[i] = Identifier(k)
	}
	list, on := strings.Join(names, ", "), strings.Join(equal, " AND ")
	return fmt.Sprintf(`WITH part_these AS MATERIALIZED (%[1]s),
part_others AS NOT MATERIALIZED (%[2]s)
SELECT %[3]s FROM part_others ANTI JOIN part_these AS part_keys ON %[4]s
UNION ALL
SELECT %[5]s
FROM (
    SELECT %[3]s FROM part_these
    UNION ALL
    SELECT %[3]s FROM part_others SEMI JOIN part_these AS part_keys ON %[4]s
)
GROUP BY %[6]s`, these, others, list, on, strings.Join(sums, ", "), strings.Join(keys, ", ")), nil
}

// Less is a query of rows without some that were added to them. It is of parts that count, in a
// column rows beside their keys: what is left with 0 is gone.
func Less(ctx context.Context, e Engine, rows, some string, a Adds) (string, error) {
	described, err := Text(ctx, e, "DESCRIBE SELECT * FROM ("+rows+")")
	if err != nil {
		return "", err
	}
	var keys, others []string
	for _, column := range described {
		if slices.Contains(a.Keys, column[0]) {
			keys = append(keys, Identifier(column[0]))
		} else {
			others = append(others, column[0])
		}
	}
	if len(keys) == 0 || !slices.Equal(others, []string{"rows"}) {
		return "", fmt.Errorf("engine: only a count of rows can be taken off, beside keys, and not %s", strings.Join(others, ", "))
	}
	return fmt.Sprintf(`SELECT %[1]s, CAST(sum(rows) AS BIGINT) AS rows
FROM (SELECT %[1]s, rows FROM (%[2]s) UNION ALL SELECT %[1]s, -rows AS rows FROM (%[3]s))
GROUP BY %[1]s
HAVING sum(rows) <> 0`, strings.Join(keys, ", "), rows, some), nil
}
