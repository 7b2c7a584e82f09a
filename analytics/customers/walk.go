package customers

// walk goes through the customers of a table beside rows that are in order of customer too.
type walk struct {
	t  *Table
	at int
}

// reach goes on to a customer, and tells whether the table has one of the id.
func (w *walk) reach(id string) bool {
	for w.at < w.t.Len() && w.t.ID[w.at] < id {
		w.at++
	}
	return w.at < w.t.Len() && w.t.ID[w.at] == id
}
