package customers

// walk goes through the customers of a table beside rows that are in order of customer too.
type walk struct {
	t    *Table
	at   int
	next func() // closes the customer whose rows are read; at is the next one's then
}

// reach goes on to a customer, and tells whether the table has one of the id.
func (w *walk) reach(id string) bool {
	for w.at < w.t.Len() && w.t.ID[w.at] < id {
		w.pass()
	}
	return w.at < w.t.Len() && w.t.ID[w.at] == id
}

// finish closes the customers after the last row.
func (w *walk) finish() {
	for w.at < w.t.Len() {
		w.pass()
	}
}

func (w *walk) pass() {
	if w.next != nil {
		w.next()
	}
	w.at++
}
