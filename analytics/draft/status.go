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
	return ""
}

// leftOut are the values of a status whose rows are no purchases, in the order
// in which they appear; returned, those that say that the goods came back.
func leftOut(c *column) (out, returned []string) {
	for _, v := range c.most {
		switch meaningOf(v) {
		case "":
		case statusReturned:
			returned = append(returned, v)
		default:
			out = append(out, v)
		}
	}
	return out, returned
}
