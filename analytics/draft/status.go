package draft

import "slices"

// What a status can mean for an order; see words.yaml.
const (
	statusReturned = "returned"
)

// meaningOf is what a value of a status means for an order: cancelled, failed,
// pending, refunded or returned; empty where it counts.
func meaningOf(value string) string {
	folded := fold(value)
	for meaning, words := range vocab.Statuses {
		if slices.Contains(words, folded) {
			return meaning
		}
	}
	waits := hasAny(folded, vocab.Waits) && hasAny(folded, vocab.Payment) && !hasAny(folded, vocab.Arrived)
	if waits || hasAny(folded, vocab.Unpaid) {
		return "pending" // en attente du paiement par chèque; on backorder (not paid)
	}
	return ""
}

// hasAny tells whether a folded text has one of some words.
func hasAny(folded string, words []string) bool {
	return slices.ContainsFunc(words, func(w string) bool { return containsWord(folded, w) })
}

// leftOut are the values of a status whose rows are no purchases, in the order
// in which they appear; returned, those that say that the goods came back. A till closes
// the sales that were paid, so that closed is no cancelling where most rows have it.
func leftOut(c *column) (out, returned []string) {
	for _, v := range c.most {
		usual := slices.Contains(vocab.Ambiguous, fold(v)) && 2*c.values[v] > c.filled
		switch meaning := meaningOf(v); {
		case meaning == "" || usual:
		case meaning == statusReturned:
			returned = append(returned, v)
		default:
			out = append(out, v)
		}
	}
	return out, returned
}
