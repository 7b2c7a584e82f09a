package campaign

import "slices"

// cursor finds ids in a column that ascends. Looking for ids that ascend, too, takes it
// once through the column; any other order costs a search for each.
type cursor struct {
	ids []string
	at  int // where the last search ended
}

// find is the place of an id; -1: it is not there.
func (c *cursor) find(id string) int {
	from := c.at
	if from >= len(c.ids) || c.ids[from] > id {
		from = 0
	}
	to := from
	for step := 1; to < len(c.ids) && c.ids[to] < id; step *= 2 {
		from, to = to+1, to+step
	}
	at, found := slices.BinarySearch(c.ids[from:min(to+1, len(c.ids))], id)
	c.at = from + at
	if !found {
		return -1
	}
	return c.at
}
