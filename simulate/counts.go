package simulate

// Counts say what an export holds.
type Counts struct {
	Customers int64 // all of them have at least one order
	Orders    int64 // purchases, returns not among them
	Returns   int64 // returns, each of one order
	Rows      int64 // lines of both, and repeated ones
	// Damaged is the number of rows with each flaw: Damaged[BadTime].
	Damaged [len(flawNames)]int64
}

// add counts rows.
func (c *Counts) add(rows []Row) {
	c.Rows += int64(len(rows))
	for i := range rows {
		if flaw := rows[i].Flaw; flaw != Sound {
			c.Damaged[flaw]++
		}
	}
}

// merge adds the counts of other customers.
func (c *Counts) merge(o Counts) {
	c.Customers += o.Customers
	c.Orders += o.Orders
	c.Returns += o.Returns
	c.Rows += o.Rows
	for i, n := range o.Damaged {
		c.Damaged[i] += n
	}
}
