package compare

// buyingExplains tells whether a purchase can have moved a customer that way: it
// raises scores and tiers, and ends declines. Whoever bought and fell all the
// same fell for another reason, such as the days since.
func (w witness) buyingExplains(was, is int, from, to string) bool {
	switch w.kind {
	case "tier":
		return w.rise(from, to) > 0
	case "stage":
		return to != "decline"
	}
	if w.scored == nil {
		return true
	}
	then, now := w.scored.then[was], w.scored.now[is]
	return now[0] > then[0] || now[1] > then[1] || now[2] > then[2]
}

// returningExplains tells whether a return can have moved a customer that way:
// it lowers tiers and the monetary score, and no other.
func (w witness) returningExplains(was, is int, from, to string) bool {
	switch w.kind {
	case "tier":
		return w.rise(from, to) < 0
	case "stage":
		return false // which go by purchases
	}
	if w.scored == nil {
		return true
	}
	then, now := w.scored.then[was], w.scored.now[is]
	return now[0] == then[0] && now[1] == then[1] && now[2] < then[2]
}
