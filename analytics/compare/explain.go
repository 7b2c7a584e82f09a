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
	then, now, known := w.scoresOf(was, is)
	return !known || now[0] > then[0] || now[1] > then[1] || now[2] > then[2]
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
	then, now, known := w.scoresOf(was, is)
	return !known || now[0] == then[0] && now[1] == then[1] && now[2] < then[2]
}

// scoresOf are a customer's scores on both nights, by the same cut points where
// they can be had. known is false where scores of the two nights do not mean the
// same.
func (w witness) scoresOf(was, is int) (then, now code, known bool) {
	a, b := w.older.members, w.newer.members
	if w.ruleChanged || a.Counts("r") == nil || b.Counts("r") == nil {
		return then, now, false
	}
	then = code{a.Counts("r")[was], a.Counts("f")[was], a.Counts("m")[was]}
	if w.refit != nil {
		return then, w.refit.scores[is], true
	}
	return then, code{b.Counts("r")[is], b.Counts("f")[is], b.Counts("m")[is]}, true
}
