package simulate

// longestReturn is the number of days within which goods may be brought back.
const longestReturn = 30

// giveBack appends the return of an order, bought on the given day, to rows:
// half the time all of it, else some of one line. A return after the end of
// the export appends nothing.
func (p *plan) giveBack(d *dice, order []Row, day float64, rows []Row) []Row {
	// Whole days later, at any hour.
	day = float64(int(day)+1+d.IntN(longestReturn)) + d.Float64()
	if day >= float64(p.days) {
		return rows
	}
	if d.IntN(2) == 0 {
		for _, line := range order {
			rows = append(rows, p.negated(line, line.Quantity, day))
		}
		return rows
	}
	line := oneOf(d, order)
	return append(rows, p.negated(line, 1+d.Int32N(line.Quantity), day))
}

// negated is the row by which quantity of a line comes back on the given day.
func (p *plan) negated(line Row, quantity int32, day float64) Row {
	line.Order = "C" + line.Order
	line.Time = p.at(day)
	line.Quantity = -quantity
	line.Amount = Cents(line.Quantity) * line.UnitPrice
	return line
}
